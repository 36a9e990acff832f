import { createHash, randomUUID } from "node:crypto";
import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** Bytes that were taken in: where they are, how many, and their sums. */
export interface Body {
  readonly file: string;
  readonly size: number;
  readonly md5: string;
  readonly sha256: string;
}

/** The objects' bytes, each body a file. */
export class Bodies {
  private readonly directory: string;

  /** @param stateFile beside which they are kept; without one they are gone at the end. */
  constructor(private readonly stateFile: string | undefined) {
    this.directory = stateFile ? `${stateFile}.objects` : mkdtempSync(join(tmpdir(), "local-spaces-"));
    mkdirSync(this.directory, { recursive: true, mode: 0o700 });
  }

  async take(content: Readable): Promise<Body> {
    const file = randomUUID();
    const md5 = createHash("md5");
    const sha256 = createHash("sha256");
    let size = 0;
    const count = async function* (chunks: AsyncIterable<Buffer>) {
      for await (const chunk of chunks) {
        size += chunk.length;
        md5.update(chunk);
        sha256.update(chunk);
        yield chunk;
      }
    };
    try {
      await pipeline(content, count, createWriteStream(join(this.directory, file)));
    } catch (error) {
      await this.drop([file]);
      throw error;
    }
    return { file, size, md5: md5.digest("hex"), sha256: sha256.digest("hex") };
  }

  /** The bytes of several bodies as one. */
  join(files: readonly string[]): Promise<Body> {
    const all = async function* (open: (file: string) => Readable) {
      for (const file of files) yield* open(file);
    };
    return this.take(Readable.from(all((file) => this.read(file))));
  }

  /** Bytes from `start` to `end`, both included. */
  read(file: string, range: { readonly start?: number; readonly end?: number } = {}): Readable {
    return createReadStream(join(this.directory, file), range);
  }

  async drop(files: readonly string[]): Promise<void> {
    await Promise.all(files.map((file) => rm(join(this.directory, file), { force: true })));
  }

  close(): void {
    if (!this.stateFile) rmSync(this.directory, { recursive: true, force: true });
  }
}
