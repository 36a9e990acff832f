import { spawnSync } from "node:child_process";
import { UNKNOWN_SECRET } from "../config/secret";
import { readStackConfig, type StackConfig } from "../tools/engine/stackfile";
import { foresee, nothingForeseen } from "../tools/plan/foresee";
import { reviewOf } from "../tools/plan/review";
import { planText } from "../tools/plan/text";
import { projectDirectory } from "../tools/shared/project";

/**
 * Wall time of plans: `npm run plan -- --all --against REF`, and that of a stack of 100 servers that get a
 * larger size. `npx tsx bench/plan.ts [ref, default main]`; exits 1 where either takes longer than its limit.
 */
const limits = { all: 15, servers: 30 };

async function main(ref: string): Promise<void> {
  report(
    `all stacks against ${ref}`,
    seconds(() => planAll(ref)),
    limits.all,
  );
  const began = performance.now();
  await planServers(100);
  report("100 servers", (performance.now() - began) / 1000, limits.servers);
}

function seconds(run: () => void): number {
  const began = performance.now();
  run();
  return (performance.now() - began) / 1000;
}

function planAll(ref: string): void {
  const args = ["--require", "tsx/cjs", "tools/plan.ts", "--all", "--against", ref];
  const { status, stderr } = spawnSync("node", args, {
    cwd: projectDirectory,
    encoding: "utf8",
    maxBuffer: 2 ** 26,
  });
  if (status !== 0) throw new Error(stderr);
}

async function planServers(count: number): Promise<void> {
  const [before, after] = [servers(count, "s-2vcpu-2gb"), servers(count, "s-4vcpu-8gb")];
  const version = (config: StackConfig) => ({ directory: projectDirectory, config });
  const [found = nothingForeseen] = await foresee([{ before: version(before), after: version(after) }], {
    signal: new AbortController().signal,
    onMessage: console.error,
  });
  const faults = [found.before, found.after].flatMap((one) => one?.faults ?? []);
  if (faults.length > 0) throw new Error(JSON.stringify(faults));
  planText(await reviewOf("sandbox", found, { before, after }, []), "main");
}

function servers(count: number, size: string): StackConfig {
  const config = readStackConfig(projectDirectory, "sandbox", UNKNOWN_SECRET);
  const pools = [
    { name: "server", count, roles: ["web", "app"], size },
    { name: "db", count: 2, roles: ["db"], size: "s-2vcpu-2gb" },
  ];
  return { ...config, values: { ...config.values, "web-infra:pools": JSON.stringify(pools) } };
}

function report(what: string, taken: number, limit: number): void {
  console.log(`${what.padEnd(28)}${taken.toFixed(1).padStart(7)} s, limit ${limit} s`);
  if (taken > limit) process.exitCode = 1;
}

main(process.argv[2] ?? "main").catch((error: Error) => {
  console.error(error.message);
  process.exitCode = 1;
});
