import { expect } from "chai";
import { type Held, sdkType } from "../../tools/account/held";
import type { Props } from "../../tools/engine/props";
import type { Registration } from "../../tools/engine/registration";
import { findOrphans } from "../../tools/orphans/find";
import { importFile } from "../../tools/orphans/mend";
import { resource } from "./plan/support";

const parent = "urn:pulumi:dev::web::web:network:Network::network";

function planned(family: string, kind: string, name: string, inputs: Props): Registration {
  const type = sdkType(family, kind);
  const urn = `urn:pulumi:dev::web::web:network:Network$${type}::${name}`;
  return resource(type, name, inputs, { urn, parent });
}

function held(kind: string, id: string, name: string, more: Partial<Held> = {}): Held {
  return {
    collection: `${kind.toLowerCase()}s`,
    type: sdkType("digitalocean", kind),
    id,
    name,
    tags: [],
    path: `/v2/x/${id}`,
    ...more,
  };
}

const find = (
  things: readonly Held[],
  plan: readonly Registration[] = [],
  known: { urn: string; type: string; id: string }[] = [],
) => findOrphans(things, { project: "web", stack: "dev", planned: plan, known });

const reasons = (things: readonly Held[], plan?: readonly Registration[]) =>
  Object.fromEntries(find(things, plan).map(({ id, because }) => [id, because]));

describe("Orphans", () => {
  it("are what carries the stack's tag or name, not those of a stack whose name begins alike", () => {
    const things = [
      held("Droplet", "1", "any", { tags: ["web:dev:app"] }),
      held("Droplet", "2", "any", { tags: ["web:dev2"] }),
      held("Firewall", "3", "web-dev-baseline"),
      held("Firewall", "4", "web-dev2-baseline"),
      held("Tag", "web:dev", "web:dev", { collection: "tags" }),
      held("MonitorAlert", "5", "web-dev: cpu"),
      held("Droplet", "6", "somebody-else"),
    ];
    expect(reasons(things)).to.deep.equal({ "1": "tag", "3": "name", "web:dev": "tag", "5": "name" });
  });

  it("are sources of the server whose collector they are on", () => {
    const sources = ["a", "b"].map((host) =>
      planned("sumologic", "HttpSource", `${host}-system`, { name: "system", hostName: host }),
    );
    const type = sdkType("sumologic", "HttpSource");
    const owner = held("Collector", "1", "b", { tags: ["web:dev"] });
    const [found] = find([held("HttpSource", "2", "system", { type, owner })], sources);
    expect(found?.resource?.name).to.equal("b-system");
  });

  it("are not what the state knows", () => {
    const droplet = held("Droplet", "1", "any", { tags: ["web:dev"] });
    expect(find([droplet], [], [{ urn: "urn", type: droplet.type, id: "1" }])).to.deep.equal([]);
  });

  it("include what lies in something of the stack's, known or not", () => {
    const zone = held("Domain", "dev.internal.example.org", "dev.internal.example.org");
    const folder = held("Firewall", "9", "web-dev-folder");
    const inZone = held("DnsRecord", "1", "a.dev.internal.example.org", { owner: zone });
    const inFolder = held("Droplet", "2", "cpu", { owner: folder });
    const found = find([inZone, inFolder], [], [{ urn: "urn", type: zone.type, id: zone.id }]);
    expect(found.map(({ id, because }) => [id, because])).to.deep.equal([
      ["1", "owner"],
      ["2", "owner"],
    ]);
  });

  it("may be what the program would make under that name, and are told apart when the stack's name is not in it", () => {
    const plan = [
      planned("digitalocean", "Volume", "server-1-volume", { name: "dev-server-1-data" }),
      planned("digitalocean", "Domain", "network-zone", { name: "example.org" }),
    ];
    const zone = held("Domain", "example.org", "example.org");
    const things = [
      held("Volume", "v", "dev-server-1-data"),
      zone,
      held("DnsRecord", "1", "other", { owner: zone }),
    ];
    expect(reasons(things, plan)).to.deep.equal({ v: "name", "example.org": "planned" });
  });

  it("include a certificate with a name that the engine chose only if it is for the stack's site", () => {
    const plan = [planned("digitalocean", "Certificate", "certificates-site", {})];
    const certificate = (id: string, host: string) =>
      held("Certificate", id, `certificates-site-${id}`, { hosts: [host] });
    const things = [certificate("0a1b2c3", "www.example.org"), certificate("4d5e6f7", "www.other.org")];
    const found = findOrphans(things, {
      project: "web",
      stack: "dev",
      site: "www.example.org",
      planned: plan,
      known: [],
    });
    expect(found.map(({ id, because }) => [id, because])).to.deep.equal([
      ["0a1b2c3", "name"],
      ["4d5e6f7", "planned"],
    ]);
  });

  it("can be imported once for each resource that the state misses; a twin can only be deleted", () => {
    const plan = [planned("digitalocean", "DnsRecord", "record-www", { domain: "example.org", name: "www" })];
    const owner = held("Domain", "example.org", "example.org");
    const record = (id: string) =>
      held("DnsRecord", id, "www.example.org", { owner, collection: "domain_records" });
    const found = find([record("1"), record("2")], plan);
    expect(found.map(({ id, resource }) => [id, resource?.name])).to.deep.equal([
      ["1", "record-www"],
      ["2", undefined],
    ]);
    expect(importFile(found)).to.deep.equal({
      nameTable: { "web:network:Network::network": parent },
      resources: [
        {
          type: sdkType("digitalocean", "DnsRecord"),
          name: "record-www",
          id: "example.org,1",
          parent: "web:network:Network::network",
        },
      ],
    });
  });
});
