import { expect } from "chai";
import type { Props } from "../../../tools/engine/props";
import {
  clusterFaults,
  databaseFaults,
  type Fault,
  faults,
  managedFaults,
  replicaFaults,
  requests,
} from "./faults";
import { type Activity, changed, healthy, Server } from "./server";
import { hosts, shapes } from "./shapes";
import { Watched } from "./watched";

const minute = 60_000;
const hour = 60 * minute;
const faulty = "dev-server-2";

interface Tried {
  readonly database: string;
  readonly settings: Props;
  readonly faults: readonly Fault[];
}

const primaryReplica: Tried = {
  database: "a writer and its replicas",
  settings: shapes.primaryReplica,
  faults: [...faults, ...databaseFaults, ...replicaFaults],
};
const tried: readonly Tried[] = [
  primaryReplica,
  { database: "a cluster", settings: shapes.cluster, faults: clusterFaults },
  { database: "a managed database", settings: shapes.managed, faults: managedFaults },
];

const kinds = { Warning: ["Warning"], Critical: ["Critical", "Warning"], MissingData: ["MissingData"] };

for (const shape of tried) {
  describe(`The monitors of a stack with ${shape.database}, on what its agents send`, function () {
    this.timeout(60_000);
    let watched: Watched;
    let servers: Server[];
    let day = Date.parse("2026-03-01T12:00:00Z");

    before(async () => {
      watched = await Watched.start(shape.settings);
      servers = hosts.map((host) => new Server(watched, host));
    });
    after(() => watched.close());
    // What went on before is forgotten.
    beforeEach(() => {
      day += 48 * hour;
    });

    /** Lets all servers run from and up to these minutes before the end of the day. */
    async function run(activity: Activity, from: number, to: number, only?: string): Promise<void> {
      for (const server of servers)
        await server.live(
          only && server.host !== only ? healthy : activity,
          day - from * minute,
          day - to * minute,
        );
    }

    /** The alerts of all monitors, by name and by what they are about. */
    async function alerts(at = day): Promise<Record<string, Record<string, string[]>>> {
      const found: Record<string, Record<string, string[]>> = {};
      for (const monitor of watched.monitors) {
        const fired = await watched.alertsOf(monitor, at);
        if (Object.keys(fired).length > 0) found[monitor.name] = fired;
      }
      return found;
    }

    it("are quiet while all is well", async () => {
      await run(healthy, 65, 0);
      expect(await alerts()).to.deep.equal({});
    });

    for (const { what, activity, fires } of shape.faults) {
      it(`${what}: ${Object.keys(fires).join(", ")}`, async () => {
        await run(healthy, 10, 5);
        // What falls silent has to have been heard.
        for (const monitor of watched.monitors)
          if (monitor.triggers.some(({ triggerType }) => triggerType === "MissingData"))
            await watched.alertsOf(monitor, day - 5 * minute);
        await run(activity, 5, 0, faulty);
        const expected = Object.entries(fires).map(([name, kind]) => [name, { [faulty]: kinds[kind] }]);
        expect(await alerts()).to.deep.equal(Object.fromEntries(expected));
      });
    }

    if (shape !== primaryReplica) return;

    it("resolve once all is well again", async () => {
      await run(
        changed({ events: { units: [{ event: "units", failed: ["a", "b", "c"], count: 3 }] } }),
        10,
        5,
      );
      await run(healthy, 5, 0);
      expect(await alerts(day - 5 * minute)).to.have.all.keys("host-unit-failed");
      expect(await alerts()).to.deep.equal({});
    });

    it("are quiet where nobody visits the site", async () => {
      await run(changed({ requests: requests(15, 15, { caller: "balancer" }) }), 65, 0);
      expect(await alerts()).to.deep.equal({});
    });

    it("let a server's memory be nearly used up for a minute", async () => {
      await run(healthy, 5, 1);
      await run(changed({ gauges: { "system.memory.utilization[state=used]": 0.95 } }), 1, 0);
      expect(await alerts()).to.deep.equal({});
    });

    it("let a server that is about to stop answer the balancer's checks 503", async () => {
      await run(changed({ requests: requests(15, 2, { caller: "balancer", status: 503 }) }), 5, 0);
      expect(await alerts()).to.deep.equal({});
    });

    it("a tenth of all requests fail: site-error-budget", async () => {
      const errors = requests(15, 3, { status: 500, upstream_status: 500 });
      await run(healthy, 10, 5);
      await run(changed({ requests: errors }), 5, 0);
      expect(await alerts()).to.deep.equal({
        "site-error-budget": { site: kinds.Critical },
        "web-server-errors": Object.fromEntries(hosts.map((host) => [host, kinds.Critical])),
      });
    });

    it("fewer requests than usual: web-qps-collapse", async () => {
      await run(healthy, 60, 5);
      await run(changed({ requests: [{}, {}, {}, {}] }), 5, 0);
      expect(await alerts()).to.deep.equal({ "web-qps-collapse": { site: kinds.Warning } });
    });

    it("no requests any more: web-qps-collapse", async () => {
      await run(healthy, 60, 6);
      await run(changed({ requests: [] }), 6, 0);
      expect(await alerts()).to.deep.equal({
        "web-qps-collapse": { site: ["Critical", "MissingData", "Warning"] },
      });
    });

    it("a disk that fills within a day: host-disk-forecast", async () => {
      const used = (used_percent: number) =>
        changed({
          events: { filesystem: [{ event: "filesystem", mount: "/", read_only: false, used_percent }] },
        });
      await run(used(30), 6 * 60, 6 * 60 - 5, faulty);
      await run(used(43), 5, 0, faulty);
      expect(await alerts()).to.deep.equal({ "host-disk-forecast": { [faulty]: kinds.Warning } });
    });
  });
}
