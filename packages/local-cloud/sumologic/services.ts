import type { Core } from "../core/core";
import { Alerts } from "./evaluation/alerts";
import { Evaluator } from "./evaluation/evaluator";
import { Judge } from "./evaluation/judge";
import { Notifier } from "./evaluation/notifier";
import { DataStore } from "./ingest/data-store";
import { Intake } from "./ingest/intake";
import { Queries } from "./query/queries";

/** What works behind the calls: data comes in, is queried, and watched. */
export class Services {
  readonly intake: Intake;
  readonly queries: Queries;
  readonly alerts: Alerts;
  readonly notifier: Notifier;
  readonly judge: Judge;
  readonly evaluator: Evaluator;
  private readonly data: DataStore;

  constructor(private readonly core: Core) {
    const { stateFile } = core.options;
    this.data = new DataStore(stateFile && `${stateFile}.data`);
    this.intake = new Intake(core, this.data);
    this.queries = new Queries(core, this.data);
    this.alerts = new Alerts(core);
    this.notifier = new Notifier(core);
    this.judge = new Judge(core, this.queries, this.alerts, this.notifier);
    this.evaluator = new Evaluator(core, this.alerts, this.judge);
  }

  /** Forgets all of the account and its data. */
  async clear(): Promise<void> {
    this.core.store.clear("sumologic/");
    await this.data.clear();
  }

  async close(): Promise<void> {
    await this.evaluator.settled();
    await this.data.close();
  }
}
