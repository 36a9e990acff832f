import type { Socket } from "node:dgram";
import type { Server } from "node:net";
import * as packet from "dns-packet";
import type { ZoneRecord } from "./world";

export type Zones = Readonly<Record<string, readonly ZoneRecord[]>>;

/** What a name server knows. A resolver also knows the names of `fixed`, and refuses nothing. */
export interface Knowledge {
  readonly zones: Zones;
  readonly resolver: boolean;
  /** Host name → address. */
  readonly fixed: Readonly<Record<string, string>>;
}

/** How long a name's absence may be remembered, in seconds, as DigitalOcean's zones say. */
const negativeTtl = 1800;
const aa = packet.AUTHORITATIVE_ANSWER;
const rcodes = { none: 0, absent: 3, refused: 5 };

/** The answer to a query. */
export function answer(query: packet.Packet, knowledge: Knowledge): packet.Packet {
  const question = query.questions?.[0];
  const flags =
    ((query.flags ?? 0) & packet.RECURSION_DESIRED) | (knowledge.resolver ? packet.RECURSION_AVAILABLE : 0);
  const reply = { type: "response" as const, id: query.id, questions: query.questions };
  if (!question) return { ...reply, flags: flags | rcodes.refused };

  const name = question.name.toLowerCase();
  const zone = zoneOf(name, knowledge.zones);
  if (zone === undefined) {
    if (!knowledge.resolver) return { ...reply, flags: flags | rcodes.refused };
    const address = knowledge.fixed[name];
    const rcode = address === undefined ? rcodes.absent : rcodes.none;
    const known = address !== undefined && question.type === "A";
    return {
      ...reply,
      flags: flags | rcode,
      answers: known ? [{ type: "A", name, ttl: 300, data: address }] : [],
    };
  }
  const { answers, exists } = look(name, question.type, zone, knowledge.zones[zone] ?? []);
  return {
    ...reply,
    flags: flags | (knowledge.resolver ? 0 : aa) | (exists ? rcodes.none : rcodes.absent),
    answers,
    authorities: answers.length > 0 ? [] : [authority(zone)],
  };
}

/** Answers on a pair of sockets of one address, until they are closed. */
export function serveDns(udp: Socket, tcp: Server, knowledge: () => Knowledge): void {
  udp.on("message", (message, from) => {
    const reply = respond(message, knowledge());
    if (reply) udp.send(reply, from.port, from.address);
  });
  tcp.on("connection", (connection) => {
    let received = Buffer.alloc(0);
    connection.on("error", () => connection.destroy());
    connection.on("data", (chunk) => {
      received = Buffer.concat([received, chunk]);
      if (received.length < 2 || received.length < 2 + received.readUInt16BE()) return;
      const reply = respond(received.subarray(2), knowledge()) ?? Buffer.alloc(0);
      const length = Buffer.alloc(2);
      length.writeUInt16BE(reply.length);
      connection.end(Buffer.concat([length, reply]));
    });
  });
}

function respond(message: Buffer, knowledge: Knowledge): Buffer | undefined {
  try {
    return packet.encode(answer(packet.decode(message), knowledge));
  } catch {
    return undefined; // not a query: no answer, as the real servers do
  }
}

function zoneOf(name: string, zones: Zones): string | undefined {
  const candidates = Object.keys(zones).filter((zone) => name === zone || name.endsWith(`.${zone}`));
  return candidates.sort((a, b) => b.length - a.length)[0];
}

function look(name: string, type: string, zone: string, records: readonly ZoneRecord[]) {
  const label = name === zone ? "@" : name.slice(0, -zone.length - 1);
  const named = (wanted: string) => records.filter((record) => record.name.toLowerCase() === wanted);
  const own = named(label);
  const below = records.some((record) => record.name.toLowerCase().endsWith(`.${label}`));
  const matching = own.length > 0 || below ? own : named(label.replace(/^[^.]+/, "*"));
  const exists = matching.length > 0 || below || label === "@";
  if (type === "SOA" && label === "@") return { answers: [authority(zone)], exists };

  const alias = matching.find((record) => record.type === "CNAME");
  if (alias && type !== "CNAME") {
    const target = absolute(alias.data, zone);
    const first = resource(alias, name, zone);
    const inside: packet.Answer[] =
      zoneOf(target, { [zone]: records }) && target !== name ? look(target, type, zone, records).answers : [];
    return { answers: [first, ...inside.filter((each) => each.type !== "SOA")], exists };
  }
  const wanted = matching.filter((record) => record.type === type);
  return { answers: wanted.map((record) => resource(record, name, zone)), exists };
}

function resource(record: ZoneRecord, name: string, zone: string): packet.Answer {
  const { data, ttl } = record;
  const base = { name, ttl };
  switch (record.type) {
    case "A":
    case "AAAA":
      return { ...base, type: record.type, data };
    case "CNAME":
    case "NS":
      return { ...base, type: record.type, data: absolute(data, zone) };
    case "MX":
      return {
        ...base,
        type: "MX",
        data: { preference: record.priority ?? 0, exchange: absolute(data, zone) },
      };
    case "SRV": {
      const { priority, weight, port } = record;
      const target = absolute(data, zone);
      return {
        ...base,
        type: "SRV",
        data: { priority: priority ?? 0, weight: weight ?? 0, port: port ?? 0, target },
      };
    }
    case "CAA":
      return {
        ...base,
        type: "CAA",
        data: {
          flags: record.flags ?? 0,
          tag: record.tag === "issuewild" || record.tag === "iodef" ? record.tag : "issue",
          value: data,
        },
      };
    default:
      return { ...base, type: "TXT", data };
  }
}

/** The API keeps host names in full, without the dot at the end. */
const absolute = (host: string, zone: string): string => (host === "@" ? zone : host.toLowerCase());

function authority(zone: string): packet.Answer {
  return {
    type: "SOA",
    name: zone,
    ttl: negativeTtl,
    data: {
      mname: "ns1.digitalocean.com",
      rname: `hostmaster.${zone}`,
      serial: 1,
      refresh: 10800,
      retry: 3600,
      expire: 604800,
      minimum: negativeTtl,
    },
  };
}
