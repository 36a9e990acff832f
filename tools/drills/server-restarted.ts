import type { Drill } from "./drill";
import { oneOfEachPool } from "./one-of-each-pool";
import { droplet } from "./power";

export const serverRestarted: Drill = {
  name: "server-restarted",
  promise: "A server that is restarted costs no request and serves again by itself.",
  run: (scene) => oneOfEachPool(scene, { what: "restarted", harm: droplet("reboot") }),
};
