import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Option, options } from "../config/options";
import { monitoringPage } from "./monitoring-page";
import { policiesPage } from "./policies-page";

const fileOf = (page: string): string => join(__dirname, "../docs", page);

const intro = `# Options

<!-- Generated from config/schema by \`npm run docs\`; don't edit it by hand. -->

Every option of a stack, as \`Pulumi.<stack>.yaml\` holds it under \`web-infra:\`. All of them have safe defaults but
those marked **required**, which belong to a list or section that is itself optional. Set one in the file, or on the
command line:

\`\`\`sh
pulumi config set web-infra:domain example.com
pulumi config set --path 'web-infra:pools[0].count' 5
pulumi config set --path web-infra:monitoring.thresholds.serverErrorPercent.warning 0.5 --type float
pulumi config set --secret --path web-infra:monitoring.notifications.slack.url https://hooks.slack.com/…
\`\`\`

The settings are checked before anything is made, all at once: a fault is told with its path, its value, the limit and
the way to mend it, and so is a key that isn't here. The values of secret options are never shown; set them with
\`--secret\`. Beside the limits below, the options have to fit each other, which the messages explain.

"A change replaces" says what is made anew when the option changes; where it says nothing, the change is made in place.
A stack's own name stands in the names of its servers: lower-case letters, digits and \`-\`, a letter first, at most 32
characters.
`;

function defaultOf({ path, required, default: value }: Option): string {
  if (required && !path.endsWith("]")) return "**required**";
  if (value === undefined || (typeof value === "object" && Object.keys(value ?? {}).length === 0)) return "";
  return `\`${typeof value === "string" ? value : JSON.stringify(value)}\``;
}

function row(option: Option): string {
  const { path, type, limits, description, replaces = "", secret } = option;
  const cells = [
    `\`${path}\``,
    secret ? `${type}, secret` : type,
    defaultOf(option),
    description,
    limits,
    replaces,
  ];
  return `| ${cells.join(" | ")} |`;
}

function section(title: string, text: string, rows: readonly Option[]): string {
  const head =
    "| Option | Type | Default | What it is | Limits | A change replaces |\n|---|---|---|---|---|---|";
  return [`## ${title}`, text, [head, ...rows.filter(({ description }) => description).map(row)].join("\n")]
    .filter(Boolean)
    .join("\n\n");
}

/** The page docs/options.md as it should be. */
export function optionsPage(): string {
  const top = options().filter(({ path }) => !/[.[]/.test(path));
  const below = ({ path }: Option) =>
    options().filter((option) => /[.[]/.test(option.path) && option.path.split(/[.[]/)[0] === path);
  const plain = top.filter((option) => below(option).length === 0);
  const sections = top
    .filter((option) => below(option).length > 0)
    .map((option) =>
      section(
        option.path,
        option.description,
        option.type === "list" ? [option, ...below(option)] : below(option),
      ),
    );
  return `${[intro.trimEnd(), section("The stack", "", plain), ...sections].join("\n\n")}\n`;
}

/** Every generated page of docs/, as it should be. */
export const pages: Readonly<Record<string, () => string>> = {
  "options.md": optionsPage,
  "monitors.md": monitoringPage,
  "policies.md": policiesPage,
};

/** A page as it is committed. */
export const committedPage = (page: string): string => readFileSync(fileOf(page), "utf8");

if (require.main === module) {
  for (const [page, text] of Object.entries(pages)) {
    writeFileSync(fileOf(page), text());
    console.log(`docs/${page} written`);
  }
}
