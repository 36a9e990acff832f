import { given, type Json, list, object, omit, type Props } from "../props";

/** A monitor as the API wants it: the provider's conditions become a flat list of triggers. */
export function monitor(inputs: Props): Props {
  return given({
    evaluationDelay: "0m",
    isDisabled: false,
    groupNotifications: true,
    tags: {},
    ...omit(inputs, "triggerConditions"),
    type: "MonitorsLibraryMonitor",
    contentType: "Monitor",
    status: ["Normal"],
    triggers: Object.entries(object(inputs.triggerConditions)).flatMap(([name, condition]) =>
      triggers(name.charAt(0).toUpperCase() + name.slice(1), object(condition)),
    ),
    notifications: list(inputs.notifications).map(notification),
  });
}

function triggers(detectionMethod: string, condition: Props): Props[] {
  const common = { detectionMethod, occurrenceType: "", triggerSource: "" };
  if (detectionMethod.endsWith("MissingDataCondition")) {
    return ["MissingData", "ResolvedMissingData"].map((triggerType) => ({
      ...common,
      ...condition,
      triggerType,
    }));
  }
  const { critical, warning, ...shared } = condition;
  return [...levels("Critical", critical), ...levels("Warning", warning)];

  function levels(triggerType: string, level: Json | undefined): Props[] {
    if (level === undefined) return [];
    const { alert, resolution, ...settings } = object(level);
    const base = { ...common, ...shared, ...settings };
    const raised = { ...base, ...object(alert), triggerType };
    // An SLO has no resolution of its own.
    if (detectionMethod.startsWith("Slo")) return [raised];
    const resolved = { ...base, ...resolutionOf(detectionMethod, object(resolution)) };
    return [raised, { ...resolved, triggerType: `Resolved${triggerType}` }];
  }
}

/** A metric's resolution does not share the alert's occurrence: it is `Always` unless it says otherwise. */
function resolutionOf(detectionMethod: string, resolution: Props): Props {
  return detectionMethod === "MetricsStaticCondition"
    ? { occurrenceType: "Always", ...resolution }
    : resolution;
}

function notification(value: Json): Props {
  const { notification: action, runForTriggerTypes } = object(value);
  const { connectionType, ...rest } = object(action);
  const actionType = connectionType === "Email" ? "EmailAction" : "NamedConnectionAction";
  return {
    notification: given({ actionType, connectionType, ...rest }),
    runForTriggerTypes: runForTriggerTypes ?? [],
  };
}
