import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { freeAddress } from "./addresses";
import {
  balancerConfig,
  checkBackend,
  entryPorts,
  isServed,
  serverName,
  serverState,
  type Target,
} from "./balancer-config";
import type { Enclosure } from "./enclosure";
import { environment } from "./exec";
import type { Network } from "./network";
import { children } from "./proc";
import type { BalancerObject, Objects } from "./world";

interface Body {
  /** Name of its host on the network. */
  readonly name: string;
  readonly privateIp: string;
  readonly publicIp: string;
  readonly directory: string;
  readonly loopback: Map<number, number>;
  targets: readonly Target[];
  /** The configuration in force, with the certificates. */
  config: string;
  haproxy?: ChildProcess;
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

  /** @param addressOf the private address of a droplet that has a body. */
  async reconcile(world: Objects, addressOf: (droplet: number) => string | undefined): Promise<void> {
    for (const id of this.all.keys())
      if (!world.balancers.some((balancer) => balancer.id === id)) await this.remove(id);
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
    if (!body?.haproxy) return new Map();
    const fit = await fitServers(join(body.directory, "stats.sock"));
    return new Map(body.targets.map((target) => [target.id, fit.has(serverName(target.id))]));
  }

  /** Where an entry port is served on this machine. */
  address(id: string, entryPort: number): { host: string; port: number } | null {
    const body = this.all.get(id);
    const port = body?.haproxy && body.loopback.get(entryPort);
    return port ? { host: "127.0.0.1", port } : null;
  }

  private async add(balancer: BalancerObject, world: Objects): Promise<Body> {
    const vpc = world.vpcs.find(({ id }) => id === balancer.vpc_uuid);
    if (!vpc) throw new Error(`Load balancer ${balancer.id} is in an unknown VPC, ${balancer.vpc_uuid}.`);
    const name = `lb${++this.made}`;
    const privateIp = freeAddress(vpc.ip_range, this.network.addresses());
    const directory = join(this.directory, name);
    await mkdir(directory);
    const body: Body = {
      name,
      privateIp,
      publicIp: balancer.ip,
      directory,
      loopback: new Map(),
      targets: [],
      config: "",
    };
    this.all.set(balancer.id, body);
    await this.network.add({
      name,
      publicIp: balancer.ip,
      vpc: { id: vpc.id, range: vpc.ip_range, ip: privateIp },
      configured: true,
    });
    return body;
  }

  private async remove(id: string): Promise<void> {
    const body = this.all.get(id);
    if (!body) return;
    this.all.delete(id);
    if (body.haproxy?.exitCode === null) {
      const ended = once(body.haproxy, "exit");
      signal(body.haproxy, "SIGTERM");
      await ended;
    }
    await this.network.remove(body.name);
    await rm(body.directory, { recursive: true });
  }

  private async configure(
    body: Body,
    balancer: BalancerObject,
    targets: readonly Target[],
    world: Objects,
  ): Promise<void> {
    for (const rule of balancer.forwarding_rules) {
      if (!isServed(rule))
        this.log(
          `Balancer ${balancer.ip}: ${rule.entry_protocol} on port ${rule.entry_port} is not served here.`,
        );
    }
    for (const port of entryPorts(balancer))
      if (!body.loopback.has(port)) body.loopback.set(port, await freePort());
    const { name: namespace, loopback, directory } = body;
    const config = balancerConfig(balancer, { namespace, targets, loopback, directory });
    const certificates = certificatesOf(balancer, world);
    const whole = [config, ...certificates.values()].join("\n");
    if (whole === body.config) return;

    const fit = [...(await this.health(balancer.id))].flatMap(([id, up]) => (up ? [id] : []));
    await writeFile(join(directory, "state"), serverState(balancer, targets, new Set(fit)));
    for (const [id, pem] of certificates) await writeFile(join(directory, `${id}.pem`), pem, { mode: 0o600 });
    await writeFile(join(directory, "haproxy.cfg"), config);
    body.targets = targets;
    body.config = whole;
    if (body.haproxy) await this.reload(body);
    else await this.start(body);
  }

  private async start(body: Body): Promise<void> {
    const output = openSync(join(body.directory, "haproxy.log"), "a");
    const argv = this.enclosure.commandOutside(["haproxy", "-W", "-f", join(body.directory, "haproxy.cfg")]);
    const haproxy = spawn(argv[0] ?? "", argv.slice(1), {
      stdio: ["ignore", output, output],
      detached: true,
      env: environment,
    });
    closeSync(output);
    body.haproxy = haproxy;
    await listens(body, haproxy);
  }

  private async reload(body: Body): Promise<void> {
    const before = await processId(join(body.directory, "stats.sock"));
    if (body.haproxy) signal(body.haproxy, "SIGUSR2");
    for (let tries = 0; tries < 100; tries++) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      const now = await processId(join(body.directory, "stats.sock")).catch(() => before);
      if (now !== before) return;
    }
    throw new Error(`haproxy does not take its configuration: ${await lastWords(body)}`);
  }
}

/** nsenter stays between this process and haproxy. */
function signal(entered: ChildProcess, name: NodeJS.Signals): void {
  for (const pid of children(entered.pid ?? 0)) process.kill(pid, name);
}

async function listens(body: Body, haproxy: ChildProcess): Promise<void> {
  const socket = join(body.directory, "stats.sock");
  for (let tries = 0; tries < 250 && haproxy.exitCode === null; tries++) {
    if (existsSync(socket) && (await processId(socket).then(Boolean, () => false))) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`haproxy does not start: ${await lastWords(body)}`);
}

async function lastWords({ directory }: Body): Promise<string> {
  return (await readFile(join(directory, "haproxy.log"), "utf8")).trim().split("\n").slice(-3).join(" ");
}

async function ask(socket: string, command: string): Promise<string> {
  const connection = connect(socket);
  connection.end(`${command}\n`);
  return text(connection);
}

async function processId(socket: string): Promise<string | undefined> {
  return /^Pid: (\d+)/m.exec(await ask(socket, "show info"))?.[1];
}

async function fitServers(socket: string): Promise<Set<string>> {
  const lines = (await ask(socket, `show servers state ${checkBackend}`))
    .split("\n")
    .map((line) => line.split(" "));
  return new Set(
    lines.flatMap(([, backend, , name, , state]) =>
      backend === checkBackend && state === "2" && name ? [name] : [],
    ),
  );
}

function certificatesOf(balancer: BalancerObject, { certificates }: Objects): Map<string, string> {
  const wanted = new Set(balancer.forwarding_rules.map((rule) => rule.certificate_id));
  const found = certificates.filter(({ id }) => wanted.has(id));
  return new Map(
    found.map((each) => [
      each.id,
      [each.leaf_certificate, each.certificate_chain, each.private_key]
        .map((pem) => pem.trim())
        .filter(Boolean)
        .join("\n")
        .concat("\n"),
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
