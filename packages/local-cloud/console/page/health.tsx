import type { ComponentChildren } from "preact";
import type { Health } from "../shapes";

/** A sign and a word for each, so that no colour is needed to tell them apart. */
const shown: Readonly<Record<Health, readonly [sign: string, word: string]>> = {
  ok: ["●", "well"],
  starting: ["◐", "starting"],
  unknown: ["○", "not known"],
  warning: ["▲", "warning"],
  critical: ["✖", "critical"],
};

/** How something does: a sign, and a word unless other words are given. */
export function HealthBadge({ health, children }: { health: Health; children?: ComponentChildren }) {
  const [sign, word] = shown[health];
  return (
    <span class={`health ${health}`}>
      <span aria-hidden="true">{sign}</span> {children ?? word}
    </span>
  );
}

/** The sign alone, with its word for those who don't see it. */
export function HealthSign({ health }: { health: Health }) {
  const [sign, word] = shown[health];
  return (
    <span class={`health ${health}`}>
      <span aria-hidden="true">{sign}</span>
      <span class="unseen">{word}: </span>
    </span>
  );
}
