import { z } from "zod";
import type { Fault } from "./options";

export const faultSchema: z.ZodType<Fault> = z
  .strictObject({
    api: z.enum(["digitalocean", "sumologic"]).optional(),
    method: z.string().toUpperCase().optional(),
    path: z.string().refine(isPattern, "must be a regular expression").optional(),
    share: z.number().min(0).max(1).optional(),
    nth: z.int().min(1).optional(),
    effect: z.enum(["429", "500", "503", "drop", "drop-after", "stall", "slow"]),
    stallMs: z.int().min(0).optional(),
    workMs: z.int().min(0).optional(),
  })
  .refine((fault) => fault.share === undefined || fault.nth === undefined, "takes share or nth, not both");

/** The faults in force, and how many calls each has seen. */
export class Faults {
  private rules: Rule[] = [];

  /** @param random from 0 up to 1, for faults with a share. */
  constructor(
    initial: readonly Fault[],
    private readonly random: () => number,
  ) {
    this.set(initial);
  }

  /** Puts these faults in the place of all others; counting starts anew. */
  set(faults: readonly Fault[]): void {
    this.rules = faults.map((fault) => ({ fault, path: new RegExp(fault.path ?? ""), seen: 0 }));
  }

  list(): Fault[] {
    return this.rules.map((rule) => rule.fault);
  }

  /** The first fault that this call is to meet. Every matching fault counts the call. */
  meet(api: Fault["api"], method: string, path: string): Fault | undefined {
    return this.rules
      .filter((rule) => matches(rule, api, method, path))
      .filter((rule) => this.strikes(rule))[0]?.fault;
  }

  private strikes(rule: Rule): boolean {
    rule.seen += 1;
    const { nth, share } = rule.fault;
    if (nth !== undefined) return rule.seen === nth;
    return share === undefined || this.random() < share;
  }
}

/**
 * Reads a fault from the command line, e.g. `effect=503,share=0.1,path=^/v2/droplets`. The value of `path`
 * may not contain a comma.
 * @throws an Error that names the wrong part.
 */
export function parseFault(text: string): Fault {
  const fields = text.split(",").map((part) => {
    const [name = "", ...value] = part.split("=");
    return [
      name,
      ["share", "nth", "stallMs", "workMs"].includes(name) ? Number(value.join("=")) : value.join("="),
    ];
  });
  const parsed = faultSchema.safeParse(Object.fromEntries(fields));
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".") || "fault"}: ${issue.message}`);
  throw new Error(`--fault ${text}: ${faults.join("; ")}`);
}

interface Rule {
  readonly fault: Fault;
  readonly path: RegExp;
  seen: number;
}

function matches({ fault, path: pattern }: Rule, api: Fault["api"], method: string, path: string): boolean {
  return (
    (!fault.api || fault.api === api) && (!fault.method || fault.method === method) && pattern.test(path)
  );
}

function isPattern(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}
