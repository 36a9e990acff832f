import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Props } from "./engine/props";
import type { Engine } from "./live";
import { cliVersion, configure, layOut, pulumi } from "./pulumi-cli";
import { rehearsalConfig } from "./rehearsal";

/** Without them there are no backups: the plugin finds a bucket by its name, which few machines resolve here. */
const spacesKeys = new Set(["digitalocean:spacesAccessId", "digitalocean:spacesSecretKey"]);

/** The Pulumi CLI, on a copy of the project whose state goes with it. */
export interface Deployment {
  readonly engine: Engine;
  close(): void;
}

/** @throws when there is no Pulumi CLI */
export async function openDeployment(): Promise<Deployment> {
  if (cliVersion() === undefined) {
    throw new Error("It changes a stack, which takes the Pulumi CLI: install it, and put it on the PATH.");
  }
  const folder = mkdtempSync(join(tmpdir(), "deployment-"));
  await layOut(folder);
  const engine: Engine = async (cloud, wanted) => {
    const { values } = await rehearsalConfig(cloud, wanted);
    configure(folder, Object.fromEntries(Object.entries(values).filter(([key]) => !spacesKeys.has(key))));
    // Servers are replaced one after the other, and each holds a step up until its turn.
    await pulumi(
      folder,
      ["up", "--yes", "--skip-preview", "--non-interactive", "--parallel", "32"],
      wanted.signal,
    );
    return JSON.parse(await pulumi(folder, ["stack", "output", "--json"])) as Props;
  };
  return { engine, close: () => rmSync(folder, { recursive: true }) };
}
