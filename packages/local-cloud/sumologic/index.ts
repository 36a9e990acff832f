import type { FastifyInstance } from "fastify";
import { addAdmin } from "../core/admin";
import type { Core } from "../core/core";
import { createLatency } from "../core/latency";
import { createServer } from "../core/server";
import { type Credentials, limitRate, requireKey } from "./access";
import { addCollectors } from "./collectors";
import { addConnections } from "./connections";
import { addContent } from "./content";
import { addDashboards } from "./dashboards";
import { errorBody } from "./errors";
import { addAlerts, addEvaluation } from "./evaluation/api";
import { addExtractionRules } from "./extraction-rules";
import { addFields } from "./fields";
import { addMonitors } from "./monitors";
import { addMetricsQueries } from "./query/metrics-api";
import { addSearchJobs } from "./query/search-jobs";
import { addReceiver, collectionHost } from "./receiver";
import { Services } from "./services";
import { addSlos } from "./slos";

/** How long the API's own jobs take, in milliseconds. */
const latencies = { "content-job": [500, 2000] } as const;

export interface SumologicApi {
  readonly app: FastifyInstance;
  /** The sources' addresses alone, for the internet of the droplets. */
  readonly receiver: FastifyInstance;
  /** What works behind the calls, for the console and for queries without the API's jobs. */
  readonly services: Services;
}

/**
 * The Sumo Logic API: its calls beneath `/api/`, and the addresses of the HTTP sources beneath `/receiver/`.
 * @param credentials the access key that callers of the API must show.
 */
export function createSumologicApi(core: Core, credentials: Credentials): SumologicApi {
  const app = createServer({ core, api: "sumologic", errorBody });
  const latency = createLatency(core.options.latency, latencies);

  const services = new Services(core);
  const { alerts, evaluator, intake, queries } = services;
  evaluator.start();
  app.addHook("onClose", () => services.close());

  void app.register(async (scope) => addReceiver(scope, core, intake));
  const receiver = createServer({ core, api: "sumologic", errorBody, host: collectionHost });
  addReceiver(receiver, core, intake);
  void app.register(async (scope) => {
    requireKey(scope, credentials);
    addAdmin(scope, core, () => services.clear());
    addEvaluation(scope, core, services);
    scope.get("/_local/received", () => intake.totals());
  });
  void app.register(
    async (scope) => {
      requireKey(scope, credentials);
      limitRate(scope, core);
      addAlerts(scope, alerts);
      addCollectors(scope, core);
      addConnections(scope, core);
      addContent(scope, core, latency);
      addDashboards(scope, core);
      addExtractionRules(scope, core);
      addFields(scope, core);
      addMetricsQueries(scope, core, queries);
      addMonitors(scope, core);
      addSearchJobs(scope, core, queries);
      addSlos(scope, core);
    },
    { prefix: "/api" },
  );
  return { app, receiver, services };
}
