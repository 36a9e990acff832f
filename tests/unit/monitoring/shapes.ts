import { readFileSync } from "node:fs";
import { parse } from "yaml";
import type { Props } from "../../../tools/engine/props";

export const hosts = ["dev-server-1", "dev-server-2", "dev-server-3"];

/** The settings of stack dev, with some in the place of its own. */
function settings(own: Props = {}): Props {
  const { config } = parse(readFileSync("Pulumi.dev.yaml", "utf8")) as { config: Props };
  const entries = Object.entries(config).map(([key, value]) => [key.replace("web-infra:", ""), value]);
  return { ...Object.fromEntries(entries), ...own };
}

/** Stacks of three servers with each kind of database. */
export const shapes = {
  primaryReplica: settings(),
  cluster: settings({ database: { mode: "cluster" } }),
  managed: settings({
    database: { mode: "managed" },
    pools: [{ name: "server", count: 3, roles: ["web", "app"] }],
  }),
};
