import type { Resources } from "../resource";
import type { Rule } from "../rule";
import { roles, serversWith } from "../servers";

export const serversPerRole: Rule = {
  name: "servers-per-role",
  holds: "Every role is carried by two servers or more.",
  reason: "Servers are replaced, resized and lost; a role with one of them is gone meanwhile.",
  fix: "Raise the count of a pool with the role.",
  check: (resources, stack) =>
    roles.flatMap((role) => {
      const servers = serversWith(role, resources, stack);
      if (servers.length > 1 || (role === "db" && isManaged(resources))) return [];
      const [only] = servers;
      if (only) return [{ message: `is the only server with the role ${role}`, resource: only }];
      return [{ message: `has no server with the role ${role}` }];
    }),
};

const isManaged = (resources: Resources): boolean => resources.of("digitalocean:DatabaseCluster").length > 0;
