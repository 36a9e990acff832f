import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import type { Drill } from "./drill";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverKilled: Drill = {
  name: "server-killed",
  promise: `A server whose power fails costs requests only until the balancer has left it, within ${silenceNoticedSeconds} s; with power it serves again by itself.`,
  run: (scene) =>
    oneOfEachPool(scene, {
      what: "killed",
      tolerated: silenceNoticedSeconds,
      harm: ({ nodes }, { name }) => nodes.kill(name),
      heal: ({ nodes }, { name }) => nodes.start(name),
    }),
};
