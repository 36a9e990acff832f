import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN_SECRET } from "../config/secret";
import { runProgram } from "../tools/engine/run";
import { readStackConfig } from "../tools/engine/stackfile";
import { cliVersion, layOut, pulumi } from "../tools/pulumi-cli";
import { projectDirectory } from "../tools/shared/project";
import { flatProgram } from "./flat";

/**
 * Wall time of `pulumi preview` of the sandbox stack, side by side with a flat program of the same resources
 * and with an empty one, in rounds. It needs a Pulumi CLI with its plugins on the PATH.
 */
const rounds = Number(process.argv[2] ?? 5);

async function main(flat: string): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "bench-preview-"));
  try {
    const programs = { program: {}, flat: { "index.ts": flat }, empty: { "index.ts": "" } };
    const seconds: Record<string, number[]> = {};
    for (const [name, files] of Object.entries(programs)) await layOut(join(folder, name), files);
    for (let round = 0; round < rounds; round++) {
      for (const name of Object.keys(programs)) {
        const began = performance.now();
        await pulumi(join(folder, name), ["preview", "--non-interactive"]);
        seconds[name] = [...(seconds[name] ?? []), (performance.now() - began) / 1000];
      }
    }
    report(seconds);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function report(seconds: Record<string, number[]>): void {
  const median = (values: number[] = []) =>
    values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
  const row = (name: string, value: string) => console.log(`${name.padEnd(24)}${value.padStart(8)}`);
  for (const [name, values] of Object.entries(seconds)) row(`${name}, seconds`, median(values).toFixed(2));
  row("program / flat", (median(seconds.program) / median(seconds.flat)).toFixed(2));
  row("program / empty", (median(seconds.program) / median(seconds.empty)).toFixed(2));
}

if (cliVersion() === undefined) {
  console.log("Skipped: no Pulumi CLI on the PATH.");
} else {
  const config = readStackConfig(projectDirectory, "sandbox", UNKNOWN_SECRET);
  runProgram({ directory: projectDirectory, config }).then(({ resources }) => main(flatProgram(resources)));
}
