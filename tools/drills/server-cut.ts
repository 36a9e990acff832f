import { leftAfterSeconds } from "../../cloudinit/health-check";
import type { Drill } from "./drill";
import { oneOfEachPool } from "./one-of-each-pool";

export const serverCut: Drill = {
  name: "server-cut",
  promise: `A server cut off from the network costs requests only until the balancer has left it, within ${leftAfterSeconds} s; connected again it serves by itself.`,
  run: (scene) =>
    oneOfEachPool(scene, {
      what: "cut off",
      tolerated: leftAfterSeconds,
      harm: ({ nodes }, { name }) => nodes.cut(name),
      heal: ({ nodes }, { name }) => nodes.cut(name, false),
    }),
};
