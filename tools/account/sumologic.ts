import { list, object, type Props, text } from "../engine/props";
import type { Api } from "../engine/rest";
import { type Held, sdkType } from "./held";

/** Everything of a user's in a Sumo Logic account that a stack can be made of. */
export async function listSumoLogic(api: Api): Promise<Held[]> {
  const collectors = await listCollectors(api);
  const sources = await Promise.all(collectors.map((owner) => listSources(api, owner)));
  const folders = await listFolders(api);
  const inFolder = ({ folderId }: Props) => folders.find(({ id }) => id === folderId);
  const others = [
    listFlat(
      api,
      { name: "dashboards", kind: "Dashboard", path: "v2/dashboards", key: "dashboards", title: "title" },
      inFolder,
    ),
    listFlat(api, {
      name: "connections",
      kind: "Connection",
      path: "v1/connections",
      query: "?type=WebhookConnection",
    }),
    listFlat(api, { name: "fields", kind: "Field", path: "v1/fields", id: "fieldId", title: "fieldName" }),
    listFlat(api, { name: "extraction_rules", kind: "FieldExtractionRule", path: "v1/extractionRules" }),
    listLibrary(api, "v1/monitors", { folder: "MonitorFolder", item: "Monitor", name: "monitors" }),
    listLibrary(api, "v1/slos", { folder: "SloFolder", item: "Slo", name: "slos" }),
  ];
  return [...collectors, ...sources.flat(), ...folders, ...(await Promise.all(others)).flat()];
}

const perPage = 100;

async function listCollectors(api: Api): Promise<Held[]> {
  const found: Props[] = [];
  for (let offset = 0; ; offset += perPage) {
    const answer = await api.call("GET", `v1/collectors?filter=hosted&limit=${perPage}&offset=${offset}`);
    const objects = list(answer.collectors).map(object);
    found.push(...objects);
    if (objects.length < perPage) break;
  }
  return found.map((one) => held("collectors", "Collector", one, "v1/collectors"));
}

async function listSources(api: Api, owner: Held): Promise<Held[]> {
  const path = `${owner.path}/sources`;
  const sources = list((await api.call("GET", path)).sources).map(object);
  return sources
    .filter(({ sourceType }) => sourceType === "HTTP")
    .map((one) => ({ ...held("sources", "HttpSource", one, path), owner }));
}

interface Flat {
  readonly name: string;
  readonly kind: string;
  readonly path: string;
  /** Keys of the list in the answer, and of the id and the name in each object. */
  readonly key?: string;
  readonly id?: string;
  readonly title?: string;
  /** What the API wants to know in order to delete one. */
  readonly query?: string;
}

async function listFlat(
  api: Api,
  flat: Flat,
  ownerOf?: (object: Props) => Held | undefined,
): Promise<Held[]> {
  const { name, kind, path, key = "data", id = "id", title = "name", query = "" } = flat;
  const found: Props[] = [];
  let token = "";
  do {
    const answer = await api.call("GET", `${path}?limit=${perPage}${token && `&token=${token}`}`);
    found.push(...list(answer[key]).map(object));
    token = text(answer.next);
  } while (token !== "");
  return found.map((one) => {
    const same = held(name, kind, { id: text(one[id]), name: text(one[title]) }, path);
    return { ...same, path: `${same.path}${query}`, owner: ownerOf?.(one) };
  });
}

/** Monitors and SLOs lie in a tree of folders. */
async function listLibrary(
  api: Api,
  path: string,
  kinds: { readonly folder: string; readonly item: string; readonly name: string },
): Promise<Held[]> {
  const below = async (id: string, owner?: Held): Promise<Held[]> => {
    const children = list((await api.call("GET", `${path}/${id}`)).children).map(object);
    const found = children.map(async (child) => {
      const isFolder = child.contentType === "Folder";
      const collection = isFolder ? `${kinds.name.slice(0, -1)}_folders` : kinds.name;
      const one: Held = { ...held(collection, isFolder ? kinds.folder : kinds.item, child, path), owner };
      return isFolder ? [one, ...(await below(one.id, one))] : [one];
    });
    return (await Promise.all(found)).flat();
  };
  return below("root");
}

/** The folders below the user's own. */
async function listFolders(api: Api): Promise<Held[]> {
  const below = async (id: string, owner?: Held): Promise<Held[]> => {
    const children = list((await api.call("GET", `v2/content/folders/${id}`)).children).map(object);
    const folders = children.filter(({ itemType }) => itemType === "Folder");
    const found = folders.map(async (child) => {
      const folder = held("folders", "Folder", child, "v2/content");
      return [{ ...folder, path: `${folder.path}/delete`, owner }, ...(await below(folder.id, folder))];
    });
    return (await Promise.all(found)).flat();
  };
  return below("personal");
}

function held(collection: string, kind: string, { id, name }: Props, path: string): Held {
  return {
    collection,
    type: sdkType("sumologic", kind),
    id: text(id),
    name: text(name),
    tags: [],
    path: `${path}/${text(id)}`,
  };
}
