import { UNKNOWN_SECRET } from "../config/secret";
import { describeStack } from "../policy/stack";
import { currentPrices } from "./cost/current";
import { priceOf } from "./cost/price";
import { costText } from "./cost/text";
import { runProgram } from "./engine/run";
import { readStackConfig } from "./engine/stackfile";
import { command, main } from "./shared/command";
import { requireSound } from "./shared/faults";
import { asPolicyResource } from "./shared/policy";
import { projectDirectory } from "./shared/project";

/** `npm run cost`: what a stack costs, item by item; needs no CLI, and a token only for the provider's own prices. */
main(
  command("cost", "Shows what a stack costs a month and an hour.")
    .option("--stack <name>", "stack whose settings are used", "dev")
    .option("--json", "print one JSON object")
    .action(cost),
);

async function cost({ stack, json }: { stack: string; json?: true }): Promise<void> {
  const config = readStackConfig(projectDirectory, stack, UNKNOWN_SECRET);
  const result = await runProgram({
    directory: projectDirectory,
    config,
    onMessage: (line) => console.error(line),
  });
  requireSound(result);
  const { prices, source } = await currentPrices(config, process.env, console.error);
  const { budgetUsd } = describeStack(config);
  const found = priceOf(result.resources.map(asPolicyResource), prices);
  console.log(
    json
      ? JSON.stringify({ stack, source, budgetUsd: budgetUsd ?? null, ...found }, null, 2)
      : costText({ stack, budgetUsd }, found, source),
  );
}
