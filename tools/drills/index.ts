import type { Drill } from "./drill";
import { restores } from "./restore";
import { serverCut } from "./server-cut";
import { serverKilled } from "./server-killed";
import { serverRestarted } from "./server-restarted";
import { serverStopped } from "./server-stopped";

/** All drills, by name. */
export const drills: ReadonlyMap<string, Drill> = new Map(
  [serverStopped, serverRestarted, serverKilled, serverCut, ...restores].map((drill) => [drill.name, drill]),
);
