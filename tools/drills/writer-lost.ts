import { until } from "../shared/until";
import { allServe, requireWritesWithin, takes, wait, writerAndReplicas } from "./databases";
import type { Drill } from "./drill";
import { cutOff, type Harm, killed } from "./harms";

const backWithinSeconds = 60;
/** It asks its peers each second. */
const hearsWithinSeconds = 10;

const drill = ({ what, harm, heal }: Harm): Drill => ({
  name: `writer-${what.replace(" ", "-")}`,
  settings: { database: { mode: "primary-replica" } },
  promise: `The writer ${what} and a replica promoted by its command: writes are back in ${backWithinSeconds} s, nothing acknowledged is lost, and the former writer returns as a replica.`,
  async run(scene) {
    const { live, phase, signal } = scene;
    phase("before");
    await wait(scene, 5);
    const { writer, replicas } = await writerAndReplicas(live);
    const [successor] = replicas;
    if (!successor) throw new Error("There is no replica.");
    phase(`${writer.label} ${what}, ${successor.label} promoted`, backWithinSeconds);
    const since = Date.now();
    await harm(live, writer);
    await wait(scene, 3);
    await live.nodes.run(successor.name, ["database-promote"]);
    await wait(scene, 25);
    requireWritesWithin(scene, backWithinSeconds, since);
    phase(`${writer.label} returns`, 20);
    await heal(live, writer);
    const gaveUp = async () => !(await takes(live, writer, "writer"));
    await until(
      `${writer.label} did not hear that another server writes`,
      hearsWithinSeconds,
      gaveUp,
      signal,
    );
    await allServe(scene);
    if (await takes(live, writer, "writer")) throw new Error(`${writer.label} takes writes again.`);
    await wait(scene, 20);
    phase("after");
    await wait(scene, 5);
  },
});

/** What the loss of the writer costs. */
export const writerLost: readonly Drill[] = [killed, cutOff].map(drill);
