import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { enter } from "local-cloud/nodes/running";
import { command, main } from "./shared/command";
import { runningNode } from "./shared/running-node";

/** `npm run logs -- NODE`: a node's journal; while the node is off, what it said on its console. */
main(
  command("logs", "Shows the journal of a server that runs on this machine.")
    .argument("<node>", "the server's name, e.g. server-1")
    .argument("[options...]", "what journalctl takes, e.g. --follow --unit nginx")
    .passThroughOptions()
    .action(show),
);

async function show(name: string, options: readonly string[]): Promise<void> {
  const node = await runningNode(name);
  if (node.init === undefined) {
    process.stdout.write(readFileSync(node.console));
    return;
  }
  const [file = "", ...args] = enter(node.init, ["journalctl", "--boot", "--no-pager", ...options]);
  process.exitCode = spawnSync(file, args, { stdio: "inherit" }).status ?? 1;
}
