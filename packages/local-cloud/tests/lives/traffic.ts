import { expect } from "chai";
import { type Client, dropletBody } from "../digitalocean-client";
import { pems } from "../pems";

/** What leads traffic to droplets answers from its making to its end. */
export function trafficLives(api: () => Client): void {
  it("of a VPC", async () => {
    const client = api();
    const vpc = await client.make("POST", "/v2/vpcs", {
      name: "net",
      region: "nyc3",
      ip_range: "10.10.0.0/20",
    });
    await client.ok("GET", "/v2/vpcs");
    await client.ok("GET", `/v2/vpcs/${vpc.id}`);
    await client.ok("PUT", `/v2/vpcs/${vpc.id}`, { name: "net2", description: "d" });
    await client.ok("PATCH", `/v2/vpcs/${vpc.id}`, { name: "net3" });
    await client.ok("POST", "/v2/droplets", dropletBody("inside", { vpc_uuid: vpc.id }));
    await client.ok("GET", `/v2/vpcs/${vpc.id}/members`);
    const [droplet] = await client.list("/v2/droplets?name=inside");
    await client.ok("DELETE", `/v2/droplets/${droplet?.id}`);
    await client.ok("DELETE", `/v2/vpcs/${vpc.id}`);
  });

  it("of a domain and its records", async () => {
    const client = api();
    const domain = await client.make("POST", "/v2/domains", { name: "foobar.com", ip_address: "198.18.0.2" });
    expect(domain.name).to.equal("foobar.com");
    await client.ok("GET", "/v2/domains");
    await client.ok("GET", "/v2/domains/foobar.com");
    const records = "/v2/domains/foobar.com/records";
    const record = await client.make("POST", records, {
      type: "A",
      name: "www",
      data: "198.18.0.3",
      ttl: 60,
    });
    await client.make("POST", records, {
      type: "SRV",
      name: "_s._tcp",
      data: "www.foobar.com.",
      priority: 1,
      weight: 2,
      port: 3,
    });
    await client.ok("GET", `${records}?type=A&name=www.foobar.com`);
    await client.ok("GET", `${records}/${record.id}`);
    await client.ok("PUT", `${records}/${record.id}`, { name: "www", data: "198.18.0.4" });
    await client.ok("PATCH", `${records}/${record.id}`, { ttl: 300 });
    await client.ok("DELETE", `${records}/${record.id}`);
    await client.ok("DELETE", "/v2/domains/foobar.com");
  });

  it("of a certificate", async () => {
    const client = api();
    await client.make("POST", "/v2/domains", { name: "foobar.com" });
    const { leaf, chain, privateKey } = await pems("www.foobar.com");
    const certificate = await client.make("POST", "/v2/certificates", {
      name: "own",
      type: "custom",
      private_key: privateKey,
      leaf_certificate: leaf,
      certificate_chain: chain,
    });
    expect(certificate).to.include({ state: "verified" });
    await client.make("POST", "/v2/certificates", {
      name: "le",
      type: "lets_encrypt",
      dns_names: ["www.foobar.com"],
    });
    await client.ok("GET", "/v2/certificates?name=le");
    await client.ok("GET", `/v2/certificates/${certificate.id}`);
    await client.ok("DELETE", `/v2/certificates/${certificate.id}`);
  });

  it("of a balancer", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    const { leaf, chain, privateKey } = await pems("www.foobar.com");
    const certificate = await client.make("POST", "/v2/certificates", {
      name: "balancer",
      type: "custom",
      private_key: privateKey,
      leaf_certificate: leaf,
      certificate_chain: chain,
    });
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
      droplet_ids: [droplet.id],
      forwarding_rules: [rule],
    };
    const balancer = await client.make("POST", "/v2/load_balancers", settings);
    const lb = `/v2/load_balancers/${balancer.id}`;
    await client.ok("GET", "/v2/load_balancers");
    await client.ok("GET", lb);
    await client.ok("PUT", lb, { ...settings, redirect_http_to_https: true, forwarding_rules: [rule, http] });
    await client.ok("DELETE", `${lb}/forwarding_rules`, { forwarding_rules: [http] });
    await client.ok("POST", `${lb}/forwarding_rules`, { forwarding_rules: [http] });
    await client.ok("DELETE", `${lb}/droplets`, { droplet_ids: [droplet.id] });
    await client.ok("POST", `${lb}/droplets`, { droplet_ids: [droplet.id] });
    const global = await client.make("POST", "/v2/load_balancers", {
      ...settings,
      name: "g",
      type: "GLOBAL",
    });
    await client.ok("DELETE", `/v2/load_balancers/${global.id}/cache`);
    await client.ok("DELETE", `/v2/load_balancers/${global.id}`);
    await client.ok("DELETE", lb);
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });

  it("of a firewall", async () => {
    const client = api();
    const droplet = await client.make("POST", "/v2/droplets", dropletBody("life"));
    for (const name of ["t", "p:s:web"]) await client.ok("POST", "/v2/tags", { name });
    const walled = {
      name: "wall",
      tags: ["p:s:web"],
      inbound_rules: [{ protocol: "tcp", ports: "443", sources: { tags: ["t"] } }],
      outbound_rules: [{ protocol: "icmp", destinations: { addresses: ["0.0.0.0/0"] } }],
    };
    const wall = await client.make("POST", "/v2/firewalls", walled);
    const fw = `/v2/firewalls/${wall.id}`;
    await client.ok("GET", "/v2/firewalls");
    await client.ok("GET", fw);
    await client.ok("PUT", fw, { ...walled, name: "wall2" });
    await client.ok("POST", `${fw}/droplets`, { droplet_ids: [droplet.id] });
    await client.ok("DELETE", `${fw}/droplets`, { droplet_ids: [droplet.id] });
    await client.ok("POST", `${fw}/tags`, { tags: ["t"] });
    await client.ok("DELETE", `${fw}/tags`, { tags: ["t"] });
    const more = { inbound_rules: [{ protocol: "tcp", ports: "80", sources: { tags: ["t"] } }] };
    await client.ok("POST", `${fw}/rules`, more);
    await client.ok("DELETE", `${fw}/rules`, more);
    await client.ok("DELETE", fw);
    await client.ok("DELETE", `/v2/droplets/${droplet.id}`);
  });
}
