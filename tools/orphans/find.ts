import type { Held } from "../account/held";
import { type Props, text } from "../engine/props";
import type { Registration } from "../engine/registration";
import type { Known } from "./state";

/** Something in an account that seems to be the stack's, and that its state does not know. */
export interface Orphan extends Held {
  /** Why it is taken for the stack's. */
  readonly because: "tag" | "name" | "owner" | "planned";
  /** What of the program it would be, if that is not in the state either: it can be imported as this. */
  readonly resource?: Registration;
}

/** What tells a stack's things from others'. */
export interface Stack {
  readonly project: string;
  readonly stack: string;
  /** Host name of the stack's site, if it is known. */
  readonly site?: string;
  /** What the program would make. */
  readonly planned: readonly Registration[];
  /** What the stack's state knows. */
  readonly known: readonly Known[];
}

/**
 * Finds what carries the stack's tag or name, or belongs to such a thing, and is not in its state; and what the
 * program would make under that very name, which an account has only once and may be another stack's.
 */
export function findOrphans(held: readonly Held[], stack: Stack): Orphan[] {
  const known = new Set(stack.known.map(({ type, id }) => `${type} ${id}`));
  const isKnown = ({ type, id }: Held) => known.has(`${type} ${id}`);
  const free = missing(stack);
  return held.flatMap((one): Orphan[] => {
    if (isKnown(one)) return [];
    const because = reason(one, stack, isKnown);
    if (because === undefined) return [];
    const at = free.findIndex((resource) => isPlanned(one, resource));
    return [{ ...one, because, resource: at < 0 ? undefined : free.splice(at, 1)[0] }];
  });
}

/** What the program would make and the state does not have. */
function missing({ planned, known }: Stack): Registration[] {
  const urns = new Set(known.map(({ urn }) => urn));
  return planned.filter(({ urn, custom }) => custom && !urns.has(urn));
}

function reason(one: Held, stack: Stack, isKnown: (held: Held) => boolean): Orphan["because"] | undefined {
  const { project, stack: name, planned, site } = stack;
  const tags = one.collection === "tags" ? [one.name] : one.tags;
  if (tags.some((tag) => startsWith(tag, `${project}:${name}`))) return "tag";
  if (startsWith(one.name, `${project}-${name}`)) return "name";
  const isIn = planned.some((resource) => isPlanned(one, resource));
  if (isIn && (hasPart(one.name, name) || (site && one.hosts?.includes(site)))) return "name";
  if (one.owner && (isKnown(one.owner) || isOwn(reason(one.owner, stack, isKnown)))) return "owner";
  return isIn ? "planned" : undefined;
}

/** Whether the reason is a good one: what only has a name that the program would give may be another stack's. */
export function isOwn(because: Orphan["because"] | undefined): boolean {
  return because !== undefined && because !== "planned";
}

/** Whether the part is in the name with nothing else than letters and digits cut off: `dev` in `a-dev-1`, not in `a-dev2`. */
function hasPart(name: string, part: string): boolean {
  const at = name.indexOf(part);
  return at >= 0 && !/\w$/.test(name.slice(0, at)) && !/^\w/.test(name.slice(at + part.length));
}

/** Whether the value is the start, or goes on from there with something else than a letter or digit. */
function startsWith(value: string, start: string): boolean {
  return value.startsWith(start) && !/^\w/.test(value.slice(start.length));
}

/**
 * Whether it could be this one: of the type, and with the name given, or with one that the engine would choose. All
 * servers' sources have the same few names; whose one is, its collector tells, which is called as the host is.
 */
function isPlanned(one: Held, { type, name, inputs }: Registration): boolean {
  if (type !== one.type) return false;
  if (inputs.hostName !== undefined && inputs.hostName !== one.owner?.name) return false;
  const given = plannedName(inputs);
  const chosen = one.name.startsWith(`${name}-`) && /^[0-9a-f]{7}$/.test(one.name.slice(name.length + 1));
  return given === undefined ? chosen : given === one.name;
}

function plannedName(inputs: Props): string | undefined {
  const name = inputs.name ?? inputs.title ?? inputs.fieldName ?? inputs.description;
  if (name === undefined || inputs.domain === undefined) return name === undefined ? undefined : text(name);
  return name === "@" ? text(inputs.domain) : `${text(name)}.${text(inputs.domain)}`;
}
