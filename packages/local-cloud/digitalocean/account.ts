import type { FastifyInstance } from "fastify";
import { page } from "./answers";
import { regionSlugs, regions } from "./catalog/regions";
import { showSize, sizes } from "./catalog/sizes";
import type { Cloud } from "./cloud";

export const accountUuid = "b6fb6d2a-0e35-4b8f-9d2c-6f2f2a0c5d10";

/** Droplets a new account may have. */
export const defaultDropletLimit = 25;

export function addAccount(app: FastifyInstance, { core }: Cloud): void {
  app.get("/v2/account", () => ({
    account: {
      droplet_limit: core.options.dropletLimit ?? defaultDropletLimit,
      floating_ip_limit: 3,
      reserved_ip_limit: 3,
      volume_limit: 100,
      email: "owner@example.com",
      name: "Local Cloud",
      uuid: accountUuid,
      email_verified: true,
      status: "active",
      status_message: "",
      team: { name: "Local Cloud", uuid: accountUuid },
    },
  }));
  app.get("/v2/regions", (request) => page(request, "regions", [...regions.values()], (region) => region));
  app.get("/v2/sizes", (request) => page(request, "sizes", sizes, (size) => showSize(size, regionSlugs)));
}
