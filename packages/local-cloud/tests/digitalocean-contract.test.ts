import { expect } from "chai";
import { dropletBody, startApi, type TestApi } from "./digitalocean-client";
import { publicKey } from "./keys";
import { contract } from "./openapi";
import { pems } from "./pems";

/** Parts of the document that the local cloud leaves out; docs/local-cloud.md says the same. */
const leftOut = [
  /account_transfer/,
  /destroy_with_associated_resources/,
  /\/images\/\{image_id\}\/actions/,
  /\/metrics\/(apps|database|droplet_autoscale)\//,
  /\/monitoring\/sinks/,
  /online-migration/,
  /peerings/,
];

describe("DigitalOcean's OpenAPI document", () => {
  let api: TestApi;

  before(async function () {
    if (!contract) {
      console.log("      skipped: the OpenAPI document is not beside this clone");
      this.skip();
    }
    api = await startApi();
  });
  after(() => api?.close());

  it("is kept by every answer in the life of every resource", async () => {
    const { client } = api;
    const make = client.make.bind(client);
    const ok = async (method: string, path: string, body?: unknown) => {
      const answer = await client.call(method, path, body);
      expect(answer.status, `${method} ${path} ${answer.body.message}`).to.be.lessThan(300);
      return answer;
    };
    for (const path of ["account", "regions", "sizes", "images", "databases/options"])
      await ok("GET", `/v2/${path}`);
    await ok("GET", "/v2/images/debian-12-x64");

    const key = await make("POST", "/v2/account/keys", { name: "a", public_key: publicKey });
    for (const id of [key.id, key.fingerprint]) await ok("GET", `/v2/account/keys/${id}`);
    await ok("PUT", `/v2/account/keys/${key.id}`, { name: "b" });
    await ok("GET", "/v2/account/keys");

    const vpc = await make("POST", "/v2/vpcs", { name: "net", region: "nyc3", ip_range: "10.10.0.0/20" });
    await ok("GET", "/v2/vpcs");
    await ok("GET", `/v2/vpcs/${vpc.id}`);
    await ok("PUT", `/v2/vpcs/${vpc.id}`, { name: "net2", description: "d" });
    await ok("PATCH", `/v2/vpcs/${vpc.id}`, { name: "net3" });

    await ok("POST", "/v2/tags", { name: "p:s:web" });
    const volume = await make("POST", "/v2/volumes", {
      name: "data",
      region: "nyc3",
      size_gigabytes: 10,
      tags: ["t"],
    });
    await ok("GET", "/v2/volumes?name=data&region=nyc3");
    await ok("GET", `/v2/volumes/${volume.id}`);
    const other = { name: "other", region: "nyc3", size_gigabytes: 10 };
    await ok("POST", "/v2/volumes", other);
    await ok("DELETE", "/v2/volumes?name=other&region=nyc3");

    const droplet = await make(
      "POST",
      "/v2/droplets",
      dropletBody("web-1", {
        vpc_uuid: vpc.id,
        tags: ["p:s:web"],
        ssh_keys: [key.id],
        monitoring: true,
        ipv6: true,
        backups: true,
      }),
    );
    const two = await make("POST", "/v2/droplets", {
      ...dropletBody("x"),
      names: ["a", "b"],
      tags: ["pair"],
    });
    expect(two).to.have.length(2);
    await ok("GET", "/v2/droplets");
    await ok("GET", "/v2/droplets?tag_name=p:s:web&per_page=1");
    await ok("GET", "/v2/droplets/backups/policies");
    await ok("GET", "/v2/droplets/backups/supported_policies");
    const at = `/v2/droplets/${droplet.id}`;
    for (const part of [
      "",
      "/neighbors",
      "/kernels",
      "/firewalls",
      "/backups",
      "/backups/policy",
      "/snapshots",
      "/actions",
    ]) {
      await ok("GET", at + part);
    }
    for (const type of ["power_off", "power_on", "reboot", "disable_backups", "enable_backups", "snapshot"]) {
      const action = await make("POST", `${at}/actions`, { type });
      await ok("GET", `${at}/actions/${action.id}`);
      await ok("GET", `/v2/actions/${action.id}`);
    }
    await ok("POST", "/v2/droplets/actions?tag_name=pair", { type: "power_off" });
    await ok("DELETE", "/v2/droplets?tag_name=pair");
    await ok("GET", "/v2/actions");
    const [snapshot] = await client.list(`${at}/snapshots`);
    await ok("PUT", `/v2/images/${snapshot?.id}`, { name: "renamed" });
    await ok("DELETE", `/v2/images/${snapshot?.id}`);
    await ok("POST", "/v2/images", {
      name: "own",
      url: "https://example.com/a.img",
      region: "nyc3",
      distribution: "Debian",
    });

    const tagged = { resources: [{ resource_id: String(droplet.id), resource_type: "droplet" }] };
    await ok("POST", "/v2/tags", { name: "later" });
    await ok("POST", "/v2/tags/later/resources", tagged);
    await ok("GET", "/v2/tags");
    await ok("GET", "/v2/tags/later");
    await ok("DELETE", "/v2/tags/later/resources", tagged);
    await ok("DELETE", "/v2/tags/later");

    const attach = await make("POST", `/v2/volumes/${volume.id}/actions`, {
      type: "attach",
      droplet_id: droplet.id,
    });
    await ok("GET", `/v2/volumes/${volume.id}/actions/${attach.id}`);
    await ok("GET", `/v2/volumes/${volume.id}/actions`);
    await ok("POST", "/v2/volumes/actions", {
      type: "detach",
      droplet_id: droplet.id,
      volume_name: "data",
      region: "nyc3",
    });
    const kept = await make("POST", `/v2/volumes/${volume.id}/snapshots`, { name: "s" });
    await ok("GET", `/v2/volumes/${volume.id}/snapshots`);
    await ok("GET", `/v2/volumes/snapshots/${kept.id}`);
    await ok("DELETE", `/v2/volumes/snapshots/${kept.id}`);
    await ok("DELETE", `/v2/volumes/${volume.id}`);

    const domain = await make("POST", "/v2/domains", { name: "foobar.com", ip_address: "198.18.0.2" });
    expect(domain.name).to.equal("foobar.com");
    await ok("GET", "/v2/domains");
    await ok("GET", "/v2/domains/foobar.com");
    const records = "/v2/domains/foobar.com/records";
    const record = await make("POST", records, { type: "A", name: "www", data: "198.18.0.3", ttl: 60 });
    await make("POST", records, {
      type: "SRV",
      name: "_s._tcp",
      data: "www.foobar.com.",
      priority: 1,
      weight: 2,
      port: 3,
    });
    await ok("GET", `${records}?type=A&name=www.foobar.com`);
    await ok("GET", `${records}/${record.id}`);
    await ok("PUT", `${records}/${record.id}`, { name: "www", data: "198.18.0.4" });
    await ok("PATCH", `${records}/${record.id}`, { ttl: 300 });
    await ok("DELETE", `${records}/${record.id}`);

    const { leaf, chain, privateKey } = await pems("www.foobar.com");
    const certificate = await make("POST", "/v2/certificates", {
      name: "own",
      type: "custom",
      private_key: privateKey,
      leaf_certificate: leaf,
      certificate_chain: chain,
    });
    expect(certificate).to.include({ state: "verified" });
    await make("POST", "/v2/certificates", {
      name: "le",
      type: "lets_encrypt",
      dns_names: ["www.foobar.com"],
    });
    await ok("GET", "/v2/certificates?name=le");
    await ok("GET", `/v2/certificates/${certificate.id}`);

    const rule = {
      entry_protocol: "https",
      entry_port: 443,
      target_protocol: "https",
      target_port: 443,
      certificate_id: certificate.id,
    };
    const http = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
    const settings = {
      name: "lb",
      region: "nyc3",
      vpc_uuid: vpc.id,
      droplet_ids: [droplet.id],
      forwarding_rules: [rule],
    };
    const balancer = await make("POST", "/v2/load_balancers", settings);
    const lb = `/v2/load_balancers/${balancer.id}`;
    await ok("GET", "/v2/load_balancers");
    await ok("GET", lb);
    await ok("PUT", lb, { ...settings, redirect_http_to_https: true, forwarding_rules: [rule, http] });
    await ok("DELETE", `${lb}/forwarding_rules`, { forwarding_rules: [http] });
    await ok("POST", `${lb}/forwarding_rules`, { forwarding_rules: [http] });
    await ok("DELETE", `${lb}/droplets`, { droplet_ids: [droplet.id] });
    await ok("POST", `${lb}/droplets`, { droplet_ids: [droplet.id] });
    const global = await make("POST", "/v2/load_balancers", { ...settings, name: "g", type: "GLOBAL" });
    await ok("DELETE", `/v2/load_balancers/${global.id}/cache`);

    const walled = {
      name: "wall",
      tags: ["p:s:web"],
      inbound_rules: [{ protocol: "tcp", ports: "443", sources: { load_balancer_uids: [balancer.id] } }],
      outbound_rules: [{ protocol: "icmp", destinations: { addresses: ["0.0.0.0/0"] } }],
    };
    const wall = await make("POST", "/v2/firewalls", walled);
    const fw = `/v2/firewalls/${wall.id}`;
    await ok("GET", "/v2/firewalls");
    await ok("GET", fw);
    await ok("PUT", fw, { ...walled, name: "wall2" });
    await ok("POST", `${fw}/droplets`, { droplet_ids: [droplet.id] });
    await ok("DELETE", `${fw}/droplets`, { droplet_ids: [droplet.id] });
    await ok("POST", `${fw}/tags`, { tags: ["t"] });
    await ok("DELETE", `${fw}/tags`, { tags: ["t"] });
    const more = { inbound_rules: [{ protocol: "tcp", ports: "80", sources: { tags: ["t"] } }] };
    await ok("POST", `${fw}/rules`, more);
    await ok("DELETE", `${fw}/rules`, more);

    const reserved = await make("POST", "/v2/reserved_ips", { region: "nyc3" });
    const ip = `/v2/reserved_ips/${reserved.ip}`;
    const assigned = await make("POST", `${ip}/actions`, { type: "assign", droplet_id: droplet.id });
    await ok("GET", "/v2/reserved_ips");
    await ok("GET", ip);
    await ok("GET", `${ip}/actions`);
    await ok("GET", `${ip}/actions/${assigned.id}`);

    const database = await make("POST", "/v2/databases", {
      name: "app-db",
      engine: "mysql",
      version: "8",
      size: "db-s-1vcpu-2gb",
      num_nodes: 2,
      region: "nyc3",
      private_network_uuid: vpc.id,
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
      await ok("GET", db + part);
    }
    for (const part of ["/firewall", "/replicas", "/sql_mode", "/users"]) await ok("GET", db + part);
    await ok("GET", "/v2/databases?tag_name=t");
    await ok("GET", "/v2/databases/metrics/credentials");
    await ok("PUT", "/v2/databases/metrics/credentials", {
      credentials: { basic_auth_username: "m", basic_auth_password: "p" },
    });
    await ok("PUT", `${db}/autoscale`, {
      storage: { enabled: true, threshold_percent: 80, increment_gib: 10 },
    });
    await ok("PATCH", `${db}/config`, { config: { connect_timeout: 20 } });
    await ok("PUT", `${db}/do_settings`, { do_settings: { service_cnames: ["db.foobar.com"] } });
    await ok("PUT", `${db}/eviction_policy`, { eviction_policy: "noeviction" });
    await ok("PUT", `${db}/firewall`, { rules: [{ type: "ip_addr", value: "10.10.0.0/20" }] });
    await ok("PUT", `${db}/sql_mode`, { sql_mode: "ANSI" });
    await ok("PUT", `${db}/maintenance`, { day: "sunday", hour: "03:00" });
    await ok("PUT", `${db}/install_update`);
    await ok("PUT", `${db}/upgrade`, { version: "8" });
    await ok("PUT", `${db}/resize`, { size: "db-s-2vcpu-4gb", num_nodes: 2 });
    await ok("POST", `${db}/dbs`, { name: "app" });
    await ok("GET", `${db}/dbs/app`);
    await ok("DELETE", `${db}/dbs/app`);
    await ok("POST", `${db}/users`, { name: "app" });
    await ok("GET", `${db}/users/app`);
    await ok("PUT", `${db}/users/app`, { settings: {} });
    await ok("POST", `${db}/users/app/reset_auth`, {
      mysql_settings: { auth_plugin: "mysql_native_password" },
    });
    await ok("DELETE", `${db}/users/app`);
    for (const name of ["copy", "other"])
      await ok("POST", `${db}/replicas`, { name, size: "db-s-2vcpu-4gb" });
    await ok("GET", `${db}/replicas`);
    await ok("GET", `${db}/replicas/copy`);
    await ok("PUT", `${db}/replicas/copy/promote`);
    await ok("DELETE", `${db}/replicas/other`);
    await ok("PUT", `${db}/migrate`, { region: "fra1" });

    const project = await make("POST", "/v2/projects", {
      name: "site",
      purpose: "Web Application",
      environment: "Staging",
    });
    await ok("GET", "/v2/projects");
    for (const [id, name] of [
      [project.id, "site2"],
      ["default", "first"],
    ]) {
      await ok("GET", `/v2/projects/${id}`);
      await ok("PATCH", `/v2/projects/${id}`, { description: "d" });
      await ok("PUT", `/v2/projects/${id}`, {
        name,
        description: "",
        purpose: "IoT",
        environment: "Production",
        is_default: id === "default",
      });
      await ok("POST", `/v2/projects/${id}/resources`, {
        resources: [`do:droplet:${droplet.id}`, `do:loadbalancer:${balancer.id}`],
      });
      await ok("GET", `/v2/projects/${id}/resources`);
    }
    await ok("DELETE", `/v2/projects/${project.id}`);

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
    const alert = await make("POST", "/v2/monitoring/alerts", policy);
    await ok("GET", "/v2/monitoring/alerts");
    await ok("GET", `/v2/monitoring/alerts/${alert.uuid}`);
    await ok("PUT", `/v2/monitoring/alerts/${alert.uuid}`, { ...policy, value: 80 });
    await ok("DELETE", `/v2/monitoring/alerts/${alert.uuid}`);

    const target = {
      name: "site",
      type: "https",
      target: "https://www.foobar.com",
      regions: ["us_east"],
      enabled: true,
    };
    const check = await make("POST", "/v2/uptime/checks", target);
    const uptime = `/v2/uptime/checks/${check.id}`;
    const down = {
      name: "down",
      type: "down",
      period: "2m",
      notifications: { email: ["owner@example.com"], slack: [] },
    };
    const bell = await make("POST", `${uptime}/alerts`, down);
    for (const path of [
      "/v2/uptime/checks",
      uptime,
      `${uptime}/state`,
      `${uptime}/alerts`,
      `${uptime}/alerts/${bell.id}`,
    ]) {
      await ok("GET", path);
    }
    await ok("PUT", uptime, { ...target, name: "site2" });
    await ok("PUT", `${uptime}/alerts/${bell.id}`, { ...down, period: "5m" });
    await ok("DELETE", `${uptime}/alerts/${bell.id}`);
    await ok("DELETE", uptime);

    const pool = await make("POST", "/v2/droplets/autoscale", {
      name: "pool",
      config: { min_instances: 2, max_instances: 4, target_cpu_utilization: 0.8 },
      droplet_template: {
        size: "s-1vcpu-2gb",
        region: "nyc3",
        image: "debian-12-x64",
        ssh_keys: [String(key.id)],
      },
    });
    const autoscale = `/v2/droplets/autoscale/${pool.id}`;
    for (const path of [
      "/v2/droplets/autoscale",
      autoscale,
      `${autoscale}/members`,
      `${autoscale}/history`,
    ]) {
      await ok("GET", path);
    }
    const { config, droplet_template, name } = pool;
    await ok("PUT", autoscale, { name, droplet_template, config: { target_number_instances: 1 } });
    expect(await client.list(`${autoscale}/members`)).to.have.length(1);
    const dangerous = await client.call("DELETE", `${autoscale}/dangerous`, undefined, {
      "x-dangerous": "true",
    });
    expect(dangerous.status).to.equal(202);
    const left = await make("POST", "/v2/droplets/autoscale", { name, droplet_template, config });
    await ok("DELETE", `/v2/droplets/autoscale/${left.id}`);

    const window = "start=1700000000&end=1700003600";
    for (const operation of contract?.operations() ?? []) {
      const [, metric] = operation.match(/metrics\/(droplet\/.*)$/) ?? [];
      if (metric)
        await ok(
          "GET",
          `/v2/monitoring/metrics/${metric}?host_id=${droplet.id}&interface=public&direction=inbound&${window}`,
        );
      const [, ofBalancer] = operation.match(/metrics\/(load_balancer\/.*)$/) ?? [];
      if (ofBalancer) await ok("GET", `/v2/monitoring/metrics/${ofBalancer}?lb_id=${balancer.id}&${window}`);
    }

    await ok("GET", `/v2/vpcs/${vpc.id}/members`);
    for (const path of [
      db,
      fw,
      ip,
      lb,
      `/v2/load_balancers/${global.id}`,
      `/v2/certificates/${certificate.id}`,
      "/v2/domains/foobar.com",
      at,
      `/v2/account/keys/${key.id}`,
    ]) {
      await ok("DELETE", path);
    }
    await ok("DELETE", `/v2/vpcs/${vpc.id}`);

    const wanted = contract
      ?.operations()
      .filter((operation) => !leftOut.some((part) => part.test(operation)));
    expect(wanted?.filter((operation) => !client.succeeded.has(operation))).to.deep.equal([]);
  });
});
