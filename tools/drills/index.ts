import { clusterNode } from "./cluster-node";
import { clusterSplit } from "./cluster-split";
import { databasePowerLoss } from "./database-power-loss";
import type { Drill } from "./drill";
import { replicasLost } from "./replicas-lost";
import { restores } from "./restore";
import { serverCut } from "./server-cut";
import { serverKilled } from "./server-killed";
import { serverRestarted } from "./server-restarted";
import { serverStopped } from "./server-stopped";
import { writerLost } from "./writer-lost";

/** All drills, by name. */
export const drills: ReadonlyMap<string, Drill> = new Map(
  [
    serverStopped,
    serverRestarted,
    serverKilled,
    serverCut,
    ...clusterNode,
    clusterSplit,
    ...writerLost,
    replicasLost,
    ...databasePowerLoss,
    ...restores,
  ].map((drill) => [drill.name, drill]),
);
