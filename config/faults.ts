import { isUnknownSecret, UNKNOWN_SECRET } from "./secret";

/** One thing that is wrong with the settings. */
export interface Fault {
  /** The option, as Pulumi writes paths: `pools[1].count`. */
  readonly path: string;
  /** The offending value as it may be shown; see `shown`. */
  readonly value: string;
  /** What is allowed instead. */
  readonly limit: string;
  /** The way to mend it, a sentence. */
  readonly mend: string;
}

const longest = 80;

/** A value fit for a message: as JSON, shortened; what looks like a private key is never shown. */
export function shown(value: unknown): string {
  if (value === undefined) return "(not set)";
  if (isUnknownSecret(value)) return UNKNOWN_SECRET;
  const text = JSON.stringify(value);
  if (text.includes("PRIVATE KEY")) return UNKNOWN_SECRET;
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}

/** All faults of a stack's settings in one message, for people. */
export function faultsMessage(faults: readonly Fault[], stack: string): string {
  const count = faults.length === 1 ? "1 fault" : `${faults.length} faults`;
  const blocks = faults.map(
    ({ path, value, limit, mend }) => `  ${path} = ${value}\n    limit  ${limit}\n    mend   ${mend}\n`,
  );
  return [`Pulumi.${stack}.yaml: ${count} in the settings.\n`, ...blocks].join("\n");
}
