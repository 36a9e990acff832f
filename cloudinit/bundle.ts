import { gunzipSync } from "node:zlib";
import { gzip } from "./gzip";
import type { Part } from "./part";

/** Holds every file that lands on the server, as cloud-init's own write_files would. */
export const bundlePath = "/var/lib/cloud/files.json";

/** A file as write_files has it. */
interface Written {
  readonly path: string;
  readonly content: string;
  readonly encoding?: string;
  readonly permissions?: string;
}

/** All files in one: packed together they take two thirds of the room. They are root's, and 0644. */
export function bundle(parts: readonly Part[]): Written {
  const files = parts
    .flatMap((part) => part.files ?? [])
    .map(({ path, mode = "0644", content }): Written => ({ path, permissions: mode, content }));
  return {
    path: bundlePath,
    content: gzip(JSON.stringify(files)).toString("base64"),
    encoding: "gz+b64",
    permissions: "0600",
  };
}

/** A part of user-data. */
export interface Unpacked {
  readonly content: string;
  /** Whether everybody may read it on the server. */
  readonly isOpen: boolean;
}

/**
 * What is in user-data, by path on the server or by section of cloud-init's configuration; what can't be read is one
 * closed file.
 */
export function unpacked(userData: string): ReadonlyMap<string, Unpacked> {
  const config = parsed(userData);
  if (config === undefined) return new Map([["user-data", { content: userData, isOpen: false }]]);
  const { write_files = [], ...sections } = config;
  return new Map([
    ...write_files.flatMap(unbundled),
    ...Object.entries(sections).map(([name, value]): [string, Unpacked] => {
      const lines = Array.isArray(value) && value.length > 0 ? value : [value];
      const content = lines.map((line) => JSON.stringify(line)).join("\n");
      return [`cloud-init: ${name}`, { content, isOpen: true }];
    }),
  ]);
}

interface Config {
  readonly write_files?: readonly Written[];
  readonly [section: string]: unknown;
}

function parsed(userData: string): Config | undefined {
  const [, json] = /^#cloud-config\n(\{.*)$/s.exec(userData) ?? [];
  try {
    return json === undefined ? undefined : (JSON.parse(json) as Config);
  } catch {
    return undefined;
  }
}

function unbundled(file: Written): [string, Unpacked][] {
  const [path, one] = plain(file);
  if (path !== bundlePath) return [[path, one]];
  return (JSON.parse(one.content) as readonly Written[]).map(plain);
}

function plain({ path, content, encoding = "", permissions = "0644" }: Written): [string, Unpacked] {
  const packed = Buffer.from(content, encoding.endsWith("b64") ? "base64" : "utf8");
  const text = encoding.startsWith("gz") ? gunzipSync(packed) : packed;
  // The last digit says what everybody may do; 4 is to read.
  return [path, { content: text.toString(), isOpen: (Number(permissions.at(-1)) & 4) !== 0 }];
}
