import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import type { DatabaseEndpoint } from "../core/backend";
import { Clock } from "../core/clock";
import { Store } from "../core/store";
import { Authority } from "../digitalocean/authority";
import { freeAddress, publicRange } from "./addresses";
import { type Given, statements } from "./database-sql";
import type { Enclosure } from "./enclosure";
import { environment } from "./exec";
import type { Network } from "./network";
import { mountOverlay, overlayIn } from "./overlay";
import { children } from "./proc";
import type { DatabaseObject } from "./world";

interface Body {
  readonly name: string;
  readonly directory: string;
  readonly server: ChildProcess;
  /** Host name → address. */
  readonly names: Readonly<Record<string, string>>;
  /** Absent until the server answers. */
  given?: Given;
}

/** What a new server is made of. */
export interface Ground {
  readonly vpcRange: string;
  /** Read-only trees with MariaDB installed, the topmost first. */
  readonly lower: readonly string[];
}

export const databasePort = 25060;
export const databasePackages = ["mariadb-server"];
const startMs = 60_000;

/** The bodies of the managed MySQL clusters: one MariaDB server each, since Debian 12 has no MySQL. */
export class Databases {
  private readonly all = new Map<string, Body>();
  private readonly clock = new Clock();
  private readonly authority = new Authority(new Store(undefined), this.clock, "Local Cloud Databases");
  private made = 0;

  constructor(
    private readonly enclosure: Enclosure,
    private readonly network: Network,
    private readonly directory: string,
  ) {}

  /** Makes a cluster's server. @throws for other engines than mysql. */
  async create(database: DatabaseObject, { vpcRange, lower }: Ground): Promise<DatabaseEndpoint> {
    const { id, engine, private_network_uuid: vpc, users } = database;
    if (engine !== "mysql")
      throw new Error(`${database.name}: the engine ${engine} can't run here, only mysql can.`);
    const name = `db${++this.made}`;
    const directory = join(this.directory, name);
    const taken = this.network.addresses();
    const [publicIp, ip] = [freeAddress(publicRange, taken), freeAddress(vpcRange, taken)];
    const host = `${database.name}-do-user-1-0.k.db.ondigitalocean.com`;
    const privateHost = `private-${host}`;
    await this.network.add({ name, publicIp, vpc: { id: vpc, range: vpcRange, ip }, configured: true });
    await this.install(directory, lower, [host, privateHost]);
    const server = this.start(name, directory);
    const names = { [host]: publicIp, [privateHost]: ip };
    const body: Body = { name, directory, server, names };
    this.all.set(id, body);
    await this.answers(body);
    await this.apply(body, database, { databases: [], users: [] });
    const { certificate: authority } = await this.authority.root();
    const [{ name: user, password } = { name: "", password: "" }] = users;
    return { host, privateHost, port: databasePort, user, password, authority };
  }

  async delete(id: string): Promise<void> {
    const body = this.all.get(id);
    if (!body) return;
    this.all.delete(id);
    const ended = once(body.server, "exit");
    for (const pid of children(body.server.pid ?? 0)) process.kill(pid, "SIGKILL");
    await ended;
    await this.network.remove(body.name);
    await this.enclosure.run(["umount", overlayIn(body.directory).root]);
    await rm(body.directory, { recursive: true });
  }

  /** Brings databases and accounts to the API's. */
  async reconcile(databases: readonly DatabaseObject[]): Promise<void> {
    for (const database of databases) {
      const body = this.all.get(database.id);
      if (body?.given) await this.apply(body, database, body.given);
    }
  }

  /** Name of each cluster's host on the network. */
  hosts(): Map<string, string> {
    return new Map([...this.all].map(([id, { name }]) => [id, name]));
  }

  /** The names that resolvers know, with their addresses. */
  names(): Record<string, string> {
    return Object.assign({}, ...[...this.all.values()].map(({ names }) => names));
  }

  close(): void {
    this.clock.stop();
  }

  private async install(
    directory: string,
    lower: readonly string[],
    hosts: readonly string[],
  ): Promise<void> {
    const own = join(overlayIn(directory).upper, "etc/mysql/own");
    await mkdir(own, { recursive: true });
    const { certificate, privateKey } = await this.authority.issue(hosts);
    const { certificate: authority } = await this.authority.root();
    await writeFile(join(own, "server.pem"), certificate);
    await writeFile(join(own, "server.key"), privateKey);
    await writeFile(join(own, "authority.pem"), authority);
    await writeFile(join(own, "my.cnf"), settings);
    await mountOverlay(this.enclosure, directory, lower);
  }

  private start(name: string, directory: string): ChildProcess {
    const argv = ["chroot", overlayIn(directory).root, "sh", "-euc", prepareAndRun];
    const [file = "", ...args] = this.network.command(name, argv);
    const output = openSync(join(directory, "mariadb.log"), "a");
    const server = spawn(file, args, { stdio: ["ignore", output, output], detached: true, env: environment });
    closeSync(output);
    return server;
  }

  private async answers(body: Body): Promise<void> {
    const until = Date.now() + startMs;
    while (!(await this.sql(body, "SELECT 1").then(Boolean, () => false))) {
      if (body.server.exitCode !== null || Date.now() > until) {
        const words = (await readFile(join(body.directory, "mariadb.log"), "utf8"))
          .trim()
          .split("\n")
          .slice(-3);
        throw new Error(`The database server does not start: ${words.join(" ")}`);
      }
      await delay(100);
    }
  }

  private async apply(body: Body, wanted: DatabaseObject, given: Given): Promise<void> {
    await this.sql(body, statements(wanted, given));
    body.given = { databases: wanted.db_names, users: wanted.users.map(({ name }) => name) };
  }

  private sql(body: Body, text: string): Promise<string> {
    return this.enclosure.run(["chroot", overlayIn(body.directory).root, "mariadb"], text);
  }
}

const settings = `[mysqld]
bind-address = 0.0.0.0
port = ${databasePort}
skip-name-resolve
require_secure_transport = ON
ssl_ca = /etc/mysql/own/authority.pem
ssl_cert = /etc/mysql/own/server.pem
ssl_key = /etc/mysql/own/server.key
`;

const prepareAndRun = `
chown mysql: /etc/mysql/own/server.key
chmod 400 /etc/mysql/own/server.key
mkdir -p /run/mysqld
chown mysql: /run/mysqld
exec mariadbd --defaults-extra-file=/etc/mysql/own/my.cnf --user=mysql
`;
