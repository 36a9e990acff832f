import { execFile } from "node:child_process";
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  symlinkSync,
} from "node:fs";
import { join, relative, sep } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** The project at a git ref, in a folder of its own. */
export interface Checkout {
  readonly directory: string;
  /** `main (1a2b3c4)`. */
  readonly title: string;
  /** Packages that the program uses in another version there than are installed here: `name 1.0.0, here 1.1.0`. */
  readonly otherPackages: readonly string[];
}

/**
 * Lays the project out as it is at a git ref; the repository, its index and the user's files stay as they are. It uses
 * the packages that are installed here.
 * @param directory where; it must not exist
 * @throws when there is no such ref
 */
export async function checkOut(project: string, ref: string, directory: string): Promise<Checkout> {
  const git = async (...args: string[]) => {
    const env = { ...process.env, GIT_INDEX_FILE: `${directory}.index` };
    return (await run("git", args, { cwd: project, env, maxBuffer: 2 ** 26 })).stdout.trim();
  };
  const commit = await git("rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`).catch(
    () => {
      throw new Error(
        `There is no ${ref} in this repository. Name a branch, tag or commit; a shallow clone may have to fetch it first: git fetch origin ${ref}.`,
      );
    },
  );
  const folder = await git("rev-parse", "--show-prefix");
  mkdirSync(directory);
  await git("read-tree", `${commit}:${folder}`);
  await git(`--work-tree=${directory}`, "checkout-index", "--all", "--quiet", `--prefix=${directory}${sep}`);
  linkPackages(realpathSync(project), directory);
  return {
    directory,
    title: `${ref} (${commit.slice(0, 7)})`,
    otherPackages: otherPackages(project, directory),
  };
}

/** Links each installed package; those that are part of the project are the checkout's own. */
function linkPackages(project: string, directory: string, folder = "node_modules"): void {
  mkdirSync(join(directory, folder));
  for (const name of readdirSync(join(project, folder))) {
    const path = join(folder, name);
    const installed = join(project, path);
    if (name.startsWith("@") && !lstatSync(installed).isSymbolicLink()) {
      linkPackages(project, directory, path);
      continue;
    }
    const own = join(directory, relative(project, realpathSync(installed)));
    symlinkSync(
      lstatSync(installed).isSymbolicLink() && existsSync(own) ? own : installed,
      join(directory, path),
    );
  }
}

interface Locked {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}
type Lock = Readonly<Record<string, Locked | undefined>>;

function otherPackages(here: string, there: string): string[] {
  const [now, then] = [locked(here), locked(there)];
  return used(then).flatMap((name) => {
    const path = `node_modules/${name}`;
    const [one, other] = [then[path]?.version, now[path]?.version];
    return one === undefined || one === other ? [] : [`${name} ${one}, here ${other ?? "none"}`];
  });
}

function locked(directory: string): Lock {
  const file = join(directory, "package-lock.json");
  return existsSync(file)
    ? ((JSON.parse(readFileSync(file, "utf8")) as { packages?: Lock }).packages ?? {})
    : {};
}

/** What the program depends on, at any depth; the tools' packages are none of it. */
function used(lock: Lock): string[] {
  const found = new Set(Object.keys(lock[""]?.dependencies ?? {}));
  for (const name of found) {
    for (const below of Object.keys(lock[`node_modules/${name}`]?.dependencies ?? {})) found.add(below);
  }
  return [...found].sort();
}
