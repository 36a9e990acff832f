import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { until } from "../shared/until";
import { Client, type ClientOptions } from "./client";
import { mostOpen, type Outcome } from "./visitors";
import type { News, Order } from "./visitors-process";

export interface LoadOptions extends ClientOptions {
  /** Requests a second. */
  readonly rate: number;
}

const program = join(__dirname, "visitors-process.ts");

/**
 * Visitors, in a process of their own: a constant rate of requests whatever becomes of the ones before, half of them
 * writes of a key that is used once. Connections are kept for a while and used in turn, as many as are needed. It ends
 * by itself where this machine can't make so many.
 */
export class Load {
  readonly outcomes: Outcome[] = [];
  /** When each write was answered with success, in milliseconds of the epoch. */
  readonly acknowledgedAt: number[] = [];
  /** When a server last had a part in an answer, by role and label, e.g. `web server-1`. */
  readonly seen = new Map<string, number>();

  private readonly prefix = `drill-${Date.now().toString(36)}-`;
  private readonly visitors: ChildProcess;
  private readonly ended: Promise<unknown>;
  private readonly overload = new AbortController();
  private client: Client;
  private restoredTo = Number.POSITIVE_INFINITY;

  /** Begins at once. */
  constructor({ site, authority, rate, signal }: LoadOptions) {
    this.client = new Client({ site, authority, signal });
    this.visitors = fork(program, [], { execArgv: ["--require", require.resolve("tsx/cjs")] });
    this.ended = once(this.visitors, "exit");
    this.visitors.on("message", (news: News) => {
      if (news === "full") this.giveUp(rate);
      else for (const outcome of news.outcomes) this.note(outcome);
    });
    this.visitors.on("exit", (code) => {
      if (code !== 0) this.overload.abort(new Error("The drill's visitors have ended before their time."));
    });
    this.order({ begin: { site, authority, rate, prefix: this.prefix } });
    signal?.addEventListener("abort", () => this.visitors.kill(), { once: true });
  }

  /** Aborted, for a reason in words, where this machine can't make the load. */
  get overwhelmed(): AbortSignal {
    return this.overload.signal;
  }

  /** Sends no more, and resolves when the last request has ended. */
  async stop(): Promise<void> {
    this.order("stop");
    await this.ended;
  }

  /** Sends nothing for a while. */
  pause(): void {
    this.order("pause");
  }

  resume(): void {
    this.order("resume");
  }

  /** From now on the site is another one, in which all is as it was at a moment (milliseconds of the epoch). */
  isRestored(options: ClientOptions, moment: number): void {
    this.client.close();
    this.client = new Client(options);
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

  /** Ends it at once. */
  close(): void {
    this.visitors.kill();
    this.client.close();
  }

  /** Every entry of this load that is stored: how often it was applied, by key. */
  async stored(): Promise<Map<string, number>> {
    const found = new Map<string, number>();
    for (let after = this.prefix; ; ) {
      const page = (await this.listed(after)).filter(({ key }) => key.startsWith(this.prefix));
      for (const { key, applied } of page) found.set(key, applied);
      const last = page.at(-1);
      if (!last) return found;
      after = last.key;
    }
  }

  /** A page of all entries, as soon as the site gives it: its faults have been counted, this is to look. */
  private async listed(after: string): Promise<{ readonly key: string; readonly applied: number }[]> {
    let listed = "";
    await until("The site did not list its entries", 30, async () => {
      const { status, body } = await this.client.ask("GET", `/entries?after=${encodeURIComponent(after)}`);
      listed = body;
      return status === 200;
    });
    return JSON.parse(listed);
  }

  private note(outcome: Outcome): void {
    const { endedAt, fault, key, servers = {} } = outcome;
    this.outcomes.push(outcome);
    if (key !== undefined && fault === undefined) this.acknowledgedAt.push(endedAt);
    for (const [role, label] of Object.entries(servers)) this.seen.set(`${role} ${label}`, endedAt);
  }

  private order(order: Order): void {
    if (this.visitors.connected) this.visitors.send(order);
  }

  private giveUp(rate: number): void {
    const reason = `${mostOpen(rate)} requests are open: ${rate} a second are more than this machine carries. Use a lower --rate, or end what else it does.`;
    this.overload.abort(new Error(reason));
    this.visitors.kill();
  }

  private keys(which: (outcome: Outcome) => boolean): string[] {
    return this.outcomes.filter(which).flatMap(({ key }) => key ?? []);
  }
}
