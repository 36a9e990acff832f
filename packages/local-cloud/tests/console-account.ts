import type { LocalCloud } from "..";
import { dropletBody } from "./digitalocean-client";
import { logsOf, metricsOf } from "./telemetry";

/** A log line that would do harm on a page that does not escape it. */
export const hostile = `</pre><img src=x onerror="document.title='harmed'"><script>document.title='harmed'</script>`;

/** Messages of each web server's access log, spread over the last half hour. */
export const messages = 120;
const span = 30 * 60_000;

/** A site of two web servers behind a balancer, a server for the application and a database, watched and busy. */
export async function fillAccount(cloud: LocalCloud): Promise<void> {
  await makeSite(caller(`${cloud.digitalocean.endpoint}/v2/`, `Bearer ${cloud.digitalocean.token}`));
  const { endpoint, accessId, accessKey } = cloud.sumologic;
  const key = Buffer.from(`${accessId}:${accessKey}`).toString("base64");
  await watchSite(caller(endpoint, `Basic ${key}`));
}

/** What an API answers to the making of something. */
interface Made {
  readonly id: string;
  readonly url?: string;
}
type Make = (path: string, body: object) => Promise<Made>;

/** Makes things by calls of an API, whose answers hold them by themselves or under their kind. */
function caller(base: string, authorization: string): Make {
  return async (path, body) => {
    const headers = { authorization, "content-type": "application/json" };
    const response = await fetch(base + path, { method: "POST", headers, body: JSON.stringify(body) });
    const answer = (await response.json()) as Made | Record<string, Made>;
    if (!response.ok) throw new Error(`${path}: ${JSON.stringify(answer)}`);
    return ("id" in answer ? answer : Object.values(answer)[0]) as Made;
  };
}

async function makeSite(make: Make): Promise<void> {
  for (const name of ["site:web", "site:app"]) await make("tags", { name }).catch(() => undefined);
  for (const name of ["web-1", "web-2"]) await make("droplets", dropletBody(name, { tags: ["site:web"] }));
  await make("droplets", dropletBody("app-1", { tags: ["site:app"] }));
  const rule = { entry_protocol: "https", entry_port: 443, target_protocol: "https", target_port: 443 };
  const balancer = await make("load_balancers", {
    name: "site",
    region: "nyc3",
    tag: "site:web",
    forwarding_rules: [{ ...rule, tls_passthrough: true }],
  });
  const firewall = (name: string, ports: string, sources: object) =>
    make("firewalls", { name, tags: [`site:${name}`], inbound_rules: [{ protocol: "tcp", ports, sources }] });
  await firewall("web", "443", { load_balancer_uids: [balancer.id] });
  await firewall("app", "8443", { tags: ["site:web"] });
  await make("domains", { name: "example.com" });
  // The public address after those of the three droplets.
  await make("domains/example.com/records", { type: "A", name: "www", data: "198.18.0.5" });
  await make("databases", {
    name: "site",
    engine: "mysql",
    version: "8",
    num_nodes: 1,
    size: "db-s-1vcpu-1gb",
    region: "nyc3",
    rules: [{ type: "tag", value: "site:app" }],
  });
}

async function watchSite(make: Make): Promise<void> {
  const now = Date.now();
  for (const host of ["web-1", "web-2"]) {
    const [access, metrics] = await makeSources(make, host, ["access", "metrics"]);
    const lines = Array.from({ length: messages }, (_, index) => ({
      body: JSON.stringify({ method: "GET", uri: `/${index % 3}`, status: index % 40 === 0 ? 500 : 200 }),
      timestamp: now - 1000 - (index * span) / messages,
    }));
    await send(`${access}/v1/logs`, logsOf({ "host.name": host }, lines));
    for (const share of [0.4, 0.5, 0.6])
      await send(`${metrics}/v1/metrics`, await metricsOf({ "host.name": host }, 1, share));
  }
  const [app] = await makeSources(make, "app-1", ["app"]);
  await send(`${app}/v1/logs`, logsOf({}, [{ body: hostile, timestamp: now - 500 }]));
  await make("v2/dashboards", dashboard);
  await make("v1/monitors?parentId=0000000000000001", monitor);
}

/** Makes a server's collector and sources; answers with the sources' addresses. */
async function makeSources(
  make: Make,
  host: string,
  names: readonly string[],
): Promise<(string | undefined)[]> {
  const { id } = await make("v1/collectors", { collector: { collectorType: "Hosted", name: host } });
  const urls: (string | undefined)[] = [];
  for (const name of names) {
    const source = { sourceType: "HTTP", name, category: `site/${name}`, hostName: host };
    urls.push((await make(`v1/collectors/${id}/sources`, { source })).url);
  }
  return urls;
}

async function send(url: string, body: Uint8Array): Promise<void> {
  const headers = { "content-type": "application/x-protobuf" };
  const { ok, status } = await fetch(url, { method: "POST", headers, body });
  if (!ok) throw new Error(`${url}: ${status}`);
}

const access = "_sourceCategory=site/access _sourceHost={{host}}";

const panel = (key: string, queryString: string, general: object = {}, more: object = {}) => ({
  panelType: "SumoSearchPanel",
  key,
  title: key,
  visualSettings: JSON.stringify({ general, ...more }),
  queries: [{ queryKey: "A", queryType: "Logs", queryString }],
});
const metric = (key: string, queryString: string) => ({
  ...panel(key, queryString, { mode: "timeSeries", type: "line" }),
  queries: [{ queryKey: "A", queryType: "Metrics", queryString }],
});

const dashboard = {
  title: "Site",
  timeRange: {
    type: "BeginBoundedTimeRange",
    from: { type: "RelativeTimeRangeBoundary", relativeTime: "-1h" },
  },
  variables: [
    {
      name: "host",
      displayName: "Host",
      defaultValue: "*",
      sourceDefinition: {
        variableSourceType: "LogQueryVariableSourceDefinition",
        query: "_sourceCategory=site/access | count by _sourceHost",
        field: "_sourceHost",
      },
    },
  ],
  panels: [
    { panelType: "TextPanel", key: "about", title: "About", text: "# What this is" },
    panel(
      "qps",
      `${access} | timeslice 1m | count by _timeslice, _sourceHost | transpose row _timeslice column _sourceHost`,
      { mode: "timeSeries", type: "area" },
      { axes: { axisY: { unit: { value: "req/s" } } } },
    ),
    panel("paths", `${access} | json "uri" | count by uri`, { mode: "distribution", type: "bar" }),
    panel("total", `${access} | count`, { mode: "singleValueMetrics", type: "svp" }),
    metric("cpu", "metric=system.memory.utilization | avg by host.name"),
    panel("wrong", "* | frobnicate"),
  ],
};

const monitor = {
  type: "MonitorsLibraryMonitor",
  name: "Errors of the site",
  description: "Answers with a 5xx status",
  monitorType: "Logs",
  queries: [{ rowId: "A", query: '_sourceCategory=site/access | json "status" | where status >= 500' }],
  triggers: [
    {
      detectionMethod: "LogsStaticCondition",
      triggerType: "Critical",
      timeRange: "-15m",
      threshold: 0,
      thresholdType: "GreaterThan",
    },
  ],
};
