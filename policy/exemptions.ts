import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";

const day = z.iso.date("must be a day, such as 2027-01-31");

const exemption = z.strictObject({
  rule: z.string(),
  stack: z.string(),
  /** Name of the one resource that may break the rule. @default any of the stack */
  resource: z.string().optional(),
  reason: z.string().trim().min(10, "must say why, in 10 letters or more"),
  /** The last day on which it holds, UTC. */
  expires: day,
});

export type Exemption = z.output<typeof exemption>;

const file = join(__dirname, "exemptions.yaml");

/**
 * The exemptions of all stacks, as the file has them.
 * @param rules names of the rules there are
 * @throws when one has no reason, no last day, or is of no rule
 */
export function readExemptions(rules: readonly string[], text = readFileSync(file, "utf8")): Exemption[] {
  const known = exemption.extend({ rule: z.enum(rules, `must be one of ${rules.join(", ")}`) });
  const checked = z.array(known).safeParse(parse(text) ?? []);
  if (checked.success) return checked.data;
  const faults = checked.error.issues.map(
    ({ path, message }) => `  ${["exemptions", ...path].join(".")}: ${message}`,
  );
  throw new Error(`policy/exemptions.yaml is not sound:\n${faults.join("\n")}`);
}

/** Whether its last day is over. */
export const isExpired = ({ expires }: Exemption, now: Date): boolean =>
  now.toISOString().slice(0, "2027-01-31".length) > expires;
