import { expect } from "chai";
import fc from "fast-check";
import { parse } from "yaml";
import { maxUserDataBytes, userData } from "../../cloudinit";
import type { ServerSpec, SourceCategory } from "../../cloudinit/server";
import { managed, parsed, type Role, secrets, selfRun, specOf } from "./cloudinit-support";

const categories: SourceCategory[] = ["nginx-access", "nginx-error", "app", "database", "system", "metrics"];
const roles = fc.subarray<Role>(["web", "app", "db"], { minLength: 1 });
const label = fc.stringMatching(/^[a-z0-9]([a-z0-9-]{0,18}[a-z0-9])?-[1-9]\d?$/);
const pem = (text: string) =>
  `-----BEGIN CERTIFICATE-----\n${text.repeat(1600)}\n-----END CERTIFICATE-----\n`;

const databases = (own: boolean) =>
  own
    ? fc.constantFrom(selfRun("cluster"), selfRun("primary-replica"))
    : fc.constantFrom(managed, selfRun("cluster"), selfRun("primary-replica"));

/** Any server that the settings' limits allow, with certificates as long as they get. */
const servers: fc.Arbitrary<ServerSpec> = roles.chain((set) =>
  fc
    .record({
      label,
      database: databases(set.includes("db")),
      passthrough: fc.boolean(),
      port: fc.integer({ min: 1024, max: 65535 }),
      healthPath: fc.stringMatching(/^\/[\w.~/-]{0,40}$/),
      sshKeys: fc.array(fc.constant(`ssh-ed25519 ${"A".repeat(68)} admin`), { maxLength: 5 }),
      adminCidrs: fc.array(fc.constantFrom("192.0.2.0/24", "2001:db8::/32"), { maxLength: 5 }),
      environment: fc.dictionary(fc.stringMatching(/^[A-Z_][A-Z0-9_]{0,20}$/), fc.string(), { maxKeys: 10 }),
      release: fc.option(fc.record({ url: fc.webUrl({ validSchemes: ["https"] }) }), { nil: undefined }),
      sources: fc.subarray(categories),
    })
    .map(
      ({
        label: name,
        database,
        passthrough,
        port,
        healthPath,
        sshKeys,
        adminCidrs,
        environment,
        release,
        sources,
      }) =>
        specOf({
          roles: set,
          label: name,
          name: `dev-${name}`,
          database,
          access: { sshKeys, adminCidrs },
          tls: {
            authority: pem("a"),
            certificate: pem("b"),
            privateKey: secrets.key,
            ...(passthrough && {
              passthrough: { certificate: pem("c").repeat(2), privateKey: secrets.siteKey },
            }),
          },
          app: {
            port,
            healthPath,
            environment: { ...environment, TOKEN: "token-of-the-application" },
            ...(release && { release: { ...release, sha256: "0".repeat(64), start: "./start" } }),
          },
          sources: Object.fromEntries(sources.map((category) => [category, `${secrets.source}/${category}`])),
        }),
    ),
);

const hidden = [
  ...Object.values(secrets).map((text) => text.split("\n")[1] ?? text),
  "token-of-the-application",
];

describe("any server's user-data", () => {
  it("is the same each time, and reads the same as JSON and as YAML", () => {
    fc.assert(
      fc.property(servers, (spec) => {
        const text = userData(spec);
        expect(userData(spec)).to.equal(text);
        expect(parse(text)).to.deep.equal(JSON.parse(text.replace("#cloud-config\n", "")));
      }),
      { numRuns: 3 },
    );
  });

  it("fits into what DigitalOcean takes", () => {
    fc.assert(
      fc.property(servers, (spec) => Buffer.byteLength(userData(spec)) <= maxUserDataBytes),
      { numRuns: 30 },
    );
  });

  it("names every file once, by an absolute path", () => {
    fc.assert(
      fc.property(servers, (spec) => {
        const files = parsed(spec).write_files;
        expect(files.map(({ path }) => path)).to.have.lengthOf(new Set(files.map(({ path }) => path)).size);
        for (const { path } of files) expect(path).to.match(/^\/(etc|opt|usr\/local)\/[\w./-]+$/);
      }),
      { numRuns: 30 },
    );
  });

  it("leaves no placeholder open", () => {
    fc.assert(
      fc.property(servers, (spec) => {
        for (const { path, content } of parsed(spec).write_files) {
          if (path !== "/etc/app/environment") expect(content, path).not.to.match(/\{\{\w+\}\}/);
        }
      }),
      { numRuns: 30 },
    );
  });

  it("keeps secrets in files that root alone may read, and nowhere else", () => {
    fc.assert(
      fc.property(servers, (spec) => {
        const { write_files: files, ...rest } = parsed(spec);
        for (const secret of hidden) {
          expect(JSON.stringify(rest)).not.to.include(secret);
          for (const { path, content, permissions } of files) {
            if (content.includes(secret)) expect(permissions, path).to.be.oneOf(["0400", "0600"]);
          }
        }
      }),
      { numRuns: 30 },
    );
  });
});
