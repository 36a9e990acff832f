import { expect } from "chai";
import { dashboardsOf } from "../../../components/dashboards";
import type { Panel } from "../../../components/dashboards/panel";
import type { Row } from "../../../packages/local-cloud/sumologic/query/values";
import { journalAt, type Message, type Request } from "./sent";
import { changed, Server } from "./server";
import { hosts, shapes } from "./shapes";
import { Watched } from "./watched";

const minute = 60_000;
const to = Date.parse("2026-03-01T13:00:00Z");
const from = to - 5 * minute;
const minutes = [0, 1, 2, 3, 4].map((index) => from + index * minute);

/** Ten requests of a minute: a server error, one that is not found and one for which no application was found. */
const requests: readonly Request[] = [
  { status: 500, upstream_status: 500 },
  { status: 404, upstream_status: 404, request_uri: "/lost?x=1" },
  { status: 503, upstream_status: 503, upstream_http_x_app_address: "", upstream_response_time: 0 },
  { status: 429, upstream_status: "", upstream_http_x_app_address: "" },
  ...Array.from({ length: 6 }, () => ({ request_time: 0.4 })),
];

const activity = changed({
  requests,
  events: {
    backup: [{ event: "backup", kind: "full", ok: true, seconds: 60, bytes: 1e9 }],
    writer: [{ event: "writer", semi_sync: true, replicas: 2 }],
    replica: [{ event: "replica", replicating: true, lag_seconds: 3 }],
    cluster: [{ event: "cluster", size: 3, ready: true, flow_control_paused: 0.05 }],
  },
  gauges: {
    "system.cpu.utilization[cpu=cpu0][state=idle]": 0.25,
    "system.cpu.utilization[cpu=cpu1][state=idle]": 0.75,
  },
});

/** What each server says besides, every minute. */
const said = (time: number) =>
  ({
    system: [
      journalAt(
        time,
        "sshd",
        "Accepted publickey for admin from 198.51.100.9 port 4711 ssh2: ED25519 SHA256:x",
      ),
      journalAt(time, "sudo", "   admin : TTY=pts/0 ; PWD=/ ; USER=root ; COMMAND=/usr/bin/id"),
      journalAt(
        time,
        "kernel",
        "nftables drop in: IN=eth0 SRC=192.0.2.1 DST=10.30.0.2 PROTO=TCP SPT=1 DPT=23",
      ),
      journalAt(time, "kernel", "nftables drop out: OUT=eth0 SRC=10.30.0.2 DST=192.0.2.9 PROTO=TCP DPT=25"),
    ],
    app: [journalAt(time, "python3", "WARNING 0123abcd GET /entries: the database is away", "app.service")],
    database: [{ time, body: "# Query_time: 2.5  Lock_time: 0.0  Rows_sent: 1  Rows_examined: 90000" }],
    "nginx-error": [
      { time, body: "2026/03/01 12:59:00 [crit] 7#7: *9 SSL_do_handshake() failed, client: 192.0.2.1" },
    ],
  }) satisfies Record<string, Message[]>;

for (const [database, settings] of Object.entries(shapes)) {
  describe(`The dashboards of a stack with ${database}, on what its agents send`, function () {
    this.timeout(60_000);
    let watched: Watched;

    before(async () => {
      watched = await Watched.start(settings);
      for (const host of hosts) {
        await new Server(watched, host).live(activity, from - minute, to);
        for (const [category, messages] of Object.entries(said(to - minute)))
          if (category !== "database" || database !== "managed")
            await watched.log(host, category as keyof ReturnType<typeof said>, messages);
      }
    });
    after(() => watched.close());

    /** What a panel shows: the records, or a record for each series with its latest value. */
    async function shown({ signal, queries }: Panel): Promise<readonly Row[]> {
      const { services } = watched;
      const range = { from, to };
      if (signal === "logs") return (await services.queries.runLogQuery(queries[0] ?? "", range)).rows;
      const rows = queries.map((query, index) => ({ rowId: "ABCDEF".charAt(index), query }));
      const series = [...(await services.queries.runMetricQueries(rows, range)).values()].flat();
      return series.map(({ dimensions, points }) => ({ ...dimensions, value: points.at(-1)?.value ?? null }));
    }

    const panels = () =>
      Object.entries(dashboardsOf(watched.stack)).flatMap(([name, { panels }]) =>
        panels.map((panel) => ({ name: `${name} ${panel.key}`, panel })),
      );

    it("show something in every panel", async () => {
      for (const { name, panel } of panels()) expect(await shown(panel), name).not.to.have.length(0);
    });

    if (database !== "primaryReplica") return;

    const byHost = (value: number) => Object.fromEntries(hosts.map((host) => [host, value]));
    const everyMinute = (row: Row) => minutes.map((_timeslice) => ({ _timeslice, ...row }));
    const values: Readonly<Record<string, readonly Row[]>> = {
      "web qps": everyMinute(byHost(10 / 60)),
      "web qps-peak": hosts.map((_sourceHost) => ({ _sourceHost, peak: 1, mean: 10 / 60 })),
      "web qps-peak-of-all": [{ peak: 3, mean: 30 / 60 }],
      "web status": everyMinute({ "2xx": 18, "4xx": 6, "5xx": 6 }),
      "web upstream-errors": everyMinute({ "10.30.0.4": 3, "none reached": 3 }),
      "web latency": everyMinute(byHost(0.4)),
      "web bytes": everyMinute({ sent: 256, received: 40 }),
      "web paths": [
        { path: "/", requests: 135, p95: 0.4 },
        { path: "/lost", requests: 15, p95: 0.1 },
      ],
      "overview rate": [{ rate: 0.5 }],
      "overview availability": [{ percent: 80 }],
      "overview p95": [{ p95: 400 }],
      "overview servers": [{ value: 3 }],
      "overview cpu": hosts.map((host) => ({ "host.name": host, value: 50 })),
      "application errors": hosts.map((_sourceHost) => ({
        level: "WARNING",
        what: "GET /entries: the database is away",
        _sourceHost,
        times: 1,
      })),
      "database queries": hosts.map((host) => ({ "host.name": host, value: 10 })),
      "database lag": everyMinute(byHost(3)),
      "database backups": [{ kind: "full", good: 15, all: 15, seconds: 60, bytes: 1e9 }],
      "hosts disk-time": hosts.map((host) => ({ "host.name": host, value: 10 })),
      "security guesses": everyMinute(byHost(1)),
      "security drops-by-port": [{ source: "192.0.2.1", protocol: "TCP", port: "23", packets: 3 }],
      "security tls": [{ _timeslice: minutes.at(-1) ?? 0, ...byHost(1) }],
      "agents memory": everyMinute(byHost(80e6 / 1048576)),
    };

    for (const [name, expected] of Object.entries(values)) {
      it(`show in ${name} what happened`, async () => {
        const found = panels().find((one) => one.name === name);
        const rows = found ? await shown(found.panel) : [];
        const order = ({ _timeslice: time, _sourceHost: host, "host.name": name }: Row) =>
          `${time} ${host} ${name}`;
        const sorted = (all: readonly Row[]) => [...all].sort((a, b) => order(a).localeCompare(order(b)));
        expect(sorted(rows)).to.deep.equal(sorted(expected));
      });
    }
  });
}
