import { createNodes, type Nodes as Machines } from "local-cloud/nodes/nodes";
import { canRunNodes, installNeeded } from "local-cloud/nodes/requirements";

/** Whether the droplets are real machines: where that is possible, always, never. */
export type Nodes = "auto" | "on" | "off";

/** What gives the droplets a body; or, in words, why they have none. */
export type Servers =
  | { readonly backend: Machines }
  | { readonly backend?: undefined; readonly reason: string };

export interface ServerOptions {
  /** Told what takes long, and what is installed. */
  readonly log: (line: string) => void;
  /** Whether the servers install every package themselves; otherwise they find them there. */
  readonly fresh?: boolean;
  /** Gives it up, with a fault. */
  readonly signal: AbortSignal;
}

/**
 * Prepares the machines.
 * @throws when they are to be on and can't be
 */
export async function prepareServers(nodes: Nodes, options: ServerOptions): Promise<Servers> {
  if (nodes === "off") return { reason: "they are off, and --nodes on runs them" };
  const { log } = options;
  await installNeeded(log).catch((error: Error) => log(`Installing failed: ${error.message}`));
  const can = canRunNodes();
  if (can.ok) {
    return createNodes({ ...options, measuring: ["agent.service"] }).then(
      (backend) => ({ backend }),
      (fault: Error) => {
        if (nodes === "on" || options.signal.aborted) throw fault;
        return { reason: fault.message };
      },
    );
  }
  const reason = `this machine lacks ${can.missing.join(", ")}`;
  if (nodes === "on") throw new Error(`Servers can't run as machines: ${reason}.`);
  return { reason };
}
