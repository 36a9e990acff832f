import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import type { Drill } from "./drill";
import { cutOff } from "./harms";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverCut: Drill = {
  name: "server-cut",
  promise: `A server cut off from the network costs requests only until the balancer has left it, within ${silenceNoticedSeconds} s; connected again it serves by itself.`,
  run: (scene) => oneOfEachPool(scene, { ...cutOff, tolerated: silenceNoticedSeconds }),
};
