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
      const [told] = new Notifications("notifications", { stack }).of(["Critical"]);
      const email = told?.notification as { readonly messageBody: string };
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
    expect(sent.at(-1)).to.include({
      stack: "web-infra-prod",
      name: "host-cpu",
      group: "host.name=prod-web-1",
    });
  });

  it("pages once for each server and kind of a monitor's alerts, and ends that page alone", async () => {
    const recording = await made();
    const connections = ["notifications-pagerduty", "notifications-pagerduty-silence"].map(
      (name) => recording.one("Connection", name).plain,
    );
    const event = (template: unknown, AlertGroup: string) =>
      JSON.parse(filled(String(template), { ...alert, AlertGroup }, true));
    const keys = connections.flatMap(({ defaultPayload, resolutionPayload }) =>
      ["host.name=a", "host.name=b"].map((group) => {
        const { dedup_key } = event(defaultPayload, group);
        expect(event(resolutionPayload, group)).to.include({ event_action: "resolve", dedup_key });
        return dedup_key;
      }),
    );
    expect(new Set(keys)).to.have.length(4);
  });
});
