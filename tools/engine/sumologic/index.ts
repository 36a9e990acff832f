import { type Invoke, type Maker, posted } from "../kind";
import { object, type Props, text } from "../props";
import type { Api } from "../rest";
import { dashboard } from "./dashboard";
import { monitor } from "./monitor";
import { slo } from "./slo";
import { collector, httpSource } from "./sources";

/** How each kind of Sumo Logic resource is made, by the last part of its type. */
export const makers: Readonly<Record<string, Maker>> = {
  Collector: collector,
  HttpSource: httpSource,
  Folder: posted({ path: "v2/content/folders", body: (inputs) => inputs }),
  Dashboard: posted({ path: "v2/dashboards", body: dashboard }),
  Connection: posted({
    path: "v1/connections",
    body: (inputs) => ({
      resolutionPayload: "",
      ...inputs,
      type: "WebhookDefinition",
      headers: headers(object(inputs.headers)),
      customHeaders: headers(object(inputs.customHeaders)),
    }),
  }),
  Field: posted({ path: "v1/fields", body: (inputs) => inputs, id: (field) => text(field.fieldId) }),
  FieldExtractionRule: posted({ path: "v1/extractionRules", body: (inputs) => inputs }),
  MonitorFolder: library("v1/monitors", (inputs) => ({
    ...inputs,
    type: "MonitorsLibraryFolder",
    contentType: "Folder",
  })),
  Monitor: library("v1/monitors", monitor),
  SloFolder: library("v1/slos", (inputs) => ({
    ...inputs,
    type: "SlosLibraryFolder",
    contentType: "Folder",
  })),
  Slo: library("v1/slos", slo),
};

/** Kinds without a name that the engine could choose. */
export const unnamed: ReadonlySet<string> = new Set(["Dashboard", "Field"]);

/** The functions, by the last part of their token. */
export const invokes: Readonly<Record<string, Invoke>> = {
  getPersonalFolder: async (_, api) => folder(await api.call("GET", "v2/content/folders/personal")),
  getAdminRecommendedFolder: async (_, api) => {
    const path = "v2/content/folders/adminRecommended";
    const job = `${path}/${text((await api.call("GET", path)).id)}`;
    const status = (answer: Props) => answer.status !== "InProgress";
    await api.until(() => api.call("GET", `${job}/status`), status, path);
    return folder(await api.call("GET", `${job}/result`));
  },
};

function folder({ id, name, description }: Props): Props {
  return { id: text(id), name: text(name), description: text(description) };
}

/** Monitors and SLOs live in a tree: what names no parent goes under the root. */
function library(path: string, body: (inputs: Props) => Props): Maker {
  return async (inputs, api) => {
    const parentId = text(inputs.parentId) || (await root(api, path));
    const create = posted({
      path: `${path}?parentId=${parentId}`,
      body: () => ({ description: "", ...body(inputs), parentId }),
      outputs: () => ({ parentId }),
    });
    return create(inputs, api);
  };
}

async function root(api: Api, path: string): Promise<string> {
  return text((await api.call("GET", `${path}/root`)).id);
}

function headers(given: Props): Props[] {
  return Object.entries(given).map(([name, value]) => ({ name, value }));
}
