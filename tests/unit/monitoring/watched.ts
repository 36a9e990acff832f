import type { SourceCategory } from "../../../cloudinit/server";
import {
  MonitoringAccount,
  MonitoringCollector,
  Monitors,
  Notifications,
  ServiceLevel,
  type Stack,
} from "../../../components";
import { createCore } from "../../../packages/local-cloud/core/core";
import { listen } from "../../../packages/local-cloud/core/server";
import { createSumologicApi } from "../../../packages/local-cloud/sumologic";
import type { Alert } from "../../../packages/local-cloud/sumologic/evaluation/alerts";
import type { Monitor } from "../../../packages/local-cloud/sumologic/monitors";
import type { Services } from "../../../packages/local-cloud/sumologic/services";
import { sumoLogicApi } from "../../../tools/engine/apis";
import type { Props } from "../../../tools/engine/props";
import { makers } from "../../../tools/engine/sumologic";
import { record } from "../../recorder";
import { stackOf } from "../../settings";
import { type Message, otlpLogs, otlpMetrics, type Point } from "./sent";

const credentials = { accessId: "id", accessKey: "key" };

/** A local Sumo Logic that holds what the program makes there, and takes in what its servers' agents send. */
export class Watched {
  private constructor(
    readonly stack: Stack,
    readonly services: Services,
    readonly monitors: readonly Monitor[],
    private readonly sources: ReadonlyMap<string, string>,
    readonly close: () => Promise<void>,
  ) {}

  /** Runs the program's parts that deal with Sumo Logic, for web servers that carry one request a second. */
  static async start(settings: Props): Promise<Watched> {
    const core = createCore({ rateLimits: false });
    const { app, services } = createSumologicApi(core, credentials);
    const endpoint = `${await listen(app, 0)}/api/`;
    const api = sumoLogicApi({ endpoint, ...credentials }, { pollMs: 1, retryMs: 1, sumologicMs: 0 });
    const stack = stackOf({ ...settings, monitoring: { folder: "none", capacityQps: 1 } }, "dev");
    const sources = new Map<string, string>();
    await record(
      () => {
        const account = new MonitoringAccount("monitoring", { stack });
        for (const node of stack.nodes)
          new MonitoringCollector(`monitoring-${node.label}`, { stack, account, node });
        const notifications = new Notifications("notifications", { stack });
        new Monitors("monitors", { stack, account, notifications });
        new ServiceLevel("service-level", { stack, account, notifications });
      },
      {
        stack: "dev",
        async make(type, inputs) {
          const made = await makers[type.split(":").at(-1) ?? ""]?.(inputs, api);
          if (made?.outputs.url) sources.set(`${inputs.hostName} ${inputs.name}`, String(made.outputs.url));
          return made;
        },
      },
    );
    const monitors = core.store.collection<Monitor>("sumologic/monitors").list();
    const close = async () => {
      await app.close();
      await core.close();
    };
    return new Watched(
      stack,
      services,
      monitors.filter(({ contentType }) => contentType === "Monitor"),
      sources,
      close,
    );
  }

  /** Sends log messages of a category as the server's agent does. */
  async log(host: string, category: SourceCategory, messages: readonly Message[]): Promise<void> {
    await this.post(host, category, "v1/logs", otlpLogs(host, messages));
  }

  /** Sends metrics as the server's agent does. */
  async measure(host: string, points: readonly Point[]): Promise<void> {
    await this.post(host, "metrics", "v1/metrics", otlpMetrics(host, points));
  }

  /** The kinds of alerts that a monitor has once it was evaluated, by the group that each is about. */
  async alertsOf(monitor: Monitor, at: number): Promise<Record<string, Alert["severity"][]>> {
    await this.services.judge.evaluate(monitor, at);
    const found: Record<string, Alert["severity"][]> = {};
    for (const { severity, group } of this.services.alerts.active(monitor.id)) {
      const [of = "site"] = Object.values(group);
      found[of] = [...(found[of] ?? []), severity].sort();
    }
    return found;
  }

  private async post(host: string, category: SourceCategory, path: string, body: string): Promise<void> {
    const address = this.sources.get(`${host} ${category}`);
    if (!address) throw new Error(`${host} has no source ${category}.`);
    const headers = { "content-type": "application/json" };
    const { status } = await fetch(`${address}/${path}`, { method: "POST", headers, body });
    if (status !== 200) throw new Error(`The source ${category} of ${host} answered ${status}.`);
  }
}
