import { type Json, text } from "../engine/props";
import type { Registration } from "../engine/registration";
import type { Operation, Step } from "./compare";
import { pathText } from "./differences";
import type { Foreseen } from "./foresee";
import { type FileChange, userDataChanges } from "./user-data";
import { hasSecret, plainInput, Visible } from "./visible";

/** What is done with one resource, as people may see it. */
export interface Change {
  readonly operation: Exclude<Operation, "same">;
  readonly urn: string;
  readonly type: string;
  readonly name: string;
  /** Whether the engine refuses to delete it. */
  readonly protect: boolean;
  /** Inputs whose change replaces it. */
  readonly because: readonly string[];
  /** Whether the old one is deleted before the new one is made. */
  readonly deletedFirst: boolean;
  readonly properties: readonly PropertyChange[];
  /** What changes in its user-data. */
  readonly files: readonly FileChange[];
}

/** One input that changes; absent where there is nothing on that side, `[secret]` where it may not be shown. */
export interface PropertyChange {
  readonly path: string;
  readonly before?: Json;
  readonly after?: Json;
  /** Whether it is among what replaces the resource. */
  readonly replaces: boolean;
}

/** All that is not left as it is. */
export function changesOf({ before, after, steps }: Foreseen): Change[] {
  const [was, is] = [new Visible(before?.resources ?? []), new Visible(after?.resources ?? [])];
  return steps.flatMap((step) => (step.operation === "same" ? [] : [change(step, step.operation, was, is)]));
}

function change(step: Step, operation: Change["operation"], was: Visible, is: Visible): Change {
  const { urn, type, name } = (step.after ?? step.before) as Registration;
  return {
    operation,
    urn,
    type,
    name,
    // What keeps the old one is the old one's own mark.
    protect: (step.before ?? step.after)?.protect ?? false,
    because: step.because,
    deletedFirst: step.deletedFirst,
    properties: properties(step, was, is),
    files: filesOf(step),
  };
}

function properties(
  { before, after, differences, because }: Step,
  was: Visible,
  is: Visible,
): PropertyChange[] {
  const found = differences.map((difference): PropertyChange => {
    const top = text(difference.path[0]);
    const replaces = because.includes(top);
    if (hasSecret(before, top) || hasSecret(after, top))
      return { path: top, before: "[secret]", after: "[secret]", replaces };
    const [old, now] = [
      was.value(before, difference, difference.before),
      is.value(after, difference, difference.after),
    ];
    return {
      path: pathText(difference.path),
      ...(old !== undefined && { before: old }),
      ...(now !== undefined && { after: now }),
      replaces,
    };
  });
  return [...new Map(found.map((one) => [one.path, one])).values()];
}

function filesOf({ before, after, differences }: Step): FileChange[] {
  if (!differences.some(({ path }) => path[0] === "userData")) return [];
  return userDataChanges(plainInput(before, "userData"), plainInput(after, "userData"));
}
