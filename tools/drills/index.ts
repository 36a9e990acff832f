import { backupsKept } from "./backups-kept";
import { clusterNode } from "./cluster-node";
import { clusterNodeRebuilt } from "./cluster-node-rebuilt";
import { clusterSplit } from "./cluster-split";
import { databaseChanged } from "./database-changed";
import { databasePowerLoss } from "./database-power-loss";
import type { Drill } from "./drill";
import { modeMoved } from "./mode-moved";
import { replicasLost } from "./replicas-lost";
import { restores } from "./restore";
import { restoreTest } from "./restore-test";
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
    clusterNodeRebuilt,
    clusterSplit,
    ...writerLost,
    replicasLost,
    ...databasePowerLoss,
    ...databaseChanged,
    ...restores,
    restoreTest,
    backupsKept,
    modeMoved,
  ].map((drill) => [drill.name, drill]),
);
