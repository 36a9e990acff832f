import type { Nodes } from "local-cloud/nodes/nodes";

/**
 * Resolves once every server has ended its first start, well or not.
 * @param log told of those that failed, with their own last words
 */
export async function firstStarts(nodes: Nodes, log: (line: string) => void): Promise<void> {
  await Promise.all(
    nodes.names().map(async (name) => {
      const said = await nodes.run(name, ["sh", "-c", lastWords]).catch(() => ""); // it was switched off
      if (said) log(`${name} did not start in order, npm run logs -- ${name} tells more:\n${said.trimEnd()}`);
    }),
  );
}

const lastWords = `cloud-init status --wait >/dev/null && exit
systemctl --failed --plain --no-legend | while read -r unit _; do
  journalctl --boot --quiet --output cat --lines 4 --unit "$unit"
done
grep -hE '^[EW]: ' /var/log/cloud-init-output.log | head -n 5
tail -n 3 /var/log/cloud-init-output.log`;
