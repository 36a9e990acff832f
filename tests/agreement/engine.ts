import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Props } from "../../tools/engine/props";
import { settingsByKey } from "../../tools/engine/stackfile";
import { configure, layOut, pulumi, runCli } from "../../tools/pulumi-cli";
import { accountsIn, startCloud } from "../../tools/rehearsal";
import { keyOf, type Operations, type Outcome } from "./recording";

/** A stack that stands in a local cloud, to ask the real engine what a change would do to it. */
export interface Standing {
  /** All its resources. */
  readonly resources: readonly string[];
  /** What becomes of other settings. */
  ask(settings: Props): Promise<Outcome>;
}

/** Brings a stack up with the real engine while it is used. */
export async function withStack(settings: Props, use: (stack: Standing) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "agreement-"));
  const cloud = await startCloud("instant");
  try {
    await layOut(folder);
    const accounts = accountsIn(cloud);
    configure(folder, { ...accounts, ...settingsByKey(settings) });
    await pulumi(folder, ["up", "--yes", "--skip-preview", "--non-interactive"]);
    const resources = stepsOf(await preview(folder)).map(({ urn }) => keyOfUrn(urn));
    const ask = async (changed: Props) => {
      configure(folder, { ...accounts, ...settingsByKey(changed) });
      return outcome(await preview(folder), resources);
    };
    await use({ resources: resources.sort(), ask });
  } finally {
    await cloud.close();
    rmSync(folder, { recursive: true });
  }
}

interface Preview {
  readonly steps: readonly EngineStep[];
  readonly diagnostics?: readonly {
    readonly urn?: string;
    readonly severity: string;
    readonly message: string;
  }[];
}

interface EngineStep {
  readonly op: string;
  readonly urn: string;
  readonly diffReasons?: readonly string[];
  readonly replaceReasons?: readonly string[];
  readonly oldState?: { readonly custom: boolean };
  readonly newState?: { readonly custom: boolean };
}

async function preview(folder: string): Promise<Preview> {
  const { stdout, stderr } = await runCli(folder, ["preview", "--json", "--show-sames", "--non-interactive"]);
  const begin = stdout.indexOf("{");
  if (begin < 0) throw new Error(`pulumi preview failed.\n${stderr}`);
  return JSON.parse(stdout.slice(begin));
}

/** Providers and what only holds others are left out. */
const stepsOf = ({ steps }: Preview): EngineStep[] =>
  steps.filter(
    ({ urn, oldState, newState }) => (newState ?? oldState)?.custom && !urn.includes("pulumi:providers:"),
  );

function outcome(found: Preview, resources: readonly string[]): Outcome {
  const errors = (found.diagnostics ?? []).filter(({ severity }) => severity === "error");
  const refused = errors.flatMap(({ urn, message }) =>
    urn && message.includes("hook") ? [keyOfUrn(urn)] : [],
  );
  if (refused.length > 0) return { refused: refused.sort() };
  if (errors.length > 0) throw new Error(errors.map(({ message }) => message).join("\n"));
  return operations(stepsOf(found), resources);
}

function operations(steps: readonly EngineStep[], resources: readonly string[]): Operations {
  const of = (op: string) => steps.filter((step) => step.op === op);
  const keys = (op: string) => of(op).map(({ urn }) => keyOfUrn(urn));
  const reasons = (op: string, why: "diffReasons" | "replaceReasons") =>
    Object.fromEntries(
      of(op)
        .map((step) => [keyOfUrn(step.urn), [...(step[why] ?? [])].sort()] as const)
        .sort(),
    );
  // What goes before something that it depends on is replaced has no step of its own.
  const silent = resources.filter((key) => !steps.some(({ urn }) => keyOfUrn(urn) === key));
  return {
    create: keys("create").sort(),
    update: reasons("update", "diffReasons"),
    replace: reasons("replace", "replaceReasons"),
    delete: [...keys("delete"), ...silent].sort(),
  };
}

function keyOfUrn(urn: string): string {
  const [, , types = "", name = ""] = urn.split("::");
  return keyOf(types, name);
}
