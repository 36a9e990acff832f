import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import type { Drill } from "./drill";
import { killed } from "./harms";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverKilled: Drill = {
  name: "server-killed",
  promise: `A server whose power fails costs requests only until the balancer has left it, within ${silenceNoticedSeconds} s; with power it serves again by itself.`,
  run: (scene) => oneOfEachPool(scene, { ...killed, tolerated: silenceNoticedSeconds }),
};
