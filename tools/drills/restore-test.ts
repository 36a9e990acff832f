import { readStackConfig } from "../engine/stackfile";
import { type Source, testSettings } from "../restore-test/settings";
import { projectDirectory } from "../shared/project";
import { backUp, logsUntil, sourceOf, told } from "./backing-up";
import { makeBeside } from "./beside";
import { databases, wait } from "./databases";
import type { Drill, Scene } from "./drill";

export const restoreTest: Drill = {
  name: "restore-test",
  promise:
    "The newest backup of a cluster, restored into a stack of one server: the test succeeds and the cluster's servers tell so; with another passphrase it fails and they tell that.",
  settings: { database: { mode: "cluster" } },
  async run(scene) {
    const { live, load, phase } = scene;
    // What a backup costs the visitors of a small machine is no part of the promise.
    phase("tested", 600);
    await wait(scene, 5);
    const server = databases(live).at(-1);
    if (!server) throw new Error("There is no database server.");
    await backUp(live, server);
    await wait(scene, 5);
    await logsUntil(scene, server, Math.ceil(Date.now() / 1000));
    await load.stop();
    const source = await sourceOf(live, server);
    const since = Date.now();
    await restoreInto(scene, "good", "10.31.1.0/24", source);
    await told(scene, server, '"kind": "restore-test", "ok": true');
    const seconds = Math.round((Date.now() - since) / 1000);
    console.error(`  tested and told in ${seconds} s`);
    await restoreInto(scene, "bad", "10.31.2.0/24", { ...source, passphrase: "another" });
    await told(scene, server, '"kind": "restore-test", "ok": false');
  },
};

/** The stack that `npm run restore-test` makes. */
async function restoreInto(scene: Scene, stack: string, ipRange: string, source: Source): Promise<void> {
  const { values } = readStackConfig(projectDirectory, "sandbox", "");
  const settings = testSettings("sandbox", values, source);
  await makeBeside(scene, stack, { ...settings, host: stack, network: { ipRange } });
}
