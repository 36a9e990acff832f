import { z } from "zod";
import type { Live } from "../../live";
import { sumoLogicCall } from "./sumologic";

const schema = z.object({
  monitors: z.array(
    z.object({
      name: z.string(),
      evaluation: z.object({ error: z.string().nullable() }).nullable(),
      alerts: z.array(
        z.object({
          id: z.string(),
          severity: z.string(),
          status: z.enum(["Active", "Resolved"]),
          group: z.unknown(),
          triggerValue: z.number().nullable(),
        }),
      ),
    }),
  ),
});

/** An alert that a monitor has fired. */
export interface Alert {
  readonly id: string;
  readonly monitor: string;
  readonly isActive: boolean;
  /** For people: how severe, where, and what was measured. */
  readonly about: string;
}

/** All alerts so far. @throws where a monitor can't be evaluated. */
export async function alertsOf({ cloud }: Live): Promise<Alert[]> {
  const { monitors } = schema.parse(await sumoLogicCall(cloud, "GET", "_local/monitors"));
  const failed = monitors.find(({ evaluation }) => evaluation?.error);
  if (failed) throw new Error(`${failed.name}: ${failed.evaluation?.error}`);
  return monitors.flatMap(({ name, alerts }) =>
    alerts.map(({ id, severity, status, group, triggerValue }) => ({
      id,
      monitor: name,
      isActive: status === "Active",
      about: `${severity} ${JSON.stringify(group)} ${triggerValue ?? "no data"}`,
    })),
  );
}
