import { expect } from "chai";
import { type Errors, startApi, type TestApi } from "./sumologic-client";

interface Item {
  readonly id: string;
  readonly name: string;
  readonly parentId: string;
  readonly version: number;
  readonly children: readonly Item[];
}

/** What clients send along of what only the API decides. */
const unknown = {
  createdBy: "",
  createdAt: "",
  modifiedBy: "",
  modifiedAt: "",
  isLocked: false,
  isMutable: false,
  isSystem: false,
  version: 0,
};
const folder = { ...unknown, type: "MonitorsLibraryFolder", contentType: "Folder", description: "a" };
const trigger = {
  timeRange: "5m",
  frequency: "1m",
  triggerType: "Critical",
  threshold: 5,
  thresholdType: "GreaterThan",
  occurrenceType: "",
  triggerSource: "",
  detectionMethod: "LogsStaticCondition",
  field: "share",
};
const monitor = {
  ...unknown,
  type: "MonitorsLibraryMonitor",
  contentType: "Monitor",
  name: "errors",
  description: "",
  monitorType: "Logs",
  queries: [{ rowId: "A", query: "_sourceCategory=dev/nginx/access | count" }],
  triggers: [
    trigger,
    { ...trigger, triggerType: "ResolvedCritical", thresholdType: "LessThanOrEqual", resolutionWindow: "5m" },
    { ...trigger, triggerType: "MissingData", detectionMethod: "LogsMissingDataCondition", timeRange: "15m" },
  ],
  notifications: [
    {
      notification: {
        actionType: "EmailAction",
        connectionType: "Email",
        subject: "{{Name}}",
        recipients: ["ops@example.com"],
        messageBody: "",
        timeZone: "",
      },
      runForTriggerTypes: ["Critical", "ResolvedCritical"],
    },
  ],
  isDisabled: false,
  status: ["Normal"],
  groupNotifications: true,
  tags: {},
};
const slo = {
  ...unknown,
  type: "SlosLibrarySlo",
  contentType: "Slo",
  name: "availability",
  description: "",
  signalType: "Availability",
  compliance: { complianceType: "Rolling", target: 99.5, timezone: "Etc/UTC", size: "30d" },
  indicator: {
    evaluationType: "Request",
    queryType: "Logs",
    queries: [
      { queryGroupType: "Total", queryGroup: [{ rowId: "A", query: "status=200", useRowCount: true }] },
    ],
    threshold: 0,
    monitorTriggers: null,
  },
  service: "web",
  application: "site",
  tags: {},
};

