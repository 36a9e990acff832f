import { request } from "node:http";
import { expect } from "chai";
import { type LocalCloud, startLocalCloud } from "..";
import type { DashboardView, Overview, PanelData, ResourceKind, SearchView } from "../console/shapes";
import { fillAccount, hostile, messages } from "./console-account";

describe("console", () => {
  let cloud: LocalCloud;
  before(async () => {
    cloud = await startLocalCloud({ rateLimits: false });
    await fillAccount(cloud);
  });
  after(() => cloud.close());

  async function get<T>(path: string): Promise<T> {
    return (await (await fetch(`${cloud.console}data/${path}`)).json()) as T;
  }
  const status = (path: string, headers: Record<string, string>, method = "GET") =>
    new Promise<number | undefined>((resolve, reject) => {
      const call = request(`${cloud.console}${path}`, { method, headers });
      call.on("response", (response) => resolve(response.resume().statusCode));
      call.on("error", reject).end();
    });

  it("answers this machine's own pages only, and no other page in the browser", async () => {
    const own = cloud.console.replace(/\/$/, "");
    expect(await status("data/overview", { host: "evil.example" })).to.equal(403);
    expect(await status("data/overview", { origin: "http://evil.example" })).to.equal(403);
    expect(
      await status("data/overview", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "no-cors" }),
    ).to.equal(403);
    expect(
      await status("data/overview", { "sec-fetch-site": "same-site", "sec-fetch-mode": "cors" }),
    ).to.equal(403);
    expect(await status("data/overview", { origin: own, "sec-fetch-site": "same-origin" })).to.equal(200);
    // A link to the page is no more than that.
    expect(await status("", { "sec-fetch-site": "cross-site", "sec-fetch-mode": "navigate" })).to.equal(200);
    for (const method of ["POST", "PUT", "DELETE"])
      expect(await status("data/overview", {}, method)).to.equal(404);
  });

  it("lets its page load nothing from elsewhere", async () => {
    const { headers } = await fetch(cloud.console);
    const policy = headers.get("content-security-policy") ?? "";
    expect(policy)
      .to.match(/^default-src 'none'/)
      .and.include("frame-ancestors 'none'");
    expect(policy).to.not.match(/https?:|unsafe|\*/);
  });

  it("derives the architecture from what the accounts hold", async () => {
    const { architecture } = await get<Overview>("overview");
    const { balancers, databases, entries, flows, groups } = architecture;
    expect(entries).to.deep.equal([{ name: "www.example.com", part: balancers[0]?.id }]);
    expect(balancers[0]).to.include({ health: "ok", reason: "2 of 2 servers fit" });
    expect(groups.map(({ roles, servers }) => [roles, servers.map(({ name }) => name)])).to.deep.equal([
      [["web"], ["web-1", "web-2"]],
      [["app"], ["app-1"]],
    ]);
    expect(flows.map(({ fromText, toText, ports }) => `${fromText} → ${toText}: ${ports}`)).to.have.members([
      "Visitors → site: https 443",
      "site → web: tcp 443",
      "web → app: tcp 8443",
      `app → ${databases[0]?.name}: tcp 25060`,
    ]);
    const [web] = groups[0]?.servers ?? [];
    expect(web).to.include({ health: "ok" });
    expect(web?.firewalls).to.deep.equal(["web"]);
    expect(web?.agent).to.include({ sources: 2, messages, points: 6 });
    expect(web?.agent?.lastHeard).to.be.a("number");
  });

  it("shows a server that is switched off as what it is, and its balancer", async () => {
    const droplets = `${cloud.digitalocean.endpoint}/v2/droplets`;
    const headers = {
      authorization: `Bearer ${cloud.digitalocean.token}`,
      "content-type": "application/json",
    };
    const servers = async () =>
      (await get<Overview>("overview")).architecture.groups.flatMap((group) => group.servers);
    const id = (await servers()).find(({ name }) => name === "web-2")?.id;
    const power = (type: string) =>
      fetch(`${droplets}/${id}/actions`, { method: "POST", headers, body: JSON.stringify({ type }) });
    await power("power_off");
    const off = (await servers()).find(({ name }) => name === "web-2");
    expect(off).to.deep.include({ health: "critical", reasons: ["switched off", "not fit for site"] });
    expect((await get<Overview>("overview")).architecture.balancers[0]).to.include({ health: "warning" });
    await power("power_on");
  });

  it("runs each panel's queries on what came in", async () => {
    const [dashboard] = await get<DashboardView[]>("dashboards");
    const variables = encodeURIComponent(JSON.stringify({ host: "web-1" }));
    const run = (key: string, more = "") =>
      get<PanelData>(`dashboards/${dashboard?.id}/panels/${key}?span=3600000${more}`);
    expect(dashboard).to.include({ title: "Site", span: 3_600_000 });
    expect(dashboard?.variables).to.deep.equal([
      { name: "host", label: "Host", value: "*", choices: ["*", "web-1", "web-2"] },
    ]);
    expect(dashboard?.panels.map(({ key, chart, unit }) => [key, chart, unit])).to.deep.equal([
      ["about", "text", ""],
      ["qps", "area", "req/s"],
      ["paths", "bar", ""],
      ["total", "value", ""],
      ["cpu", "line", ""],
      ["wrong", "auto", ""],
    ]);
    const qps = await run("qps");
    expect(qps.kind === "series" && qps.series.map(({ name }) => name)).to.deep.equal(["web-1", "web-2"]);
    const one = await run("qps", `&variables=${variables}`);
    expect(one.kind === "series" && one.series.map(({ name }) => name)).to.deep.equal(["web-1"]);
    expect(await run("paths")).to.deep.include({ kind: "table", columns: ["uri", "_count"] });
    expect(await run("total")).to.deep.equal({ kind: "value", label: "_count", value: 2 * messages });
    const cpu = await run("cpu");
    expect(cpu.kind === "series" && cpu.series.map(({ name }) => name)).to.deep.equal(["web-1", "web-2"]);
    expect(await run("about")).to.deep.equal({ kind: "text", text: "# What this is" });
    const wrong = await run("wrong");
    expect(wrong.kind === "failed" && wrong.message).to.match(/\(line 1, column \d+\)/);
  });

  it("finds messages as they are, records, and faults in a query", async () => {
    const search = (query: string) =>
      get<SearchView>(`search?${new URLSearchParams({ query, span: "3600000" })}`);
    const all = await search("*");
    expect(all.kind === "messages" && [all.messages.length, all.more]).to.deep.equal([200, true]);
    const found = await search('"onerror"');
    expect(found.kind === "messages" && found.messages.map(({ text }) => text)).to.deep.equal([hostile]);
    const records = await search("_sourceCategory=site/access | count by _sourceHost");
    expect(records.kind === "records" && records.rows).to.have.deep.members([
      ["web-1", messages],
      ["web-2", messages],
    ]);
    expect((await search("* | frobnicate")).kind).to.equal("failed");
  });

  it("lists the resources of both clouds, and nothing secret", async () => {
    const kinds = await get<ResourceKind[]>("resources");
    const names = (kind: string) => kinds.find((each) => each.kind === kind)?.items.map(({ name }) => name);
    expect(names("Droplets")).to.deep.equal(["web-1", "web-2", "app-1"]);
    expect(names("Sources")).to.deep.equal(["access", "metrics", "access", "metrics", "app"]);
    expect(kinds.map(({ kind }) => kind)).to.include.members([
      "Databases",
      "Firewalls",
      "Monitors",
      "Dashboards",
    ]);
    expect(JSON.stringify(kinds)).to.not.match(/AVNS_|receiver|user_data|PRIVATE KEY/);
  });
});
