import type { Json } from "../engine/props";
import { isSecret, plain, type Registration } from "../engine/registration";
import type { Difference } from "./differences";
import { asUnknown, withoutStandIns } from "./stand-ins";

const unknown = "[known after apply]";

/** What people may see of a value, and what it is worth telling them. */
export class Visible {
  private readonly byUrn: ReadonlyMap<string, Registration>;

  /** @param registrations all of the version that the values are from */
  constructor(registrations: readonly Registration[]) {
    this.byUrn = new Map(registrations.map((one) => [one.urn, one]));
  }

  /** One side of a difference, `value` being of this resource; undefined where there is nothing. */
  value(resource: Registration | undefined, { path }: Difference, value: Json | undefined): Json | undefined {
    if (resource === undefined || value === undefined) return undefined;
    const sources = resource.inputsFrom[String(path[0])] ?? [];
    return this.shown(value, sources);
  }

  private shown(value: Json, sources: readonly string[]): Json {
    if (Array.isArray(value)) return value.map((item) => this.shown(item, sources));
    if (value !== null && typeof value === "object") {
      return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.shown(item, sources)]));
    }
    const told = typeof asUnknown(value) === "string" ? withoutStandIns(String(value)) : value;
    return told === value && this.isDerived(value, sources) ? unknown : told;
  }

  /** Whether a text may be computed from something that only stands in: nothing of its sources' inputs is in it. */
  private isDerived(value: Json, sources: readonly string[]): boolean {
    if (typeof value !== "string" || sources.length === 0) return false;
    return !sources.some((urn) =>
      Object.values(this.byUrn.get(urn)?.inputs ?? {}).some(
        (input) => typeof input === "string" && input !== "" && value.includes(input),
      ),
    );
  }
}

/** Whether something in an input is secret: then nothing of it is shown. */
export function hasSecret(resource: Registration | undefined, input: string): boolean {
  const within = (value: Json | undefined): boolean =>
    isSecret(value) ||
    (value !== null && typeof value === "object" && Object.values(value).some((item) => within(item)));
  return within(resource?.inputs[input]);
}

/** An input in plain text, secret or not; for comparing only. */
export const plainInput = (resource: Registration | undefined, input: string): string =>
  String(plain(resource?.inputs[input] ?? ""));
