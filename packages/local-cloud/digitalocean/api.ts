import { timingSafeEqual } from "node:crypto";
import type { FastifyInstance } from "fastify";
import { addAdmin } from "../core/admin";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import { RateLimit } from "../core/rate-limit";
import { createServer } from "../core/server";
import { addAccount } from "./account";
import { addActions } from "./actions";
import { addAlerts } from "./alerts";
import { errorBody } from "./answers";
import { addAutoscale } from "./autoscale";
import { addBackups } from "./backups";
import { addBalancers } from "./balancers";
import { addCertificates } from "./certificates";
import { Cloud } from "./cloud";
import { addDatabaseChildren } from "./database-children";
import { addDatabaseSettings } from "./database-settings";
import { addDatabases } from "./databases";
import { addDomains } from "./domains";
import { addDropletActions } from "./droplet-actions";
import { addDroplets } from "./droplets";
import { addFirewalls } from "./firewalls";
import { addImages } from "./images";
import { addMetrics } from "./metrics";
import { addNatGateways } from "./nat-gateways";
import { addProjectResources } from "./project-resources";
import { addProjects, seedProjects } from "./projects";
import { addRecords } from "./records";
import { addReplicas } from "./replicas";
import { addReservedIps } from "./reserved-ips";
import { addSnapshots } from "./snapshots";
import { addSpacesKeys } from "./spaces-keys";
import { addKeys } from "./ssh-keys";
import { addTags } from "./tags";
import { addUptime } from "./uptime";
import { addVolumeActions } from "./volume-actions";
import { addVolumes } from "./volumes";
import { addVpcs, seedVpcs } from "./vpcs";

/** The token that the local DigitalOcean takes, and no other. */
export const token = "local-cloud-token";

const families = [
  addAccount,
  addKeys,
  addVpcs,
  addTags,
  addImages,
  addDroplets,
  addDropletActions,
  addBackups,
  addAutoscale,
  addNatGateways,
  addFirewalls,
  addBalancers,
  addCertificates,
  addDomains,
  addRecords,
  addVolumes,
  addVolumeActions,
  addSnapshots,
  addSpacesKeys,
  addReservedIps,
  addDatabases,
  addDatabaseChildren,
  addDatabaseSettings,
  addReplicas,
  addProjects,
  addProjectResources,
  addAlerts,
  addUptime,
  addMetrics,
  addActions,
];

export interface DigitaloceanApi {
  readonly app: FastifyInstance;
  /** What the account holds, for the console. */
  readonly cloud: Cloud;
}

/** A DigitalOcean API over the core's store, not listening yet. */
export function createDigitaloceanApi(core: Core): DigitaloceanApi {
  const app = createServer({ core, api: "digitalocean", errorBody });
  const cloud = new Cloud(core);
  guard(app, core);
  for (const add of families) add(app, cloud);
  cloud.actions.resume();
  const seed = () => {
    seedVpcs(cloud);
    seedProjects(cloud);
  };
  addAdmin(app, core, () => {
    cloud.machines.clear();
    core.store.clear("digitalocean/");
    seed();
  });
  seed();
  cloud.machines.follow();
  return { app, cloud };
}

/** Credentials and rate limits, in this order: a call without a token isn't counted. */
function guard(app: FastifyInstance, core: Core): void {
  const limit = new RateLimit(core.clock, [
    { limit: 250, windowMs: 60_000 },
    { limit: 5000, windowMs: 3_600_000 },
  ]);
  app.addHook("onRequest", async (request, reply) => {
    const given = Buffer.from(request.headers.authorization ?? "");
    const wanted = Buffer.from(`Bearer ${token}`);
    if (given.length !== wanted.length || !timingSafeEqual(given, wanted)) {
      throw new ApiError(401, "Unable to authenticate you");
    }
    if (core.options.rateLimits === false || request.url.startsWith("/_local/")) return;
    try {
      limit.take();
    } finally {
      const { limit: most, remaining, reset } = limit.quota();
      reply.headers({ "ratelimit-limit": most, "ratelimit-remaining": remaining, "ratelimit-reset": reset });
    }
  });
}
