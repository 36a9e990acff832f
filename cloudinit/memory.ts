import type { ServerSpec } from "./server";

/**
 * How much of a server's memory the application or the database's buffers may take, in percent. The memory itself is
 * read on the server, at each start: a resize must not replace it.
 */
export function share({ roles }: ServerSpec, role: "app" | "db"): number {
  const alone = { app: 75, db: 60 };
  const together = { app: 40, db: 25 };
  const others = roles.filter((other) => other === "app" || other === "db").length > 1;
  return (others ? together : alone)[role];
}
