import { type Client, dropletBody } from "../digitalocean-client";
import { contract } from "../openapi";

/** What groups and watches resources answers from its making to its end. */
export function watchLives(api: () => Client): void {
  it("of a project", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const project = await client.make("POST", "/v2/projects", {
      name: "site",
      purpose: "Web Application",
      environment: "Staging",
    });
    await client.ok("GET", "/v2/projects");
    for (const [id, name] of [
      [project.id, "site2"],
      ["default", "first"],
    ]) {
      await client.ok("GET", `/v2/projects/${id}`);
      await client.ok("PATCH", `/v2/projects/${id}`, { description: "d" });
      await client.ok("PUT", `/v2/projects/${id}`, {
        name,
        description: "",
        purpose: "IoT",
        environment: "Production",
        is_default: id === "default",
      });
      await client.ok("POST", `/v2/projects/${id}/resources`, {
        resources: [`do:droplet:${droplet.id}`, "do:domain:nowhere.example"],
      });
      await client.ok("GET", `/v2/projects/${id}/resources`);
    }
    await client.ok("DELETE", `/v2/projects/${project.id}`);
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });

  it("of an alert policy", async () => {
    const client = api();
    const policy = {
      type: "v1/insights/droplet/cpu",
      description: "busy",
      compare: "GreaterThan",
      value: 90.5,
      window: "5m",
      entities: [],
      tags: ["t"],
      alerts: { email: ["owner@example.com"], slack: [] },
      enabled: true,
    };
    const alert = await client.make("POST", "/v2/monitoring/alerts", policy);
    await client.ok("GET", "/v2/monitoring/alerts");
    await client.ok("GET", `/v2/monitoring/alerts/${alert.uuid}`);
    await client.ok("PUT", `/v2/monitoring/alerts/${alert.uuid}`, { ...policy, value: 80 });
    await client.ok("DELETE", `/v2/monitoring/alerts/${alert.uuid}`);
  });

  it("of an uptime check and its alerts", async () => {
    const client = api();
    const target = {
      name: "site",
      type: "https",
      target: "https://www.foobar.com",
      regions: ["us_east"],
      enabled: true,
    };
    const check = await client.make("POST", "/v2/uptime/checks", target);
    const uptime = `/v2/uptime/checks/${check.id}`;
    const down = {
      name: "down",
      type: "down",
      period: "2m",
      notifications: { email: ["owner@example.com"], slack: [] },
    };
    const bell = await client.make("POST", `${uptime}/alerts`, down);
    for (const path of [
      "/v2/uptime/checks",
      uptime,
      `${uptime}/state`,
      `${uptime}/alerts`,
      `${uptime}/alerts/${bell.id}`,
    ]) {
      await client.ok("GET", path);
    }
    await client.ok("PUT", uptime, { ...target, name: "site2" });
    await client.ok("PUT", `${uptime}/alerts/${bell.id}`, { ...down, period: "5m" });
    await client.ok("DELETE", `${uptime}/alerts/${bell.id}`);
    await client.ok("DELETE", uptime);
  });

  it("of the metrics of a droplet and a balancer", async () => {
    const client = api();
    const body = dropletBody("watched", { monitoring: true });
    const droplet = await client.make("POST", "/v2/droplets", body);
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
    const settings = { name: "watched", region: "nyc3", droplet_ids: [droplet.id], forwarding_rules: [rule] };
    const balancer = await client.make("POST", "/v2/load_balancers", settings);
    const window = "start=1700000000&end=1700003600";
    for (const operation of contract?.operations() ?? []) {
      const [, metric] = operation.match(/metrics\/(droplet\/.*)$/) ?? [];
      if (metric)
        await client.ok(
          "GET",
          `/v2/monitoring/metrics/${metric}?host_id=${droplet.id}&interface=public&direction=inbound&${window}`,
        );
      const [, ofBalancer] = operation.match(/metrics\/(load_balancer\/.*)$/) ?? [];
      if (ofBalancer)
        await client.ok("GET", `/v2/monitoring/metrics/${ofBalancer}?lb_id=${balancer.id}&${window}`);
    }
  });
}
