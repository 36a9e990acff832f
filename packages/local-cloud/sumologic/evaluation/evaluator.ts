import type { Core } from "../../core/core";
import type { Collection } from "../../core/store";
import type { Monitor } from "../monitors";
import type { Alerts } from "./alerts";
import { conditionsOf, frequency, notEvaluated } from "./conditions";
import { type Judge, windowOf } from "./judge";

/** What is known of a monitor's evaluation. */
export interface Evaluation {
  /** When it was last evaluated. */
  readonly at: string;
  /** Why it could not be, last time. */
  readonly error: string | null;
  /** Ways of detection that are not carried out here. */
  readonly notEvaluated: readonly string[];
}

/** How often it is looked which monitors are due, in milliseconds. */
const tick = 60_000;

/** Evaluates the account's monitors, each as often as its windows ask for. */
export class Evaluator {
  private readonly monitors: Collection<Monitor>;
  private readonly evaluations = new Map<string, Evaluation>();
  private readonly scale: number;
  private running: Promise<void> = Promise.resolve();
  private busy = false;

  constructor(
    private readonly core: Core,
    private readonly alerts: Alerts,
    private readonly judge: Judge,
  ) {
    this.monitors = core.store.collection<Monitor>("sumologic/monitors");
    this.scale = core.options.timeScale ?? 1;
  }

  /** Looks every minute, of shortened time, which monitors are due; ends with the clock. */
  start(): void {
    this.core.clock.at(this.core.clock.now() + tick / this.scale, () => {
      if (!this.busy) this.running = this.evaluateDue();
      this.start();
    });
  }

  /** Resolves when no evaluation is under way. */
  settled(): Promise<void> {
    return this.running;
  }

  /** By monitor id. */
  evaluation(id: string): Evaluation | undefined {
    return this.evaluations.get(id);
  }

  private async evaluateDue(): Promise<void> {
    this.busy = true;
    this.alerts.forgetOrphans();
    this.judge.forgetOrphans(this.monitors);
    const now = this.core.clock.now();
    for (const monitor of this.monitors.list()) {
      if (monitor.contentType === "Monitor" && this.isDue(monitor, now)) await this.attempt(monitor, now);
      this.alerts.show(monitor.id);
    }
    this.busy = false;
  }

  private isDue(monitor: Monitor, now: number): boolean {
    if (monitor.isDisabled) return false;
    const last = this.evaluations.get(monitor.id);
    const windows = conditionsOf(monitor).map(({ alert }) => frequency(windowOf(alert)));
    // A tick that is a little early still counts.
    return !last || now - Date.parse(last.at) >= (Math.min(...windows, Infinity) - tick / 2) / this.scale;
  }

  private async attempt(monitor: Monitor, time: number): Promise<void> {
    let error: string | null = null;
    try {
      await this.judge.evaluate(monitor, time);
    } catch (fault) {
      error = fault instanceof Error ? fault.message : String(fault);
    }
    const at = new Date(time).toISOString();
    this.evaluations.set(monitor.id, { at, error, notEvaluated: notEvaluated(monitor) });
  }
}
