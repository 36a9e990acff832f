import * as pulumi from "@pulumi/pulumi";
import { type Fault, faultsMessage, shown } from "../config/faults";
import type { Settings } from "../config/schema";

/** What a stack's state keeps of its database, so that the next run can tell what it would lose. */
export interface DatabaseShape {
  readonly mode: Settings["database"]["mode"];
  /** Servers with the role db. */
  readonly servers: number;
}

/** Asked at previews too, with the shape in the state and the one that is wanted. @throws where data would be lost. */
export const refuseLoss = (previousMode: Settings["database"]["previousMode"]): pulumi.ResourceHook =>
  new pulumi.ResourceHook(
    "database-kept",
    ({ oldInputs, newInputs }) => {
      if (!oldInputs?.mode || !newInputs) return;
      const faults = losses(oldInputs as DatabaseShape, newInputs as DatabaseShape, previousMode);
      if (faults.length > 0) throw new pulumi.RunError(faultsMessage(faults, pulumi.getStack()));
    },
    { onDryRun: true },
  );

/** What is wrong with a database's change from one shape to another. */
export function losses(
  before: DatabaseShape,
  after: DatabaseShape,
  previousMode: Settings["database"]["previousMode"],
): Fault[] {
  if (before.mode !== after.mode) return previousMode === before.mode ? [] : [modeChange(before, after)];
  const half = Math.ceil(before.servers / 2);
  if (after.servers >= half) return [];
  return [
    {
      path: "pools[].count",
      value: `${after.servers} with the role db in all`,
      limit: `${half} or more, half of the ${before.servers} that there are: what only the others hold would be lost`,
      mend: "Shrink in steps, and let the servers that stay catch up in between.",
    },
  ];
}

const modeChange = (before: DatabaseShape, after: DatabaseShape): Fault => ({
  path: "database.mode",
  value: shown(after.mode),
  limit: `${before.mode}, as it is: in another mode the stack has a new, empty database, and the present one is deleted`,
  mend: `Take a dump of the data first (docs/database.md says how), then set database.previousMode to ${before.mode}.`,
});
