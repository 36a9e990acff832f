import { z } from "zod";
import { invalid } from "./answers";
import { databaseEngines, type EngineOptions, includedStorageMib } from "./catalog/databases";
import type { Cloud } from "./cloud";
import { list, tagNames, text } from "./input";

const days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"] as const;

/** Rules of who may connect. */
export const trustedSource = z.object({
  uuid: text,
  type: z.enum(["ip_addr", "droplet", "k8s", "tag", "app"], "must be one of ip_addr, droplet, k8s, tag, app"),
  value: z.string().min(1, "can't be blank"),
  description: z
    .string()
    .nullish()
    .transform((value) => value ?? ""),
});

export const creation = z.object({
  name: z
    .string()
    .regex(
      /^[a-z][a-z0-9-]{1,61}[a-z0-9]$/,
      "must be 3 to 63 characters: lowercase letters, numbers and dashes, starting with a letter",
    ),
  engine: z.string(),
  version: text,
  size: z.string(),
  region: z.string(),
  num_nodes: z.int(),
  private_network_uuid: text,
  project_id: text,
  storage_size_mib: z.int().nullish(),
  tags: tagNames,
  rules: list(trustedSource),
});

export const resize = z.object({ size: z.string(), num_nodes: z.int(), storage_size_mib: z.int().nullish() });

export const maintenance = z.object({
  day: z.string().toLowerCase().pipe(z.enum(days, "must be a weekday, in English")),
  hour: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/, "must be a time such as 21:00")
    .transform((hour) => (hour.length === 5 ? `${hour}:00` : hour)),
});

const maxClusters = 10;
const maxStorageFactor = 10;

/** @throws ApiError 422 where no such cluster is offered; answers with the version asked for, or the newest. */
export function checkCluster(cloud: Cloud, input: z.output<typeof creation>): string {
  const engine = databaseEngines[input.engine];
  if (!engine) throw invalid("invalid cluster engine");
  const version = input.version || (engine.versions.at(-1) ?? "");
  if (!engine.versions.includes(version))
    throw invalid(`invalid cluster engine version: ${input.engine} ${version}`);
  if (!engine.regions.includes(input.region)) throw invalid("invalid region");
  checkLayout(engine, input.size, input.num_nodes);
  checkStorage(input.size, input.storage_size_mib, 0);
  if (cloud.databases.find(({ name }) => name === input.name)) throw invalid("cluster name is not available");
  if (cloud.databases.size >= maxClusters)
    throw invalid(`an account can have at most ${maxClusters} database clusters`);
  if (input.project_id && !cloud.projects.get(input.project_id)) throw invalid("project_id is invalid");
  return version;
}

/** @throws ApiError 422 */
export function checkLayout(engine: EngineOptions | undefined, size: string, nodes: number): void {
  const layout = engine?.layouts.find(({ num_nodes }) => num_nodes === nodes);
  if (!layout) throw invalid(`invalid node count: ${nodes} nodes are not offered for this engine`);
  if (!engine?.layouts.some(({ sizes }) => sizes.includes(size))) throw invalid("invalid size");
  if (!layout.sizes.includes(size)) throw invalid(`invalid size: ${size} can not have ${nodes} nodes`);
}

/**
 * The storage of a cluster in MiB: what was asked for, or what the size includes.
 * @param least what it has now; storage only grows.
 * @throws ApiError 422
 */
export function checkStorage(size: string, asked: number | null | undefined, least: number): number {
  const included = includedStorageMib[size] ?? 0;
  const storage = asked || Math.max(included, least);
  const low = Math.max(included, least);
  if (storage < low || storage > included * maxStorageFactor) {
    throw invalid(
      `invalid storage_size_mib: must be between ${low} and ${included * maxStorageFactor} for ${size}`,
    );
  }
  return storage;
}
