import { allServe, requireNoWrites, wait, writerAndReplicas } from "./databases";
import type { Drill } from "./drill";

export const replicasLost: Drill = {
  name: "replicas-lost",
  settings: { database: { mode: "primary-replica" } },
  promise:
    "Without a replica to acknowledge them writes are never taken for done, and the writer says so; they go on once a replica is back.",
  async run(scene) {
    const { live, phase } = scene;
    phase("before");
    await wait(scene, 5);
    const { writer, replicas } = await writerAndReplicas(live);
    phase("all replicas cut off", 300);
    await Promise.all(replicas.map(({ name }) => live.nodes.cut(name)));
    await wait(scene, 15);
    const from = Date.now();
    await wait(scene, 30);
    requireNoWrites(scene, from, Date.now());
    const said = await live.nodes.run(writer.name, [
      "journalctl",
      "-u",
      "database-node",
      "-o",
      "cat",
      "-n",
      "20",
    ]);
    if (!said.includes('{"event": "writer", "semi_sync": true, "replicas": 0}')) {
      throw new Error(`${writer.label} does not tell that no replica acknowledges.`);
    }
    await Promise.all(replicas.map(({ name }) => live.nodes.cut(name, false)));
    await allServe(scene);
    await wait(scene, 20);
    phase("after");
    await wait(scene, 5);
  },
};
