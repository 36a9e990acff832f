import { expect } from "chai";
import { type Client, dropletBody } from "../digitalocean-client";
import { publicKey } from "../keys";

/** What a droplet, and what belongs to it, answers from its making to its end. */
export function computeLives(api: () => Client): void {
  it("of what an account has", async () => {
    const client = api();
    for (const path of ["account", "regions", "sizes", "images", "databases/options"])
      await client.ok("GET", `/v2/${path}`);
    await client.ok("GET", "/v2/images/debian-12-x64");
  });

  it("of an SSH key", async () => {
    const client = api();
    const key = await client.make("POST", "/v2/account/keys", { name: "a", public_key: publicKey });
    for (const id of [key.id, key.fingerprint]) await client.ok("GET", `/v2/account/keys/${id}`);
    await client.ok("PUT", `/v2/account/keys/${key.id}`, { name: "b" });
    await client.ok("GET", "/v2/account/keys");
    await client.ok("DELETE", `/v2/account/keys/${key.id}`);
  });

  it("of a droplet and its actions", async () => {
    const client = api();
    const droplet = await client.make(
      "POST",
      "/v2/droplets",
      dropletBody("web-1", {
        tags: ["p:s:web"],

        monitoring: true,
        ipv6: true,
        backups: true,
      }),
    );
    const two = await client.make("POST", "/v2/droplets", {
      ...dropletBody("x"),
      names: ["a", "b"],
      tags: ["pair"],
    });
    expect(two).to.have.length(2);
    await client.ok("GET", "/v2/droplets");
    await client.ok("GET", "/v2/droplets?tag_name=p:s:web&per_page=1");
    await client.ok("GET", "/v2/droplets/backups/policies");
    await client.ok("GET", "/v2/droplets/backups/supported_policies");
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
      await client.ok("GET", at + part);
    }
    for (const type of ["power_off", "power_on", "reboot", "disable_backups", "enable_backups", "snapshot"]) {
      const action = await client.make("POST", `${at}/actions`, { type });
      await client.ok("GET", `${at}/actions/${action.id}`);
      await client.ok("GET", `/v2/actions/${action.id}`);
    }
    await client.ok("POST", "/v2/droplets/actions?tag_name=pair", { type: "power_off" });
    await client.ok("DELETE", "/v2/droplets?tag_name=pair");
    await client.ok("GET", "/v2/actions");
    await client.ok("DELETE", at);
  });

  it("of an image", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const at = `/v2/droplets/${droplet.id}`;
    await client.ok("POST", `${at}/actions`, { type: "snapshot" });
    const [snapshot] = await client.list(`${at}/snapshots`);
    await client.ok("PUT", `/v2/images/${snapshot?.id}`, { name: "renamed" });
    await client.ok("DELETE", `/v2/images/${snapshot?.id}`);
    await client.ok("POST", "/v2/images", {
      name: "own",
      url: "https://example.com/a.img",
      region: "nyc3",
      distribution: "Debian",
    });
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });

  it("of a tag", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const tagged = { resources: [{ resource_id: String(droplet.id), resource_type: "droplet" }] };
    await client.ok("POST", "/v2/tags", { name: "later" });
    await client.ok("POST", "/v2/tags/later/resources", tagged);
    await client.ok("GET", "/v2/tags");
    await client.ok("GET", "/v2/tags/later");
    await client.ok("DELETE", "/v2/tags/later/resources", tagged);
    await client.ok("DELETE", "/v2/tags/later");
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });

  it("of an autoscale pool", async () => {
    const client = api();
    const key = await client.make("POST", "/v2/account/keys", { name: "a", public_key: publicKey });
    const pool = await client.make("POST", "/v2/droplets/autoscale", {
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
      await client.ok("GET", path);
    }
    const { config, droplet_template, name } = pool;
    await client.ok("PUT", autoscale, { name, droplet_template, config: { target_number_instances: 1 } });
    expect(await client.list(`${autoscale}/members`)).to.have.length(1);
    const dangerous = await client.call("DELETE", `${autoscale}/dangerous`, undefined, {
      "x-dangerous": "true",
    });
    expect(dangerous.status).to.equal(202);
    const left = await client.make("POST", "/v2/droplets/autoscale", { name, droplet_template, config });
    await client.ok("DELETE", `/v2/droplets/autoscale/${left.id}`);
  });
}
