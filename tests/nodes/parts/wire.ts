import { randomBytes } from "node:crypto";
import { expect } from "chai";
import type { Live } from "../../../tools/live";
import { until } from "../../../tools/shared/until";
import { capture, type Packet, streams } from "../capture";
import { visit } from "../visit";

const [icmp, tcp] = [1, 6];
/** Of what a MySQL client says before it turns to TLS. */
const wishLength = 32;

/** The ports of the hops behind the balancer. */
interface Hops {
  readonly web: number;
  readonly app: number;
  /** What speaks MySQL's protocol. */
  readonly database: number;
}

/** What passes on the private network. */
export function wire(stack: () => Live, network: string, hops: Hops): void {
  describe("the private network", () => {
    it("carries nothing but TLS, and nothing that was sent can be read there", async function () {
      this.timeout(120_000);
      const live = stack();
      const { nodes, servers } = live;
      const victim = servers.find(({ roles }) => roles.includes("app"))?.name ?? "";
      const secret = () => `planted${randomBytes(8).toString("hex")}`;
      const planted = { key: secret(), body: secret(), header: secret(), cookie: secret() };
      const password = (await nodes.run(victim, ["cat", "/etc/app/database-password"])).trim();

      const end = await capture(live, network);
      // New connections on every hop: from the balancer each request's; haproxy's, the application's, the replicas'.
      const units = { web: ["haproxy.service"], app: ["app.service"], db: [] };
      for (const { name, roles } of servers) {
        const restarted = roles.flatMap((role) => units[role]);
        if (restarted.length > 0) await nodes.run(name, ["systemctl", "restart", ...restarted]);
      }
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
      const opened = connections(packets, hops.database);
      expect(opened.get(hops.web)).to.be.greaterThan(20);
      expect(opened.get(hops.app)).to.be.greaterThan(0);
      expect(opened.get(hops.database)).to.be.greaterThan(0);
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
 * Looks at what both sides of every connection say that was opened meanwhile: TLS and nothing else. MySQL's own
 * protocol has the server's greeting and the client's wish for TLS before it, a balancer that passes TLS on the line
 * that names the visitor.
 * @returns the number of connections by port
 */
function connections(packets: readonly Packet[], mysql: number): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { way, source, target, bytes } of streams(packets)) {
    if (source === mysql) expect(bytes[4], `${way}: a greeting`).to.equal(10);
    if (target === mysql) expect(bytes.readUIntLE(0, 3), `${way}: the wish for TLS`).to.equal(wishLength);
    const visitor = /^PROXY TCP4 [\d. ]+\r\n/.exec(bytes.subarray(0, 108).toString("latin1"))?.[0] ?? "";
    const before =
      source === mysql ? 4 + bytes.readUIntLE(0, 3) : target === mysql ? 4 + wishLength : visitor.length;
    expect(isTls(bytes.subarray(before)), `${way}: ${bytes.subarray(before, before + 60)}`).to.equal(true);
    counts.set(target, (counts.get(target) ?? 0) + 1);
  }
  return counts;
}

/** Records of TLS 1, one after the other; the last may be cut off. */
function isTls(bytes: Buffer): boolean {
  for (let at = 0; at + 5 <= bytes.length; at += 5 + bytes.readUInt16BE(at + 3)) {
    const type = bytes.readUInt8(at);
    if (type < 20 || type > 23 || bytes.readUInt8(at + 1) !== 3) return false;
  }
  return true;
}
