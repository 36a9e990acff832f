import type { Drill } from "./drill";
import { oneOfEachPool } from "./one-of-each-pool";
import { droplet } from "./power";

export const serverStopped: Drill = {
  name: "server-stopped",
  promise: "A server that is stopped in order costs no request, and once started it serves again by itself.",
  run: (scene) =>
    oneOfEachPool(scene, { what: "stopped", harm: droplet("shutdown"), heal: droplet("power_on") }),
};
