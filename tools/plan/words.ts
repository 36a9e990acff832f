import type { Finding } from "../../policy/check";
import { unpriced } from "../cost/price";
import { family, kind } from "../shared/resources";
import type { Change, PropertyChange } from "./changes";
import type { Review } from "./review";
import type { FileChange } from "./user-data";

/** How changes are told, for people and for pull requests alike. */

const signs = { create: "+", update: "~", replace: "±", delete: "-" } as const;
const order = ["delete", "replace", "update", "create"] as const;
const verbs = { create: "make", update: "change", replace: "replace", delete: "delete" } as const;

/** `2 to replace, 1 to change`, or that nothing is to be done, or known. */
export function summary({ operations, failed }: Review): string {
  if (failed) return "can't be planned";
  const counts = order
    .filter((operation) => operations[operation] > 0)
    .map((operation) => `${operations[operation]} to ${verbs[operation]}`);
  return counts.length > 0 ? counts.join(", ") : "no change";
}

/** Changes that are alike, told once. */
export interface Group {
  readonly first: Change;
  readonly names: readonly string[];
}

/** What goes first, then what is made; changes alike are one group. */
export function grouped(changes: readonly Change[]): Group[] {
  const groups = new Map<string, Change[]>();
  for (const change of changes) {
    const { operation, type, because, deletedFirst, protect, properties, files } = change;
    const key = JSON.stringify([operation, type, because, deletedFirst, protect, properties, files]);
    groups.set(key, [...(groups.get(key) ?? []), change]);
  }
  return [...groups.values()]
    .map((alike): Group => ({ first: alike[0] as Change, names: alike.map(({ name }) => name) }))
    .sort((a, b) => order.indexOf(a.first.operation) - order.indexOf(b.first.operation));
}

const longestNames = 6;

/** `± server-1-droplet, server-2-droplet (digitalocean Droplet): replaced, because of userData`. */
export function headline({ first, names }: Group): string {
  const { operation, type, because, deletedFirst, protect } = first;
  const shownNames = names.slice(0, longestNames).join(", ");
  const rest = names.length > longestNames ? ` and ${names.length - longestNames} more` : "";
  const why =
    operation === "replace"
      ? `, replaced because of ${because.join(", ")}${deletedFirst ? ", deleted first" : ""}`
      : "";
  const kept = protect && (operation === "replace" || operation === "delete") ? ", protected" : "";
  return `${signs[operation]} ${shownNames}${rest} (${family(type)} ${kind(type)})${why}${kept}`;
}

/** `size: "s-1" → "s-2"`. */
export function propertyLine({ path, before, after }: PropertyChange): string {
  if (before === "[secret]") return `${path}: changed (secret)`;
  const value = (side: PropertyChange["before"]) =>
    side === undefined ? "(none)" : shortened(JSON.stringify(side));
  if (before !== undefined && JSON.stringify(before) === JSON.stringify(after))
    return `${path}: ${value(after)}, another one`;
  return `${path}: ${value(before)} → ${value(after)}`;
}

const longest = 200;
const shortened = (text: string): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);

const mostLines = 40;

/** What changes in a file, line by line where that may be shown. */
export function fileLines({ path, lines }: FileChange): string[] {
  if (lines === null) return [`${path}: changed (secret)`];
  const more = lines.length > mostLines ? [`  … ${lines.length - mostLines} more lines`] : [];
  return [`${path}:`, ...lines.slice(0, mostLines).map((line) => `  ${shortened(line)}`), ...more];
}

/** `+24.00`, or without a sign for none. */
export const signed = (amount: number): string => `${amount > 0 ? "+" : ""}${amount.toFixed(2)}`;

/** `within its budget of 80`. */
export function budgetText({ cost, budgetUsd }: Review): string {
  if (budgetUsd === null) return "no budget is set";
  const known = unpriced(cost.after.items).length === 0 ? "within" : "as far as it is known within";
  return `${cost.after.monthly > budgetUsd ? "over" : known} its budget of ${budgetUsd}`;
}

/** `12.00 USD a month, …`. */
export function costText(review: Review, compared: boolean): string {
  const { after, monthly } = review.cost;
  const unknown = after.unknown > 0 ? `, and ${after.unknown} unknown prices` : "";
  return `${after.monthly.toFixed(2)} USD a month${compared ? ` (${signed(monthly)})` : ""}${unknown}; ${budgetText(review)}`;
}

/** A rule, and where it is broken. */
export interface Broken {
  readonly rule: Finding;
  readonly places: readonly Finding[];
}

/** Findings by their rules. */
export function byRule(findings: readonly Finding[]): Broken[] {
  const rules = [...new Set(findings.map(({ rule }) => rule))];
  return rules.map((name) => {
    const places = findings.filter(({ rule }) => rule === name);
    return { rule: places[0] as Finding, places };
  });
}

/** `server-1-droplet is in no firewall`. */
export const placeText = ({ name, message }: Finding): string => `${name ?? "the stack"} ${message}`;
