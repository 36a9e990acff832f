import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import { userId } from "./ids";
import { parse } from "./input";
import { type GivenItem, type LibraryItem, LibraryTree } from "./library-tree";
import { addPermissions } from "./permissions";

/** A library: folders that hold things of one kind. */
export interface LibraryKind {
  /** Path of its routes, e.g. `/v1/monitors`. */
  readonly path: string;
  /** Name of its collection in the store. */
  readonly collection: string;
  /** Name of the root folder. */
  readonly root: string;
  /** What it holds beside folders, e.g. `Monitor`. */
  readonly content: string;
  /** What the names of types begin with, e.g. `MonitorsLibrary`. */
  readonly types: string;
  /** Checks what is given for a content; throws a 400 that names the first fault. */
  read(body: unknown): object;
}

const itemSchema = z.object({
  type: z.string(),
  name: z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^/]*$/, "may not hold a slash")
    .refine((name) => name === name.trim(), "may not begin or end with a space"),
  description: z.string().max(4096).default(""),
});
const parentSchema = z.object({ parentId: z.string().min(1) });
const searchSchema = z.object({ query: z.string().default("") });
const pathSchema = z.object({ path: z.string().startsWith("/") });

/** The routes of one library. */
export function addLibrary(app: FastifyInstance, core: Core, kind: LibraryKind): void {
  const tree = new LibraryTree(core.store.collection<LibraryItem>(kind.collection), core.clock, rootOf(kind));

  function shown(item: LibraryItem): object {
    return item.contentType === "Folder" ? { ...item, children: tree.children(item.id) } : item;
  }

  /** @param suffix what the types of such requests end with. */
  function read(body: unknown, suffix: "" | "Update"): GivenItem {
    const { type, name, description } = parse(itemSchema, body);
    const contentType = ["Folder", kind.content].find((each) => type === `${kind.types}${each}${suffix}`);
    if (!contentType) throw new ApiError(400, `type: ${type} can't be given here`);
    const given = contentType === "Folder" ? {} : kind.read(body);
    return { ...given, name, description, contentType, type: `${kind.types}${contentType}Response` };
  }

  app.get(`${kind.path}/search`, (request) => {
    const { query } = parse(searchSchema, request.query);
    const filters = [...query.matchAll(/\b(type|monitorStatus):(\w+)/gi)];
    const words = query
      .replace(/\b(type|monitorStatus):\w+/gi, "")
      .trim()
      .toLowerCase();
    return tree
      .all()
      .filter((item) => filters.every(([, name = "", value = ""]) => passes(item, name, value)))
      .filter((item) => item.name.toLowerCase().includes(words))
      .map((item) => ({ item, path: tree.path(item) }));
  });
  app.get(`${kind.path}/path`, (request) => {
    const { path } = parse(pathSchema, request.query);
    const found = [tree.get("root"), ...tree.all()].find((item) => tree.path(item) === path);
    return shown(found ?? tree.get(path));
  });
  addPermissions(app, core, { path: kind.path, exists: (id) => tree.get(id) });

  app.post(kind.path, (request) => {
    const { parentId } = parse(parentSchema, request.query);
    return shown(tree.create(parentId, read(request.body, "")));
  });
  app.get<Path>(`${kind.path}/:id`, (request) => shown(tree.get(request.params.id)));
  app.get<Path>(`${kind.path}/:id/path`, (request) => ({ path: tree.path(tree.get(request.params.id)) }));
  app.put<Path>(`${kind.path}/:id`, (request) => {
    const { id, contentType } = tree.get(request.params.id);
    const given = read(request.body, "Update");
    if (given.contentType !== contentType) throw new ApiError(400, `type: ${id} is a ${contentType}`);
    return shown(tree.replace(id, given));
  });
  app.post<Path>(`${kind.path}/:id/move`, (request) => {
    const { parentId } = parse(parentSchema, request.query);
    return shown(tree.move(request.params.id, parentId));
  });
  app.delete<Path>(`${kind.path}/:id`, (request, reply) => {
    tree.remove(request.params.id);
    return reply.status(204).send();
  });
}

/** Whether an item is of a type, or a monitor of a status; every status but Normal and Disabled is a triggered one. */
function passes(item: LibraryItem, name: string, value: string): boolean {
  const wanted = value.toLowerCase();
  if (name.toLowerCase() === "type") return item.contentType.toLowerCase() === wanted;
  const status = "status" in item && Array.isArray(item.status) ? item.status.map(String) : [];
  if (wanted === "alltriggered") return status.some((each) => each !== "Normal" && each !== "Disabled");
  return status.some((each) => each.toLowerCase() === wanted);
}

function rootOf(kind: LibraryKind): LibraryItem {
  return {
    id: "0000000000000001",
    type: `${kind.types}FolderResponse`,
    contentType: "Folder",
    name: kind.root,
    description: "Root folder",
    parentId: "0000000000000000",
    version: 0,
    createdAt: "2020-01-01T00:00:00Z",
    createdBy: userId,
    modifiedAt: "2020-01-01T00:00:00Z",
    modifiedBy: userId,
    isSystem: true,
    isMutable: false,
    isLocked: false,
  };
}

interface Path {
  Params: { id: string };
}
