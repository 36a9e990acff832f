import type { z } from "zod";
import { type Fault, pathText, shown } from "./faults";
import { nearest } from "./names";
import { type Option, optionAt, optionPath, options } from "./options";
import { UNKNOWN_SECRET } from "./secret";

type Path = readonly PropertyKey[];

/** A fault of one option by itself, and which options can't be relied on because of it. */
export interface SchemaFault extends Fault {
  readonly at: Path;
  readonly disturbs: readonly string[];
  /** Whether the key itself is the fault, so that nothing reads it. */
  readonly unknownKey: boolean;
}

/** The value at a path of plain data; undefined where there is none. */
function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, key)
        ? Reflect.get(value, key)
        : undefined,
    data,
  );
}

/** A misspelt or misplaced name may well hold a secret, and so may a section with secrets in it. */
function mayShow(path: Path, option: Option | undefined): boolean {
  const below = `${optionPath(path)}.`;
  return !option?.secret && !options().some(({ secret, path }) => secret && path.startsWith(below));
}

/** Whether the option is that of the path itself, and not of a map or section around it. */
function exact(option: Option, path: Path): boolean {
  return option.path === optionPath(path);
}

function expectation({ type, limits }: Option): string {
  if ((type === "text" && limits) || type === "choice") return limits;
  return [type, limits].filter(Boolean).join(", ");
}

function mend(option: Option, value: unknown, path: Path, project: string): string {
  if (!exact(option, path)) return "Rename it or change its value, as the limit says, or remove it.";
  if (value === UNKNOWN_SECRET)
    return "Encrypt secrets only: what is encrypted here can't be read without the stack's key.";
  if (value === undefined && option.secret)
    return `Set it: pulumi config set --secret --path '${project}:${pathText(path)}'.`;
  if (value === undefined) return `Set it, for example to ${shown(option.example)}.`;
  const isNumber = option.type.endsWith("number");
  if (isNumber && typeof value === "string" && /^-?\d+(\.\d+)?$/.test(value))
    return `Write ${value} without quotes; on the command line add --type ${option.type === "number" ? "float" : "int"}.`;
  if (["text", "choice"].includes(option.type) && (typeof value === "number" || typeof value === "boolean"))
    return `Write it in quotes: "${value}"; on the command line add --type string.`;
  if (typeof value === "string" && ["list", "section", "map"].includes(option.type))
    return `Write a ${option.type} in YAML, or set one value of it with pulumi config set --path.`;
  const instead = option.required
    ? option.example === undefined
      ? ""
      : `, for example to ${shown(option.example)}`
    : option.default === undefined
      ? ", or leave it out"
      : `, or leave it out for the default, ${shown(option.default)}`;
  return `Set it within the limit${instead}.`;
}

function wrongValue(path: Path, data: unknown, project: string): SchemaFault | undefined {
  const option = optionAt(path);
  if (!option) return undefined;
  const value = valueAt(data, path);
  return {
    path: pathText(path),
    value: value === undefined || mayShow(path, option) ? shown(value) : UNKNOWN_SECRET,
    limit: expectation(option),
    mend: mend(option, value, path, project),
    at: path,
    disturbs: exact(option, path) ? [option.path] : [],
    unknownKey: false,
  };
}

function unknownKey(parent: Path, key: string): SchemaFault {
  const section = parent.length === 0 ? "" : `${optionPath(parent)}.`;
  const siblings = options()
    .filter(({ path }) => path.startsWith(section) && /^[^.[]+$/.test(path.slice(section.length)))
    .map(({ path }) => path.slice(section.length));
  const meant = nearest(key, siblings);
  const elsewhere = options().find(({ path }) => path.endsWith(`.${key}`))?.path;
  const advice = meant
    ? `Rename it to "${meant}", or remove it.`
    : elsewhere
      ? `Move it to ${elsewhere}, or remove it.`
      : `Remove it; known here: ${siblings.join(", ")}.`;
  return {
    path: pathText([...parent, key]),
    value: "(not shown)",
    limit: "no such option",
    mend: advice,
    at: [...parent, key],
    disturbs: meant ? [`${section}${meant}`] : [],
    unknownKey: true,
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
      ? issue.keys.map((key) => unknownKey(issue.path, key))
      : (wrongValue(issue.path, data, project) ?? []),
  );
  const misspelt = new Set(
    found
      .filter(({ unknownKey }) => unknownKey)
      .flatMap(({ at, disturbs }) =>
        disturbs.map((option) => pathText([...at.slice(0, -1), option.slice(option.lastIndexOf(".") + 1)])),
      ),
  );
  const places = new Map(found.map((fault) => [fault.path, fault]));
  return [...places.values()].filter(
    ({ path, at, unknownKey }) => unknownKey || !misspelt.has(path) || valueAt(data, at) !== undefined,
  );
}

/**
 * A copy of the data in which every faulty option has its default or example, so that the rules can look at
 * the rest in the same run. What a rule says about a stand-in is never shown: see `Rule.compares`.
 */
export function repaired(data: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(data);
  const places = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  for (const path of places) {
    const parent = valueAt(copy, path.slice(0, -1));
    const key = path.at(-1);
    if (typeof parent !== "object" || parent === null || key === undefined) continue;
    const option = optionAt(path);
    if (!option?.required || !exact(option, path)) Reflect.deleteProperty(parent, key);
    else Reflect.set(parent, key, option.secret ? UNKNOWN_SECRET : option.example);
  }
  return copy;
}
