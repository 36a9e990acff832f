import { Arrivals } from "./arrivals";
import { Client, type ClientOptions, patienceSeconds } from "./client";

/** One request and what became of it. Times are milliseconds of the epoch. */
export interface Outcome {
  readonly sentAt: number;
  readonly endedAt: number;
  /** Why it failed, in words; absent where it was answered as it should be. */
  readonly fault?: string;
  /** What was written; absent for a request that only reads. */
  readonly key?: string;
}

export interface LoadOptions extends ClientOptions {
  /** Requests a second. */
  readonly rate: number;
}

/** A drill that takes more has gone wrong. */
const mostRequests = 200_000;
/** Where no entry can be read or written, three of four requests wait in vain; more than that is this machine's fault. */
const mostOpenSeconds = 0.8 * patienceSeconds;

/**
 * Visitors: a constant rate of requests whatever becomes of the ones before, half of them writes of a key that is
 * used once. Connections are kept for a while and used in turn, as many as are needed. Nothing is sent twice. It ends
 * by itself where this machine can't make so many.
 */
export class Load {
  readonly outcomes: Outcome[] = [];
  /** Keys of the writes that were answered with success. */
  readonly acknowledged: string[] = [];
  /** When each of them was, in milliseconds of the epoch. */
  readonly acknowledgedAt: number[] = [];
  /** When a server last had a part in an answer, by role and label, e.g. `web server-1`. */
  readonly seen = new Map<string, number>();
  readonly prefix = `drill-${Date.now().toString(36)}-`;

  private client: Client;
  private readonly arrivals: Arrivals;
  private readonly overload = new AbortController();
  private readonly began = Date.now();
  private pausedAt: number | undefined;
  private idleMs = 0;
  private restoredTo = Number.POSITIVE_INFINITY;

  /** Begins at once. */
  constructor(private readonly options: LoadOptions) {
    this.client = new Client(options);
    const signals = [this.overload.signal, ...(options.signal ? [options.signal] : [])];
    this.arrivals = new Arrivals({
      due: () => this.due(),
      send: (number) => this.visit(number),
      mostOpen: mostOpenSeconds * options.rate,
      full: () => this.giveUp(),
      signal: AbortSignal.any(signals),
    });
  }

  /** Aborted, for a reason in words, where this machine can't make the load. */
  get overwhelmed(): AbortSignal {
    return this.overload.signal;
  }

  /** Sends no more, and resolves when the last request has ended. */
  stop(): Promise<void> {
    return this.arrivals.stop();
  }

  /** Sends nothing for a while. */
  pause(): void {
    this.pausedAt = Date.now();
  }

  resume(): void {
    this.idleMs += Date.now() - (this.pausedAt ?? Date.now());
    this.pausedAt = undefined;
  }

  /** From now on the site is another one, in which all is as it was at a moment (milliseconds of the epoch). */
  isRestored({ site, authority }: ClientOptions, moment: number): void {
    this.client.close();
    this.client = new Client({ ...this.options, site, authority });
    this.restoredTo = moment;
  }

  /** Keys that have to be there: what was acknowledged, and where all was restored, a second before the moment. */
  get expected(): string[] {
    return this.keys(({ fault, endedAt }) => fault === undefined && endedAt < this.restoredTo - 1000);
  }

  /** Keys that may not be there: what was begun at the moment or later. */
  get forbidden(): string[] {
    return this.keys(({ sentAt }) => sentAt >= this.restoredTo);
  }

  private keyOf(number: number): string {
    return `${this.prefix}${number.toString().padStart(6, "0")}`;
  }

  private keys(which: (outcome: Outcome) => boolean): string[] {
    return this.outcomes.filter(which).flatMap(({ key }) => key ?? []);
  }

  /** Gives the connections up. */
  close(): void {
    this.client.close();
  }

  /** Every entry of this load that is stored: how often it was applied, by key. */
  async stored(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (let after = this.prefix; ; ) {
      const { status, body } = await this.client.ask("GET", `/entries?after=${encodeURIComponent(after)}`);
      if (status !== 200) throw new Error(`The entries can't be listed: the site answers ${status}.`);
      const page = (JSON.parse(body) as { key: string; applied: number }[]).filter(({ key }) =>
        key.startsWith(this.prefix),
      );
      for (const { key, applied } of page) found.set(key, applied);
      const last = page.at(-1);
      if (!last) return found;
      after = last.key;
    }
  }

  private due(): number {
    const activeMs = (this.pausedAt ?? Date.now()) - this.began - this.idleMs;
    return Math.min(mostRequests, (activeMs * this.options.rate) / 1000);
  }

  private giveUp(): void {
    const { rate } = this.options;
    const reason = `${mostOpenSeconds * rate} requests are open: ${rate} a second are more than this machine carries. Use a lower --rate, or end what else it does.`;
    this.overload.abort(new Error(reason));
    this.client.close();
  }

  private async visit(number: number): Promise<void> {
    const sentAt = Date.now();
    const kinds = [
      () => this.write(number),
      () => this.index(),
      () => this.write(number),
      () => this.read(number),
    ];
    const fault = await (kinds[number % kinds.length] ?? this.index)().catch((error: Error) => error.message);
    const written = number % 2 === 0 && { key: this.keyOf(number) };
    this.outcomes.push({ sentAt, endedAt: Date.now(), ...(fault !== undefined && { fault }), ...written });
  }

  /** @returns what is wrong with the answer. */
  private async write(number: number): Promise<string | undefined> {
    const key = this.keyOf(number);
    const { status } = await this.client.ask("PUT", `/entries/${key}`, bodyOf(key));
    if (status !== 200 && status !== 201) return `write: ${status}`;
    this.acknowledged.push(key);
    this.acknowledgedAt.push(Date.now());
    return undefined;
  }

  private async read(number: number): Promise<string | undefined> {
    const key = this.acknowledged[number % this.acknowledged.length];
    if (key === undefined) return this.index();
    const { status, body } = await this.client.ask("GET", `/entries/${key}`);
    if (status !== 200) return `read: ${status}`;
    return body === bodyOf(key) ? undefined : "read: not what was written";
  }

  private async index(): Promise<string | undefined> {
    const { status, body } = await this.client.ask("GET", "/");
    if (status !== 200) return `page: ${status}`;
    for (const [role, label] of Object.entries(JSON.parse(body)))
      this.seen.set(`${role} ${label}`, Date.now());
    return undefined;
  }
}

const bodyOf = (key: string): string => `the entry ${key}`.repeat(8);
