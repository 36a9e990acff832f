import type { Finding } from "../../policy/check";
import type { Review } from "./review";
import { budgetText, costText, fileLines, grouped, headline, propertyLine, signed, summary } from "./words";

/** What GitHub takes as a comment, in characters, with room for a line or two around it. */
const longest = 65_000;

/** By this line a workflow finds its own comment again. */
export const mark = "<!-- web-infra plan -->";

interface Detail {
  readonly pictures: boolean;
  readonly files: boolean;
  readonly properties: boolean;
  readonly changes: boolean;
}

/** What may go when a comment gets too long, the most dispensable first. */
const details: readonly Detail[] = [
  { pictures: true, files: true, properties: true, changes: true },
  { pictures: false, files: true, properties: true, changes: true },
  { pictures: false, files: false, properties: true, changes: true },
  { pictures: false, files: false, properties: false, changes: true },
  { pictures: false, files: false, properties: false, changes: false },
];

/** Reviews as a comment for a pull request. @param title what was compared with; undefined for an empty account */
export function markdown(reviews: readonly Review[], title: string | undefined): string {
  const [full = "", ...shorter] = details.map((detail) => page(reviews, title, detail));
  if (full.length <= longest) return full;
  const left = `\n\n_Shortened, since a comment holds 65,536 characters; \`npm run plan -- --all --against …\` shows everything._`;
  const fitting = shorter.find((text) => text.length + left.length <= longest) ?? shorter.at(-1) ?? "";
  return fitting.slice(0, longest - left.length) + left;
}

function page(reviews: readonly Review[], title: string | undefined, detail: Detail): string {
  const compared = title !== undefined;
  return [
    mark,
    compared ? `## Plan against ${code(title)}` : "## Plan for an empty account",
    table(
      ["Stack", "Resources", "Downtime", "Data", "Cost a month, USD", "Rules newly broken", "Rules broken"],
      reviews.map((review) => row(review, compared)),
    ),
    ...reviews.map((review) => section(review, compared, detail)),
  ].join("\n\n");
}

function row(review: Review, compared: boolean): string[] {
  const { stack, risk, cost, policies } = review;
  const data = risk.data.map(({ name, operation }) => `**${name} ${operation}d**`);
  return [
    stack,
    summary(review),
    risk.downtime === "none" ? "none" : `**${risk.downtime}**`,
    data.join(", ") || "kept",
    `${cost.after.monthly.toFixed(2)}${compared ? ` (${signed(cost.monthly)})` : ""}, ${budgetText(review)}`,
    compared ? String(policies.newlyBroken.length) : "",
    String(policies.broken.length),
  ];
}

function section(review: Review, compared: boolean, detail: Detail): string {
  const { stack, notes, changes, risk, policies, picture } = review;
  const lines = detail.changes ? changeLines(review, detail) : [];
  const dangers = [
    ...risk.reasons,
    ...risk.data.map(({ name, operation }) => `${name} holds data and is ${operation}d.`),
  ];
  const parts = [
    ...notes.map((note) => `**${note}**`),
    ...dangers.map((danger) => `- ${danger}`),
    ...(lines.length > 0 ? [fenced("diff", lines)] : []),
    ...(changes.length > 0 || !compared
      ? [`Cost: ${costText(review, compared)}.`, ...prices(review, compared)]
      : []),
    ...(policies.newlyBroken.length > 0 && compared
      ? [folded("Rules newly broken", rules(policies.newlyBroken))]
      : []),
    ...(policies.broken.length > 0 ? [folded("All broken rules", rules(policies.broken))] : []),
    ...(detail.pictures && picture && (changes.length > 0 || !compared)
      ? [folded("The picture", fenced("mermaid", picture.trimEnd().split("\n")))]
      : []),
  ];
  return folded(`<b>${stack}</b>: ${summary(review)}`, parts.join("\n\n"));
}

/** GitHub colours the lines by the first sign. */
function changeLines({ changes }: Review, { properties, files }: Detail): string[] {
  return grouped(changes).flatMap((group) => [
    headline(group).replace(/^[~±]/, "!"),
    ...(properties
      ? group.first.properties
          .filter(({ path }) => path !== "userData")
          .map((one) => `    ${propertyLine(one)}`)
      : []),
    ...(files
      ? group.first.files.flatMap(fileLines).map((line) => line.replace(/^ {2}([-+])/, "$1   "))
      : []),
  ]);
}

function prices({ cost }: Review, compared: boolean): string[] {
  const price = (item: { readonly what: string; readonly monthly: number | null } | null) =>
    item === null ? "" : `${item.monthly?.toFixed(2) ?? "unknown"} (${item.what})`;
  if (!compared || cost.changes.length === 0) return [];
  return [
    folded(
      "What costs another amount",
      table(
        ["Resource", "Before", "After"],
        cost.changes.map(({ name, before, after }) => [name, price(before), price(after)]),
      ),
    ),
  ];
}

const rules = (findings: readonly Finding[]): string =>
  table(
    ["Rule", "Level", "Where", "What", "How to mend it"],
    findings.map(({ rule, level, name, message, fix }) => [rule, level, name ?? "the stack", message, fix]),
  );

const folded = (title: string, text: string): string =>
  `<details><summary>${title}</summary>\n\n${text}\n\n</details>`;
const code = (text: string): string => `\`${text.replaceAll("`", "'")}\``;

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.map(cell).join(" | ")} |`;
  return [line(head), `|${"---|".repeat(head.length)}`, ...rows.map(line)].join("\n");
}

/** Nothing of a setting ends a cell or is taken for HTML. */
const cell = (text: string): string =>
  text.replaceAll("|", "\\|").replaceAll("<", "&lt;").replaceAll("\n", " ");

/** The fence is longer than any in the text. */
function fenced(language: string, lines: readonly string[]): string {
  const text = lines.join("\n");
  const inside = Math.max(2, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(inside + 1);
  return `${fence}${language}\n${text}\n${fence}`;
}
