import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "chai";
import { parse } from "yaml";
import type { Fault } from "../../config/faults";
import type { Settings } from "../../config/schema";
import { validate } from "../../config/validate";

export const context = { project: "web-infra", stack: "dev", now: new Date("2026-06-01T00:00:00Z") };
export const shippedStacks = ["dev", "staging", "prod", "sandbox"] as const;

type Raw = Readonly<Record<string, unknown>>;

/** The faults of raw settings; none where they are sound. */
export function faultsOf(raw: Raw, stack = context.stack): readonly Fault[] {
  const checked = validate(raw, { ...context, stack });
  return "faults" in checked ? checked.faults : [];
}

/** Sound settings; fails the test with all faults otherwise. */
export function settingsOf(raw: Raw, stack = context.stack): Settings {
  const checked = validate(raw, { ...context, stack });
  if ("faults" in checked) throw new Error(JSON.stringify(checked.faults, null, 2));
  return checked.settings;
}

/** The whole `config` block of a shipped stack, with its prefixes. */
export function stackConfig(stack: string): Raw {
  const file = join(__dirname, "../..", `Pulumi.${stack}.yaml`);
  return (parse(readFileSync(file, "utf8")) as { config: Raw }).config;
}

/** The project's own part of a shipped stack's config. */
export function stackSettings(stack: string): Raw {
  const prefix = `${context.project}:`;
  return Object.fromEntries(
    Object.entries(stackConfig(stack))
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** Title, settings, and of each fault its path, a part of its limit, and a part of its mend. */
export type FaultCase = readonly [string, Raw, ...(readonly [string, RegExp, RegExp])[]];

/** A test for each case: these faults, and no others. */
export function itFinds(cases: readonly FaultCase[]): void {
  for (const [title, raw, ...expected] of cases) {
    it(title, () => {
      const faults = faultsOf(raw);
      expect(faults.map(({ path }) => path)).to.deep.equal(expected.map(([path]) => path));
      for (const [index, [, limit, mend]] of expected.entries()) {
        expect(faults[index]?.limit).to.match(limit);
        expect(faults[index]?.mend).to.match(mend);
        expect(faults[index]?.value).not.to.equal("");
      }
    });
  }
}

export const sshKey = `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${"A".repeat(43)} me@example.com`;
export const release = { url: "https://example.com/app.tar.gz", sha256: "a".repeat(64), start: "./run" };
export const pool = {
  server: { name: "server", count: 3, roles: ["web", "app", "db"] },
  web: { name: "web", count: 2, roles: ["web"] },
  app: { name: "app", count: 2, roles: ["app"] },
  db: { name: "db", count: 3, roles: ["db"] },
} as const;
export const ssh = (...adminCidrs: unknown[]) => ({ access: { sshKeys: [sshKey], adminCidrs } });
