import { expect } from "chai";
import { Notifications } from "../../../components";
import { filled } from "../../../packages/local-cloud/sumologic/evaluation/template";
import { record } from "../../recorder";
import { stackOf } from "../../settings";

const runbooks = "https://wiki.example.com/runbooks";
const notifications = {
  email: ["ops@example.com"],
  slack: { url: "https://hooks.slack.com/services/x" },
  pagerduty: { integrationKey: "0123456789abcdef0123456789abcdef" },
  webhook: { url: "https://hooks.example.com/x" },
};
const alert = {
  Id: "00000000000468D5",
  Name: "host-cpu",
  TriggerType: "Critical",
  AlertGroup: "host.name=prod-web-1",
  Description: "CPU use, in percent",
  TriggerValue: 97,
  AlertResponseUrl: "https://service.sumologic.com/alert/1",
};
const text = [
  "web-infra-prod host-cpu: Critical host.name=prod-web-1",
  "CPU use, in percent: 97",
  `${runbooks}/host-cpu.md`,
  "https://service.sumologic.com/alert/1",
].join("\n");

describe("What people are told of an alert", () => {
  const made = () =>
    record(() => {
      const stack = stackOf({ monitoring: { notifications, runbooks } }, "prod");
      const { all } = new Notifications("notifications", { stack });
      const email = all[0]?.notification as { readonly messageBody: string };
      expect(filled(email.messageBody, alert, false)).to.equal(text);
    });

  it("names the stack, the server, the value and the runbook, by every way", async () => {
    const connections = (await made()).all("Connection");
    const sent = connections.map(({ plain }) =>
      JSON.parse(filled(String(plain.defaultPayload), alert, true)),
    );
    expect(sent[0]).to.deep.equal({ channel: "#alerts", text });
    expect([sent[1].payload.summary, ...Object.values(sent[1].payload.custom_details)].join("\n")).to.equal(
      text,
    );
    expect(sent[2]).to.include({ stack: "web-infra-prod", name: "host-cpu", group: "host.name=prod-web-1" });
  });

  it("pages once for each server of a monitor, and ends that page alone", async () => {
    const pagerduty = (await made()).one("Connection", "notifications-pagerduty").plain;
    const event = (template: unknown, AlertGroup: string) =>
      JSON.parse(filled(String(template), { ...alert, AlertGroup }, true));
    const fired = ["host.name=a", "host.name=b"].map(
      (group) => event(pagerduty.defaultPayload, group).dedup_key,
    );
    const ended = event(pagerduty.resolutionPayload, "host.name=a");
    expect(fired[0]).not.to.equal(fired[1]);
    expect(ended).to.include({ event_action: "resolve", dedup_key: fired[0] });
  });
});
