import { sep } from "node:path";
import { setImmediate as nextTurn } from "node:timers/promises";
import { isSecret, output, runtime } from "@pulumi/pulumi";
import { type Backing, Execution, type ResourceEvent, type RunFault } from "./execution";
import { connect } from "./monitor";
import type { Json, Props } from "./props";
import { type Registration, shown, stackType } from "./registration";
import type { StackConfig } from "./stackfile";

/** What to run, and how. */
export interface ProgramOptions {
  /** Folder of the program, with its `package.json`. */
  readonly directory: string;
  readonly config: StackConfig;
}

export interface ProgramResult {
  /** All that was registered, in that order. Inputs carry marks: see `shown`. */
  readonly resources: readonly Registration[];
  /** The stack's outputs as people may see them. */
  readonly outputs: Props;
  readonly faults: readonly RunFault[];
}

/**
 * Runs the program in this process. The SDK keeps its state in the process: runs there may only follow each other,
 * and none may follow one with faults.
 */
export async function runHere(
  { directory, config }: ProgramOptions,
  backing: Backing,
  emit: (event: ResourceEvent) => void = () => {},
): Promise<ProgramResult> {
  const run = new Execution(backing, emit);
  const { project, stack: name } = config;
  const monitor = await connect(run, { project, stack: name, preview: backing.preview });
  runtime.setAllConfig(config.values, [...config.secrets]);

  const exported: { [name: string]: unknown } = {};
  const program = async () => {
    await runtime.runInPulumiStack(async () => Object.assign(exported, load(directory)));
    await runtime.disconnect();
  };
  const stop = (error: unknown) => run.fail(error);
  process.on("uncaughtException", stop).on("unhandledRejection", stop);
  await Promise.race([program().catch(stop), run.stopped]);
  // Promises that were rejected meanwhile are reported in the next turn.
  await nextTurn();
  await run.settled();
  process.off("uncaughtException", stop).off("unhandledRejection", stop);

  const stack = run.resources.find(({ type }) => type === stackType);
  const registered =
    run.faults.length > 0 || !stack ? {} : monitor.resources.get(stack.urn)?.state.toJavaScript();
  const outputs = await outputsShown(registered, exported);
  return { resources: run.resources, outputs, faults: run.faults };
}

/** Loads the program anew: its modules may have kept something of an earlier run. */
function load(directory: string): object {
  const kept = new Set(Object.keys(require.cache));
  try {
    return require(directory);
  } finally {
    for (const file of Object.keys(require.cache)) {
      if (!kept.has(file) && !file.includes(`${sep}node_modules${sep}`)) delete require.cache[file];
    }
  }
}

/** The SDK drops the mark of a secret that is not known yet, so the program's own exports tell. */
async function outputsShown(registered: Props, exported: { [name: string]: unknown }): Promise<Props> {
  const entries = Object.entries(registered).map(async ([name, value]): Promise<[string, Json]> => {
    const hide =
      JSON.stringify(value).includes(runtime.unknownValue) && (await isSecret(output(exported[name])));
    return [name, hide ? "[secret]" : shown(value)];
  });
  return Object.fromEntries(await Promise.all(entries));
}
