import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import { allServe, databases, requireWritesWithin, wait } from "./databases";
import type { Drill, Scene } from "./drill";
import { cutOff, type Harm, killed, stopped } from "./harms";

const writesWithinSeconds = 10;

const drill = (loss: Harm): Drill => ({
  name: `cluster-node-${loss.what.replace(" ", "-")}`,
  settings: { database: { mode: "cluster" } },
  promise: `Any one node of the database cluster ${loss.what}: writes go on within ${writesWithinSeconds} s, and it returns by itself.`,
  run: (scene) => each(scene, loss),
});

async function each(scene: Scene, { what, harm, heal }: Harm): Promise<void> {
  const { live, phase } = scene;
  phase("before");
  await wait(scene, 5);
  for (const server of databases(live)) {
    // The balancer needs as long to leave a web server that is silent; the others serve meanwhile.
    phase(`${server.label} ${what}`, silenceNoticedSeconds);
    const since = Date.now();
    await harm(live, server);
    await wait(scene, silenceNoticedSeconds + 5);
    phase(`${server.label} returns`, 10);
    await heal(live, server);
    await allServe(scene);
    await wait(scene, 10);
    requireWritesWithin(scene, writesWithinSeconds, since);
  }
}

/** What the loss of one node costs a cluster. */
export const clusterNode: readonly Drill[] = [stopped, killed, cutOff].map(drill);
