import { z } from "zod";
import { optionPath, type Path } from "./paths";
import { settingsSchema } from "./schema";

/** One option as the documentation and the messages speak of it; taken from the schema. */
export interface Option {
  /** `pools[].count`. */
  readonly path: string;
  readonly type: string;
  /** What is allowed, in words; empty where the type says it all. */
  readonly limits: string;
  readonly required: boolean;
  readonly default?: unknown;
  readonly example?: unknown;
  readonly description: string;
  /** What a change of it replaces. */
  readonly replaces?: string;
  readonly secret: boolean;
}

/** The part of JSON Schema that zod makes of the settings, with the fields' own words in it. */
interface Node {
  readonly type?: string | readonly string[];
  readonly anyOf?: readonly Node[];
  readonly properties?: Readonly<Record<string, Node>>;
  readonly required?: readonly string[];
  readonly items?: Node;
  readonly additionalProperties?: boolean | Node;
  readonly enum?: readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly minItems?: number;
  readonly default?: unknown;
  readonly description?: string;
  readonly limits?: string;
  readonly example?: unknown;
  readonly replaces?: string;
  readonly secret?: boolean;
}

const typeNames: Readonly<Record<string, string>> = {
  string: "text",
  integer: "whole number",
  number: "number",
  boolean: "true or false",
  array: "list",
  object: "section",
};

function typeOf(node: Node): string {
  if (typeof node.additionalProperties === "object") return "map";
  if (node.enum) return "choice";
  const type = node.type ?? node.anyOf?.[0]?.type;
  return typeNames[typeof type === "string" ? type : "string"] ?? "text";
}

function limitsOf(node: Node): string {
  if (node.limits) return node.limits;
  if (node.enum) return `one of ${node.enum.map((value) => `\`${value}\``).join(", ")}`;
  if (node.minItems) return `at least ${node.minItems} item`;
  const { minimum, maximum, exclusiveMinimum } = node;
  if (exclusiveMinimum !== undefined)
    return `more than ${exclusiveMinimum}${maximum === undefined ? "" : `, at most ${maximum}`}`;
  return minimum === undefined ? "" : `${minimum} to ${maximum}`;
}

function flatten(path: string, node: Node, required: boolean, inherited: boolean): Option[] {
  const secret = inherited || node.secret === true;
  const option: Option = {
    path,
    type: typeOf(node),
    limits: limitsOf(node),
    required,
    default: node.default,
    example: node.example ?? node.enum?.[0],
    description: node.description ?? "",
    replaces: node.replaces,
    secret,
  };
  const below = Object.entries(node.properties ?? {}).flatMap(([key, child]) =>
    flatten(path ? `${path}.${key}` : key, child, node.required?.includes(key) ?? false, secret),
  );
  const items = node.items ? flatten(`${path}[]`, node.items, true, secret) : [];
  return path ? [option, ...below, ...items] : below;
}

let known: readonly Option[] | undefined;

/** Every option, sections included, in the order of the schema. Made at first use: a sound config never needs it. */
export function options(): readonly Option[] {
  known ??= flatten("", z.toJSONSchema(settingsSchema, { io: "input" }) as Node, true, false);
  return known;
}

/** The option at a path, or the nearest one above it; undefined above all sections. */
export function optionAt(path: Path): Option | undefined {
  for (let length = path.length; length > 0; length--) {
    const wanted = optionPath(path.slice(0, length));
    const found = options().find((option) => option.path === wanted);
    if (found) return found;
  }
  return undefined;
}

/** Whether the option is that of the path itself, and not of a map or section around it. */
export function isOf(option: Option, path: Path): boolean {
  return option.path === optionPath(path);
}
