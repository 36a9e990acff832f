import type { WriteStream } from "node:tty";
import pc from "picocolors";
import type { ResourceEvent } from "../engine/execution";
import { family, kind, tree } from "./resources";

/** Shows resources as they are made. */
export interface Progress {
  update(event: ResourceEvent): void;
  /** Shows a line that the program printed. */
  note(line: string): void;
  end(): void;
}

/** A tree that is drawn anew on a terminal, plain lines elsewhere. */
export function progress(stream: WriteStream): Progress {
  return stream.isTTY ? new LiveTree(stream) : new Lines(stream);
}

class Lines implements Progress {
  constructor(private readonly stream: NodeJS.WritableStream) {}

  update({ state, name, type, custom, seconds }: ResourceEvent): void {
    if (!custom || state === "creating") return;
    this.note(`${state}  ${name}  (${family(type)} ${kind(type)})  ${seconds.toFixed(1)} s`);
  }

  note(line: string): void {
    this.stream.write(`${line}\n`);
  }

  end(): void {}
}

const redrawMs = 100;

class LiveTree implements Progress {
  private readonly events = new Map<string, ResourceEvent & { readonly since: number }>();
  private timer: NodeJS.Timeout | undefined;
  /** Colours follow NO_COLOR and FORCE_COLOR. */
  private readonly color = pc.createColors(pc.isColorSupported);
  private drawn = 0;

  constructor(private readonly stream: WriteStream) {}

  update(event: ResourceEvent): void {
    this.timer ??= setInterval(() => this.draw(this.fitting()), redrawMs);
    this.events.set(event.urn, { ...event, since: this.events.get(event.urn)?.since ?? Date.now() });
  }

  note(line: string): void {
    this.draw([]);
    this.stream.write(`${line}\n`);
  }

  end(): void {
    clearInterval(this.timer);
    this.draw(this.rows().map(({ text }) => text));
    this.drawn = 0;
  }

  /** What fits the screen: if need be, of what is made already, only the components. */
  private fitting(): string[] {
    const height = Math.max(1, this.stream.rows - 2);
    const all = this.rows();
    const rows = all.length <= height ? all : all.filter(({ settled }) => !settled);
    const hidden = all.length - Math.min(rows.length, height);
    const more = hidden > 0 ? [this.color.dim(`… and ${hidden} more`)] : [];
    return [...rows.slice(0, height).map(({ text }) => text), ...more];
  }

  private rows(): { text: string; settled: boolean }[] {
    return tree([...this.events.values()]).map(({ item, depth }) => ({
      text: `${"  ".repeat(depth)}${this.row(item)}`,
      settled: item.custom && item.state === "created",
    }));
  }

  private row({
    name,
    type,
    custom,
    state,
    seconds,
    since,
  }: ResourceEvent & { readonly since: number }): string {
    const { dim, green, red, yellow, bold } = this.color;
    if (!custom) return `${bold(name)} ${dim(kind(type))}`;
    const mark = { creating: yellow("…"), created: green("✓"), failed: red("✗") }[state];
    const time = state === "creating" ? (Date.now() - since) / 1000 : seconds;
    return `${mark} ${name} ${dim(`${family(type)} ${kind(type)}  ${time.toFixed(1)} s`)}`;
  }

  /** Draws over what was drawn last. Lines are cut at the screen's edge: a wrapped one would be counted wrong. */
  private draw(lines: readonly string[]): void {
    const back = this.drawn > 0 ? `\x1b[${this.drawn}A\x1b[J` : "";
    const body = lines.map((line) => `${line}\n`).join("");
    this.stream.write(`\x1b[?7l${back}${body}\x1b[?7h`);
    this.drawn = lines.length;
  }
}
