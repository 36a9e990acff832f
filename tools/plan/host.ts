import { runHere } from "../engine/program";
import { type Foreseen, nothingForeseen, type Versions } from "./foresee";
import { Foresight } from "./foresight";
import { Former } from "./former";

// The SDK takes a stack trace for every promise: mapped to the sources, or deep, that takes most of a run's time.
process.setSourceMapsEnabled(false);
Error.stackTraceLimit = 2;

/** The process in which versions of the program are run, one after the other. */
process.on("message", async (versions: Versions) => process.send?.(await foreseeHere(versions)));

async function foreseeHere({ before, after }: Versions): Promise<Foreseen> {
  const old = before && (await runHere(before, new Foresight(new Former([]))));
  if (old && old.faults.length > 0) return { ...nothingForeseen, before: old };
  const foresight = new Foresight(new Former(old?.resources ?? []));
  const planned = after && (await runHere(after, foresight));
  const { refusals } = foresight;
  return {
    ...(old && { before: old }),
    ...(planned && { after: planned }),
    steps: foresight.steps(),
    refusals,
  };
}
