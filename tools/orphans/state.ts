import { type ExecFileSyncOptionsWithStringEncoding, execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { Json, Props } from "../engine/props";
import { list, object, text } from "../engine/props";

/** A resource that a stack's state knows. */
export interface Known {
  readonly urn: string;
  readonly type: string;
  readonly id: string;
}

/** Runs Pulumi's CLI, the one on the PATH or the project's own. Its messages go to the user. */
export function pulumi(directory: string, ...args: string[]): string {
  const own: ExecFileSyncOptionsWithStringEncoding = {
    cwd: directory,
    encoding: "utf8",
    stdio: ["inherit", "pipe", "inherit"],
    maxBuffer: 2 ** 30,
  };
  try {
    return execFileSync("pulumi", args, own);
  } catch (error) {
    if (!(error instanceof Error && "code" in error && error.code === "ENOENT")) throw failed(args);
  }
  try {
    return execFileSync("npx", ["--no-install", "pulumi", ...args], own);
  } catch {
    throw failed(args);
  }
}

function failed(args: readonly string[]): Error {
  return new Error(
    `\`pulumi ${args.join(" ")}\` failed. Is the CLI there, and are you logged in? ` +
      "The state can be given as a file too: `pulumi stack export > state.json`, then --state state.json.",
  );
}

/** The state of a stack, from a file or, without one, from the CLI. */
export function readState(directory: string, stack: string, file: string | undefined): Known[] {
  const exported = file
    ? readFileSync(file, "utf8")
    : pulumi(directory, "stack", "export", "--stack", stack, "--non-interactive");
  const { deployment } = JSON.parse(exported) as Props;
  return list(object(deployment).resources)
    .map((resource: Json) => object(resource))
    .map(({ urn, type, id }) => ({ urn: text(urn), type: text(type), id: text(id) }));
}
