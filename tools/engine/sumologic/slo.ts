import { given, type Json, list, object, omit, type Props } from "../props";

/** An SLO as the API wants it. */
export function slo(inputs: Props): Props {
  return given({
    service: "",
    application: "",
    tags: {},
    ...omit(inputs, "compliances"),
    type: "SlosLibrarySlo",
    contentType: "Slo",
    compliance: compliance(object(list(inputs.compliances)[0])),
    indicator: indicator(object(inputs.indicator)),
  });
}

/** A calendar's period is called a window type. */
function compliance({ size, ...rest }: Props): Props {
  return given({ ...rest, ...(rest.complianceType === "Calendar" ? { windowType: size } : { size }) });
}

function indicator({ requestBasedEvaluation, windowBasedEvaluation }: Props): Props {
  const { queries, ...rest } = object(requestBasedEvaluation ?? windowBasedEvaluation);
  const evaluationType = requestBasedEvaluation ? "Request" : "Window";
  return { ...rest, evaluationType, queries: list(queries).map(queryGroup) };
}

function queryGroup(value: Json): Props {
  const { queryGroupType, queryGroups } = object(value);
  return given({ queryGroupType, queryGroup: queryGroups });
}
