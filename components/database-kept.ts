import * as pulumi from "@pulumi/pulumi";
import { type Fault, faultsMessage, shown } from "../config/faults";
import type { Settings } from "../config/schema";
import type { Stack } from "./stack";

/** What a stack's state keeps of its database, so that the next run can tell what it would lose. */
export interface DatabaseShape {
  readonly mode: Settings["database"]["mode"];
  readonly name: string;
  readonly region: string;
  /** Of a managed database, which is bound to its network. */
  readonly ipRange?: string;
  readonly passwordGeneration: number;
  /** Servers with the role db: how many, and their labels. States of former versions know the number only. */
  readonly servers: number;
  readonly labels: readonly string[];
}

/** The shape that a stack's settings ask for. */
export function shapeOf({ settings, nodes }: Stack): DatabaseShape {
  const labels = nodes.filter(({ roles }) => roles.includes("db")).map(({ label }) => label);
  const { mode, name, passwordGeneration } = settings.database;
  return {
    mode,
    name,
    region: settings.region,
    ...(mode === "managed" && { ipRange: settings.network.ipRange }),
    passwordGeneration,
    servers: labels.length,
    labels,
  };
}

/** Asked at previews too, with the shape in the state and the one that is wanted. @throws where data would be lost. */
export const refuseLoss = (previousMode: Settings["database"]["previousMode"]): pulumi.ResourceHook =>
  new pulumi.ResourceHook(
    "database-kept",
    ({ oldInputs, newInputs }) => {
      if (!oldInputs?.mode || !newInputs) return;
      const faults = losses(oldInputs, newInputs as DatabaseShape, previousMode);
      if (faults.length > 0) throw new pulumi.RunError(faultsMessage(faults, pulumi.getStack()));
    },
    { onDryRun: true },
  );

/** What is wrong with a database's change from one shape to another; of what the state does not know, nothing. */
export function losses(
  state: Partial<DatabaseShape>,
  after: DatabaseShape,
  previousMode: Settings["database"]["previousMode"],
): Fault[] {
  const before = { ...after, ...state };
  if (before.mode !== after.mode) return previousMode === before.mode ? [] : [modeChange(before, after)];
  return [...moves(before, after), ...lockedOut(before, after), ...serverLoss(before, after)];
}

const modeChange = (before: DatabaseShape, after: DatabaseShape): Fault => ({
  path: "database.mode",
  value: shown(after.mode),
  limit: `${before.mode}, as it is: in another mode the stack has a new, empty database, and the present one is deleted`,
  mend: `Take a dump of the data first (docs/database.md says how), then set database.previousMode to ${before.mode}.`,
});

/** Where the data is; it does not move with a change of these. */
const places = [
  { path: "region", key: "region", otherwise: "the data would be deleted" },
  { path: "network.ipRange", key: "ipRange", otherwise: "the data would be deleted" },
  { path: "database.name", key: "name", otherwise: "the application would find an empty database" },
] as const;

const moves = (before: DatabaseShape, after: DatabaseShape): Fault[] =>
  places
    .filter(({ key }) => before[key] !== after[key])
    .map(({ path, key, otherwise }) => ({
      path,
      value: shown(after[key]),
      limit: `${before[key]}, as it is: ${otherwise}`,
      mend: "Make a second stack with it, and bring the data by a backup or a dump (docs/database-backups.md).",
    }));

/** There are the accounts of this turn of passwords and of the next one; those of a former turn have been made anew. */
function lockedOut({ passwordGeneration: turn }: DatabaseShape, after: DatabaseShape): Fault[] {
  if ([turn, turn + 1].includes(after.passwordGeneration)) return [];
  return [
    {
      path: "database.passwordGeneration",
      value: shown(after.passwordGeneration),
      limit: `${turn}, as it is, or ${turn + 1}: with others the application's account would not be there or have another password`,
      mend: "Add one, let the update end, and only then one more; it never goes back.",
    },
  ];
}

function serverLoss(before: DatabaseShape, after: DatabaseShape): Fault[] {
  if (after.mode === "managed") return [];
  const stay = before.labels.filter((label) => after.labels.includes(label)).length;
  const [least, why] =
    after.mode === "cluster"
      ? [Math.floor(before.servers / 2) + 1, "a majority has all that was acknowledged"]
      : [Math.max(1, before.servers - 1), "a write may be on the writer and one replica only"];
  if (stay >= least) return [];
  return [
    {
      path: "pools",
      value: `${stay} of the ${before.servers} servers with the role db stay`,
      limit: `${least} or more: ${why}`,
      mend: "Shrink in steps, and let the servers that stay catch up in between. Another pool, or one with another name, has other servers.",
    },
  ];
}
