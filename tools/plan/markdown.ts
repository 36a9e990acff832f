import type { Finding } from "../../policy/check";
import type { Review } from "./review";
import {
  budgetText,
  byRule,
  costText,
  fileLines,
  grouped,
  headline,
  placeText,
  propertyLine,
  signed,
  summary,
} from "./words";

/** In characters: GitHub takes 65,536 as a comment, and a workflow has something to add. */
const longest = 60_000;

/** What may go when a comment gets too long, the most dispensable first. */
const dispensable = ["pictures", "files", "properties", "rules", "changes", "stacks"] as const;
type Shown = ReadonlySet<(typeof dispensable)[number]>;

/** Reviews as a comment for a pull request. @param title what was compared with; undefined for an empty account */
export function markdown(reviews: readonly Review[], title: string | undefined): string {
  const full = page(reviews, title, new Set(dispensable));
  if (full.length <= longest) return full;
  const shortened = "_Shortened, since a comment holds 65,536 characters. `npm run plan` shows everything._";
  const texts = dispensable.map((_, index) =>
    [page(reviews, title, new Set(dispensable.slice(index + 1))), shortened].join("\n\n"),
  );
  return texts.find((text) => text.length <= longest) ?? texts.at(-1) ?? "";
}

function page(reviews: readonly Review[], title: string | undefined, shown: Shown): string {
  const compared = title !== undefined;
  return [
    compared ? `## Plan against ${code(title)}` : "## Plan for an empty account",
    table(
      ["Stack", "Resources", "Downtime", "Data", "Cost a month, USD", "Rules newly broken", "Rules broken"],
      reviews.map((review) => row(review, compared)),
    ),
    ...(shown.has("stacks") ? reviews.map((review) => section(review, compared, shown)) : []),
  ].join("\n\n");
}

function row(review: Review, compared: boolean): string[] {
  const { stack, risk, cost, policies } = review;
  if (review.failed) return [stack, `**${summary(review)}**`, "", "", "", "", ""];
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

function section(review: Review, compared: boolean, shown: Shown): string {
  const { stack, notes, changes, risk, policies, picture } = review;
  const title = `<b>${stack}</b>: ${summary(review)}`;
  if (review.failed) return folded(title, fenced("", notes.join("\n").split("\n")));
  const lines = shown.has("changes") ? changeLines(review, shown) : [];
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
    ...(policies.broken.length > 0 && shown.has("rules")
      ? [folded("All broken rules", rules(policies.broken))]
      : []),
    ...(shown.has("pictures") && picture && (changes.length > 0 || !compared)
      ? [folded("The picture", fenced("mermaid", picture.trimEnd().split("\n")))]
      : []),
  ];
  return folded(title, parts.join("\n\n"));
}

/** GitHub colours the lines by the first sign. */
function changeLines({ changes }: Review, shown: Shown): string[] {
  return grouped(changes).flatMap((group) => [
    headline(group).replace(/^[~±]/, "!"),
    ...(shown.has("properties")
      ? group.first.properties
          .filter(({ path }) => path !== "userData")
          .map((one) => `    ${propertyLine(one)}`)
      : []),
    ...(shown.has("files")
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
    ["Rule", "Level", "Where", "Why", "How to mend it"],
    byRule(findings).map(({ rule: { rule, level, reason, fix }, places }) => [
      rule,
      level,
      places.map(placeText).join("; "),
      reason,
      fix,
    ]),
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
