import type { Finding } from "../../policy/check";
import type { Registration } from "../engine/registration";
import { outputLines } from "../shared/outputs";
import { countBelow, countByType, family, kind, tree } from "../shared/resources";
import type { Review } from "./review";
import { byRule, costText, fileLines, grouped, headline, placeText, propertyLine, summary } from "./words";

/** A review for people at a terminal. @param title what was compared with; undefined for an empty account */
export function planText(review: Review, title: string | undefined): string {
  if (review.failed) return [`Stack ${review.stack} ${summary(review)}:`, ...review.notes].join("\n");
  return (title === undefined ? made(review) : changed(review, title)).join("\n");
}

function changed(review: Review, title: string): string[] {
  const { stack, notes, changes, risk, cost } = review;
  const details = grouped(changes).flatMap((group) => [
    `  ${headline(group)}`,
    ...group.first.properties
      .filter(({ path }) => path !== "userData")
      .map((one) => `      ${propertyLine(one)}`),
    ...group.first.files.flatMap(fileLines).map((line) => `      ${line}`),
  ]);
  const prices = cost.changes.map(
    ({ name, before, after }) => `  ${name}: ${price(before)} → ${price(after)}`,
  );
  return [
    `Stack ${stack} against ${title}: ${summary(review)}.`,
    ...notes,
    ...details,
    `Downtime: ${risk.downtime}.`,
    ...risk.reasons.map((reason) => `  ${reason}`),
    ...risk.data.map(
      ({ name, operation, protect }) =>
        `  Data: ${name} is ${operation}d${protect ? ", though protected" : ""}.`,
    ),
    `Cost: ${costText(review, true)}.`,
    ...prices,
    ...rules(review, true),
  ];
}

const price = (item: { readonly monthly: number | null } | null): string =>
  item === null ? "none" : (item.monthly?.toFixed(2) ?? "unknown");

function made(review: Review): string[] {
  const { stack, resources, outputs } = review;
  const below = countBelow(resources);
  const counts = Object.entries(countByType(resources)).map(
    ([type, count]) => `  ${String(count).padStart(4)}  ${family(type)} ${kind(type)}`,
  );
  return [
    `Stack ${stack}: ${below.get(null) ?? 0} resources would be made in an empty account.`,
    "",
    ...tree(resources).map(({ item, depth }) => `${"  ".repeat(depth)}${line(item, below)}`),
    "",
    "Resources by type",
    ...counts,
    "",
    "Outputs",
    ...outputLines(outputs),
    "",
    `Cost: ${costText(review, false)}.`,
    ...rules(review, false),
  ];
}

function line(
  { urn, type, name, custom, protect }: Registration,
  below: ReadonlyMap<string | null, number>,
): string {
  if (custom) return `+ ${name}  (${family(type)} ${kind(type)})${protect ? "  protected" : ""}`;
  return `${name}  (${kind(type)}, ${below.get(urn) ?? 0})`;
}

function rules({ policies: { broken, newlyBroken } }: Review, compared: boolean): string[] {
  if (broken.length === 0) return ["Rules: all kept."];
  const isNew = (finding: Finding) => compared && newlyBroken.includes(finding);
  const told = byRule(broken).flatMap(({ rule: { rule, level, reason, fix }, places }) => [
    `  ${rule} (${level}): ${reason} ${fix}`,
    ...places.map((place) => `    ${placeText(place)}${isNew(place) ? ", since this change" : ""}.`),
  ]);
  return [`Rules: ${broken.length} places where one is broken.`, ...told];
}
