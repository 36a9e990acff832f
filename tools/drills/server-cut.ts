import { silenceNoticedSeconds } from "../../cloudinit/health-check";
import type { Drill } from "./drill";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverCut: Drill = {
  name: "server-cut",
  promise: `A server cut off from the network costs requests only until the balancer has left it, within ${silenceNoticedSeconds} s; connected again it serves by itself.`,
  run: (scene) =>
    oneOfEachPool(scene, {
      what: "cut off",
      tolerated: silenceNoticedSeconds,
      harm: ({ nodes }, { name }) => nodes.cut(name),
      heal: ({ nodes }, { name }) => nodes.cut(name, false),
    }),
};
