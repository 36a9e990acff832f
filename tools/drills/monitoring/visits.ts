import { object, text } from "../../engine/props";
import { Client, type ClientOptions } from "../client";

const tickMs = 5;
/** Where the site does not keep up, visitors wait for each other instead of overwhelming it and this machine. */
const mostOpen = 64;

/** Visitors who look at the front page, and which server answered each of them when. */
export class Visits {
  /** Times of the answers, in milliseconds of the epoch, by the web server's label. */
  readonly answers = new Map<string, number[]>();
  sent = 0;
  failed = 0;
  private readonly client: Client;
  private readonly open = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private readonly began = performance.now();

  /**
   * Begins at once.
   * @param due how many are to be sent within the first so many seconds
   */
  constructor(
    options: ClientOptions,
    private readonly due: (seconds: number) => number,
  ) {
    this.client = new Client(options);
    this.timer = setInterval(() => this.tick(), tickMs);
  }

  /** Sends no more, and resolves when the last one has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.open);
    this.client.close();
  }

  private tick(): void {
    const due = this.due((performance.now() - this.began) / 1000);
    while (this.sent < due && this.open.size < mostOpen) {
      this.sent++;
      const one = this.visit().finally(() => this.open.delete(one));
      this.open.add(one);
    }
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
