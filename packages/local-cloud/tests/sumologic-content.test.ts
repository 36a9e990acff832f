import { expect } from "chai";
import { type Errors, startApi, type TestApi } from "./sumologic-client";

interface Id {
  readonly id: string;
}
interface Folder extends Id {
  readonly name: string;
  readonly children: readonly (Id & { readonly itemType: string; readonly name: string })[];
}

const dashboard = {
  title: "overview",
  description: "a",
  topologyLabelMap: null,
  domain: "",
  refreshInterval: 60,
  timeRange: {
    type: "BeginBoundedTimeRange",
    from: { type: "RelativeTimeRangeBoundary", relativeTime: "-1h" },
    to: null,
  },
  panels: [
    {
      key: "intro",
      title: "About",
      visualSettings: "",
      keepVisualSettingsConsistentWithParent: true,
      panelType: "TextPanel",
      text: "# dev",
    },
    {
      key: "qps",
      title: "QPS",
      visualSettings: '{"general":{"mode":"timeSeries"}}',
      keepVisualSettingsConsistentWithParent: true,
      panelType: "SumoSearchPanel",
      queries: [
        {
          queryString: "_sourceCategory=dev/nginx/access | count",
          queryType: "Logs",
          queryKey: "A",
          parseMode: "Auto",
          timeSource: "Message",
          outputCardinalityLimit: 1000,
        },
      ],
      description: "",
      timeRange: null,
      coloringRules: null,
      linkedDashboards: null,
    },
  ],
  layout: {
    layoutType: "Grid",
    layoutStructures: [{ key: "qps", structure: '{"height":8,"width":12,"x":0,"y":0}' }],
  },
  variables: [
    {
      name: "host",
      displayName: "Host",
      defaultValue: "*",
      sourceDefinition: {
        variableSourceType: "LogQueryVariableSourceDefinition",
        query: "_sourceCategory=dev/*",
        field: "_sourceHost",
      },
      allowMultiSelect: true,
      includeAllOption: true,
    },
  ],
  theme: "Dark",
  coloringRules: null,
};

