import type { Client } from "../digitalocean-client";

const cluster = { engine: "mysql", size: "db-s-1vcpu-2gb", num_nodes: 1, region: "nyc3" };

/** What managed databases answer from their making to their end. */
export function databaseLives(api: () => Client): void {
  it("of a database cluster", async () => {
    const client = api();
    const database = await client.make("POST", "/v2/databases", {
      name: "life-db",
      engine: "mysql",
      version: "8",
      size: "db-s-1vcpu-2gb",
      num_nodes: 2,
      region: "nyc3",
      tags: ["t"],
    });
    const db = `/v2/databases/${database.id}`;
    for (const part of [
      "",
      "/autoscale",
      "/backups",
      "/ca",
      "/config",
      "/dbs",
      "/do_settings",
      "/events",
      "/eviction_policy",
    ]) {
      await client.ok("GET", db + part);
    }
    for (const part of ["/firewall", "/replicas", "/sql_mode", "/users"]) await client.ok("GET", db + part);
    await client.ok("GET", "/v2/databases?tag_name=t");
    await client.ok("PUT", `${db}/maintenance`, { day: "sunday", hour: "03:00" });
    await client.ok("PUT", `${db}/install_update`);
    await client.ok("PUT", `${db}/upgrade`, { version: "8" });
    await client.ok("PUT", `${db}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 2 });
    await client.ok("PUT", `${db}/migrate`, { region: "fra1" });
    await client.ok("DELETE", db);
  });

  it("of a cluster's settings", async () => {
    const client = api();
    const database = await client.make("POST", "/v2/databases", { ...cluster, name: "settings-db" });
    const db = `/v2/databases/${database.id}`;
    await client.ok("GET", "/v2/databases/metrics/credentials");
    await client.ok("PUT", "/v2/databases/metrics/credentials", {
      credentials: { basic_auth_username: "m", basic_auth_password: "p" },
    });
    await client.ok("PUT", `${db}/autoscale`, {
      storage: { enabled: true, threshold_percent: 80, increment_gib: 10 },
    });
    await client.ok("PATCH", `${db}/config`, { config: { connect_timeout: 20 } });
    await client.ok("PUT", `${db}/do_settings`, { do_settings: { service_cnames: ["db.foobar.com"] } });
    await client.ok("PUT", `${db}/eviction_policy`, { eviction_policy: "noeviction" });
    await client.ok("PUT", `${db}/firewall`, { rules: [{ type: "ip_addr", value: "10.10.0.0/20" }] });
    await client.ok("PUT", `${db}/sql_mode`, { sql_mode: "ANSI" });
  });

  it("of a cluster's databases and users", async () => {
    const client = api();
    const database = await client.make("POST", "/v2/databases", { ...cluster, name: "users-db" });
    const db = `/v2/databases/${database.id}`;
    await client.ok("POST", `${db}/dbs`, { name: "app" });
    await client.ok("GET", `${db}/dbs/app`);
    await client.ok("DELETE", `${db}/dbs/app`);
    await client.ok("POST", `${db}/users`, { name: "app" });
    await client.ok("GET", `${db}/users/app`);
    await client.ok("PUT", `${db}/users/app`, { settings: {} });
    await client.ok("POST", `${db}/users/app/reset_auth`, {
      mysql_settings: { auth_plugin: "mysql_native_password" },
    });
    await client.ok("DELETE", `${db}/users/app`);
  });

  it("of a replica", async () => {
    const client = api();
    const database = await client.make("POST", "/v2/databases", { ...cluster, name: "replica-db" });
    const db = `/v2/databases/${database.id}`;
    for (const name of ["copy", "other"])
      await client.ok("POST", `${db}/replicas`, { name, size: "db-s-2vcpu-4gb" });
    await client.ok("GET", `${db}/replicas`);
    await client.ok("GET", `${db}/replicas/copy`);
    await client.ok("PUT", `${db}/replicas/copy/promote`);
    await client.ok("DELETE", `${db}/replicas/other`);
  });
}
