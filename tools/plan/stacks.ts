import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { UNKNOWN_SECRET } from "../../config/secret";
import type { ProgramOptions } from "../engine/program";
import { readStackConfig, stacks } from "../engine/stackfile";
import { faultText } from "../shared/faults";
import { type Checkout, checkOut } from "./checkout";
import { faultsOf, foresee, nothingForeseen } from "./foresee";
import { type Review, reviewOf } from "./review";

export interface PlanOptions {
  readonly directory: string;
  readonly stacks: readonly string[] | "all";
  /** Git ref to compare with; absent: an empty account. */
  readonly against?: string | undefined;
  readonly signal: AbortSignal;
  readonly log: (line: string) => void;
}

export interface Plan {
  readonly reviews: readonly Review[];
  /** What was compared with. */
  readonly title?: string;
}

/** Plans stacks. @throws when a stack is unknown, or its file can't be read */
export async function planStacks({ directory, against, ...options }: PlanOptions): Promise<Plan> {
  if (against === undefined) return { reviews: await reviewsOf(directory, undefined, options) };
  const folder = mkdtempSync(join(tmpdir(), "plan-"));
  try {
    const there = await checkOut(directory, against, join(folder, "project"));
    return { reviews: await reviewsOf(directory, there, options), title: there.title };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

type Run = Omit<PlanOptions, "directory" | "against">;

async function reviewsOf(here: string, there: Checkout | undefined, run: Run): Promise<Review[]> {
  const known = stacks(here);
  const before = there === undefined ? [] : stacks(there.directory);
  const names = run.stacks === "all" ? [...new Set([...known, ...before])].sort() : run.stacks;
  const versions = names.map((name) => ({
    ...(there && before.includes(name) && { before: program(there.directory, name) }),
    // A stack that neither version has is told by its missing file.
    ...((known.includes(name) || !before.includes(name)) && { after: program(here, name) }),
  }));
  const { signal, log: onMessage } = run;
  const foreseen = await foresee(versions, { signal, onMessage });
  return Promise.all(
    names.map(async (name, index) => {
      const [own = {}, first] = [versions[index], foreseen[index]];
      const fault = first?.before?.faults[0]?.message;
      const [alone] =
        fault !== undefined
          ? await foresee([own.after ? { after: own.after } : {}], { signal, onMessage })
          : [first];
      const found = alone ?? nothingForeseen;
      if (found.after && faultsOf(found.after).length > 0)
        return { ...(await reviewOf(name, nothingForeseen, {}, [faultText(found.after)])), failed: true };
      const notes = [
        ...(there && fault !== undefined ? [doesNotRun(there, fault)] : []),
        ...(there && !own.before ? [`The stack is new: ${there.title} does not have it.`] : []),
        ...(own.after
          ? []
          : ["The stack's file is gone. Nothing is deleted before somebody runs pulumi destroy."]),
        ...(there && there.otherPackages.length > 0 ? [samePackages(there)] : []),
      ];
      return reviewOf(name, found, { before: own.before?.config, after: own.after?.config }, notes);
    }),
  );
}

const program = (directory: string, stack: string): ProgramOptions => ({
  directory,
  config: readStackConfig(directory, stack, UNKNOWN_SECRET),
});

const longestFault = 300;
const doesNotRun = ({ title }: Checkout, fault: string): string =>
  `${title} does not run with its settings of this stack: shown is what would be made in an empty account. It says: ${fault.replace(/\s+/g, " ").slice(0, longestFault)}`;
const samePackages = ({ otherPackages }: Checkout): string =>
  `Both versions are run with the packages that are installed here. There: ${otherPackages.join("; ")}.`;
