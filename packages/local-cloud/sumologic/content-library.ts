import type { Core } from "../core/core";
import { ApiError } from "../core/errors";
import type { Collection } from "../core/store";
import type { Dashboard } from "./dashboards";
import { SumoError } from "./errors";
import { hexId, userId } from "./ids";
import { refuseDuplicate } from "./input";

export interface Folder {
  readonly id: string;
  readonly itemType: "Folder";
  readonly name: string;
  readonly description: string;
  readonly parentId: string;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
}

/** Parent of the folders that are always there. */
const nowhere = "0000000000000000";
const personalId = "0000000000000010";
const recommendedId = "0000000000000020";

/** The content library: folders, and the dashboards in them. */
export class ContentLibrary {
  private readonly folders: Collection<Folder>;
  private readonly dashboards: Collection<Dashboard>;

  constructor(private readonly core: Core) {
    this.folders = core.store.collection<Folder>("sumologic/folders");
    this.dashboards = core.store.collection<Dashboard>("sumologic/dashboards");
  }

  /** The folder of the user whose key is used. */
  personal(): Folder {
    return systemFolder(personalId, "Personal");
  }

  /** The folder that all users see. */
  recommended(): Folder {
    return systemFolder(recommendedId, "Admin Recommended");
  }

  /** @throws SumoError 404. */
  folder(id: string): Folder {
    const folder = this.known(id);
    if (folder) return folder;
    throw new SumoError(404, "content:not_found", "Content with the given ID does not exist.");
  }

  /** The folder with what lies directly in it. */
  shown(folder: Folder): object {
    const folders = this.folders.list().filter((child) => child.parentId === folder.id);
    const dashboards = this.dashboards.list().filter((child) => child.folderId === folder.id);
    return { ...folder, children: [...folders, ...dashboards.map(asContent)] };
  }

  create({ name, description, parentId }: Pick<Folder, "name" | "description" | "parentId">): Folder {
    const parent = this.parent(parentId);
    this.refuseTaken(parent.id, name);
    const id = hexId();
    const now = this.core.clock.stamp();
    const stamps = { createdAt: now, createdBy: userId, modifiedAt: now, modifiedBy: userId };
    return this.folders.put(id, { id, itemType: "Folder", name, description, parentId, ...stamps });
  }

  rename(id: string, { name, description }: Pick<Folder, "name" | "description">): Folder {
    this.requireRemovable(id);
    const folder = this.folder(id);
    this.refuseTaken(folder.parentId, name, id);
    const modified = { modifiedAt: this.core.clock.stamp(), modifiedBy: userId };
    return this.folders.put(id, { ...folder, name, description, ...modified });
  }

  /** @throws SumoError 404 where content can't lie in a folder of that id. */
  parent(id: string): Folder {
    const parent = this.known(id);
    if (parent) return parent;
    throw new SumoError(404, "content:parent_not_found", "Parent object not found.");
  }

  /** Names from the top down, each after a slash. */
  path(folder: Folder): string {
    const above = folder.parentId === nowhere ? "/Library" : this.path(this.folder(folder.parentId));
    return `${above}/${folder.name}`;
  }

  byPath(path: string): Folder {
    const all = [this.personal(), this.recommended(), ...this.folders.list()];
    return all.find((folder) => this.path(folder) === path) ?? this.folder(path);
  }

  /** @throws an error where there is no such content, or it must stay. */
  requireRemovable(id: string): void {
    if (this.dashboard(id)) return;
    if (this.folder(id).parentId !== nowhere) return;
    throw new ApiError(403, "This folder can't be changed.");
  }

  /** Deletes a dashboard, or a folder and all in it. */
  remove(id: string): void {
    const dashboard = this.dashboard(id);
    if (dashboard) this.dashboards.delete(dashboard.id);
    for (const child of this.dashboards.list()) if (child.folderId === id) this.dashboards.delete(child.id);
    for (const child of this.folders.list()) if (child.parentId === id) this.remove(child.id);
    this.folders.delete(id);
  }

  private known(id: string): Folder | undefined {
    if (id === personalId) return this.personal();
    return id === recommendedId ? this.recommended() : this.folders.get(id);
  }

  private dashboard(contentId: string): Dashboard | undefined {
    return this.dashboards.find((dashboard) => dashboard.contentId === contentId);
  }

  private refuseTaken(parentId: string, name: string, own?: string): void {
    const { folders } = this;
    refuseDuplicate(
      folders.find((other) => other.parentId === parentId && other.name === name && other.id !== own) !==
        undefined,
    );
  }
}

function systemFolder(id: string, name: string): Folder {
  const [createdAt, createdBy] = ["2020-01-01T00:00:00Z", userId];
  const stamps = { createdAt, createdBy, modifiedAt: createdAt, modifiedBy: createdBy };
  return { id, itemType: "Folder", name, description: "", parentId: nowhere, ...stamps };
}

function asContent({ contentId, title, description, folderId }: Dashboard): object {
  return { id: contentId, itemType: "Dashboard", name: title, description, parentId: folderId };
}
