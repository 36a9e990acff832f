import type { Rule } from "../policy/rule";
import { rules, topics } from "../policy/rules";

const intro = `# Policies

<!-- Generated from policy/rules by \`npm run docs\`; don't edit it by hand. -->

${rules.length} rules that a stack is held to. They are advice in development and staging, and mandatory in production
(\`web-infra:environment\`): there a broken rule ends the preview or the update with an error.

The real engine runs them as a CrossGuard pack, at the end of a preview or an update:

\`\`\`sh
pulumi preview --policy-pack policy
pulumi up --policy-pack policy
\`\`\`

The pack needs what \`npm ci\` installs, and nothing else. What a preview can't know yet is never called a breach; the
update that follows looks again. A rule sees what the program asks for: what somebody changed by hand in the account
shows with \`pulumi refresh\`.

## Exemptions

Where a stack has to break a rule for a while, policy/exemptions.yaml says so, with the reason and the last day. From the
day after, the rule holds again, and the expired exemption is a breach itself. Each is of one rule in one stack, and
better of one resource.

## What the shipped stacks are told

\`prod\` keeps to every rule it has no exemption from, but for \`alerts-heard\`: it names nobody to wake. \`dev\`, \`sandbox\`
and \`staging\` are shapes for less than production, and are told so; the rules in question say when a stack may do
without.
`;

/** The page docs/policies.md as it should be. */
export const policiesPage = (): string =>
  `${[intro.trimEnd(), ...topics.map(({ title, rules: own }) => [`## ${title}`, ...own.map(entry)].join("\n\n"))].join("\n\n")}\n`;

function entry({ name, holds, reason, fix, unless, adviceOnly }: Rule): string {
  return [
    `### ${name}`,
    `**${holds}**${adviceOnly ? " Advice, in production too." : ""}`,
    [`- Why: ${reason}`, `- How: ${escaped(fix)}`, ...(unless ? [`- Unless: ${unless}`] : [])].join("\n"),
  ].join("\n\n");
}

/** Angle brackets would be taken for HTML. */
const escaped = (text: string): string => text.replaceAll("<", "\\<");
