import { spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import type { LocalCloud, LocalCloudOptions } from "local-cloud";
import { listAccount } from "../../tools/account";
import type { Held } from "../../tools/account/held";
import { type Inventory, inventory } from "../../tools/account/inventory";
import type { ResourceEvent } from "../../tools/engine/execution";
import type { ProgramResult } from "../../tools/engine/program";
import type { Json } from "../../tools/engine/props";
import { runProgram } from "../../tools/engine/run";
import { settingsByKey } from "../../tools/engine/stackfile";
import { paces, pointedAt, rehearse, startCloud } from "../../tools/rehearsal";
import { projectDirectory } from "../../tools/shared/project";

/** A local cloud without waits for the length of a test. */
export async function withCloud<T>(
  use: (cloud: LocalCloud) => Promise<T>,
  options?: LocalCloudOptions,
): Promise<T> {
  const cloud = await startCloud("instant", options);
  try {
    return await use(cloud);
  } finally {
    await cloud.close();
  }
}

/** Settings in the place of the stack's own, e.g. `{ region: "fra1" }`. */
export type Overrides = Readonly<Record<string, Json>>;

/** Runs the project's program against a cloud. */
export function bringUp(
  cloud: LocalCloud,
  overrides: Overrides = {},
  stack = "sandbox",
): Promise<ProgramResult> {
  return rehearse(cloud, { stack, latency: "instant", values: settingsByKey(overrides) });
}

/** Runs one of the programs in `fixtures/` against a cloud. */
export function bringUpFixture(
  cloud: LocalCloud,
  name: string,
  values: Readonly<Record<string, string>> = {},
  onEvent?: (event: ResourceEvent) => void,
): Promise<ProgramResult> {
  const directory = join(__dirname, "fixtures", name);
  const own = {
    project: "fixture",
    stack: "dev",
    values: { "fixture:region": "nyc3", ...values },
    secrets: ["fixture:token"],
  };
  return runProgram({ directory, config: pointedAt(cloud, own), pace: paces.instant, onEvent });
}

export function held(cloud: LocalCloud): Promise<Held[]> {
  return listAccount(cloud, paces.instant);
}

export async function inventoryOf(cloud: LocalCloud): Promise<Inventory> {
  return inventory(await held(cloud));
}

/** Reads from the cloud's DigitalOcean API. */
export async function read(cloud: LocalCloud, path: string): Promise<Record<string, Json>> {
  const { endpoint, token } = cloud.digitalocean;
  const response = await fetch(new URL(path, endpoint), { headers: { authorization: `Bearer ${token}` } });
  return (await response.json()) as Record<string, Json>;
}

/** A verb of the project in a process, and process group, of its own. */
export function verb(name: string, ...args: string[]) {
  const program = join(projectDirectory, "tools", `${name}.ts`);
  const child = spawn(process.execPath, ["--require", "tsx/cjs", program, ...args], {
    cwd: projectDirectory,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said.stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said.stderr += text;
  });
  const ended = once(child, "close").then(([code]) => ({ ...said, code: code as number | null }));
  return { child, said, ended };
}
