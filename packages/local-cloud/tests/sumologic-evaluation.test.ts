import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import type { Alert } from "../sumologic/evaluation/alerts";
import { frequency, offender, resolves, type Trigger } from "../sumologic/evaluation/conditions";
import type { Notification } from "../sumologic/evaluation/notifier";
import { filled } from "../sumologic/evaluation/template";
import { startApi, type TestApi } from "./sumologic-client";

interface Listed {
  readonly id: string;
  readonly name: string;
  readonly status: readonly string[];
  readonly evaluation: { readonly error: string | null; readonly notEvaluated: readonly string[] } | null;
  readonly alerts: readonly Alert[];
}

const critical = {
  triggerType: "Critical",
  detectionMethod: "LogsStaticCondition",
  timeRange: "-5m",
  field: "percent",
  threshold: 5,
  thresholdType: "GreaterThanOrEqual",
};
const resolved = { ...critical, triggerType: "ResolvedCritical", thresholdType: "LessThan" };
const query =
  '_sourceCategory=web/access | json "status" | if(status >= 500, 1, 0) as bad | sum(bad) as errors, count as all by _sourceHost | 100 * errors / all as percent';

describe("Sumo Logic: evaluation of monitors", () => {
  let api: TestApi;
  let urls: string[];
  let webhook: Server;
  let posted: string[];

  async function start(options = {}): Promise<void> {
    api = await startApi(options);
    urls = [];
    for (const name of ["server-1", "server-2"]) {
      const collector = { collectorType: "Hosted", name };
      const { body } = await api.call<{ collector: { id: number } }>("POST", "v1/collectors", { collector });
      const source = {
        sourceType: "HTTP",
        name: "access",
        category: "web/access",
        hostName: name,
        contentType: "Otlp",
      };
      const made = await api.call<{ source: { url: string } }>(
        "POST",
        `v1/collectors/${body.collector.id}/sources`,
        { source },
      );
      urls.push(made.body.source.url);
    }
  }
  before(async () => {
    webhook = createServer((request, response) => {
      request.on("data", (data) => posted.push(String(data)));
      request.on("end", () => response.writeHead(202).end());
    });
    await new Promise<void>((resolve) => webhook.listen(0, "127.0.0.1", resolve));
  });
  after(() => webhook.close());
  beforeEach(() => {
    posted = [];
    return start();
  });
  afterEach(() => api.close());

  const send = (server: number, status: number, count: number) =>
    fetch(urls[server] ?? "", { method: "POST", body: `${JSON.stringify({ status })}\n`.repeat(count) });

  async function metric(server: number, value: number): Promise<void> {
    const { now } = (await api.call<{ now: string }>("GET", "/_local/clock")).body;
    const points = { dataPoints: [{ timeUnixNano: `${Date.parse(now)}000000`, asDouble: value }] };
    const metrics = [{ name: "system.cpu.utilization", gauge: points }];
    await fetch(`${urls[server]}/v1/metrics`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ resourceMetrics: [{ scopeMetrics: [{ metrics }] }] }),
    });
  }

  async function pass(minutes: number): Promise<Listed[]> {
    for (let minute = 0; minute < minutes; minute++) {
      await api.call("POST", "/_local/clock", { advanceMs: 60_000 });
      await listed();
    }
    return listed();
  }

  const listed = async () =>
    (await api.call<{ monitors: Listed[] }>("GET", "/_local/monitors")).body.monitors;
  const told = async () =>
    (await api.call<{ notifications: Notification[] }>("GET", "/_local/notifications")).body.notifications;

  const monitor = (more: object) =>
    api.call<{ id: string }>("POST", "v1/monitors?parentId=0000000000000001&", {
      type: "MonitorsLibraryMonitor",
      name: "errors",
      description: "Too many errors",
      monitorType: "Logs",
      queries: [{ rowId: "A", query }],
      triggers: [critical, resolved],
      notificationGroupFields: ["_sourceHost"],
      ...more,
    });

  async function connection(url: string): Promise<string> {
    const payload = {
      at: "{{TriggerValue}}",
      name: "{{Name}}",
      group: "{{AlertGroup}}",
      type: "{{TriggerType}}",
    };
    const body = { type: "WebhookDefinition", name: url, url, defaultPayload: JSON.stringify(payload) };
    return (await api.call<{ id: string }>("POST", "v1/connections", body)).body.id;
  }

  it("fires once for the server it is about, tells, and resolves", async () => {
    const local = await connection(`http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`);
    const outside = await connection("https://hooks.example.com/x");
    const runForTriggerTypes = ["Critical", "ResolvedCritical"];
    const email = {
      connectionType: "Email",
      recipients: ["ops@example.com"],
      subject: "{{Name}}: {{TriggerType}}",
      messageBody: "{{Description}}",
    };
    await monitor({
      notifications: [
        { notification: email, runForTriggerTypes },
        { notification: { connectionType: "Webhook", connectionId: local }, runForTriggerTypes },
        {
          notification: { connectionType: "Webhook", connectionId: outside },
          runForTriggerTypes: ["Critical"],
        },
      ],
    });
    await send(0, 200, 95);
    await send(0, 500, 5);
    await send(1, 200, 100);
    const [fired] = await pass(1);
    expect(fired?.status).to.deep.equal(["Critical"]);
    expect(
      fired?.alerts.map(({ group, triggerValue, status }) => [group, triggerValue, status]),
    ).to.deep.equal([[{ _sourceHost: "server-1" }, 5, "Active"]]);
    expect((await pass(1))[0]?.alerts).to.have.length(1);
    expect((await told()).map(({ to, outcome }) => [to[0], outcome])).to.have.deep.members([
      ["ops@example.com", "recorded"],
      ["https://hooks.example.com/x", "recorded"],
      [`http://127.0.0.1:${(webhook.address() as AddressInfo).port}/hook`, "202"],
    ]);
    expect(posted.map((body) => JSON.parse(body))).to.deep.equal([
      { at: "5", name: "errors", group: "_sourceHost=server-1", type: "Critical" },
    ]);

    const found = await api.call<{ item: { name: string } }[]>(
      "GET",
      "v1/monitors/search?query=monitorStatus:Critical",
    );
    expect(found.body.map(({ item }) => item.name)).to.deep.equal(["errors"]);
    const alerts = await api.call<{ item: { id: string } }[]>("GET", "v1/alerts/search?query=status:Active");
    const { body } = await api.call("GET", `v1/alerts/${alerts.body[0]?.item.id}`);
    expect(body).to.include({ severity: "Critical", status: "Active", name: "errors" });

    const [after] = await pass(5);
    expect(after?.status).to.deep.equal(["Normal"]);
    expect(after?.alerts.map(({ status }) => status)).to.deep.equal(["Resolved"]);
    expect((await told()).map(({ triggerType }) => triggerType)).to.have.members([
      "Critical",
      "Critical",
      "Critical",
      "ResolvedCritical",
      "ResolvedCritical",
    ]);
    expect((await api.call("GET", "v1/monitors/search?query=monitorStatus:AllTriggered")).body).to.deep.equal(
      [],
    );
  });

  it("warns and alerts by their own thresholds, and stays until the threshold of the resolution", async () => {
    const warning = { ...critical, triggerType: "Warning", threshold: 1, timeRange: "-2m" };
    const calm = { ...warning, triggerType: "ResolvedWarning", threshold: 0.5, thresholdType: "LessThan" };
    await monitor({ triggers: [critical, resolved, warning, calm] });
    await send(0, 200, 98);
    await send(0, 500, 2);
    expect((await pass(1))[0]?.status).to.deep.equal(["Warning"]);
    await send(0, 500, 10);
    expect((await pass(1))[0]?.status).to.deep.equal(["Critical", "Warning"]);
    await send(0, 200, 130);
    await send(0, 500, 1);
    expect((await pass(1))[0]?.status, "0.8 percent in two minutes, 5.5 in five").to.deep.equal([
      "Critical",
      "Warning",
    ]);
  });

  it("misses the server that is silent, and only that one", async () => {
    const missing = {
      triggerType: "MissingData",
      detectionMethod: "LogsMissingDataCondition",
      timeRange: "-5m",
    };
    await monitor({
      name: "silent",
      queries: [{ rowId: "A", query: "_sourceCategory=web/access | count by _sourceHost" }],
      triggers: [missing, { ...missing, triggerType: "ResolvedMissingData" }],
    });
    await send(0, 200, 1);
    await send(1, 200, 1);
    expect((await pass(4))[0]?.status).to.deep.equal(["Normal"]);
    await send(0, 200, 1);
    const [silent] = await pass(2);
    expect(silent?.status).to.deep.equal(["MissingData"]);
    expect(silent?.alerts.map(({ group }) => group)).to.deep.equal([{ _sourceHost: "server-2" }]);
    await send(1, 200, 1);
    expect((await pass(1))[0]?.alerts.map(({ status }) => status)).to.deep.equal(["Resolved"]);
  });

  it("compares every point of a metric where it always has to hold", async () => {
    const always = {
      triggerType: "Critical",
      detectionMethod: "MetricsStaticCondition",
      timeRange: "-3m",
      threshold: 0.9,
      thresholdType: "GreaterThan",
      occurrenceType: "Always",
      triggerSource: "AnyTimeSeries",
      minDataPoints: 2,
    };
    await monitor({
      name: "cpu",
      monitorType: "Metrics",
      queries: [
        { rowId: "A", query: "metric=system.cpu.utilization | max by _sourceHost" },
        { rowId: "B", query: "#A * 1" },
      ],
      triggers: [always, { ...always, triggerType: "ResolvedCritical", thresholdType: "LessThanOrEqual" }],
    });
    const values = [0.5, 0.95, 0.97, 0.96, 0.3, 0.3, 0.3];
    const statuses: string[] = [];
    for (const value of values) {
      await metric(0, value);
      await metric(1, 0.1);
      statuses.push((await pass(1))[0]?.status.join() ?? "");
    }
    expect(statuses).to.deep.equal([
      "Normal",
      "Normal",
      "Critical",
      "Critical",
      "Critical",
      "Normal",
      "Normal",
    ]);
  });

  it("shortens windows, intervals and the lengths of time in queries", async () => {
    await api.close();
    await start({ timeScale: 10 });
    const scaled = `_sourceCategory=web/access | timeslice 1m | count by _timeslice, __timeslice_end, _sourceHost | 1000 * _count / (__timeslice_end - _timeslice) as percent | max(percent) as percent by _sourceHost`;
    await monitor({ queries: [{ rowId: "A", query: scaled }] });
    await send(0, 200, 600);
    await api.call("POST", "/_local/clock", { advanceMs: 6000 });
    const [fired] = await listed();
    expect(fired?.status).to.deep.equal(["Critical"]);
    expect(fired?.alerts[0]?.triggerValue).to.equal(100);
    await api.call("POST", "/_local/clock", { advanceMs: 31_000 });
    expect((await listed())[0]?.status).to.deep.equal(["Normal"]);
  });

  it("holds what is spent of an SLO's error budget, in percent, against the trigger's own share", async () => {
    const group = (queryGroupType: string, where: string) => ({
      queryGroupType,
      queryGroup: [{ rowId: "A", query: `_sourceCategory=web/access${where}`, useRowCount: true }],
    });
    const { body: slo } = await api.call<{ id: string }>("POST", "v1/slos?parentId=0000000000000001&", {
      type: "SlosLibrarySlo",
      name: "availability",
      description: "",
      signalType: "Availability",
      compliance: { complianceType: "Rolling", target: 99, timezone: "Etc/UTC", size: "30d" },
      indicator: {
        evaluationType: "Request",
        queryType: "Logs",
        queries: [group("Unsuccessful", ' | json "status" | where status >= 500'), group("Total", "")],
      },
    });
    const spends = (burnRateThreshold: number, triggerType: string) => ({
      triggerType,
      detectionMethod: "SloBurnRateCondition",
      burnRates: [
        { burnRateThreshold, timeRange: "1h" },
        { burnRateThreshold: burnRateThreshold / 12, timeRange: "5m" },
      ],
    });
    await monitor({
      monitorType: "Slo",
      queries: [],
      notificationGroupFields: [],
      sloId: slo.id,
      triggers: [spends(1.3, "Warning"), spends(1.4, "Critical")],
    });
    await send(0, 200, 90);
    await send(0, 500, 10);
    const [fired] = await pass(1);
    expect(fired?.status, "ten times the allowed pace is 10/720 of the budget in an hour").to.deep.equal([
      "Warning",
    ]);
    expect(fired?.alerts[0]?.triggerValue).to.be.closeTo(1000 / 720, 0.001);
  });

  it("says what it could not evaluate", async () => {
    const burn = { ...critical, detectionMethod: "LogsOutlierCondition" };
    await monitor({ name: "broken", queries: [{ rowId: "A", query: "* | count by nothing" }] });
    await monitor({ name: "outlier", triggers: [burn] });
    await monitor({ name: "off", isDisabled: true });
    const [broken, outlier, off] = await pass(1);
    expect(broken?.evaluation?.error).to.match(/^There is no field nothing here/);
    expect(outlier?.evaluation?.notEvaluated).to.deep.equal(["LogsOutlierCondition"]);
    expect(off).to.deep.include({ evaluation: null, status: ["Disabled"] });
  });

  it("forgets the alerts of a monitor that is deleted", async () => {
    const { body } = await monitor({});
    await send(0, 500, 1);
    expect((await pass(1))[0]?.alerts).to.have.length(1);
    await api.call("DELETE", `v1/monitors/${body.id}`);
    await pass(1);
    expect((await api.call("GET", "v1/alerts/search")).body).to.deep.equal([]);
  });
});

