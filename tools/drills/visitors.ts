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
  /** The label of the server that had a part in the answer, by role, where the answer tells. */
  readonly servers?: Readonly<Record<string, string>>;
}

export interface VisitorsOptions extends ClientOptions {
  /** Requests a second. */
  readonly rate: number;
  /** Start of the keys that are written. */
  readonly prefix: string;
}

/** A drill that takes more has gone wrong. */
const mostRequests = 200_000;
/** Where nothing is answered, every request waits as long as a visitor does; more are open where this machine is late. */
const mostOpenSeconds = 1.2 * patienceSeconds;

/** How many requests may be open at that rate. */
export const mostOpen = (rate: number): number => mostOpenSeconds * rate;

const bodyOf = (key: string): string => `the entry ${key}`.repeat(8);

/** Sends requests at a constant rate whatever becomes of the ones before, half of them writes. Nothing is sent twice. */
export class Visitors {
  private readonly client: Client;
  private readonly arrivals: Arrivals;
  private readonly acknowledged: string[] = [];
  private readonly began = Date.now();
  private pausedAt: number | undefined;
  private idleMs = 0;

  /**
   * Begins at once.
   * @param told of each request when it has ended
   * @param full told when more are open than may be
   */
  constructor(
    private readonly options: VisitorsOptions,
    private readonly told: (outcome: Outcome) => void,
    full: () => void,
  ) {
    this.client = new Client(options);
    this.arrivals = new Arrivals({
      due: () => this.due(),
      send: (number) => this.visit(number),
      mostOpen: mostOpen(options.rate),
      full,
    });
  }

  /** Sends nothing for a while. */
  pause(): void {
    this.pausedAt = Date.now();
  }

  resume(): void {
    this.idleMs += Date.now() - (this.pausedAt ?? Date.now());
    this.pausedAt = undefined;
  }

  /** Sends no more, and resolves when the last request has ended. */
  async stop(): Promise<void> {
    await this.arrivals.stop();
    this.client.close();
  }

  private due(): number {
    const activeMs = (this.pausedAt ?? Date.now()) - this.began - this.idleMs;
    return Math.min(mostRequests, (activeMs * this.options.rate) / 1000);
  }

  private async visit(number: number): Promise<void> {
    const sentAt = Date.now();
    const kinds = [
      () => this.write(number),
      () => this.index(),
      () => this.write(number),
      () => this.read(number),
    ];
    const visited: Visited = await (kinds[number % kinds.length] ?? this.index)().catch((error: Error) => ({
      fault: error.message,
    }));
    const written = number % 2 === 0 && { key: this.keyOf(number) };
    this.told({ sentAt, endedAt: Date.now(), ...visited, ...written });
  }

  private async write(number: number): Promise<Visited> {
    const key = this.keyOf(number);
    const { status } = await this.client.ask("PUT", `/entries/${key}`, bodyOf(key));
    if (status !== 200 && status !== 201) return { fault: `write: ${status}` };
    this.acknowledged.push(key);
    return {};
  }

  private async read(number: number): Promise<Visited> {
    const key = this.acknowledged[number % this.acknowledged.length];
    if (key === undefined) return this.index();
    const { status, body } = await this.client.ask("GET", `/entries/${key}`);
    if (status !== 200) return { fault: `read: ${status}` };
    return body === bodyOf(key) ? {} : { fault: "read: not what was written" };
  }

  private async index(): Promise<Visited> {
    const { status, body } = await this.client.ask("GET", "/");
    return status === 200 ? { servers: JSON.parse(body) } : { fault: `page: ${status}` };
  }

  private keyOf(number: number): string {
    return `${this.options.prefix}${number.toString().padStart(6, "0")}`;
  }
}

type Visited = Pick<Outcome, "fault" | "servers">;
