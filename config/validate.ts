import type { Fault } from "./faults";
import { optionPath } from "./paths";
import { repaired } from "./repair";
import type { Context } from "./rule";
import { rules } from "./rules";
import { type Settings, settingsSchema } from "./schema";
import { schemaFaults } from "./schema-faults";

/** Pulumi hands over lists and sections as JSON text; the tools read them from YAML as they are. */
function structured(value: unknown): unknown {
  if (typeof value !== "string" || !/^\s*[[{]/.test(value)) return value;
  try {
    return JSON.parse(value);
  } catch {
    return value;
  }
}

/** Whether one of two option paths holds the other, or they are the same. */
function overlap(a: string, b: string): boolean {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  return long.startsWith(short) && (long.length === short.length || /[.[]/.test(long.charAt(short.length)));
}

/**
 * Checks a stack's raw settings (keys without the project's prefix; lists and sections as JSON text or as they
 * are) and gives either the complete settings or all their faults. Never throws, changes nothing.
 */
export function validate(
  raw: Readonly<Record<string, unknown>>,
  context: { readonly project: string; readonly stack: string; readonly now?: Date },
): { readonly settings: Settings } | { readonly faults: readonly Fault[] } {
  const data = Object.fromEntries(Object.entries(raw).map(([key, value]) => [key, structured(value)]));
  const parsed = settingsSchema.safeParse(data);
  const issues = parsed.error?.issues ?? [];
  const own = schemaFaults(issues, data, context.project);
  const settings = parsed.data ?? settingsSchema.safeParse(repaired(data, issues)).data;
  const disturbed = own.flatMap(({ about }) => (about ? [optionPath(about)] : []));
  const complete: Context = { ...context, now: context.now ?? new Date() };
  const broken = rules
    .filter(({ compares }) => !compares.some((option) => disturbed.some((path) => overlap(path, option))))
    .flatMap((rule) => (settings ? rule.check(settings, complete) : []));
  const faults: Fault[] = [
    ...own.map(({ path, value, limit, mend }) => ({ path, value, limit, mend })),
    ...broken,
  ];
  return parsed.success && faults.length === 0 ? { settings: parsed.data } : { faults };
}
