import { setTimeout as sleep } from "node:timers/promises";
import { type Access, connect } from "../account";
import { list, object, text } from "../engine/props";
import type { Registration } from "../engine/registration";
import { type Api, ApiError, type Pace } from "../engine/rest";
import type { Orphan } from "./find";

/** Things that depend on each other go in some order; the clouds take a while to let go of what was used. */
const patienceMs = 5 * 60_000;

/**
 * Deletes them, whatever order that takes.
 * @param tell gets each one that is gone
 * @throws when some are still refused after five minutes
 */
export async function remove(
  orphans: readonly Orphan[],
  access: Access,
  pace: Pace,
  tell: (orphan: Orphan) => void,
): Promise<void> {
  const apis = connect(access, pace);
  const deadline = Date.now() + patienceMs;
  let left = [...orphans];
  while (left.length > 0) {
    const refused: { orphan: Orphan; why: string }[] = [];
    for (const orphan of left) {
      const why = await tryToDelete(
        orphan.type.startsWith("sumologic:") ? apis.sumologic : apis.digitalocean,
        orphan,
      );
      if (why === undefined) tell(orphan);
      else refused.push({ orphan, why });
    }
    if (refused.length > 0 && Date.now() > deadline) {
      throw new Error(
        refused.map(({ orphan, why }) => `${orphan.name} could not be deleted: ${why}`).join("\n"),
      );
    }
    if (refused.length === left.length) await sleep(pace.pollMs);
    left = refused.map(({ orphan }) => orphan);
  }
}

/** Why not; undefined when it is gone, or was already. */
async function tryToDelete(api: Api, { collection, path }: Orphan): Promise<string | undefined> {
  try {
    if (collection === "projects") await empty(api, path);
    await api.call("DELETE", path);
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return error.status === 404 ? undefined : error.message;
  }
  return undefined;
}

/** A project goes only without resources; those go to the default project. */
async function empty(api: Api, path: string): Promise<void> {
  const resources = list((await api.call("GET", `${path}/resources?per_page=200`)).resources);
  const urns = resources.map((resource) => object(resource).urn ?? "");
  if (urns.length > 0) await api.call("POST", "/v2/projects/default/resources", { resources: urns });
}

/** What `pulumi import --file` reads. */
export function importFile(orphans: readonly Orphan[]) {
  const wanted = orphans.flatMap(({ resource, ...held }) => (resource ? [{ resource, held }] : []));
  const parents = wanted.flatMap(({ resource: { parent } }) => (parent === null ? [] : [parent]));
  return {
    nameTable: Object.fromEntries(parents.map((urn) => [label(urn), urn])),
    resources: wanted.map(({ resource, held }) => ({
      type: resource.type,
      name: resource.name,
      id: importId(held.collection, held.id, held.owner?.id),
      ...parentOf(resource),
    })),
  };
}

function parentOf({ parent }: Registration) {
  return parent === null ? {} : { parent: label(parent) };
}

/** A name for a parent in the file's table; a component's own name may be another one's too. */
function label(urn: string): string {
  return urn.split("::").slice(2).join("::");
}

/** Providers import what belongs to something else by both ids. */
function importId(collection: string, id: string, owner: string | undefined): string {
  const joint = { domain_records: ",", sources: "/" }[collection];
  return joint && owner ? `${owner}${joint}${id}` : text(id);
}
