import type { DropletBody, World } from "../../core/backend";

/** The API's objects, as the tests of the machines need them. */
export const vpc = { id: "vpc", ip_range: "10.10.0.0/20" };

export const balancer = {
  id: "balancer",
  ip: "198.18.0.9",
  vpc_uuid: vpc.id,
  droplet_ids: [1],
  forwarding_rules: [
    { entry_protocol: "http", entry_port: 80, target_protocol: "http", target_port: 80 },
    {
      entry_protocol: "https",
      entry_port: 443,
      target_protocol: "https",
      target_port: 443,
      certificate_id: "cert",
    },
  ],
  health_check: {
    protocol: "https",
    port: 443,
    path: "/readyz",
    check_interval_seconds: 10,
    response_timeout_seconds: 5,
    unhealthy_threshold: 3,
    healthy_threshold: 5,
  },
  sticky_sessions: { type: "none" },
  redirect_http_to_https: true,
  enable_proxy_protocol: false,
  enable_backend_keepalive: false,
  http_idle_timeout_seconds: 60,
  firewall: { allow: [], deny: [] },
  tls_cipher_policy: "DEFAULT",
};

export function worldOf(over: Partial<World> = {}): World {
  const nothing = {
    droplets: [],
    firewalls: [],
    balancers: [],
    volumes: [],
    databases: [],
    certificates: [],
    zones: {},
  };
  return { ...nothing, vpcs: [vpc], ...over };
}

export const droplet = (id: number, tags: readonly string[] = []) => ({ id, tags, memory: 1024, vcpus: 1 });

export function dropletBody(id: number, userData: string, over: Partial<DropletBody> = {}): DropletBody {
  return {
    id,
    name: `node-${id}`,
    region: "nyc3",
    size: "s-1vcpu-1gb",
    image: "debian-12-x64",
    userData,
    publicIp: `198.18.0.${id + 10}`,
    privateIp: `10.10.0.${id + 10}`,
    vpcUuid: vpc.id,
    tags: [],
    volumeIds: [],
    sshKeys: [],
    ...over,
  };
}
