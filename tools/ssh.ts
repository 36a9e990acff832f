import { spawnSync } from "node:child_process";
import { enter } from "local-cloud/nodes/running";
import { command, main } from "./shared/command";
import { runningNode } from "./shared/running-node";

/** `npm run ssh -- NODE`: a shell in a node that runs on this machine; or, given one, a command. */
main(
  command("ssh", "Opens a shell as root in a server that runs on this machine.")
    .argument("<node>", "the server's name, e.g. server-1")
    .argument("[command...]", "what to run in the place of a shell")
    .passThroughOptions()
    .action(open),
);

async function open(name: string, argv: readonly string[]): Promise<void> {
  const node = await runningNode(name);
  if (node.init === undefined) throw new Error(`${node.name} is off. Its console: npm run logs -- ${name}`);
  const [file = "", ...args] = enter(node.init, argv.length > 0 ? argv : shell());
  process.exitCode = spawnSync(file, args, { stdio: "inherit" }).status ?? 1;
}

/** On a terminal, with one of the node's own, for job control. */
const shell = () =>
  process.stdin.isTTY
    ? ["script", "--quiet", "--return", "--command", "bash --login", "/dev/null"]
    : ["bash", "--login"];
