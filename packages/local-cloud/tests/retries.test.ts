import { expect } from "chai";
import {
  type Answer,
  type Client,
  dropletBody,
  startApi,
  type TestApi,
  type Thing,
} from "./digitalocean-client";

const maxRetries = 4;

/** Calls as the provider's client does: a dropped connection, a 429 and a 5xx but 501 are tried again, four times. */
async function insist(client: Client, method: string, path: string, body?: unknown): Promise<Answer> {
  for (let tries = 0; ; tries += 1) {
    const answer = await client.call(method, path, body).catch((error: unknown) => {
      if (tries === maxRetries || !(error instanceof TypeError)) throw error;
      return undefined;
    });
    const passing = answer && answer.status !== 429 && (answer.status < 500 || answer.status === 501);
    if (answer && (passing || tries === maxRetries)) return answer;
  }
}

/** Random numbers that are the same in each run (Park and Miller's generator). */
function alwaysTheSame(): () => number {
  let state = 1;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
}

const make = async (client: Client, path: string, body: unknown): Promise<Thing> => {
  const answer = await insist(client, "POST", path, body);
  expect(answer.status, `${path}: ${answer.body.message}`).to.be.lessThan(300);
  return Object.values(answer.body)[0] as Thing;
};

describe("a client that retries, when one call in ten fails", () => {
  let api: TestApi;
  const share = 0.1 / 3;

  beforeEach(async () => {
    const effects = ["429", "503", "drop"] as const;
    api = await startApi(
      { faults: effects.map((effect) => ({ share, effect, path: "^/v2/" })) },
      alwaysTheSame(),
    );
  });
  afterEach(() => api.close());

  /** Three servers behind a balancer, each with its own firewall and record; answers with what to delete, in order. */
  async function makeShape(client: Client): Promise<string[]> {
    const vpc = await make(client, "/v2/vpcs", { name: "net", region: "nyc3", ip_range: "10.10.0.0/20" });
    await make(client, "/v2/tags", { name: "web" });
    const domain = await make(client, "/v2/domains", { name: "foobar.com" });
    const records = `/v2/domains/${domain.name}/records`;
    const rule = { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 };
    const settings = { name: "lb", region: "nyc3", vpc_uuid: vpc.id, tag: "web", forwarding_rules: [rule] };
    const balancer = await make(client, "/v2/load_balancers", settings);
    const servers = await Promise.all(
      ["server-1", "server-2", "server-3"].map(async (name) => {
        const droplet = await make(
          client,
          "/v2/droplets",
          dropletBody(name, { vpc_uuid: vpc.id, tags: ["web"] }),
        );
        await make(client, records, { type: "A", name, data: "10.10.0.9" });
        const sources = { load_balancer_uids: [balancer.id] };
        const wall = {
          name,
          droplet_ids: [droplet.id],
          inbound_rules: [{ protocol: "tcp", ports: "80", sources }],
        };
        return [
          `/v2/firewalls/${(await make(client, "/v2/firewalls", wall)).id}`,
          `/v2/droplets/${droplet.id}`,
        ];
      }),
    );
    return [
      ...servers.flat(),
      `/v2/load_balancers/${balancer.id}`,
      "/v2/domains/foobar.com",
      "/v2/tags/web",
      `/v2/vpcs/${vpc.id}`,
    ];
  }

  const names = async (client: Client, path: string) => {
    const { body } = await insist(client, "GET", `${path}?per_page=200`);
    return (Object.values(body)[0] as Thing[]).map(({ name }) => name).sort();
  };

  it("makes everything once, and can take it all down", async () => {
    const { client } = api;
    for (let round = 0; round < 5; round += 1) {
      const made = await makeShape(client);
      const servers = ["server-1", "server-2", "server-3"];
      expect(await names(client, "/v2/droplets")).to.deep.equal(servers);
      expect(await names(client, "/v2/firewalls")).to.deep.equal(servers);
      expect(await names(client, "/v2/load_balancers")).to.deep.equal(["lb"]);
      for (const path of made) expect((await insist(client, "DELETE", path)).status, path).to.equal(204);
      for (const path of ["droplets", "firewalls", "load_balancers", "domains", "tags"]) {
        expect(await names(client, `/v2/${path}`), path).to.deep.equal([]);
      }
    }
  });

  it("is told of the twin that a lost answer leaves, where names are unique", async () => {
    const { client } = api;
    await client.call("PUT", "/_local/faults", {
      faults: [{ method: "POST", nth: 1, effect: "drop-after" }],
    });
    const wall = {
      name: "wall",
      inbound_rules: [{ protocol: "tcp", ports: "80", sources: { addresses: ["::/0"] } }],
    };
    expect((await insist(client, "POST", "/v2/firewalls", wall)).body.message).to.include(
      "already been used",
    );
    expect(await names(client, "/v2/firewalls")).to.deep.equal(["wall"]);
  });
});
