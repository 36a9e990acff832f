import { canRunNodes } from "local-cloud/nodes/requirements";
import type { Json } from "../../tools/engine/props";
import { settingsByKey } from "../../tools/engine/stackfile";
import { bringUpLive, type Live } from "../../tools/live";

/**
 * A stack that runs on machines for the length of a suite; skips it, and says why, where they can't run.
 * @param settings in the place of the sandbox's
 * @param timeScale by how much the windows and intervals of the monitors are shortened
 * @returns what gives the stack, in a test or a hook.
 */
export function rehearsed(settings: Readonly<Record<string, Json>>, timeScale = 1): () => Live {
  let live: Live | undefined;

  before(async function () {
    skipWithoutNodes(this);
    this.timeout(600_000);
    const { signal } = new AbortController();
    const values = settingsByKey(settings);
    live = await bringUpLive({ stack: "sandbox", values, timeScale, log: () => {}, signal });
  });

  after(async function () {
    this.timeout(120_000);
    await live?.close();
  });

  return () => {
    if (!live) throw new Error("The stack is not up.");
    return live;
  };
}

export function skipWithoutNodes(test: Mocha.Context): void {
  const can = canRunNodes();
  if (can.ok) return;
  console.log(`      skipped: servers can't run here; missing: ${can.missing.join(", ")}`);
  test.skip();
}
