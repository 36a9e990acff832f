import { object } from "../tools/engine/props";
import { type Exemption, readExemptions } from "./exemptions";
import { rules } from "./rules";

/** What the rules know of a stack besides its resources. */
export interface Stack {
  readonly project: string;
  readonly name: string;
  readonly environment: string;
  /** What it may cost a month, in US dollars; undefined where nobody said. */
  readonly budgetUsd?: number;
  /** The exemptions of this stack, expired ones too. */
  readonly exemptions: readonly Exemption[];
  /** Certificates and exemptions are held against this time. */
  readonly now: Date;
}

/** Where a stack's facts come from. */
export interface StackSource {
  readonly project: string;
  readonly stack: string;
  /** The configuration as Pulumi hands it over: keys with their namespace, sections as JSON text. */
  readonly values: Readonly<Record<string, string>>;
}

/** The facts of a stack. @throws when the file of the exemptions is not sound */
export function describeStack(
  { project, stack, values }: StackSource,
  exemptions: readonly Exemption[] = readExemptions(rules.map(({ name }) => name)),
  now = new Date(),
): Stack {
  const cost = object(JSON.parse(values[`${project}:cost`] ?? "{}"));
  return {
    project,
    name: stack,
    environment: values[`${project}:environment`] ?? "development",
    ...(typeof cost.budgetUsd === "number" ? { budgetUsd: cost.budgetUsd } : {}),
    exemptions: exemptions.filter((exemption) => exemption.stack === stack),
    now,
  };
}
