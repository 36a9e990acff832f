import { object, text } from "../../engine/props";
import { Arrivals } from "../arrivals";
import { Client, type ClientOptions } from "../client";

/** Where the site does not keep up, visitors wait for each other instead of overwhelming it and this machine. */
const mostOpen = 64;

/** Visitors who look at the front page, and which server answered each of them when. */
export class Visits {
  /** Times of the answers, in milliseconds of the epoch, by the web server's label. */
  readonly answers = new Map<string, number[]>();
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
      const { status, body } = await this.client.ask("GET", "/");
      if (status !== 200) throw new Error(String(status));
      const label = text(object(JSON.parse(body)).web);
      const times = this.answers.get(label) ?? [];
      times.push(Date.now());
      this.answers.set(label, times);
    } catch {
      this.failed++;
    }
  }
}
