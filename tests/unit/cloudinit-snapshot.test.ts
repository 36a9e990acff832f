import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import type { ServerSpec } from "../../cloudinit/server";
import { managed, parsed, secrets, selfRun, specOf } from "./cloudinit-support";

const { site, tls } = specOf();
const sources = { "nginx-access": secrets.source, metrics: secrets.source, system: secrets.source };
const visitors = { certificate: `${site}'s certificate\n`, privateKey: secrets.siteKey };

const servers: Readonly<Record<string, ServerSpec>> = {
  "every role": specOf({ sources }),
  "web and app, managed database, passthrough": specOf({
    roles: ["web", "app"],
    database: managed,
    tls: { ...tls, passthrough: visitors },
    access: { sshKeys: ["ssh-ed25519 AAAA admin"], adminCidrs: ["203.0.113.0/24", "2001:db8::/32"] },
  }),
  "database of a cluster": specOf({ roles: ["db"], database: selfRun("cluster") }),
};

/** What lands on a server, for people to read: the programs by name alone, since they are the same everywhere. */
function shown(spec: ServerSpec): string {
  const { write_files: files, runcmd, ...rest } = parsed(spec);
  const commands = runcmd.map((command) =>
    Array.isArray(command) && command[0] === "python3" ? "…" : command,
  );
  return [
    JSON.stringify({ ...rest, runcmd: commands }, null, 2),
    ...files.map(({ path, permissions, content }) =>
      path.endsWith(".py") ? `${permissions} ${path}` : `${permissions} ${path}\n${indented(content)}`,
    ),
  ].join("\n\n");
}

const indented = (text: string) => text.trimEnd().replace(/^(?=.)/gm, "    ");

/** `UPDATE_SNAPSHOTS=1` writes them anew, to be read in the diff. */
describe("user-data, as it was last agreed on", () => {
  for (const [name, spec] of Object.entries(servers)) {
    it(name, () => {
      const directory = join(__dirname, "snapshots");
      const file = join(directory, `${name.replaceAll(/\W+/g, "-")}.txt`);
      const text = `${shown(spec)}\n`;
      if (process.env.UPDATE_SNAPSHOTS !== undefined) {
        mkdirSync(directory, { recursive: true });
        writeFileSync(file, text);
      }
      expect(existsSync(file) && readFileSync(file, "utf8")).to.equal(text);
    });
  }
});
