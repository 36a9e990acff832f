import type { Json } from "../engine/props";
import type { Live, Server } from "../live";
import { until } from "../shared/until";
import { beside, makeBeside } from "./beside";
import { databases, wait } from "./databases";
import type { Drill } from "./drill";

type Named = Pick<Server, "name">;

/** A server of each other mode, for the data to go through. */
const stops: Readonly<Record<string, Readonly<Record<string, Json>>>> = {
  replicated: {
    ...beside("replicated", "10.31.1.0/24"),
    pools: [{ name: "server", count: 1, roles: ["web", "app", "db"], size: "s-2vcpu-2gb" }],
    database: { mode: "primary-replica" },
  },
  managed: {
    ...beside("managed", "10.31.2.0/24"),
    pools: [{ name: "server", count: 1, roles: ["web", "app"], size: "s-1vcpu-1gb" }],
    database: { mode: "managed" },
  },
};

export const modeMoved: Drill = {
  name: "mode-moved",
  promise:
    "A cluster's data goes by dump into a writer with replicas, from there into a managed database, and back: nothing is lost, and no rows are replaced unasked.",
  settings: { database: { mode: "cluster" } },
  async run(scene) {
    const { live, load, phase, signal } = scene;
    phase("before");
    await wait(scene, 10);
    await load.stop();
    const [home] = databases(live);
    if (!home) throw new Error("There is no database server.");
    let carried = await dumped(live, home);
    for (const [stack, settings] of Object.entries(stops)) {
      const [stop] = await makeBeside(scene, stack, settings);
      if (!stop) throw new Error(`The stack ${stack} has no server.`);
      const isLoaded = () => loaded(live, stop, carried);
      await until(`The stack ${stack} took no dump`, 120, isLoaded, signal);
      carried = await dumped(live, stop);
    }
    if (await loaded(live, home, carried)) throw new Error("Rows were replaced that nobody asked to.");
    await live.nodes.run(home.name, ["mariadb", "--execute=DELETE FROM entries", "app"]);
    if (!(await loaded(live, home, carried, "--replace"))) throw new Error("The cluster took no dump.");
  },
};

const dumped = ({ nodes }: Live, { name }: Named): Promise<string> => nodes.run(name, ["database-dump"]);

/** Whether the database took the dump. */
const loaded = ({ nodes }: Live, { name }: Named, dump: string, ...options: string[]): Promise<boolean> =>
  nodes.run(name, ["database-load", ...options], dump).then(
    () => true,
    () => false,
  );
