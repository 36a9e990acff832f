import { once } from "node:events";
import { mkdir, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { freeAddress } from "./addresses";
import { balancerConfig, entries, isServed, serverName, serverState, type Target } from "./balancer-config";
import type { Enclosure } from "./enclosure";
import { configFile, Haproxy } from "./haproxy";
import type { Network } from "./network";
import type { BalancerObject, Objects } from "./world";

interface Body {
  /** Name of its host on the network. */
  readonly name: string;
  readonly privateIp: string;
  readonly publicIp: string;
  readonly directory: string;
  /** Loopback port by entry port. */
  readonly loopback: Map<number, number>;
  targets: readonly Target[];
  /** The configuration in force, with the certificates. */
  config: string;
  haproxy?: Haproxy;
}

/** The bodies of the balancers: a haproxy each, with addresses of its own. */
export class Balancers {
  private readonly all = new Map<string, Body>();
  private made = 0;

  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
    private readonly directory: string,
    private readonly log: (line: string) => void,
  ) {}

  /** Public and private address of each balancer. */
  addresses(): Map<string, readonly string[]> {
    return new Map([...this.all].map(([id, { publicIp, privateIp }]) => [id, [publicIp, privateIp]]));
  }

  /** Name of a balancer's host on the network. @throws when it has no body. */
  host(id: string): string {
    const body = this.all.get(id);
    if (!body) throw new Error(`Load balancer ${id} does not run.`);
    return body.name;
  }

  /** @param addressOf the private address of a droplet that has a body. */
  async reconcile(world: Objects, addressOf: (droplet: number) => string | undefined): Promise<void> {
    for (const id of this.all.keys())
      if (!world.balancers.some((each) => each.id === id)) await this.remove(id);
    for (const balancer of world.balancers) {
      if (!balancer.ip) continue;
      const body = this.all.get(balancer.id) ?? (await this.add(balancer, world));
      const targets = balancer.droplet_ids.flatMap((id) => {
        const address = addressOf(id);
        return address === undefined ? [] : [{ id, address }];
      });
      await this.configure(body, balancer, targets, world);
    }
  }

  /** The balancer's own verdict on each of its droplets. */
  async health(id: string): Promise<ReadonlyMap<number, boolean>> {
    const body = this.all.get(id);
    const fit = await body?.haproxy?.fit();
    return new Map(fit && body?.targets.map((target) => [target.id, fit.has(serverName(target.id))]));
  }

  /** Where an entry port is served on this machine. */
  address(id: string, entryPort: number): { host: string; port: number } | null {
    const body = this.all.get(id);
    const port = body?.haproxy && body.loopback.get(entryPort);
    return port ? { host: "127.0.0.1", port } : null;
  }

  private async add(balancer: BalancerObject, world: Objects): Promise<Body> {
    const { id, ip: publicIp, vpc_uuid, forwarding_rules: rules } = balancer;
    const vpc = world.vpcs.find((each) => each.id === vpc_uuid);
    if (!vpc) throw new Error(`Load balancer ${id} is in an unknown VPC, ${vpc_uuid}.`);
    const name = `lb${++this.made}`;
    const directory = join(this.directory, name);
    const privateIp = freeAddress(vpc.ip_range, this.network.addresses());
    const body: Body = { name, privateIp, publicIp, directory, loopback: new Map(), targets: [], config: "" };
    await mkdir(directory);
    await this.network.add({
      name,
      publicIp,
      vpc: { id: vpc.id, range: vpc.ip_range, ip: privateIp },
      configured: true,
    });
    this.all.set(id, body);
    for (const { entry_protocol: protocol, entry_port: port } of rules.filter((rule) => !isServed(rule))) {
      this.log(`Balancer ${publicIp}: ${protocol} on port ${port} is not served here.`);
    }
    return body;
  }

  private async remove(id: string): Promise<void> {
    const body = this.all.get(id);
    if (!body) return;
    this.all.delete(id);
    await body.haproxy?.stop();
    await this.network.remove(body.name);
    await rm(body.directory, { recursive: true });
  }

  private async configure(
    body: Body,
    balancer: BalancerObject,
    targets: readonly Target[],
    world: Objects,
  ): Promise<void> {
    for (const { entry_port: port } of entries(balancer)) {
      if (!body.loopback.has(port)) body.loopback.set(port, await freePort());
    }
    const { name: namespace, loopback, directory } = body;
    const config = balancerConfig(balancer, { namespace, targets, loopback, directory });
    const certificates = certificatesOf(balancer, world);
    const whole = [config, ...certificates.values()].join("\n");
    if (whole === body.config) return;

    const health = await this.health(balancer.id);
    await writeFile(join(directory, "state"), serverState(balancer, targets, health));
    await writeFile(join(directory, configFile), config);
    for (const [id, pem] of certificates) await writeFile(join(directory, `${id}.pem`), pem, { mode: 0o600 });
    if (body.haproxy) await body.haproxy.reload();
    else {
      body.haproxy = await Haproxy.start(this.enclosure, directory);
      for (const [port, local] of loopback)
        this.log(`Balancer ${body.publicIp}: its port ${port} is 127.0.0.1:${local} here.`);
    }
    body.targets = targets;
    body.config = whole;
  }
}

function certificatesOf(
  { forwarding_rules: rules }: BalancerObject,
  { certificates }: Objects,
): Map<string, string> {
  const wanted = certificates.filter(({ id }) => rules.some((rule) => rule.certificate_id === id));
  return new Map(
    wanted.map(({ id, leaf_certificate, certificate_chain, private_key }) => [
      id,
      [leaf_certificate, certificate_chain, private_key].map((pem) => `${pem.trim()}\n`).join(""),
    ]),
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("No port of 127.0.0.1 is free.");
  return address.port;
}
