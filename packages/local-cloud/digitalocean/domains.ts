import type { FastifyInstance } from "fastify";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { parse, text } from "./input";
import { forget } from "./projects";
import { addRecord, type DomainRecord } from "./records";

export interface Domain {
  readonly name: string;
  readonly ttl: number;
}

type ByName = { Params: { name: string } };

const creation = z.object({
  name: z
    .hostname("is not a valid domain name")
    .toLowerCase()
    .refine((name) => name.includes("."), "is not a valid domain name"),
  ip_address: text.refine((ip) => !ip || ipaddr.isValid(ip), "is not a valid IP address"),
});

const nameServers = ["ns1.digitalocean.com", "ns2.digitalocean.com", "ns3.digitalocean.com"];
const ttl = 1800;

export function addDomains(app: FastifyInstance, cloud: Cloud): void {
  const { domains, records } = cloud;
  const show = (domain: Domain) => ({
    ...domain,
    zone_file: zoneFile(domain, recordsOf(cloud, domain.name)),
  });

  app.get("/v2/domains", (request) => page(request, "domains", domains.list(), show));
  app.post("/v2/domains", (request, reply) => {
    const { name, ip_address: ip } = parse(creation, request.body);
    if (domains.get(name)) throw invalid("name already exists");
    domains.put(name, { name, ttl });
    addRecord(cloud, name, { type: "SOA", name: "@", data: String(ttl), ttl });
    for (const data of nameServers) addRecord(cloud, name, { type: "NS", name: "@", data, ttl });
    if (ip)
      addRecord(cloud, name, {
        type: ipaddr.parse(ip).kind() === "ipv4" ? "A" : "AAAA",
        name: "@",
        data: ip,
        ttl,
      });
    return reply.status(201).send({ domain: { name, ttl, zone_file: null } });
  });
  app.get<ByName>("/v2/domains/:name", (request) => ({
    domain: show(found(domains.get(request.params.name))),
  }));
  app.delete<ByName>("/v2/domains/:name", (request, reply) => {
    const { name } = found(domains.get(request.params.name));
    for (const record of recordsOf(cloud, name)) records.delete(String(record.id));
    domains.delete(name);
    forget(cloud, `do:domain:${name}`);
    return reply.status(204).send();
  });
}

export function recordsOf({ records }: Cloud, domain: string): DomainRecord[] {
  return records.list().filter((record) => record.domain === domain);
}

function zoneFile({ name, ttl }: Domain, records: readonly DomainRecord[]): string {
  const host = (record: DomainRecord) => (record.name === "@" ? `${name}.` : `${record.name}.${name}.`);
  const lines = records.map((record) => {
    if (record.type === "SOA")
      return `${host(record)} IN SOA ${nameServers[0]}. hostmaster.${name}. 1 10800 3600 604800 ${record.ttl}`;
    const numbers = [record.priority, record.weight, record.port, record.flags, record.tag].filter(
      (value) => value !== null,
    );
    const data = ["TXT", "CAA"].includes(record.type) ? JSON.stringify(record.data) : record.data;
    return [
      host(record),
      record.ttl,
      "IN",
      record.type,
      ...numbers,
      dotted(record.type) ? `${data}.` : data,
    ].join(" ");
  });
  return [`$ORIGIN ${name}.`, `$TTL ${ttl}`, ...lines, ""].join("\n");
}

const dotted = (type: string) => ["CNAME", "MX", "NS", "SRV"].includes(type);
