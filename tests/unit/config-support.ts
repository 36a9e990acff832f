import { readFileSync } from "node:fs";
import { join } from "node:path";
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
