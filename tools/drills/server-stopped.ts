import type { Drill } from "./drill";
import { stopped } from "./harms";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverStopped: Drill = {
  name: "server-stopped",
  promise: "A server that is stopped in order costs no request, and once started it serves again by itself.",
  run: (scene) => oneOfEachPool(scene, stopped),
};