describe("Sumo Logic: monitors and SLOs", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const root = async (library = "monitors") => (await api.call<Item>("GET", `v1/${library}/root`)).body.id;
  const create = async (body: object, parentId?: string, library = "monitors") =>
    api.call<Item & Errors>("POST", `v1/${library}?parentId=${parentId ?? (await root(library))}&`, body);
  const code = (answer: { body: Errors }) => answer.body.errors[0]?.code;
  const message = (answer: { body: Errors }) => answer.body.errors[0]?.message;

  it("a monitor's life", async () => {
    const made = await create(monitor);
    expect(made.status).to.equal(200);
    expect(made.body).to.deep.include({
      type: "MonitorsLibraryMonitorResponse",
      parentId: await root(),
      version: 0,
      status: ["Normal"],
      evaluationDelay: "0m",
      queries: monitor.queries,
      triggers: monitor.triggers,
      notifications: monitor.notifications,
    });
    const path = `v1/monitors/${made.body.id}`;
    expect((await api.call("GET", path)).body).to.deep.equal(made.body);
    expect((await api.call("GET", `${path}/permissions`)).body).to.deep.equal({ permissionStatements: [] });

    const { notifications: _, ...rest } = { ...monitor, type: "MonitorsLibraryMonitorUpdate" };
    const changed = await api.call<Item>("PUT", path, {
      ...rest,
      triggers: [{ ...trigger, threshold: 7.5 }],
    });
    expect(changed.body).to.deep.include({ version: 1, notifications: [], id: made.body.id });
    expect(changed.body).to.have.nested.property("triggers[0].threshold", 7.5);
    expect((await api.call("DELETE", path)).status).to.equal(204);
    expect(code(await api.call("GET", path))).to.equal("content:not_found");
  });

  it("folders: a tree with unique names, moved and deleted with what is in them", async () => {
    const { body: one } = await create({ ...folder, name: "one" });
    const { body: two } = await create({ ...folder, name: "two" }, one.id);
    const { body: inTwo } = await create(monitor, two.id);
    expect((await api.call("GET", `v1/monitors/${inTwo.id}/path`)).body).to.deep.equal({
      path: "/Monitor/one/two/errors",
    });
    expect((await api.call("GET", "v1/monitors/path?path=/Monitor/one/two")).body).to.include({ id: two.id });
    expect(code(await create({ ...folder, name: "one" }))).to.equal("content:duplicate_content");
    expect(code(await create(monitor, inTwo.id))).to.equal("content:parent_not_found");
    expect(code(await api.call("POST", `v1/monitors/${one.id}/move?parentId=${two.id}`))).to.equal(
      "content:invalid_move",
    );

    const moved = await api.call<Item>("POST", `v1/monitors/${inTwo.id}/move?parentId=${one.id}`);
    expect(moved.body.parentId).to.equal(one.id);
    const names = (await api.call<Item>("GET", `v1/monitors/${one.id}`)).body.children.map(
      ({ name }) => name,
    );
    expect(names).to.deep.equal(["two", "errors"]);
    const found = await api.call("GET", "v1/monitors/search?query=type:monitor ERR");
    expect(found.body).to.have.nested.property("[0].path", "/Monitor/one/errors");
    expect(found.body).to.have.lengthOf(1);

    expect((await api.call("DELETE", `v1/monitors/${one.id}`)).status).to.equal(204);
    for (const { id } of [two, inTwo])
      expect((await api.call("GET", `v1/monitors/${id}`)).status).to.equal(404);
    expect((await api.call("DELETE", `v1/monitors/${await root()}`)).status).to.equal(400);
  });

  it("keeps the permissions it is given", async () => {
    const { body: made } = await create(monitor);
    const statement = { targetId: made.id, subjectType: "role", subjectId: "0A", permissions: ["Read"] };
    const set = (permissions: string[]) =>
      api.call("PUT", "v1/monitors/permissions/set", {
        permissionStatementDefinitions: [{ ...statement, permissions }],
      });
    expect((await set(["Read"])).status).to.equal(200);
    const path = `v1/monitors/${made.id}/permissions`;
    expect((await api.call("GET", path)).body).to.have.nested.property(
      "permissionStatements[0].subjectId",
      "0A",
    );
    await set([]);
    expect((await api.call("GET", path)).body).to.deep.equal({ permissionStatements: [] });
  });

  it("webhooks must be there", async () => {
    const { body: connection } = await api.call<{ id: string }>("POST", "v1/connections", {
      type: "WebhookDefinition",
      name: "hook",
      url: "https://example.com",
      defaultPayload: "{}",
      webhookType: "Slack",
    });
    const alerting = (connectionId: string) => ({
      ...monitor,
      notifications: [
        { notification: { connectionType: "Slack", connectionId }, runForTriggerTypes: ["Critical"] },
      ],
    });
    expect(message(await create(alerting("00000000DEADBEEF")))).to.match(/there is no connection/);
    expect((await create(alerting(connection.id))).status).to.equal(200);
  });

  it("an SLO's life, and a monitor of it", async () => {
    const { body: sloFolder } = await create(
      { ...folder, type: "SlosLibraryFolder", name: "dev" },
      undefined,
      "slos",
    );
    const { body: made } = await create(slo, sloFolder.id, "slos");
    const path = `v1/slos/${made.id}`;
    expect((await api.call("GET", path)).body).to.deep.include({
      type: "SlosLibrarySloResponse",
      compliance: slo.compliance,
      service: "web",
    });
    const burnRate = {
      ...monitor,
      monitorType: "Slo",
      queries: null,
      triggers: [
        {
          triggerType: "Critical",
          occurrenceType: "",
          triggerSource: "",
          detectionMethod: "SloBurnRateCondition",
          burnRates: [{ burnRateThreshold: 2, timeRange: "1h" }],
        },
      ],
    };
    expect(message(await create({ ...burnRate, sloId: sloFolder.id }))).to.match(/there is no SLO/);
    expect((await create({ ...burnRate, sloId: made.id })).status).to.equal(200);

    const update = { ...slo, type: "SlosLibrarySloUpdate", compliance: { ...slo.compliance, target: 99.9 } };
    expect((await api.call("PUT", path, update)).body).to.have.nested.property("compliance.target", 99.9);
    expect((await api.call("DELETE", `v1/slos/${sloFolder.id}`)).status).to.equal(204);
    expect((await api.call("GET", path)).status).to.equal(404);
  });

  const email = monitor.notifications[0];
  const wrong: Record<string, [fields: object, message: RegExp]> = {
    "a slash in its name": [{ name: "a/b" }, /^name: .*slash/],
    "a space at the end of its name": [{ name: "a " }, /^name: .*space/],
    "no query": [{ queries: null }, /^queries: .*one query/],
    "two queries of logs": [{ queries: [...monitor.queries, ...monitor.queries] }, /^queries: .*one query/],
    "a forecast of metrics": [
      { monitorType: "Metrics", queries: [{ rowId: "A", query: "metric=cpu | timeshift 6h | avg" }] },
      /^queries: timeshift is not supported in a Metrics monitor/,
    ],
    "no trigger": [{ triggers: null }, /^triggers: /],
    "triggers of another kind": [
      { triggers: [{ ...trigger, detectionMethod: "MetricsStaticCondition" }] },
      /^triggers: MetricsStaticCondition is not for a Logs monitor/,
    ],
    "an unknown threshold type": [
      { triggers: [{ ...trigger, thresholdType: "Above" }] },
      /^triggers\.0\.thresholdType: /,
    ],
    "a broken time range": [{ triggers: [{ ...trigger, timeRange: "soon" }] }, /^triggers\.0\.timeRange: /],
    "no recipient": [
      { notifications: [{ ...email, notification: { ...email?.notification, recipients: null } }] },
      /^notifications\.0\.notification\.recipients: /,
    ],
    "another type": [{ type: "Monitor" }, /^type: Monitor/],
  };
  for (const [what, [fields, expected]] of Object.entries(wrong)) {
    it(`refuses a monitor with ${what}`, async () => {
      const answer = await create({ ...monitor, ...fields });
      expect(answer.status).to.equal(400);
      expect(message(answer)).to.match(expected);
    });
  }

  it("refuses an SLO of a wrong period or evaluation", async () => {
    const refused = async (fields: object) => message(await create({ ...slo, ...fields }, undefined, "slos"));
    expect(await refused({ compliance: { ...slo.compliance, size: "91d" } })).to.match(/^compliance\.size: /);
    expect(await refused({ indicator: { ...slo.indicator, evaluationType: "Guess" } })).to.match(
      /^indicator/,
    );
    expect(await refused({ indicator: { ...slo.indicator, queries: null } })).to.match(
      /^indicator\.queries: /,
    );
  });
});
