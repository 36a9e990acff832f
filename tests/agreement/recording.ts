import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Json } from "../../tools/engine/props";
import { kind } from "../../tools/shared/resources";

/** What is done to the resources of a stack, each by its kind and name; what stays as it is is left out. */
export interface Operations {
  readonly create: readonly string[];
  /** With the inputs that differ. */
  readonly update: Readonly<Record<string, readonly string[]>>;
  /** With the inputs that force it; none where the engine names none, as it depends on what is deleted first. */
  readonly replace: Readonly<Record<string, readonly string[]>>;
  readonly delete: readonly string[];
}

/** What became of a change: what is done, or which resources the program's own hooks will not have changed. */
export type Outcome = Operations | { readonly refused: readonly string[] };

/** What became of a change, with the digest of its settings. */
export interface Recorded {
  readonly settings: string;
  readonly outcome: Outcome;
}

/** What the real engine said of one base. */
export interface Recording {
  /** The CLI's version. */
  readonly engine: string;
  /** Digest of what the program made, and of the settings that the stack was brought up with. */
  readonly program: string;
  readonly settings: string;
  /** All resources that the base was made of. */
  readonly resources: readonly string[];
  /** By name. */
  readonly changes: Readonly<Record<string, Recorded>>;
}

/** `Droplet server-1-droplet`. */
export const keyOf = (type: string, name: string): string => `${kind(type)} ${name}`;

/** By which something is known again. */
export const digest = (value: Json): string =>
  createHash("sha256").update(JSON.stringify(value)).digest("hex").slice(0, 16);

const fileOf = (base: string): string => join(__dirname, "recordings", `${base}.json`);

/** The recording of a base; of nothing where none was made yet. */
export function recorded(base: string): Recording {
  const none = { engine: "", program: "", settings: "", resources: [], changes: {} };
  return existsSync(fileOf(base)) ? JSON.parse(readFileSync(fileOf(base), "utf8")) : none;
}

/** Writes a recording, a change a line. */
export function save(base: string, { changes, ...head }: Recording): void {
  const lines = Object.entries(changes).map(
    ([name, change]) => `${JSON.stringify(name)}:${JSON.stringify(change)}`,
  );
  const text = `${JSON.stringify(head).slice(0, -1)},"changes":{\n${lines.join(",\n")}\n}}\n`;
  writeFileSync(fileOf(base), text);
}
