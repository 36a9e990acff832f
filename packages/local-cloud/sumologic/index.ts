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
import { Alerts } from "./evaluation/alerts";
import { addAlerts, addEvaluation } from "./evaluation/api";
import { Evaluator } from "./evaluation/evaluator";
import { Notifier } from "./evaluation/notifier";
import { addExtractionRules } from "./extraction-rules";
import { addFields } from "./fields";
import { DataStore } from "./ingest/data-store";
import { Intake } from "./ingest/intake";
import { addMonitors } from "./monitors";
import { addMetricsQueries } from "./query/metrics-api";
import { Queries } from "./query/queries";
import { addSearchJobs } from "./query/search-jobs";
import { addReceiver } from "./receiver";
import { addSlos } from "./slos";

/** How long the API's own jobs take, in milliseconds. */
const latencies = { "content-job": [500, 2000] } as const;

/**
 * The Sumo Logic API: its calls beneath `/api/`, and the addresses of the HTTP sources beneath `/receiver/`.
 * @param credentials the access key that callers of the API must show.
 */
export function createSumologicApi(core: Core, credentials: Credentials): FastifyInstance {
  const app = createServer({ core, api: "sumologic", errorBody });
  const latency = createLatency(core.options.latency, latencies);

  const { stateFile } = core.options;
  const data = new DataStore(stateFile && `${stateFile}.data`);
  const intake = new Intake(core, data);
  const queries = new Queries(core, data);
  const alerts = new Alerts(core);
  const notifier = new Notifier(core);
  const evaluator = new Evaluator(core, queries, alerts, notifier);
  evaluator.start();
  app.addHook("onClose", async () => {
    await evaluator.settled();
    await data.close();
  });

  void app.register(async (scope) => addReceiver(scope, core, intake));
  void app.register(async (scope) => {
    requireKey(scope, credentials);
    addAdmin(scope, core, async () => {
      core.store.clear("sumologic/");
      await data.clear();
    });
    addEvaluation(scope, core, { alerts, evaluator, notifier });
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
  return app;
}