describe("Sumo Logic: content", () => {
  let api: TestApi;
  beforeEach(async () => {
    api = await startApi();
  });
  afterEach(() => api.close());

  const personal = async () => (await api.call<Folder>("GET", "v2/content/folders/personal")).body;
  const create = (name: string, parentId: string) =>
    api.call<Folder & Errors>("POST", "v2/content/folders", { id: "", name, description: "", parentId });
  const code = (answer: { body: Errors }) => answer.body.errors[0]?.code;

  it("a folder's life, which a job ends", async () => {
    const parent = await personal();
    const { body: made } = await create("dev", parent.id);
    expect(made.id).to.match(/^[0-9A-F]{16}$/);
    expect((await personal()).children).to.have.lengthOf(1);

    const change = { id: made.id, name: "dev", description: "b", parentId: parent.id };
    const changed = await api.call("PUT", `v2/content/folders/${made.id}`, change);
    expect(changed.body).to.include({ description: "b", parentId: parent.id });
    expect((await api.call("GET", `v2/content/folders/${made.id}`)).body).to.deep.equal(changed.body);
    expect((await api.call("GET", "v2/content/path?path=/Library/Personal/dev")).body).to.include({
      id: made.id,
    });

    const job = await api.call<Id>("DELETE", `v2/content/${made.id}/delete`);
    const status = await api.call("GET", `v2/content/${made.id}/delete/${job.body.id}/status`);
    expect(status.body).to.deep.equal({ status: "Success", statusMessage: null, error: null });
    expect(code(await api.call("GET", `v2/content/folders/${made.id}`))).to.equal("content:not_found");
  });

  it("names are unique in a folder, and the parent must be there", async () => {
    const parent = await personal();
    const { body: one } = await create("one", parent.id);
    await create("two", parent.id);
    expect(code(await create("one", parent.id))).to.equal("content:duplicate_content");
    expect((await create("one", one.id)).status).to.equal(200);
    expect(code(await create("one", "00000000DEADBEEF"))).to.equal("content:parent_not_found");
    const rename = { name: "two", description: "" };
    expect(code(await api.call("PUT", `v2/content/folders/${one.id}`, rename))).to.equal(
      "content:duplicate_content",
    );
    expect((await api.call("DELETE", `v2/content/${parent.id}/delete`)).status).to.equal(403);
  });

  it("reads the recommended folder, and deletes, by jobs that take their time", async () => {
    await api.close();
    api = await startApi({ latency: { "content-job": 2000 } });
    const path = "v2/content/folders/adminRecommended";
    const job = (await api.call<Id>("GET", path)).body.id;
    expect((await api.call("GET", `${path}/${job}/status`)).body).to.include({ status: "InProgress" });
    expect((await api.call("GET", `${path}/${job}/result`)).status).to.equal(400);
    await api.call("POST", "/_local/clock", { advanceMs: 2000 });
    expect((await api.call("GET", `${path}/${job}/status`)).body).to.include({ status: "Success" });
    const recommended = (await api.call<Folder>("GET", `${path}/${job}/result`)).body;
    expect(recommended.name).to.equal("Admin Recommended");
    expect(code(await api.call("GET", `${path}/0000/status`))).to.equal("content:invalid_job_id");

    const { body: folder } = await create("dev", recommended.id);
    await api.call("DELETE", `v2/content/${folder.id}/delete`);
    expect((await api.call("GET", `v2/content/folders/${folder.id}`)).status).to.equal(200);
    await api.call("POST", "/_local/clock", { advanceMs: 2000 });
    expect((await api.call("GET", `v2/content/folders/${folder.id}`)).status).to.equal(404);
  });

  it("a dashboard's life", async () => {
    const { body: folder } = await create("dev", (await personal()).id);
    const body = { ...dashboard, folderId: folder.id };
    const made = await api.call<Id>("POST", "v2/dashboards", body);
    expect(made.status).to.equal(200);
    const path = `v2/dashboards/${made.body.id}`;
    const read = await api.call<Id>("GET", path);
    expect(read.body).to.deep.include({
      folderId: folder.id,
      layout: dashboard.layout,
      topologyLabelMap: { data: {} },
      coloringRules: [],
    });
    expect(read.body).to.have.nested.property("panels[1].queries[0].queryString");
    // The provider can't read rules of a single panel.
    expect(read.body).not.to.have.nested.property("panels[1].coloringRules");

    const changed = await api.call("PUT", path, {
      ...body,
      id: made.body.id,
      description: "b",
      panels: [],
      layout: null,
    });
    expect(changed.body).to.deep.include({ description: "b", panels: [] });
    expect((await api.call("GET", "v2/dashboards")).body).to.have.nested.property("dashboards.length", 1);
    expect((await api.call("DELETE", path)).status).to.equal(204);
    expect(code(await api.call("GET", path))).to.equal("dashboard:not_found");
  });

  it("a dashboard lies in a folder and goes with it", async () => {
    const parent = await personal();
    const { body: folder } = await create("dev", parent.id);
    const made = await api.call<Id>("POST", "v2/dashboards", { ...dashboard, folderId: folder.id });
    const inPersonal = await api.call<Id>("POST", "v2/dashboards", dashboard);
    expect(inPersonal.body).to.include({ folderId: parent.id });
    const shown = await api.call<Folder>("GET", `v2/content/folders/${folder.id}`);
    expect(shown.body.children).to.have.nested.property("[0].itemType", "Dashboard");
    await api.call("DELETE", `v2/content/${folder.id}/delete`);
    expect((await api.call("GET", `v2/dashboards/${made.body.id}`)).status).to.equal(404);
    expect((await api.call("GET", `v2/dashboards/${inPersonal.body.id}`)).status).to.equal(200);
  });

  it("lists dashboards in pages", async () => {
    for (const title of ["a", "b", "c"]) await api.call("POST", "v2/dashboards", { ...dashboard, title });
    const part = async (query: string) =>
      (
        await api.call<{ dashboards: { title: string }[]; next: string | null }>(
          "GET",
          `v2/dashboards?${query}`,
        )
      ).body;
    const first = await part("limit=2");
    expect(first.dashboards.map(({ title }) => title)).to.deep.equal(["a", "b"]);
    const second = await part(`limit=2&token=${first.next}`);
    expect(second.dashboards.map(({ title }) => title)).to.deep.equal(["c"]);
    expect(second.next).to.equal(null);
    expect((await api.call("GET", "v2/dashboards?token=guess")).status).to.equal(400);
  });

  const wrong: Record<string, [fields: object, message: RegExp]> = {
    "a title that is too long": [{ title: "x".repeat(256) }, /^title: .*255/],
    "no time range": [{ timeRange: null }, /^timeRange: /],
    "two panels of one key": [{ panels: [dashboard.panels[0], dashboard.panels[0]] }, /^panels: .*intro/],
    "a place for no panel": [{ panels: [] }, /^layout: .*qps/],
    "an empty query": [
      {
        panels: [
          { ...dashboard.panels[1], queries: [{ queryString: " ", queryType: "Logs", queryKey: "A" }] },
        ],
      },
      /^panels\.0\.queries\.0\.queryString: /,
    ],
    "an unknown panel": [{ panels: [{ key: "x", panelType: "Pie" }] }, /^panels\.0\.panelType: /],
    "an unknown folder": [{ folderId: "00000000DEADBEEF" }, /Parent object not found/],
  };
  for (const [what, [fields, message]] of Object.entries(wrong)) {
    it(`refuses a dashboard with ${what}`, async () => {
      const answer = await api.call<Errors>("POST", "v2/dashboards", { ...dashboard, ...fields });
      expect(answer.status).to.be.within(400, 404);
      expect(answer.body.errors[0]?.message).to.match(message);
    });
  }
});
