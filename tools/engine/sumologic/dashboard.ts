import { given, type Json, list, object, type Props } from "../props";

/** A dashboard as the API wants it: what the provider nests by kind carries its kind as a property there. */
export function dashboard(inputs: Props): Props {
  return given({
    description: "",
    refreshInterval: 0,
    theme: "Light",
    topologyLabelMap: { data: {} },
    ...inputs,
    timeRange: timeRange(inputs.timeRange),
    panels: list(inputs.panels).map(panel),
    layout: {
      layoutType: "Grid",
      layoutStructures: object(object(inputs.layout).grid).layoutStructures ?? [],
    },
    variables: list(inputs.variables).map(variable),
    coloringRules: inputs.coloringRules ?? [],
  });
}

/** The one property of the object: its name with a capital letter, and its value. */
function variant(value: Json | undefined): [string, Props] {
  const [entry] = Object.entries(object(value));
  return entry ? [entry[0].charAt(0).toUpperCase() + entry[0].slice(1), object(entry[1])] : ["", {}];
}

function timeRange(value: Json | undefined): Json {
  const [type, range] = variant(value);
  if (type === "") return null;
  return type === "BeginBoundedTimeRange"
    ? { type, from: boundary(range.from), to: boundary(range.to) }
    : { type, ...range };
}

function boundary(value: Json | undefined): Json {
  const [type, range] = variant(value);
  return type === "" ? null : { type: `${type}Boundary`, ...range };
}

function panel(value: Json): Props {
  const [panelType, { queries, timeRange: range, ...rest }] = variant(value);
  const common = {
    title: "",
    visualSettings: "",
    keepVisualSettingsConsistentWithParent: true,
    ...rest,
    panelType,
  };
  if (panelType !== "SumoSearchPanel") return common;
  return {
    description: "",
    ...common,
    queries: queries ?? [],
    timeRange: timeRange(range),
    coloringRules: null,
    linkedDashboards: [],
  };
}

function variable(value: Json): Props {
  const { sourceDefinition, hideFromUi, ...rest } = object(value);
  const [variableSourceType, definition] = variant(sourceDefinition);
  return given({
    includeAllOption: true,
    ...rest,
    hideFromUI: hideFromUi,
    sourceDefinition: { variableSourceType, ...definition },
  });
}
