import { type Unpacked, unpacked } from "../../cloudinit/bundle";
import { lineDifferences } from "./lines";
import { withoutStandIns } from "./stand-ins";

/** A file, or another part of a server's user-data, that changes. */
export interface FileChange {
  /** Path on the server, or the section of cloud-init's configuration. */
  readonly path: string;
  /** What goes (`- …`) and what comes (`+ …`); null where only root may read it on the server. */
  readonly lines: readonly string[] | null;
}

/** The files that differ in two user-data of a server. */
export function userDataChanges(before: string, after: string): FileChange[] {
  const [old, now] = [unpacked(before), unpacked(after)];
  const paths = [...new Set([...old.keys(), ...now.keys()])].sort();
  return paths.flatMap((path): FileChange[] => {
    const [was, is] = [old.get(path), now.get(path)];
    if (was?.content === is?.content && was?.isOpen === is?.isOpen) return [];
    if (was?.isOpen === false || is?.isOpen === false) return [{ path, lines: null }];
    return [{ path, lines: lineDifferences(linesOf(was), linesOf(is)).map(withoutStandIns) }];
  });
}

const linesOf = (file: Unpacked | undefined): string[] => (file ? file.content.trimEnd().split("\n") : []);
