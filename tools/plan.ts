import { join } from "node:path";
import { UNKNOWN_SECRET } from "../config/secret";
import type { ProgramResult } from "./engine/program";
import type { Props } from "./engine/props";
import { type Registration, shown } from "./engine/registration";
import { runProgram } from "./engine/run";
import { readStackConfig } from "./engine/stackfile";
import { command, main } from "./shared/command";
import { requireSound } from "./shared/faults";
import { outputLines } from "./shared/outputs";
import { countBelow, countByType, family, kind, tree } from "./shared/resources";

/** `npm run plan`: what a stack would be made of; needs no CLI, no network and no credentials. */
main(
  command("plan", "Shows what a stack would be made of, without credentials and without the network.")
    .option("--stack <name>", "stack whose settings are used", "dev")
    .option("--json", "print one JSON object")
    .action(async ({ stack, json }: { stack: string; json?: true }) => {
      const result = await plan(stack);
      console.log(json ? JSON.stringify(asJson(stack, result), null, 2) : asText(stack, result));
    }),
);

async function plan(stack: string): Promise<ProgramResult> {
  const directory = join(__dirname, "..");
  const result = await runProgram({
    directory,
    config: readStackConfig(directory, stack, UNKNOWN_SECRET),
    onMessage: (line) => console.error(line),
  });
  requireSound(result);
  return result;
}

function asJson(stack: string, { resources, outputs }: ProgramResult) {
  return {
    stack,
    counts: countByType(resources),
    resources: resources.map(({ urn, type, name, parent, custom, protect, inputs }) => {
      return { urn, type, name, parent, custom, protect, inputs: inputsShown(inputs) };
    }),
    outputs,
  };
}

/** User-data carries keys and passwords, whether or not it is known and marked yet. */
function inputsShown(inputs: Props): Props {
  const visible = shown(inputs) as Props;
  return "userData" in visible ? { ...visible, userData: UNKNOWN_SECRET } : visible;
}

function asText(stack: string, { resources, outputs }: ProgramResult): string {
  const below = countBelow(resources);
  const counts = Object.entries(countByType(resources)).map(
    ([type, count]) => `  ${String(count).padStart(4)}  ${family(type)} ${kind(type)}`,
  );
  return [
    `Stack ${stack}: ${below.get(null) ?? 0} resources would be made in an empty account.`,
    "",
    ...tree(resources).map(({ item, depth }) => `${"  ".repeat(depth)}${line(item, below)}`),
    "",
    "Resources by type",
    ...counts,
    "",
    "Outputs",
    ...outputLines(outputs),
  ].join("\n");
}

function line(
  { urn, type, name, custom, protect }: Registration,
  below: ReadonlyMap<string | null, number>,
): string {
  if (custom) return `+ ${name}  (${family(type)} ${kind(type)})${protect ? "  protected" : ""}`;
  return `${name}  (${kind(type)}, ${below.get(urn) ?? 0})`;
}
