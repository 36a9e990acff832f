import { expect } from "chai";
import { events } from "../../../cloudinit/events";
import { hasten } from "../../../tools/drills/monitoring/hasten";
import type { Live } from "../../../tools/live";
import { until } from "../../../tools/shared/until";
import { alerts } from "./alerts";

/** What the probes tell each minute; but of the clock, since chrony does not run in a container. */
const probed = ["certificate", "service", "units", "filesystem", "agent"];

/** What the servers' agents send to the local Sumo Logic, and what its monitors make of it. */
export function monitoring(stack: () => Live, timeScale: number): void {
  describe("the monitoring agents", () => {
    before(async function () {
      const { nodes } = stack();
      const [name = ""] = nodes.names();
      const there = await nodes.run(name, ["sh", "-c", "ls /opt/agent/*/otelcol-contrib || true"]);
      if (there) return hasten(stack(), timeScale);
      console.log("      skipped: there is no monitoring agent; it can neither be fetched nor built here");
      this.skip();
    });

    it("send every category, under the droplet's name", async function () {
      this.timeout(120_000);
      const wanted = stack().servers.flatMap(({ name, roles }) =>
        [
          "system",
          ...(roles.includes("web") ? ["nginx/access", "nginx/error"] : []),
          ...(roles.includes("app") ? ["app"] : []),
          ...(roles.includes("db") ? ["database"] : []),
        ].map((category) => `${name} ${category}`),
      );
      // A server that is well has no errors to log.
      const log =
        "echo \"$(date '+%Y/%m/%d %T') [error] 1#1: written by a test\" >> /var/log/nginx/error.log";
      for (const name of stack().nodes.names()) await stack().nodes.run(name, ["sh", "-c", log]);
      let found: string[] = [];
      await until("Not all categories came in", 90, async () => {
        const rows = await logs(stack(), "* | count by _sourceHost, _sourceCategory");
        found = rows.map(
          (row) => `${row._sourceHost} ${String(row._sourceCategory).split("/").slice(2).join("/")}`,
        );
        return wanted.every((one) => found.includes(one));
      }).catch(() => {});
      expect(found).to.include.members(wanted);
    });

    it("send the metrics of the host, of nginx and of the database", async function () {
      this.timeout(120_000);
      const { cloud, servers } = stack();
      const all = servers.map(({ name }) => name).sort();
      for (const metric of [
        "system.cpu.utilization",
        "system.filesystem.utilization",
        "nginx.requests",
        "mysql.query.count",
      ]) {
        const rows = [{ rowId: "A", query: `metric=${metric} | count by host.name` }];
        await until(`${metric} did not come from every server`, 60, async () => {
          const found = await cloud.sumologic.queries.runMetricQueries(rows, lately());
          const hosts = found.get("A")?.map(({ dimensions }) => dimensions["host.name"]);
          return hosts?.sort().join() === all.join();
        });
      }
    });

    it("send what the timers find, in the form that was agreed on", async function () {
      this.timeout(120_000);
      const seen = new Set<unknown>();
      await until("The timers did not tell of all", 90, async () => {
        const messages = await logs(stack(), '_sourceCategory=*/system probes | json "MESSAGE" as message');
        for (const { message } of messages) {
          if (!String(message).startsWith('{"event"')) continue;
          const said = JSON.parse(String(message));
          const form = events[said.event as keyof typeof events];
          expect(form.safeParse(said).error, String(message)).to.equal(undefined);
          seen.add(said.event);
        }
        return probed.every((name) => seen.has(name));
      });
    });

    alerts(stack, timeScale);
  });
}

const lately = () => ({ from: Date.now() - 900_000, to: Date.now() });

async function logs({ cloud }: Live, query: string) {
  return (await cloud.sumologic.queries.runLogQuery(query, lately())).rows;
}