describe("Sumo Logic: conditions of monitors", () => {
  const trigger = (more: Partial<Trigger>): Trigger => ({
    triggerType: "Critical",
    detectionMethod: "MetricsStaticCondition",
    threshold: 10,
    thresholdType: "GreaterThan",
    ...more,
  });

  it("are set off by any value, or by all", () => {
    expect(offender(trigger({}), [1, 12, 11])).to.equal(12);
    expect(offender(trigger({}), [10])).to.equal(undefined);
    expect(offender(trigger({ thresholdType: "LessThan" }), [3, 1, 12])).to.equal(1);
    expect(offender(trigger({ occurrenceType: "Always" }), [1, 12])).to.equal(undefined);
    expect(offender(trigger({ occurrenceType: "Always" }), [])).to.equal(undefined);
    expect(offender(trigger({ minDataPoints: 2 }), [12])).to.equal(undefined);
  });

  it("are resolved by all values, or by one; metrics not by silence", () => {
    const resolution = trigger({ thresholdType: "LessThanOrEqual" });
    expect(resolves(resolution, [10, 1])).to.equal(true);
    expect(resolves(resolution, [10, 11])).to.equal(false);
    expect(resolves({ ...resolution, occurrenceType: "AtLeastOnce" }, [10, 11])).to.equal(true);
    expect(resolves(resolution, [])).to.equal(false);
    expect(resolves({ ...resolution, detectionMethod: "LogsStaticCondition" }, [])).to.equal(true);
  });

  it("are looked at as often as their window asks for", () => {
    expect([5, 15, 60, 180, 1440].map((minutes) => frequency(minutes * 60_000) / 60_000)).to.deep.equal([
      1, 2, 2, 10, 20,
    ]);
  });

  it("fill texts and JSON with what is known of an alert", () => {
    const variables = { Name: 'a "b"', TriggerValue: 5 };
    expect(filled("{{NAME}} at {{ triggerValue }}, {{Other}}", variables, false)).to.equal(
      'a "b" at 5, {{Other}}',
    );
    expect(JSON.parse(filled('{"name":"{{Name}}"}', variables, true))).to.deep.equal({ name: 'a "b"' });
  });
});
