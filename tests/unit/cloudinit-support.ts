import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { expect } from "chai";
import { userData } from "../../cloudinit";
import type { ServerSpec } from "../../cloudinit/server";

export type Role = ServerSpec["roles"][number];

/** What a rendered user-data says, as cloud-init reads it. */
export interface CloudConfig {
  readonly packages: readonly string[];
  readonly runcmd: readonly (string | readonly string[])[];
  readonly users: readonly { readonly name: string; readonly ssh_authorized_keys?: readonly string[] }[];
  readonly write_files: readonly {
    readonly path: string;
    readonly content: string;
    readonly permissions: string;
  }[];
}

export const secrets = {
  key: "-----BEGIN PRIVATE KEY-----\nserver-key\n-----END PRIVATE KEY-----\n",
  siteKey: "-----BEGIN PRIVATE KEY-----\nsite-key\n-----END PRIVATE KEY-----\n",
  password: "app-password-1",
  nextPassword: "app-password-2",
  replicationPassword: "replication-password-1",
  nextReplicationPassword: "replication-password-2",
  source: "https://collectors.example.com/receiver/v1/http/source-secret",
};

export const selfRun = (mode: "cluster" | "primary-replica"): ServerSpec["database"] => ({
  mode,
  name: "app",
  user: "app_1",
  generation: 1,
  password: secrets.password,
  nextPassword: secrets.nextPassword,
  replicationPassword: secrets.replicationPassword,
  nextReplicationPassword: secrets.nextReplicationPassword,
  volume: "dev-server-1-data",
});

export const managed: ServerSpec["database"] = {
  mode: "managed",
  name: "app",
  user: "app_1",
  password: secrets.password,
  host: "private-db.example.com",
  port: 25060,
  authority: "-----BEGIN CERTIFICATE-----\ndatabase-authority\n-----END CERTIFICATE-----\n",
};

/** A server with every role, or with what is given instead. */
export const specOf = (changes: Partial<ServerSpec> = {}): ServerSpec => ({
  name: "dev-server-1",
  label: "server-1",
  zone: "dev.internal.foobar.com",
  roles: ["web", "app", "db"],
  project: "web-infra",
  stack: "dev",
  environment: "development",
  site: "www.foobar.com",
  vpcRange: "10.10.0.0/20",
  access: { sshKeys: [], adminCidrs: [] },
  tls: {
    authority: "-----BEGIN CERTIFICATE-----\nauthority\n-----END CERTIFICATE-----\n",
    certificate: "-----BEGIN CERTIFICATE-----\nserver\n-----END CERTIFICATE-----\n",
    privateKey: secrets.key,
  },
  app: { port: 8443, healthPath: "/readyz", environment: {} },
  database: selfRun("primary-replica"),
  readsManagedDatabase: false,
  agent: { url: "https://example.com/agent.tar.gz", sha256: "a".repeat(64) },
  sources: {},
  ...changes,
});

/** What the user-data says, its files unpacked. */
export function parsed(spec: ServerSpec): CloudConfig {
  const [first, ...rest] = userData(spec).split("\n");
  if (first !== "#cloud-config") throw new Error(`user-data begins with ${first}`);
  const config = JSON.parse(rest.join("\n")) as CloudConfig;
  const [bundle] = config.write_files;
  const files = JSON.parse(gunzipSync(Buffer.from(bundle?.content ?? "", "base64")).toString());
  return { ...config, write_files: files };
}

/** The text of one of the files that land on the server. */
export const fileOf = (spec: ServerSpec, path: string): string => {
  const file = parsed(spec).write_files.find((each) => each.path === path);
  if (!file) throw new Error(`no ${path} in the user-data`);
  return file.content;
};

/** What one of the programs beside the tests, which call those of the servers, answers to a question. */
export function answered<T>(program: string, question: unknown = null): T {
  const { stdout, stderr } = spawnSync("python3", [join(__dirname, program)], {
    input: JSON.stringify(question),
    encoding: "utf8",
    // Nothing is to be left beside the servers' programs.
    env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
  });
  expect(stderr).to.equal("");
  return JSON.parse(stdout) as T;
}

/** Skips the test, and says so, where it has no such program to ask. */
export function needs(test: Mocha.Context, program: string): void {
  if (spawnSync(program, ["--version"]).error === undefined) return;
  console.log(`skipped: ${program} is not installed`);
  test.skip();
}
