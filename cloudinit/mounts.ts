import type { ServerSpec } from "./server";

/** Where a server's file systems are mounted that may fill up, or break. */
export const mounts = ({ roles }: ServerSpec): string[] => [
  "/",
  ...(roles.includes("db") ? ["/srv/database"] : []),
];
