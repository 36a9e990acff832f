import { Arrivals } from "../arrivals";
import { Client, type ClientOptions } from "../client";

/** Where the site does not keep up, visitors wait for each other instead of overwhelming it and this machine. */
const mostOpen = 64;
/** Passes every server on the way, and asks no database: so this machine carries more of them. */
const path = "/healthz";

/** Visitors, and when each of them was answered. */
export class Visits {
  /** In milliseconds of the epoch. */
  readonly answers: number[] = [];
  failed = 0;
  private readonly client: Client;
  private readonly arrivals: Arrivals;

  /**
   * Begins at once.
   * @param due how many are to be sent within the first so many seconds
   */
  constructor(options: ClientOptions, due: (seconds: number) => number) {
    this.client = new Client(options);
    const began = performance.now();
    this.arrivals = new Arrivals({
      due: () => due((performance.now() - began) / 1000),
      send: () => this.visit(),
      mostOpen,
      signal: options.signal,
    });
  }

  get sent(): number {
    return this.arrivals.sent;
  }

  /** Sends no more, and resolves when the last one has ended. */
  async stop(): Promise<void> {
    await this.arrivals.stop();
    this.client.close();
  }

  private async visit(): Promise<void> {
    try {
      const { status } = await this.client.ask("GET", path);
      if (status !== 200) throw new Error(String(status));
      this.answers.push(Date.now());
    } catch {
      this.failed++;
    }
  }
}
