import { gunzipSync } from "node:zlib";
import { parse } from "yaml";
import { bundlePath } from "../../cloudinit";
import { type Json, list, object, type Props, text } from "../engine/props";
import { lineDifferences } from "./lines";
import { withoutStandIns } from "./stand-ins";

/** A file, or another part of a server's user-data, that changes. */
export interface FileChange {
  /** Path on the server, or the section of cloud-init's configuration. */
  readonly path: string;
  /** What goes (`- …`) and what comes (`+ …`); null where only root may read it on the server. */
  readonly lines: readonly string[] | null;
}

interface File {
  readonly content: string;
  readonly secret: boolean;
}

/** The files that differ in two user-data of a server. */
export function userDataChanges(before: string, after: string): FileChange[] {
  const [old, now] = [files(before), files(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path): FileChange[] => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was?.content === is?.content && was?.secret === is?.secret) return [];
    if (was?.secret || is?.secret) return [{ path, lines: null }];
    return [{ path, lines: lineDifferences(linesOf(was), linesOf(is)).map(withoutStandIns) }];
  });
}

const linesOf = (file: File | undefined): string[] => (file ? file.content.trimEnd().split("\n") : []);

/** What is in user-data, by path; what can't be read is one secret file. */
function files(userData: string): ReadonlyMap<string, File> {
  if (!userData.startsWith("#cloud-config"))
    return new Map([["user-data", { content: userData, secret: true }]]);
  const { write_files, ...rest } = object(parse(userData) as Json);
  const sections = Object.entries(rest).map(([name, value]): [string, File] => {
    const content =
      list(value).length > 0
        ? list(value)
            .map((item) => JSON.stringify(item))
            .join("\n")
        : JSON.stringify(value);
    return [`cloud-init: ${name}`, { content, secret: false }];
  });
  return new Map([...list(write_files).map(object).flatMap(unbundled), ...sections]);
}

function unbundled(file: Props): [string, File][] {
  const [path, packed] = written(file);
  if (path !== bundlePath) return [[path, packed]];
  return list(JSON.parse(packed.content)).map(object).map(written);
}

function written({ path, content, encoding, permissions }: Props): [string, File] {
  const packed = Buffer.from(text(content), text(encoding).endsWith("b64") ? "base64" : "utf8");
  const plain = text(encoding).startsWith("gz") ? gunzipSync(packed) : packed;
  // The last digit says what everybody may do; 4 is to read.
  const open = (Number(text(permissions).at(-1) ?? 4) & 4) !== 0;
  return [text(path), { content: plain.toString(), secret: !open }];
}
