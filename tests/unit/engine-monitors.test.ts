import { expect } from "chai";
import { dashboard } from "../../tools/engine/sumologic/dashboard";
import { monitor } from "../../tools/engine/sumologic/monitor";
import { slo } from "../../tools/engine/sumologic/slo";

const level = (threshold: number) => ({
  timeRange: "5m",
  alert: { threshold, thresholdType: "GreaterThan" },
  resolution: { threshold, thresholdType: "LessThanOrEqual" },
});
const logs = { logsStaticCondition: { field: "qps", critical: level(90), warning: level(70) } };
const metrics = { metricsStaticCondition: { critical: { ...level(90), occurrenceType: "AtLeastOnce" } } };
const common = { name: "qps", monitorType: "Logs" };

describe("Engine: monitors, dashboards and SLOs as the API wants them", () => {
  it("makes an alert and a resolution of each level", () => {
    const { triggers } = monitor({ ...common, triggerConditions: logs });
    const shape = {
      field: "qps",
      detectionMethod: "LogsStaticCondition",
      timeRange: "5m",
      triggerSource: "",
      occurrenceType: "",
    };
    expect(triggers).to.deep.equal([
      { ...shape, triggerType: "Critical", threshold: 90, thresholdType: "GreaterThan" },
      { ...shape, triggerType: "ResolvedCritical", threshold: 90, thresholdType: "LessThanOrEqual" },
      { ...shape, triggerType: "Warning", threshold: 70, thresholdType: "GreaterThan" },
      { ...shape, triggerType: "ResolvedWarning", threshold: 70, thresholdType: "LessThanOrEqual" },
    ]);
  });

  it("has a metric resolved only when it always is, whatever raised it", () => {
    const { triggers } = monitor({ ...common, triggerConditions: metrics });
    const occurrences = (triggers as { occurrenceType: string }[]).map(
      ({ occurrenceType }) => occurrenceType,
    );
    expect(occurrences).to.deep.equal(["AtLeastOnce", "Always"]);
  });

  it("makes two triggers of missing data", () => {
    const { triggers } = monitor({
      ...common,
      triggerConditions: { logsMissingDataCondition: { timeRange: "10m" } },
    });
    const types = (triggers as { triggerType: string }[]).map(({ triggerType }) => triggerType);
    expect(types).to.deep.equal(["MissingData", "ResolvedMissingData"]);
  });

  it("names the action after the connection", () => {
    const notify = (connectionType: string) => ({
      notification: { connectionType },
      runForTriggerTypes: ["Critical"],
    });
    const { notifications } = monitor({ ...common, notifications: [notify("Email"), notify("Slack")] });
    const actions = (notifications as { notification: { actionType: string } }[]).map(
      (one) => one.notification.actionType,
    );
    expect(actions).to.deep.equal(["EmailAction", "NamedConnectionAction"]);
  });

  it("turns what is nested by kind into an object with a type", () => {
    const made = dashboard({
      title: "Web",
      timeRange: { beginBoundedTimeRange: { from: { relativeTimeRange: { relativeTime: "-1h" } } } },
      panels: [
        { textPanel: { key: "intro", text: "Hello" } },
        {
          sumoSearchPanel: { key: "qps", queries: [{ queryKey: "A", queryType: "Logs", queryString: "*" }] },
        },
      ],
      layout: { grid: { layoutStructures: [{ key: "intro", structure: "{}" }] } },
    });
    expect(made.timeRange).to.deep.equal({
      type: "BeginBoundedTimeRange",
      from: { type: "RelativeTimeRangeBoundary", relativeTime: "-1h" },
      to: null,
    });
    expect((made.panels as { panelType: string }[]).map(({ panelType }) => panelType)).to.deep.equal([
      "TextPanel",
      "SumoSearchPanel",
    ]);
    expect(made.layout).to.deep.equal({
      layoutType: "Grid",
      layoutStructures: [{ key: "intro", structure: "{}" }],
    });
    expect(made.topologyLabelMap).to.deep.equal({ data: {} });
  });

  it("calls a calendar's period a window", () => {
    const indicator = {
      requestBasedEvaluation: { queryType: "Logs", queries: [{ queryGroupType: "Total", queryGroups: [] }] },
    };
    const compliance = { complianceType: "Calendar", target: 99, size: "Month", timezone: "Etc/UTC" };
    const made = slo({ name: "site", signalType: "Error", compliances: [compliance], indicator });
    expect(made.compliance).to.deep.equal({
      complianceType: "Calendar",
      target: 99,
      windowType: "Month",
      timezone: "Etc/UTC",
    });
    expect(made.indicator).to.deep.equal({
      evaluationType: "Request",
      queryType: "Logs",
      queries: [{ queryGroupType: "Total", queryGroup: [] }],
    });
  });
});
