import { setTimeout as sleep } from "node:timers/promises";
import { type SpacesAccess, spacesCredentials } from "../engine/apis";
import { contentType } from "../engine/rest";

/** What a restored server says of the backups. */
export interface Note {
  readonly ok: boolean;
  /** How long it took there. */
  readonly seconds: number;
  /** Why it failed. */
  readonly reason?: string;
  /** How many tables there are, all of them sound. */
  readonly tables?: number;
  /** How old the newest log in the bucket was, in hours. */
  readonly logHours?: number;
}

const folder = "restore-test/";
const everyMs = 5000;

/** The notes about restores in a bucket. */
export class Notes {
  private readonly known = new Set<string>();

  constructor(
    private readonly access: SpacesAccess,
    private readonly bucket: string,
  ) {}

  /** From now on only newer ones count. @throws where the bucket can't be read. */
  async begin(): Promise<void> {
    for (const key of await this.list()) this.known.add(key);
  }

  /** The first new one. @throws when there is none in time. */
  async next(minutes: number): Promise<Note> {
    for (const deadline = Date.now() + minutes * 60_000; Date.now() < deadline; await sleep(everyMs)) {
      const key = (await this.list()).find((one) => !this.known.has(one));
      if (key) return { ...JSON.parse(await this.read(key)), ok: key.endsWith("-ok.json") };
    }
    throw new Error(`The restored server has said nothing within ${minutes} minutes.`);
  }

  private async list(): Promise<string[]> {
    const listed = await this.read(`?list-type=2&prefix=${encodeURIComponent(folder)}`);
    return [...listed.matchAll(/<Key>([^<]+)<\/Key>/g)].map(([, key = ""]) => key);
  }

  private async read(path: string): Promise<string> {
    const url = new URL(`/${this.bucket}/${path}`.replace("/?", "?"), this.access.endpoint);
    const signed = spacesCredentials(this.access, "GET", url, "");
    const response = await fetch(url, { headers: { ...signed, "content-type": contentType } });
    const body = await response.text();
    if (response.ok) return body;
    throw new Error(`The bucket ${this.bucket} can't be read: ${response.status} ${body.slice(0, 200)}`);
  }
}
