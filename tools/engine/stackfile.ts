import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parse } from "yaml";
import type { Json } from "./props";

/** A stack's configuration as the SDK takes it: keys `namespace:name`, values as text. */
export interface StackConfig {
  readonly project: string;
  readonly stack: string;
  readonly values: Readonly<Record<string, string>>;
  /** Keys whose values are secret. */
  readonly secrets: readonly string[];
}

/**
 * Reads `Pulumi.yaml` and `Pulumi.<stack>.yaml`. Encrypted values are secret, and only the CLI can read them.
 * @param directory where they are
 * @param unreadable what stands for an encrypted value; something follows that tells one from another
 * @throws when there is no such stack
 */
export function readStackConfig(directory: string, stack: string, unreadable: string): StackConfig {
  const project = String(read(join(directory, "Pulumi.yaml")).name);
  const file = join(directory, `Pulumi.${stack}.yaml`);
  if (!existsSync(file)) {
    throw new Error(
      `There is no stack ${stack}: Pulumi.${stack}.yaml is missing. Stacks: ${stacks(directory).join(", ")}.`,
    );
  }
  const entries = Object.entries((read(file).config ?? {}) as Record<string, Json>).map(([key, value]) => {
    const found = { secure: false };
    const readable = withoutSecrets(value, unreadable, found);
    return {
      key: key.includes(":") ? key : `${project}:${key}`,
      value: typeof readable === "string" ? readable : JSON.stringify(readable),
      secure: found.secure,
    };
  });
  const secrets = entries.filter(({ secure }) => secure).map(({ key }) => key);
  const values = Object.fromEntries(entries.map(({ key, value }) => [key, value]));
  return { project, stack, values, secrets };
}

/** The program's settings by key, as its configuration has them. */
export function settingsByKey(settings: Readonly<Record<string, Json>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(settings).map(([key, value]) => [
      `web-infra:${key}`,
      typeof value === "string" ? value : JSON.stringify(value),
    ]),
  );
}

/** The stacks of the project there that have a file; none where there is no project. */
export function stacks(directory: string): string[] {
  if (!existsSync(join(directory, "Pulumi.yaml"))) return [];
  return readdirSync(directory).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
}

function read(file: string): Record<string, unknown> {
  try {
    return (parse(readFileSync(file, "utf8")) ?? {}) as Record<string, unknown>;
  } catch (error) {
    throw new Error(`${basename(file)} can't be read: ${(error as Error).message}`);
  }
}

/** The value with what stands for them in the place of encrypted values. */
function withoutSecrets(value: Json, unreadable: string, found: { secure: boolean }): Json {
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, unreadable, found));
  if (value === null || typeof value !== "object") return value;
  if (typeof value.secure === "string" && Object.keys(value).length === 1) {
    found.secure = true;
    return `${unreadable} ${createHash("sha256").update(value.secure).digest("hex").slice(0, 8)}`;
  }
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, unreadable, found)]),
  );
}
