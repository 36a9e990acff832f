import type { Health } from "./shapes";

const order: readonly Health[] = ["ok", "starting", "unknown", "warning", "critical"];

/** Something that speaks for or against a server. */
export interface Sign {
  readonly health: Health;
  readonly reason: string;
}

/** The worst of the signs, with the reasons for it. */
export function judged(signs: readonly Sign[]): {
  readonly health: Health;
  readonly reasons: readonly string[];
} {
  const worst = Math.max(0, ...signs.map(({ health }) => order.indexOf(health)));
  const health = order[worst] ?? "unknown";
  return { health, reasons: signs.filter((sign) => sign.health === health).map(({ reason }) => reason) };
}
