import { type Client, dropletBody } from "../digitalocean-client";

/** What volumes and reserved addresses answer from their making to their end. */
export function storageLives(api: () => Client): void {
  it("of a volume", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const volume = await client.make("POST", "/v2/volumes", {
      name: "data",
      region: "nyc3",
      size_gigabytes: 10,
      tags: ["t"],
    });
    await client.ok("GET", "/v2/volumes?name=data&region=nyc3");
    await client.ok("GET", `/v2/volumes/${volume.id}`);
    const other = { name: "other", region: "nyc3", size_gigabytes: 10 };
    await client.ok("POST", "/v2/volumes", other);
    await client.ok("DELETE", "/v2/volumes?name=other&region=nyc3");
    const attach = await client.make("POST", `/v2/volumes/${volume.id}/actions`, {
      type: "attach",
      droplet_id: droplet.id,
    });
    await client.ok("GET", `/v2/volumes/${volume.id}/actions/${attach.id}`);
    await client.ok("GET", `/v2/volumes/${volume.id}/actions`);
    await client.ok("POST", "/v2/volumes/actions", {
      type: "detach",
      droplet_id: droplet.id,
      volume_name: "data",
      region: "nyc3",
    });
    const kept = await client.make("POST", `/v2/volumes/${volume.id}/snapshots`, { name: "s" });
    await client.ok("GET", `/v2/volumes/${volume.id}/snapshots`);
    await client.ok("GET", `/v2/volumes/snapshots/${kept.id}`);
    await client.ok("DELETE", `/v2/volumes/snapshots/${kept.id}`);
    await client.ok("DELETE", `/v2/volumes/${volume.id}`);
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });

  it("of a reserved address", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const reserved = await client.make("POST", "/v2/reserved_ips", { region: "nyc3" });
    const ip = `/v2/reserved_ips/${reserved.ip}`;
    const assigned = await client.make("POST", `${ip}/actions`, { type: "assign", droplet_id: droplet.id });
    await client.ok("GET", "/v2/reserved_ips");
    await client.ok("GET", ip);
    await client.ok("GET", `${ip}/actions`);
    await client.ok("GET", `${ip}/actions/${assigned.id}`);
    await client.ok("DELETE", ip);
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });
}
