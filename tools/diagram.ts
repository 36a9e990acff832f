import { writeFileSync } from "node:fs";
import { Option } from "commander";
import { mermaid } from "./diagram/mermaid";
import { pictureOf } from "./diagram/stack";
import { svg } from "./diagram/svg";
import { command, main } from "./shared/command";

interface Wanted {
  readonly stack: string;
  readonly format: keyof typeof formats;
  readonly output?: string;
}

const formats = { svg, mermaid } as const;

/** `npm run diagram`: the picture of a stack's resources; needs no credentials and no network. */
main(
  command("diagram", "Draws what a stack would be made of: what talks to what, and what watches it.")
    .option("--stack <name>", "stack whose settings are used", "sandbox")
    .addOption(new Option("--format <format>", "of the picture").choices(Object.keys(formats)).default("svg"))
    .option("--output <file>", "file to write (default: standard output)")
    .action(async ({ stack, format, output }: Wanted) => {
      const picture = await formats[format](await pictureOf(stack));
      if (output === undefined) process.stdout.write(picture);
      else writeFileSync(output, picture);
    }),
);
