import type { Json } from "../engine/props";
import { settingsByKey } from "../engine/stackfile";
import { firstStarts } from "../first-starts";
import type { Server } from "../live";
import { rehearse } from "../rehearsal";
import { requireSound } from "../shared/faults";
import type { Scene } from "./drill";

/** What a stack beside another one in the same accounts has to have otherwise. */
export const beside = (host: string, ipRange: string): Record<string, Json> => ({
  host,
  tls: { certificate: "internal" },
  network: { ipRange },
  dns: { zone: "existing" },
  monitoring: { fields: "existing", extractionRules: "existing" },
});

/** Makes a further stack in the drill's cloud; resolves once its servers have started. @returns their names */
export async function makeBeside(
  { live, signal }: Scene,
  stack: string,
  settings: Readonly<Record<string, Json>>,
): Promise<Pick<Server, "name">[]> {
  const { cloud, nodes } = live;
  const before = nodes.names();
  const values = settingsByKey(settings);
  const made = await rehearse(cloud, { stack, like: "sandbox", values, nodes, latency: "instant", signal });
  requireSound(made);
  await firstStarts(nodes, console.error);
  return nodes.names().flatMap((name) => (before.includes(name) ? [] : [{ name }]));
}
