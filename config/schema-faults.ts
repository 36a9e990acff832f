import type { z } from "zod";
import { type Fault, shown } from "./faults";
import { nearest } from "./names";
import { isOf, type Option, optionAt, options } from "./options";
import { optionPath, type Path, pathText, valueAt } from "./paths";
import { isUnknownSecret, UNKNOWN_SECRET } from "./secret";

/** A fault of one option by itself. */
export interface SchemaFault extends Fault {
  readonly at: Path;
  /** The option that can't be relied on because of it: for a misspelt key the one that was meant, if any. */
  readonly about: Path | undefined;
}

/** A misspelt or misplaced name may well hold a secret, and so may a section with secrets in it. */
function mayShow(path: Path, option: Option | undefined): boolean {
  const below = `${optionPath(path)}.`;
  return !option?.secret && !options().some(({ secret, path }) => secret && path.startsWith(below));
}

function expectation({ type, limits }: Option): string {
  if ((type === "text" && limits) || type === "choice") return limits;
  return [type, limits].filter(Boolean).join(", ");
}

function mend(option: Option, value: unknown, path: Path, project: string): string {
  if (!isOf(option, path)) return "Rename it or change its value, as the limit says, or remove it.";
  if (isUnknownSecret(value))
    return "Encrypt secrets only: what is encrypted here can't be read without the stack's key.";
  if (value === undefined && option.secret)
    return `Set it: pulumi config set --secret --path '${project}:${pathText(path)}'.`;
  if (value === undefined) return `Set it, for example to ${shown(option.example)}.`;
  const isNumber = option.type.endsWith("number");
  if (isNumber && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
    return `Write ${value} without quotes; on the command line add --type ${option.type === "number" ? "float" : "int"}.`;
  if (["text", "choice"].includes(option.type) && (typeof value === "number" || typeof value === "boolean"))
    return "Write it in quotes; on the command line add --type string.";
  if (typeof value === "string" && ["list", "section", "map"].includes(option.type))
    return `Write a ${option.type} in YAML, or set one value of it with pulumi config set --path.`;
  return `Set it within the limit${otherwise(option)}.`;
}

function otherwise(option: Option): string {
  if (option.required) return option.example === undefined ? "" : `, for example to ${shown(option.example)}`;
  if (option.default === undefined) return ", or leave it out";
  return `, or leave it out for the default, ${shown(option.default)}`;
}

function wrongValueFault(path: Path, data: unknown, project: string): SchemaFault | undefined {
  const option = optionAt(path);
  if (!option) return undefined;
  const value = valueAt(data, path);
  return {
    path: pathText(path),
    value: value === undefined || mayShow(path, option) ? shown(value) : UNKNOWN_SECRET,
    limit: expectation(option),
    mend: mend(option, value, path, project),
    at: path,
    about: isOf(option, path) ? path : undefined,
  };
}

function placeFor(key: string, known: readonly string[]): string {
  const elsewhere = options().find(({ path }) => path.endsWith(`.${key}`))?.path;
  return elsewhere ? `Move it to ${elsewhere}, or remove it` : `Remove it; known here: ${known.join(", ")}`;
}

function unknownKeyFault(parent: Path, key: string): SchemaFault {
  const section = parent.length === 0 ? "" : `${optionPath(parent)}.`;
  const siblings = options()
    .filter(({ path }) => path.startsWith(section) && /^[^.[]+$/.test(path.slice(section.length)))
    .map(({ path }) => path.slice(section.length));
  const meant = nearest(key, siblings);
  return {
    path: pathText([...parent, key]),
    value: "(not shown)",
    limit: "no such option",
    mend: `${meant ? `Rename it to "${meant}", or remove it` : placeFor(key, siblings)}.`,
    at: [...parent, key],
    about: meant ? [...parent, meant] : undefined,
  };
}

/** Turns zod's issues into faults, one for each place; a required option that was only misspelt is no second fault. */
export function schemaFaults(
  issues: readonly z.core.$ZodIssue[],
  data: unknown,
  project: string,
): SchemaFault[] {
  const found = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => unknownKeyFault(issue.path, key))
      : (wrongValueFault(issue.path, data, project) ?? []),
  );
  const misspelt = new Set(
    found.flatMap(({ at, about }) => (about && about !== at ? [pathText(about)] : [])),
  );
  const places = new Map(found.map((fault) => [fault.path, fault]));
  return [...places.values()].filter(
    ({ path, at }) => !misspelt.has(path) || valueAt(data, at) !== undefined,
  );
}
