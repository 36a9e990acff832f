import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { found, page } from "./answers";
import type { Cloud } from "./cloud";
import type { Droplet } from "./droplet";

const weekdays = ["SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT"] as const;
const hours = [0, 4, 8, 12, 16, 20] as const;
const windowHours = 4;
const retentionDays = { daily: 7, weekly: 28 };

/** When a droplet is backed up; times in UTC. */
export const backupPolicy = z
  .object({
    plan: z.enum(["daily", "weekly"], "must be daily or weekly"),
    weekday: z
      .enum(["", ...weekdays], "must be a weekday: SUN, MON, TUE, WED, THU, FRI or SAT")
      .nullish()
      .transform((weekday) => weekday || "SUN"),
    hour: z
      .union(
        hours.map((hour) => z.literal(hour)),
        "must be 0, 4, 8, 12, 16 or 20",
      )
      .nullish()
      .transform((hour) => hour ?? 0),
  })
  .transform(({ plan, weekday, hour }) => ({
    plan,
    ...(plan === "weekly" ? { weekday } : {}),
    hour,
    window_length_hours: windowHours,
    retention_period_days: retentionDays[plan],
  }));

export type BackupPolicy = z.output<typeof backupPolicy>;

export function addBackups(app: FastifyInstance, cloud: Cloud): void {
  const { droplets, core } = cloud;
  const show = (droplet: Droplet) => ({
    droplet_id: droplet.id,
    backup_enabled: droplet.backup_policy !== null,
    ...(droplet.backup_policy
      ? {
          backup_policy: droplet.backup_policy,
          next_backup_window: nextBackupWindow(droplet.backup_policy, core.clock.now()),
        }
      : {}),
  });
  app.get("/v2/droplets/backups/policies", (request) => {
    const { backups, ...rest } = page(request, "backups", droplets.list(), show);
    return {
      policies: Object.fromEntries(
        (backups as ReturnType<typeof show>[]).map((policy) => [policy.droplet_id, policy]),
      ),
      ...rest,
    };
  });
  app.get("/v2/droplets/backups/supported_policies", () => ({
    supported_policies: [supported("weekly", weekdays), supported("daily", [])],
  }));
  app.get<{ Params: { id: string } }>("/v2/droplets/:id/backups/policy", (request) => ({
    policy: show(found(droplets.get(request.params.id))),
  }));
  app.get<{ Params: { id: string } }>("/v2/droplets/:id/backups", (request) => {
    found(droplets.get(request.params.id));
    return page(request, "backups", [], (backup) => backup);
  });
}

/** The next window of a policy; null where there is no policy. */
export function nextBackupWindow(policy: BackupPolicy | null, now: number) {
  if (!policy) return null;
  const start = new Date(now);
  start.setUTCHours(policy.hour, 0, 0, 0);
  const fits = () =>
    start.getTime() > now &&
    (policy.weekday === undefined || start.getUTCDay() === weekdays.indexOf(policy.weekday));
  while (!fits()) start.setUTCDate(start.getUTCDate() + 1);
  const stamp = (date: Date) => date.toISOString().replace(".000", "");
  return { start: stamp(start), end: stamp(new Date(start.getTime() + windowHours * 3_600_000)) };
}

function supported(name: keyof typeof retentionDays, days: readonly string[]) {
  return {
    name,
    possible_window_starts: hours,
    window_length_hours: windowHours,
    retention_period_days: retentionDays[name],
    possible_days: days,
  };
}
