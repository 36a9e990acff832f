import { expect } from "chai";
import {
  Alerts,
  Database,
  LoadBalancer,
  MonitoringAccount,
  Monitors,
  Network,
  Notifications,
} from "../../../components";
import type { Props } from "../../../tools/engine/props";
import { isSecret } from "../../../tools/engine/registration";
import { record } from "../../recorder";
import { stackOf } from "../../settings";

const managed = {
  pools: [{ name: "all", count: 2, roles: ["web", "app"] }],
  database: { mode: "managed" },
};

function watched(notifications: Props, settings: Props = {}) {
  return record(() => {
    const stack = stackOf({ ...settings, monitoring: { notifications, capacityQps: 100 } });
    const network = new Network("network", { stack });
    const balancer = new LoadBalancer("balancer", { stack, network });
    const database = new Database("database", { stack, network });
    new Alerts("alerts", { stack, network, balancer, database });
    const account = new MonitoringAccount("monitoring", { stack });
    new Monitors("monitors", {
      stack,
      account,
      notifications: new Notifications("notifications", { stack }),
    });
  });
}

describe("DigitalOcean's own alerts", () => {
  it("are not made where they could tell nobody", async () => {
    const made = await watched({});
    expect([made.names("MonitorAlert"), made.names("UptimeCheck"), made.names("UptimeAlert")]).to.deep.equal([
      [],
      [],
      [],
    ]);
  });

  it("watch servers, balancer, site and certificate", async () => {
    const made = await watched({ email: ["ops@example.com"] });
    expect(made.names("MonitorAlert")).to.have.members([
      "alerts-cpu",
      "alerts-memory",
      "alerts-disk",
      "alerts-balancer-cpu",
      "alerts-balancer-droplets",
    ]);
    expect(made.one("MonitorAlert", "alerts-cpu").plain).to.deep.include({
      tags: ["web-infra:test"],
      alerts: { emails: ["ops@example.com"] },
    });
    expect(made.one("UptimeCheck").plain.target).to.equal("https://www.foobar.com");
    expect(made.all("UptimeAlert").map(({ plain }) => plain.type)).to.have.members([
      "down_global",
      "latency",
      "ssl_expiry",
    ]);
  });

  it("watch a managed database too", async () => {
    const made = await watched({ email: ["ops@example.com"] }, managed);
    expect(made.names("MonitorAlert")).to.include.members(["alerts-database-cpu", "alerts-database-disk"]);
  });
});

describe("who is told by Sumo Logic", () => {
  it("nobody, where nobody is named", async () => {
    const made = await watched({});
    expect(made.all("Connection")).to.deep.equal([]);
    for (const monitor of made.all("Monitor")) expect(monitor.plain.notifications).to.deep.equal([]);
  });

  it("each that is named, pagers for what is critical or silent only, with addresses and keys as secrets", async () => {
    const made = await watched({
      email: ["ops@example.com"],
      slack: { url: "https://hooks.example.com/T0", channel: "#ops" },
      pagerduty: { integrationKey: "0123456789abcdef0123456789abcdef" },
      webhook: { url: "https://example.com/hook" },
    });
    expect(made.names("Connection")).to.deep.equal([
      "notifications-slack",
      "notifications-pagerduty",
      "notifications-pagerduty-silence",
      "notifications-webhook",
    ]);
    for (const { inputs } of made.all("Connection")) {
      expect([isSecret(inputs.url), isSecret(inputs.defaultPayload)]).to.deep.equal([true, true]);
    }
    const told = (name: string) =>
      made.one("Monitor", name).plain.notifications as {
        notification: Props;
        runForTriggerTypes: string[];
      }[];
    const paged = (name: string) =>
      told(name)
        .filter(({ notification }) => notification.connectionType === "PagerDuty")
        .map(({ runForTriggerTypes }) => runForTriggerTypes);
    const all = told("monitors-web-qps-near-capacity");
    expect(all.map(({ notification }) => notification.connectionType)).to.deep.equal([
      "Email",
      "Slack",
      "PagerDuty",
      "Webhook",
    ]);
    const [critical, silent] = [
      ["Critical", "ResolvedCritical"],
      ["MissingData", "ResolvedMissingData"],
    ];
    expect(paged("monitors-web-qps-near-capacity")).to.deep.equal([critical]);
    expect(paged("monitors-agent-silent")).to.deep.equal([silent]);
    expect(paged("monitors-agent-unhealthy")).to.deep.equal([critical, silent]);
  });

  it("compares the QPS with the capacity in the config", async () => {
    const made = await watched({});
    const { triggerConditions } = made.one("Monitor", "monitors-web-qps-near-capacity").plain;
    expect(triggerConditions).to.have.nested.property("logsStaticCondition.warning.alert.threshold", 70);
    expect(triggerConditions).to.have.nested.property("logsStaticCondition.critical.alert.threshold", 90);
  });
});
