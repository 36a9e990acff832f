import { InvalidArgumentError, Option } from "commander";
import { openDeployment } from "./deployment";
import { drills } from "./drills";
import type { Drill, Phase } from "./drills/drill";
import { Load } from "./drills/load";
import { agentsRun, monitoringDrills } from "./drills/monitoring";
import type { MonitoringDrill, Watched } from "./drills/monitoring/drill";
import { faults } from "./drills/monitoring/faults";
import { settingsOf, shapeNames, tlsBackends } from "./drills/shapes";
import { findingsText, verdictText } from "./drills/text";
import { judge, type Verdict } from "./drills/verdict";
import { settingsByKey } from "./engine/stackfile";
import { bringUpLive, type Live } from "./live";
import { command, main, wholeNumber } from "./shared/command";
import { interruption } from "./shared/interruption";

interface Options {
  readonly list?: true;
  readonly shape: string;
  readonly tls?: string;
  readonly rate?: number;
  readonly timeScale: number;
  readonly fault?: readonly string[];
  readonly json?: true;
}

/** `npm run drill`: something bad is done to a stack that runs on this machine under load, and what comes of it. */
main(
  command("drill", "Does something bad to a stack that runs on this machine, under load.")
    .argument("[name]", "the drill")
    .option("--list", "show all drills and what each promises")
    .addOption(
      new Option("--shape <shape>", "servers alike, or pools with a managed database")
        .choices(shapeNames)
        .default("uniform"),
    )
    .addOption(
      new Option(
        "--tls <backend>",
        "how the balancer reaches the servers; default: reencrypt, but as the drill needs it",
      ).choices(tlsBackends),
    )
    .option(
      "--rate <number>",
      "requests a second, 1 to 1000 (default: 200, or what the drill says)",
      wholeNumber(1, 1000),
    )
    .option("--time-scale <factor>", "by how much the monitors' windows are shortened, 1 to 60", timeScale, 1)
    .addOption(
      new Option("--fault <name...>", "of monitors: only these faults").choices(
        faults.map(({ name }) => name),
      ),
    )
    .option("--json", "print one line of JSON")
    .action(drill),
);

async function drill(name: string | undefined, options: Options): Promise<void> {
  if (options.list) return console.log(listed());
  const watched = monitoringDrills.get(name ?? "");
  const found = drills.get(name ?? "");
  if (!found && !watched) {
    throw new Error(`${name ? `There is no drill ${name}` : "No drill is named"}. ${choice()}`);
  }
  const signal = interruption();
  const { shape, tls = watched?.tls ?? "reencrypt", timeScale, rate = found?.rate ?? 200, fault } = options;
  const own = watched ? watched.settings?.(timeScale) : found?.settings;
  const values = settingsByKey({ ...settingsOf(shape, tls), ...own });
  const log = console.error;
  const deployment = found?.changesStack && (await openDeployment());
  const engine = deployment?.engine;
  try {
    const live = await bringUpLive({ stack: "sandbox", values, engine, timeScale, log, signal });
    try {
      if (watched) tell(await watch(watched, { live, timeScale, faults: fault, log, signal }), options);
      if (found) tell(await suffered(found, live, rate, signal), options);
    } finally {
      await live.close();
    }
  } catch (error) {
    throw signal.aborted ? new Error("Stopped before its end; nothing is left behind.") : error;
  } finally {
    deployment?.close();
  }
}

/** What came out of a drill, for programs and for people. */
interface Outcome {
  readonly data: { readonly broken: readonly string[] };
  readonly text: string;
}

function tell({ data, text }: Outcome, options: Options): void {
  console.log(options.json ? JSON.stringify({ ...data, ...options }) : text);
  if (data.broken.length > 0) process.exitCode = 1;
}

async function suffered(drill: Drill, live: Live, rate: number, signal: AbortSignal): Promise<Outcome> {
  const verdict = await carryOut(drill, live, rate, signal);
  return { data: verdict, text: verdictText(verdict) };
}

async function watch(drill: MonitoringDrill, watched: Watched): Promise<Outcome> {
  await agentsRun(watched);
  const findings = { drill: drill.name, ...(await drill.run(watched)) };
  return { data: findings, text: findingsText(drill.promise, findings) };
}

async function carryOut(drill: Drill, live: Live, rate: number, signal: AbortSignal): Promise<Verdict> {
  const phases: Phase[] = [];
  const phase = (name: string, tolerated = 0) => {
    console.error(name);
    const from = Date.now();
    phases.push({ name, from, toleratedUntil: from + tolerated * 1000 });
  };
  const load = new Load({ ...live, rate, signal });
  try {
    const fault = await drill
      .run({ live, load, phase, signal: AbortSignal.any([signal, load.overwhelmed]) })
      .then(
        () => undefined,
        (error: Error) => error.message,
      );
    await load.stop();
    signal.throwIfAborted();
    load.overwhelmed.throwIfAborted();
    return await judge(drill, load, phases, fault);
  } finally {
    load.close();
  }
}

function choice(): string {
  return `There are: ${[...drills.keys(), ...monitoringDrills.keys()].join(", ")}.`;
}

function listed(): string {
  return [...drills.values(), ...monitoringDrills.values()]
    .map(({ name, promise }) => `${name}\n  ${promise}`)
    .join("\n");
}

function timeScale(text: string): number {
  const number = Number(text);
  if (!(number >= 1 && number <= 60)) throw new InvalidArgumentError("A number from 1 to 60.");
  return number;
}
