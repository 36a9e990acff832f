import { setImmediate as nextTurn } from "node:timers/promises";
import { isSecret, output, runtime } from "@pulumi/pulumi";
import { Execution, type ResourceEvent, type RunFault } from "./execution";
import { connect } from "./monitor";
import type { Json, Props } from "./props";
import { Provider } from "./provider";
import { type Registration, shown, stackType } from "./registration";
import type { Pace } from "./rest";
import type { StackConfig } from "./stackfile";

/** What to run, and how. */
export interface ProgramOptions {
  /** Folder of the program, with its `package.json`. */
  readonly directory: string;
  readonly config: StackConfig;
  /** Absent: a preview, in which nothing is made and nothing is called. */
  readonly pace?: Pace;
}

export interface ProgramResult {
  /** All that was registered, in that order. Inputs carry marks: see `shown`. */
  readonly resources: readonly Registration[];
  /** The stack's outputs as people may see them. */
  readonly outputs: Props;
  readonly faults: readonly RunFault[];
}

/** Runs the program in this process, whose SDK is good for one run. */
export async function runHere(
  options: ProgramOptions,
  emit: (event: ResourceEvent) => void,
): Promise<ProgramResult> {
  const { directory, config, pace } = options;
  const run = new Execution(pace && new Provider(config.values, pace), emit);
  const preview = pace === undefined;
  const monitor = await connect(run, { project: config.project, stack: config.stack, preview });
  runtime.setAllConfig(config.values, [...config.secrets]);

  const exported: { [name: string]: unknown } = {};
  const program = async () => {
    await runtime.runInPulumiStack(async () => Object.assign(exported, require(directory)));
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

/** The SDK drops the mark of a secret that is not known yet, so the program's own exports tell. */
async function outputsShown(registered: Props, exported: { [name: string]: unknown }): Promise<Props> {
  const entries = Object.entries(registered).map(async ([name, value]): Promise<[string, Json]> => {
    const hide =
      JSON.stringify(value).includes(runtime.unknownValue) && (await isSecret(output(exported[name])));
    return [name, hide ? "[secret]" : shown(value)];
  });
  return Object.fromEntries(await Promise.all(entries));
}
