import type { ComponentChildren } from "preact";

/** Not every browser lets the keyboard scroll what can't be focused. */
const reachable = { tabIndex: 0 };

/** What scrolls by itself where it is too large. */
export function Scroll({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <section class="scroll" aria-label={label} {...reachable}>
      {children}
    </section>
  );
}
