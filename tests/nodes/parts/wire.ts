import { randomBytes } from "node:crypto";
import { expect } from "chai";
import type { Live } from "../../../tools/live";
import { until } from "../../../tools/shared/until";
import { capture, type Packet } from "../capture";
import { visit } from "../visit";

const [icmp, tcp] = [1, 6];

/** What passes on the private network. */
export function wire(stack: () => Live, network: string): void {
  describe("the private network", () => {
    it("carries nothing but TLS, and nothing that was sent can be read there", async function () {
      this.timeout(120_000);
      const live = stack();
      const { nodes, servers } = live;
      const victim = servers[0]?.name ?? "";
      const secret = () => `planted${randomBytes(8).toString("hex")}`;
      const planted = { key: secret(), body: secret(), header: secret(), cookie: secret() };
      const password = (await nodes.run(victim, ["cat", "/etc/app/database-password"])).trim();

      const end = await capture(live, network);
      // New connections on every hop: from the balancer each request's; haproxy's, the application's, the replicas'.
      for (const { name } of servers) await nodes.run(name, ["systemctl", "restart", "haproxy.service"]);
      await until("The site did not take writes again", 60, () => takesWrites(live));
      for (let count = 0; count < 12; count++) {
        const headers = { "x-planted": planted.header, cookie: `session=${planted.cookie}` };
        const answer = await visit(live, `/entries/${planted.key}${count}`, {
          method: "PUT",
          headers,
          body: planted.body,
        });
        expect(answer.status).to.equal(201);
        expect((await visit(live, `/entries/${planted.key}${count}`)).body).to.equal(planted.body);
      }
      const { bytes, packets } = await end();

      for (const text of [...Object.values(planted), password]) {
        expect(bytes.includes(text), text).to.equal(false);
        expect(bytes.includes(Buffer.from(text).toString("base64").slice(0, -4)), text).to.equal(false);
      }
      expect(packets.filter(({ protocol }) => protocol !== tcp && protocol !== icmp)).to.deep.equal([]);
      const opened = firstWords(packets);
      expect(opened.get(443)).to.be.greaterThan(20);
      expect(opened.get(3306)).to.be.greaterThan(0);
    });
  });
}

/** Several in a row: requests go to all servers in turn. */
async function takesWrites(live: Live): Promise<boolean> {
  for (let count = 0; count < 9; count++) {
    if ((await visit(live, "/entries/again", { method: "PUT", body: "again" })).status > 201) return false;
  }
  return true;
}

/**
 * Looks at what each side of every connection that was opened meanwhile says first. MySQL's own protocol has the
 * server's greeting and the client's wish for TLS before it.
 * @returns the number of connections by port
 */
function firstWords(packets: readonly Packet[]): Map<number, number> {
  const begins = new Map<string, number>();
  const said = new Map<string, Map<number, Buffer>>();
  for (const { protocol, from, to, sourcePort, targetPort, sequence, isFirst, payload } of packets) {
    if (protocol !== tcp) continue;
    const way = `${from}:${sourcePort} ${to}:${targetPort}`;
    if (isFirst) begins.set(way, sequence);
    if (payload.length > 0) said.set(way, (said.get(way) ?? new Map()).set(sequence, payload));
  }
  const counts = new Map<number, number>();
  for (const [way, beginning] of begins) {
    const start = (beginning + 1) >>> 0;
    const segments = said.get(way);
    const first = segments?.get(start);
    if (!first) continue;
    const [, client, server] = /:(\d+) \S+:(\d+)$/.exec(way)?.map(Number) ?? [];
    if (client === 3306) {
      expect(first[4], `${way}: a greeting`).to.equal(10);
    } else if (server === 3306) {
      expect(first.length, `${way}: no more than the wish for TLS`).to.equal(36);
      const next = segments?.get((start + first.length) >>> 0);
      if (next) expect(isTls(next), `${way}: TLS follows`).to.equal(true);
    } else {
      expect(isTls(first), `${way}: ${first.subarray(0, 40)}`).to.equal(true);
    }
    if (server) counts.set(server, (counts.get(server) ?? 0) + 1);
  }
  return counts;
}

/** A handshake or an alert, of TLS 1. */
const isTls = (bytes: Buffer): boolean => (bytes[0] === 22 || bytes[0] === 21) && bytes[1] === 3;
