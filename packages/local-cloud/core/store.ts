import { EventEmitter } from "node:events";
import { openStateFile, type Row, type StateFile } from "./state-file";

/** What the store tells its listeners: an object was put or deleted. */
export interface Change {
  readonly collection: string;
  readonly id: string;
}

/** Named collections of JSON objects, in memory and, if a file is given, on disk as well. */
export class Store {
  private readonly collections = new Map<string, Collection<object>>();
  private readonly changes = new EventEmitter();
  private readonly disk: StateFile | undefined;
  private written: Promise<unknown> = Promise.resolve();

  /** @param file state file, made where absent; without it the state is gone at the end. */
  constructor(file?: string) {
    if (!file) return;
    this.disk = openStateFile(file);
    const rows = [...this.disk.getRange()].sort((a, b) => a.value.order - b.value.order);
    for (const { key, value } of rows) this.collection(key[0]).load(key[1], value.object, value.order);
  }

  /** The collection of that name; always the same one, so its type is the caller's to keep. */
  collection<T extends object>(name: string): Collection<T> {
    const known = this.collections.get(name);
    if (known) return known as Collection<T>;
    const made = new Collection<T>((id, row) => this.wrote(name, id, row));
    this.collections.set(name, made as unknown as Collection<object>);
    return made;
  }

  /** Calls `listener` after each change. */
  onChange(listener: (change: Change) => void): void {
    this.changes.on("change", listener);
  }

  /** Resolves when all that was changed so far outlives this process. */
  async settled(): Promise<void> {
    await this.written;
  }

  /** Deletes every object of the collections whose name starts with `prefix`. */
  clear(prefix: string): void {
    for (const [name, collection] of this.collections) {
      if (name.startsWith(prefix)) for (const id of collection.ids()) collection.delete(id);
    }
  }

  async close(): Promise<void> {
    await this.settled();
    await this.disk?.close();
  }

  private wrote(collection: string, id: string, row: Row | undefined): void {
    if (this.disk) {
      this.written = row ? this.disk.put([collection, id], row) : this.disk.remove([collection, id]);
    }
    this.changes.emit("change", { collection, id } satisfies Change);
  }
}

/** Objects by id, listed in the order they were first put. They are never changed in place. */
export class Collection<T extends object> {
  private readonly rows = new Map<string, { readonly object: T; readonly order: number }>();
  private order = 0;

  constructor(private readonly wrote: (id: string, row: Row | undefined) => void) {}

  get(id: string): T | undefined {
    return this.rows.get(id)?.object;
  }

  list(): T[] {
    return [...this.rows.values()].map((row) => row.object);
  }

  ids(): string[] {
    return [...this.rows.keys()];
  }

  get size(): number {
    return this.rows.size;
  }

  /** The first object that `matches`. */
  find(matches: (object: T) => boolean): T | undefined {
    for (const { object } of this.rows.values()) if (matches(object)) return object;
    return undefined;
  }

  /** Puts a new object or replaces the one of that id; answers with the object. */
  put(id: string, object: T): T {
    const row = { object, order: this.rows.get(id)?.order ?? ++this.order };
    this.rows.set(id, row);
    this.wrote(id, row);
    return object;
  }

  /** Changes some fields of an object; undefined where there is none of that id. */
  patch(id: string, fields: Partial<T>): T | undefined {
    const object = this.get(id);
    return object && this.put(id, { ...object, ...fields });
  }

  /** Whether there was an object to delete. */
  delete(id: string): boolean {
    const was = this.rows.delete(id);
    if (was) this.wrote(id, undefined);
    return was;
  }

  /** Takes over a row read from disk. */
  load(id: string, object: T, order: number): void {
    this.rows.set(id, { object, order });
    this.order = Math.max(this.order, order);
  }
}
