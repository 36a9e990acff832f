import type { Fault } from "./faults";
import type { Settings } from "./schema";

/** Where settings come from and when they are checked. */
export interface Context {
  readonly project: string;
  readonly stack: string;
  /** Certificates are checked against this time. */
  readonly now: Date;
}

/** A rule over several options, or over more than a pattern can say. */
export interface Rule {
  /**
   * The options it holds against each other (`pools[].count`): where one of them is at fault by itself, the rule
   * stays silent. Empty for a rule that looks at each value alone.
   */
  readonly compares: readonly string[];
  check(settings: Settings, context: Context): Fault[];
}
