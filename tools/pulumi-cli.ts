import { execFile, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { projectDirectory } from "./shared/project";

const parts = [
  "index.ts",
  "components",
  "config",
  "cloudinit",
  "tsconfig.json",
  "package.json",
  "Pulumi.yaml",
];

/**
 * Lays out a project of its own with stack `sandbox`, its state beside it.
 * @param files in the place of the project's own, by name
 */
export async function layOut(folder: string, files: Readonly<Record<string, string>> = {}): Promise<void> {
  mkdirSync(join(folder, "state"), { recursive: true });
  for (const part of [...parts, "Pulumi.sandbox.yaml"]) {
    cpSync(join(projectDirectory, part), join(folder, part), { recursive: true });
  }
  symlinkSync(join(projectDirectory, "node_modules"), join(folder, "node_modules"));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
  await pulumi(folder, ["stack", "init", "sandbox"]);
}

/** Gives the stack of such a project another configuration. */
export function configure(folder: string, config: Readonly<Record<string, string>>): void {
  const file = join(folder, "Pulumi.sandbox.yaml");
  // The CLI keeps the salt of the stack's secrets in the same file.
  writeFileSync(file, stringify({ ...parse(readFileSync(file, "utf8")), config }));
}

/** Version of the CLI on the PATH; undefined without one. */
export function cliVersion(): string | undefined {
  const { status, stdout } = spawnSync("pulumi", ["version"], { encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** What the CLI printed, and how it ended. */
export interface CliResult {
  readonly failed: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the CLI in such a project. @param signal ends it before its time */
export function runCli(folder: string, args: readonly string[], signal?: AbortSignal): Promise<CliResult> {
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "local",
  };
  const options = { cwd: folder, env, maxBuffer: 2 ** 30, signal };
  return new Promise((resolve) => {
    execFile("pulumi", args, options, (error, stdout, stderr) => {
      resolve({ failed: error !== null, stdout, stderr });
    });
  });
}

/**
 * Runs the CLI in such a project and gives what it prints.
 * @param signal ends it before its time
 * @throws an Error with its diagnostics
 */
export async function pulumi(folder: string, args: readonly string[], signal?: AbortSignal): Promise<string> {
  const { failed, stdout, stderr } = await runCli(folder, args, signal);
  if (!failed) return stdout;
  const said = /^Diagnostics:.*?(?=^\S+:$)/ms.exec(stdout)?.[0] ?? `${stdout}\n${stderr}`;
  throw new Error(`pulumi ${args.join(" ")} failed.\n${said}`);
}
