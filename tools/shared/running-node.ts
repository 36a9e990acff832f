import { type RunningNode, runningNodes } from "local-cloud/nodes/running";

/**
 * A node of a cloud that runs on this machine, maybe in another process.
 * @param name the droplet's, e.g. `sandbox-server-1`, or without the stack, `server-1`
 * @throws when none or several are called that, or for others than root.
 */
export async function runningNode(name: string): Promise<RunningNode> {
  if (process.getuid?.() !== 0) throw new Error("The servers on this machine are root's: do this as root.");
  const all = await runningNodes();
  const names = all.map((node) => node.name).sort();
  const [found, ...more] = all.filter((node) => node.name === name || node.name.endsWith(`-${name}`));
  if (!found) {
    throw new Error(
      names.length > 0
        ? `No server here is called ${name}. These run: ${names.join(", ")}.`
        : "No servers run on this machine: npm start -- --nodes on starts some.",
    );
  }
  if (more.length > 0) throw new Error(`Several servers are called ${name}: ${names.join(", ")}.`);
  return found;
}
