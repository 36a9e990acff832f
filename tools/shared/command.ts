import { Command, InvalidArgumentError } from "commander";

/** A verb of the project, `npm run <name>`; what follows `--` are its options. */
export function command(name: string, description: string): Command {
  return new Command(`npm run ${name} --`).description(description).showHelpAfterError("(see --help)");
}

/** An option's parser: an integer between two others, these included. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text);
    if (Number.isInteger(number) && number >= least && number <= most) return number;
    throw new InvalidArgumentError(`An integer from ${least} to ${most}.`);
  };

/** Runs a verb. What it throws is told in one message, and the exit code says that it failed. */
export async function main(verb: Command): Promise<void> {
  // `… | head` has read enough.
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
  try {
    await verb.parseAsync();
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
