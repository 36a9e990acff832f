import { join } from "node:path";
import { UNKNOWN_SECRET } from "../../config/secret";
import type { Registration } from "../engine/registration";
import { runProgram } from "../engine/run";
import { readStackConfig } from "../engine/stackfile";
import { requireSound } from "../shared/faults";
import { draw } from "./draw";
import type { Picture } from "./picture";

/**
 * What a stack would be made of, as a preview tells without credentials.
 * @param values settings in the place of the stack's own, `namespace:name`
 * @throws when there is no such stack or its settings are not sound
 */
export async function foreseen(
  stack: string,
  values: Readonly<Record<string, string>> = {},
): Promise<readonly Registration[]> {
  const directory = join(__dirname, "../..");
  const config = readStackConfig(directory, stack, UNKNOWN_SECRET);
  const result = await runProgram({
    directory,
    config: { ...config, values: { ...config.values, ...values } },
    onMessage: (line) => console.error(line),
  });
  requireSound(result);
  return result.resources;
}

/** The picture of what a stack would be made of. */
export async function pictureOf(stack: string): Promise<Picture> {
  return draw(`Stack ${stack}: what talks to what, and what watches it`, await foreseen(stack));
}
