import { Option } from "commander";
import { type Gate, gateOf, gates, reached } from "./plan/gates";
import { asJson } from "./plan/json";
import { markdown } from "./plan/markdown";
import { planStacks } from "./plan/stacks";
import { planText } from "./plan/text";
import { command, main } from "./shared/command";
import { interruption } from "./shared/interruption";
import { projectDirectory } from "./shared/project";

interface Wanted {
  readonly stack: string;
  readonly all?: true;
  readonly against?: string;
  readonly json?: true;
  readonly markdown?: true;
  readonly failOn: readonly Gate[];
}

/** `npm run plan`: what a change does to the stacks, before it is made; needs no CLI, no network and no credentials. */
main(
  command(
    "plan",
    "Shows what stacks are made of, or what a change does to them, without credentials and network.",
  )
    .option("--stack <name>", "stack whose settings are used", "dev")
    .option("--all", "every stack that has a file")
    .option("--against <ref>", "git ref to compare with: a branch, tag or commit")
    .addOption(new Option("--json", "print one JSON object").conflicts("markdown"))
    .option("--markdown", "print a comment for a pull request")
    .addOption(
      new Option("--fail-on <what>", `exit with code 2 on any of: ${gates.join(", ")}`)
        .argParser(wanted)
        .default([], "nothing"),
    )
    .action(plan),
);

async function plan({ stack, all, against, json, markdown: comment, failOn }: Wanted): Promise<void> {
  const signal = interruption();
  const { reviews, title } = await planStacks({
    directory: projectDirectory,
    stacks: all ? "all" : [stack],
    against,
    signal,
    log: console.error,
  }).catch((error) => {
    throw signal.aborted ? new Error("Stopped; nothing is left behind.") : error;
  });
  if (json)
    console.log(
      JSON.stringify(
        all ? { against: title, stacks: reviews.map(asJson) } : { against: title, ...reviews.map(asJson)[0] },
        null,
        2,
      ),
    );
  else
    console.log(
      comment ? markdown(reviews, title) : reviews.map((review) => planText(review, title)).join("\n\n"),
    );
  const stops = reached(reviews, failOn, title !== undefined);
  for (const line of stops) console.error(line);
  if (reviews.some(({ failed }) => failed)) process.exitCode = 1;
  else if (stops.length > 0) process.exitCode = 2;
}

/** The option may be repeated, and takes a list. */
function wanted(text: string, before: readonly Gate[]): readonly Gate[] {
  return [...before, ...text.split(",").map((word) => gateOf(word.trim()))];
}
