import { allServe, clusterOf, databases, requireNoWrites, wait } from "./databases";
import type { Drill } from "./drill";

/** What is under way when the network fails may still end. */
const settledSeconds = 15;

export const clusterSplit: Drill = {
  name: "cluster-split",
  settings: { database: { mode: "cluster" } },
  promise:
    "With two of three nodes cut off nobody takes writes, so the cluster never splits; connected again it serves.",
  async run(scene) {
    const { live, phase } = scene;
    phase("before");
    await wait(scene, 5);
    const lost = databases(live).slice(1);
    phase("two of three cut off", 300);
    await Promise.all(lost.map(({ name }) => live.nodes.cut(name)));
    await wait(scene, settledSeconds);
    const from = Date.now();
    await wait(scene, 20);
    requireNoWrites(scene, from, Date.now());
    for (const server of databases(live)) {
      if ((await clusterOf(live, server)) !== "")
        throw new Error(`${server.label} believes to be the majority.`);
    }
    await Promise.all(lost.map(({ name }) => live.nodes.cut(name, false)));
    await allServe(scene);
    await wait(scene, 20);
    phase("after");
    await wait(scene, 5);
  },
};
