import { createNodes } from "../../nodes/nodes";
import { droplet, dropletBody, worldOf } from "./objects";

/** A process that owns a machine with a volume until it is killed. */
async function main(stateDir: string): Promise<void> {
  const nodes = await createNodes({ stateDir });
  const volumes = [{ id: "volume", name: "data", size_gigabytes: 1, droplet_ids: [1] }];
  await nodes.reconcile(worldOf({ droplets: [droplet(1)], volumes }));
  await nodes.createDroplet(dropletBody(1, ""));
  console.log("up");
}

void main(process.argv[2] ?? "");
