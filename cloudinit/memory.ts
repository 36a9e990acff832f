import type { ServerSpec } from "./server";

/** Of a server's memory, in MiB, what the application or the database's buffers may take. */
export function share({ memoryMib, roles }: ServerSpec, role: "app" | "db"): number {
  const alone = { app: 0.75, db: 0.6 };
  const together = { app: 0.4, db: 0.25 };
  const others = roles.filter((other) => other === "app" || other === "db").length > 1;
  return Math.floor(memoryMib * (others ? together : alone)[role]);
}
