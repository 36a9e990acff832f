import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { UNKNOWN_SECRET } from "../config/secret";
import { runProgram } from "../tools/engine/run";
import { readStackConfig } from "../tools/engine/stackfile";
import { flatProgram } from "./flat";

/**
 * Wall time of `pulumi preview` of the sandbox stack, side by side with a flat program of the same resources
 * and with an empty one, in rounds. It needs a Pulumi CLI with its plugins on the PATH.
 */
const rounds = Number(process.argv[2] ?? 5);
const root = resolve(__dirname, "..");
const parts = ["index.ts", "components", "config", "cloudinit", "tsconfig.json", "package.json", "Pulumi.yaml"];

function main(flat: string): void {
  const folder = mkdtempSync(join(tmpdir(), "bench-preview-"));
  try {
    const programs = { program: undefined, flat, empty: "" };
    const seconds: Record<string, number[]> = {};
    for (const [name, source] of Object.entries(programs)) prepare(join(folder, name), source);
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(programs)) {
        const began = performance.now();
        pulumi(join(folder, name), "preview", "--non-interactive");
        seconds[name] = [...(seconds[name] ?? []), (performance.now() - began) / 1000];
      }
    }
    report(seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Lays out a project of its own: the program itself, or another entry in its place. */
function prepare(folder: string, source: string | undefined): void {
  mkdirSync(join(folder, "state"), { recursive: true });
  for (const part of parts) cpSync(join(root, part), join(folder, part), { recursive: true });
  cpSync(join(root, "Pulumi.sandbox.yaml"), join(folder, "Pulumi.sandbox.yaml"));
  symlinkSync(join(root, "node_modules"), join(folder, "node_modules"));
  if (source !== undefined) writeFileSync(join(folder, "index.ts"), source);
  pulumi(folder, "stack", "init", "sandbox");
}

function pulumi(folder: string, ...args: string[]): void {
  const env = {
    ...process.env,
    PULUMI_BACKEND_URL: `file://${join(folder, "state")}`,
    PULUMI_CONFIG_PASSPHRASE: "bench",
  };
  execFileSync("pulumi", args, { cwd: folder, env, stdio: ["ignore", "ignore", "inherit"] });
}

function report(seconds: Record<string, number[]>): void {
  const median = (values: number[] = []) =>
    values.toSorted((a, b) => a - b)[0] ?? Number.NaN;
  const row = (name: string, value: string) => console.log(`${name.padEnd(24)}${value.padStart(8)}`);
  for (const [name, values] of Object.entries(seconds)) row(`${name}, seconds`, median(values).toFixed(2));
  row("program / flat", (median(seconds.program) / median(seconds.flat)).toFixed(2));
  row("program / empty", (median(seconds.program) / median(seconds.empty)).toFixed(2));
}

if (spawnSync("pulumi", ["version"]).error) {
  console.log("Skipped: no Pulumi CLI on the PATH.");
} else {
  const config = readStackConfig(root, "sandbox", UNKNOWN_SECRET);
  runProgram({ directory: root, config }).then(({ resources }) => main(flatProgram(resources)));
}
