import type { Clock } from "../core/clock";
import type { Collection } from "../core/store";
import { SumoError } from "./errors";
import { hexId, userId } from "./ids";
import { refuseDuplicate } from "./input";

/** What folders and their contents have in common. */
export interface LibraryItem {
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly name: string;
  readonly description: string;
  readonly parentId: string;
  /** Counts the changes. */
  readonly version: number;
  readonly createdAt: string;
  readonly createdBy: string;
  readonly modifiedAt: string;
  readonly modifiedBy: string;
  readonly isSystem: boolean;
  readonly isMutable: boolean;
  readonly isLocked: boolean;
}

/** What a caller gives for an item. */
export type GivenItem = Pick<LibraryItem, "type" | "contentType" | "name" | "description">;

/** A tree of folders that hold things of one kind, with names unique in each folder. */
export class LibraryTree {
  /** @param root the one folder that is always there. */
  constructor(
    private readonly items: Collection<LibraryItem>,
    private readonly clock: Clock,
    private readonly root: LibraryItem,
  ) {}

  /** @throws SumoError 404. */
  get(id: string): LibraryItem {
    const item = id === "root" || id === this.root.id ? this.root : this.items.get(id);
    if (item) return item;
    throw new SumoError(404, "content:not_found", "Object not found.");
  }

  all(): LibraryItem[] {
    return this.items.list();
  }

  children(id: string): LibraryItem[] {
    return this.items.list().filter((item) => item.parentId === id);
  }

  /** Names from the root down, each after a slash. */
  path(item: LibraryItem): string {
    const above = item.id === this.root.id ? "" : this.path(this.get(item.parentId));
    return `${above}/${item.name}`;
  }

  create(parentId: string, given: GivenItem): LibraryItem {
    const parent = this.folder(parentId);
    this.refuseTaken(parent.id, given.name);
    const id = hexId();
    const created = { createdAt: this.clock.stamp(), createdBy: userId, version: 0 };
    const flags = { isSystem: false, isMutable: true, isLocked: false };
    return this.items.put(id, {
      ...given,
      id,
      parentId: parent.id,
      ...created,
      ...this.modified(),
      ...flags,
    });
  }

  /** Puts what is given in the place of all that was; what is the API's own stays. */
  replace(id: string, given: GivenItem): LibraryItem {
    const { parentId, version, createdAt, createdBy, isSystem, isMutable, isLocked } = this.mutable(id);
    this.refuseTaken(parentId, given.name, id);
    const kept = { id, parentId, createdAt, createdBy, isSystem, isMutable, isLocked };
    return this.items.put(id, { ...given, ...kept, version: version + 1, ...this.modified() });
  }

  move(id: string, parentId: string): LibraryItem {
    const item = this.mutable(id);
    const parent = this.folder(parentId);
    if (`${this.path(parent)}/`.startsWith(`${this.path(item)}/`)) {
      throw new SumoError(400, "content:invalid_move", "An object can't be moved into itself.");
    }
    this.refuseTaken(parent.id, item.name, id);
    return this.items.put(id, {
      ...item,
      parentId: parent.id,
      version: item.version + 1,
      ...this.modified(),
    });
  }

  /** Deletes the item and all beneath it. */
  remove(id: string): void {
    const item = this.mutable(id);
    for (const child of this.children(item.id)) this.remove(child.id);
    this.items.delete(item.id);
  }

  private mutable(id: string): LibraryItem {
    const item = this.get(id);
    if (item !== this.root) return item;
    throw new SumoError(400, "content:not_mutable", "The root folder can't be changed.");
  }

  private folder(id: string): LibraryItem {
    const parent = id === this.root.id ? this.root : this.items.get(id);
    if (parent?.contentType === "Folder") return parent;
    throw new SumoError(404, "content:parent_not_found", "Parent object not found.");
  }

  private refuseTaken(parentId: string, name: string, own?: string): void {
    refuseDuplicate(this.children(parentId).some((other) => other.name === name && other.id !== own));
  }

  private modified() {
    return { modifiedAt: this.clock.stamp(), modifiedBy: userId };
  }
}
