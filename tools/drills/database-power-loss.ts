import { allServe, databases, wait } from "./databases";
import type { Drill } from "./drill";

const drill = (mode: "cluster" | "primary-replica"): Drill => ({
  name: `${mode}-power-loss`,
  settings: { database: { mode } },
  promise: "All servers lose power at once: service returns without a hand, with all that was acknowledged.",
  async run(scene) {
    const { live, phase } = scene;
    phase("before");
    await wait(scene, 5);
    phase("all killed at once", 600);
    await Promise.all(databases(live).map(({ name }) => live.nodes.kill(name)));
    await wait(scene, 3);
    const since = Date.now();
    await Promise.all(databases(live).map(({ name }) => live.nodes.start(name)));
    await allServe(scene);
    console.error(
      `  all databases serve ${((Date.now() - since) / 1000).toFixed(0)} s after the power is back`,
    );
    await wait(scene, 20);
    phase("after");
    await wait(scene, 5);
  },
});

/** The loss of everything at once. */
export const databasePowerLoss: readonly Drill[] = [drill("cluster"), drill("primary-replica")];
