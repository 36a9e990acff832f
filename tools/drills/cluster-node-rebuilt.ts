import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import { allServe, clusterOf, databases, wait } from "./databases";
import type { Drill } from "./drill";
import { droplet } from "./power";

/** Enough for a new server to have its database ready, if it did not wait for its peers. */
const bootsWithinSeconds = 90;

const rebuild = droplet("rebuild", { image: "debian-12-x64" });

export const clusterNodeRebuilt: Drill = {
  name: "cluster-node-rebuilt",
  settings: { database: { mode: "cluster" } },
  promise:
    "The first node made anew with a blank volume while it is cut off from its peers: it begins no second cluster, and joins the one there is once it is connected.",
  async run(scene) {
    const { live, phase } = scene;
    phase("before");
    await wait(scene, 5);
    const [first, ...others] = databases(live);
    if (!first || !others[0]) throw new Error("There are not enough database servers.");
    const cluster = await clusterOf(live, others[0]);

    phase(`${first.label} cut off, its volume blank, made anew`, silenceNoticedSeconds);
    await live.nodes.isolate(first.name);
    await live.nodes.run(first.name, ["sh", "-c", "systemctl stop mariadb; rm -rf /srv/database/*"]);
    await live.nodes.kill(first.name);
    await wait(scene, silenceNoticedSeconds);
    phase(`${first.label} alone`);
    await rebuild(live, first);
    await wait(scene, bootsWithinSeconds);
    // Most likely its MariaDB still waits to be started.
    const own = await clusterOf(live, first).catch(() => "");
    if (own !== "") throw new Error(`${first.label} has begun a second cluster.`);

    phase(`${first.label} connected`, 10);
    await live.nodes.isolate(first.name, false);
    await allServe(scene);
    for (const server of databases(live)) {
      const found = await clusterOf(live, server);
      if (found !== cluster) throw new Error(`${server.label} is in cluster ${found}, not in ${cluster}.`);
    }
    phase("after");
    await wait(scene, 10);
  },
};
