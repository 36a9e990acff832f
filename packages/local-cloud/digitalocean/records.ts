import type { FastifyInstance } from "fastify";
import ipaddr from "ipaddr.js";
import { z } from "zod";
import { found, invalid, page } from "./answers";
import type { Cloud } from "./cloud";
import { recordsOf } from "./domains";
import { parse } from "./input";

export interface DomainRecord {
  readonly id: number;
  readonly domain: string;
  readonly type: string;
  readonly name: string;
  readonly data: string;
  readonly priority: number | null;
  readonly port: number | null;
  readonly ttl: number;
  readonly weight: number | null;
  readonly flags: number | null;
  readonly tag: string | null;
}

type ByDomain = { Params: { domain: string } };
type ById = { Params: { domain: string; id: string } };

const types = ["A", "AAAA", "CAA", "CNAME", "MX", "NS", "SOA", "SRV", "TXT"] as const;
const number = (highest: number) =>
  z
    .int()
    .min(0)
    .max(highest)
    .nullish()
    .transform((value) => value ?? null);
const fields = z.object({
  type: z.enum(types, "is not a supported record type"),
  name: z.string().min(1, "can't be blank").toLowerCase(),
  data: z.string().min(1, "can't be blank"),
  priority: number(65535),
  port: number(65535),
  weight: number(65535),
  flags: number(255),
  tag: z
    .string()
    .nullish()
    .transform((value) => value || null),
  ttl: z
    .int()
    .nullish()
    .transform((value) => value || 1800)
    .refine((ttl) => ttl >= 30, "must be at least 30 seconds"),
});

export function addRecords(app: FastifyInstance, cloud: Cloud): void {
  const { domains, records } = cloud;
  const one = ({ domain, id }: ById["Params"]) => {
    const record = records.get(id);
    return found(record?.domain === domain ? record : undefined);
  };

  app.get<ByDomain & { Querystring: { name?: string; type?: string } }>(
    "/v2/domains/:domain/records",
    (request) => {
      const { name: domain } = found(domains.get(request.params.domain));
      const { name, type } = request.query;
      const wanted = recordsOf(cloud, domain).filter(
        (record) => (!type || record.type === type) && (!name || fullName(record) === name),
      );
      return page(request, "domain_records", wanted, show);
    },
  );
  app.post<ByDomain>("/v2/domains/:domain/records", (request, reply) => {
    const { name: domain } = found(domains.get(request.params.domain));
    return reply.status(201).send({ domain_record: show(addRecord(cloud, domain, Object(request.body))) });
  });
  app.get<ById>("/v2/domains/:domain/records/:id", (request) => ({
    domain_record: show(one(request.params)),
  }));
  for (const method of ["PUT", "PATCH"] as const) {
    app.route<ById>({
      method,
      url: "/v2/domains/:domain/records/:id",
      handler: (request) => {
        const before = one(request.params);
        const change = Object.fromEntries(
          Object.entries(Object(request.body)).filter(([, value]) => value !== undefined),
        );
        const after = check(cloud, before.domain, { ...before, ...change, type: before.type }, before.id);
        return {
          domain_record: show(
            records.put(String(before.id), { ...after, id: before.id, domain: before.domain }),
          ),
        };
      },
    });
  }
  app.delete<ById>("/v2/domains/:domain/records/:id", (request, reply) => {
    records.delete(String(one(request.params).id));
    return reply.status(204).send();
  });
}

/** @throws ApiError 422 where the record is not one the API takes. */
export function addRecord(cloud: Cloud, domain: string, body: object): DomainRecord {
  const record = check(cloud, domain, body);
  const id = cloud.nextId("record");
  return cloud.records.put(String(id), { ...record, id, domain });
}

function show({ domain, ...record }: DomainRecord) {
  return record;
}

function fullName({ name, domain }: Pick<DomainRecord, "name" | "domain">): string {
  return name === "@" ? domain : `${name}.${domain}`;
}

function check(cloud: Cloud, domain: string, body: object, self?: number) {
  const record = parse(fields, body);
  const name = record.name === `${domain}.` ? "@" : record.name.replace(`.${domain}.`, "");
  if (!/^(@|(\*\.)?[a-z0-9_]([a-z0-9_.-]*[a-z0-9_])?|\*)$/.test(name))
    throw invalid("Name Only valid hostname characters are allowed. (a-z, A-Z, 0-9, ., _ and -)");
  const data = checkData(record, domain);
  const own = required[record.type] ?? [];
  const missing = own.find((field) => record[field] === null);
  if (missing) throw invalid(`${missing} is required for records of type ${record.type}`);
  const others = recordsOf(cloud, domain).filter((other) => other.name === name && other.id !== self);
  if (
    others.some(
      (other) =>
        other.type === record.type &&
        other.data === data &&
        other.port === record.port &&
        other.tag === record.tag,
    )
  ) {
    throw invalid("Record already exists: its type, name and data are those of another one");
  }
  if (others.some((other) => record.type === "CNAME" || other.type === "CNAME")) {
    throw invalid("CNAME records cannot share a name with other records");
  }
  const foreign = Object.fromEntries(
    typeFields.filter((field) => !own.includes(field)).map((field) => [field, null]),
  );
  return { ...record, name, data, ...foreign };
}

const typeFields = ["priority", "port", "weight", "flags", "tag"] as const;
/** The fields that only some types have, and there must have. */
const required: Readonly<Record<string, readonly (typeof typeFields)[number][]>> = {
  MX: ["priority"],
  SRV: ["priority", "port", "weight"],
  CAA: ["flags", "tag"],
};

/** Host names are given with a dot at the end, are relative to the domain without, and are kept without. */
function checkData({ type, data, tag }: Pick<DomainRecord, "type" | "data" | "tag">, domain: string): string {
  if (type === "A" && !ipaddr.IPv4.isValidFourPartDecimal(data)) {
    throw invalid("IP address did not match IPv4 format (e.g. 127.0.0.1).");
  }
  if (type === "AAAA" && !ipaddr.IPv6.isValid(data)) {
    throw invalid("IP address did not match IPv6 format (e.g. 2001:db8::1).");
  }
  const named = ["CNAME", "MX", "NS", "SRV"].includes(type) || (type === "CAA" && tag !== "iodef");
  if (!named || data === "@") return data;
  const host = data.replace(/\.$/, "");
  if (!/^[a-zA-Z0-9_]([a-zA-Z0-9_.-]*[a-zA-Z0-9_])?$/.test(host)) {
    throw invalid("Data must be a fully qualified host name that ends with a dot, or @");
  }
  return data.endsWith(".") || host.includes(".") ? host : `${host}.${domain}`;
}
