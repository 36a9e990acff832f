import type { ServerFile } from "./part";
import { template } from "./template";

/** What systemd keeps a service from: one of our `own` programs, or one of Debian's. */
export const sandbox = (unit: string, kind: "own" | "debian"): ServerFile => ({
  path: `/etc/systemd/system/${unit}.service.d/sandbox.conf`,
  content: template(`sandbox/${kind}.conf`),
});
