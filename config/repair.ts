import type { z } from "zod";
import { isOf, optionAt } from "./options";
import { valueAt } from "./paths";
import { UNKNOWN_SECRET } from "./secret";

/**
 * A copy of the data in which every faulty option has its default or example, so that the rules can look at
 * the rest in the same run. What a rule says about a stand-in is never shown: see `Rule.compares`.
 */
export function repaired(data: unknown, issues: readonly z.core.$ZodIssue[]): unknown {
  const copy: unknown = structuredClone(data);
  const places = issues.flatMap((issue) =>
    issue.code === "unrecognized_keys" ? issue.keys.map((key) => [...issue.path, key]) : [issue.path],
  );
  for (const path of places) {
    const parent = valueAt(copy, path.slice(0, -1));
    const key = path.at(-1);
    if (typeof parent !== "object" || parent === null || key === undefined) continue;
    const option = optionAt(path);
    if (!option?.required || !isOf(option, path)) Reflect.deleteProperty(parent, key);
    else Reflect.set(parent, key, option.secret ? UNKNOWN_SECRET : option.example);
  }
  return copy;
}
