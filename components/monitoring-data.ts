import type { JournalEvent } from "../cloudinit/events";
import type { SourceCategory } from "../cloudinit/server";

type EventName = JournalEvent["event"];
type FieldOf<E extends EventName> = Exclude<keyof Extract<JournalEvent, { event: E }>, "event"> & string;

/** What the servers of a stack send, as the scopes that queries begin with. */
export class MonitoringData {
  /** @param prefix start of the source categories: `<project>/<stack>`. */
  constructor(private readonly prefix: string) {}

  /** Log messages of a category. */
  logs(category: Exclude<SourceCategory, "metrics">): string {
    return `_sourceCategory=${this.prefix}/${category.replace("-", "/")}`;
  }

  /** Log messages of all categories. */
  all(): string {
    return `_sourceCategory=${this.prefix}/*`;
  }

  /** What visitors asked for, with these fields of the access log; the balancer's own checks are left out. */
  requests(...fields: string[]): string {
    const keys = ["caller", ...fields].map((field) => `"${field}"`).join(", ");
    return `${this.logs("nginx-access")} | json ${keys} | where caller = "visitor"`;
  }

  /** Time series of a metric; `selectors` narrow them down by their dimensions. */
  metric(name: string, ...selectors: string[]): string {
    return [`_sourceCategory=${this.prefix}/metrics metric=${name}`, ...selectors].join(" ");
  }

  /** What the journal's units or, without any, the kernel and the system's services say, as `program` and `message`. */
  journal(category: "app" | "system", ...words: string[]): string {
    const scope = [this.logs(category), ...words].join(" ");
    return `${scope} | json "SYSLOG_IDENTIFIER", "MESSAGE" as program, message`;
  }

  /** What a timer wrote to the journal, with these of its fields. */
  event<E extends EventName>(name: E, ...fields: FieldOf<E>[]): string {
    const keys = ["event", ...fields].map((field) => `"${field}"`).join(", ");
    return `${this.logs("system")} ${name} | json "MESSAGE" as message | json field=message ${keys} | where event = "${name}"`;
  }
}
