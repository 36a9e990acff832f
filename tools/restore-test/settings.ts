import { faultsMessage } from "../../config/faults";
import { validate } from "../../config/validate";
import type { Json } from "../engine/props";

/** The backups that are tested: what the output `backups` of their stack says. */
export interface Source {
  readonly region: string;
  readonly name: string;
  readonly accessId: string;
  readonly secretKey: string;
  readonly passphrase: string;
}

/** Host name of the site that is never visited. */
const host = "restore-test";
/** Beside the ranges that stacks are given. */
const ipRange = "10.31.254.0/24";

const project = "web-infra";

/**
 * The settings of a stack of one server that begins with the newest backup of another one. It needs nothing of what an
 * account has only once, and keeps nothing.
 * @param values the other stack's configuration
 */
export function testSettings(
  stack: string,
  values: Readonly<Record<string, string>>,
  { name, passphrase, region: bucketRegion }: Source,
): Record<string, Json> {
  const own = Object.entries(values).filter(([key]) => key.startsWith(`${project}:`));
  const raw = Object.fromEntries(own.map(([key, value]) => [key.slice(project.length + 1), value]));
  const checked = validate(raw, { project, stack });
  if ("faults" in checked) throw new Error(faultsMessage(checked.faults, stack));
  const { domain, region, pools, database } = checked.settings;
  const size = pools.find(({ roles }) => roles.includes("db"))?.size ?? "";
  return {
    environment: "development",
    domain,
    host,
    region,
    network: { ipRange },
    pools: [{ name: "server", count: 1, roles: ["web", "app", "db"], size }],
    database: {
      mode: "primary-replica",
      name: database.name,
      volumeGib: database.volumeGib,
      backups: { enabled: false },
      restoreFrom: { bucket: name, region: bucketRegion, passphrase, test: true },
    },
    tls: { certificate: "internal" },
    loadBalancer: { units: 1 },
    dns: { zone: "existing" },
    monitoring: { fields: "existing", extractionRules: "existing", folder: "none" },
  };
}
