import { closeSync, existsSync, openSync, readSync, statSync } from "node:fs";
import { open, type RootDatabase } from "lmdb";

/** An object on disk, and its place among those of its collection. */
export interface Row {
  readonly object: object;
  readonly order: number;
}

/** Rows by collection and id. */
export type StateFile = RootDatabase<Row, [collection: string, id: string]>;

/** The number at the start of an LMDB file, and where it stands. */
const magic = 0xbeefc0de;
const magicAt = 24;

/**
 * Opens a state file, made where absent.
 * @throws an Error where the file is something else; the library would crash on it.
 */
export function openStateFile(file: string): StateFile {
  if (existsSync(file) && !isOurs(file)) {
    throw new Error(`The state file ${file} is not one of a local cloud; name another, or delete it.`);
  }
  return open<Row, [string, string]>({ path: file, noSubdir: true });
}

function isOurs(file: string): boolean {
  if (!statSync(file).isFile()) return false;
  const head = Buffer.alloc(4);
  const descriptor = openSync(file, "r");
  try {
    return readSync(descriptor, head, 0, 4, magicAt) === 4 && head.readUInt32LE() === magic;
  } finally {
    closeSync(descriptor);
  }
}
