import type { Live } from "../../live";

/** What a server's agent has used of the processor since it was started, and of memory now. */
export interface AgentUse {
  readonly cpuSeconds: number;
  readonly mebibytes: number;
}

export async function agentUse({ nodes }: Live, server: string): Promise<AgentUse> {
  const script =
    "systemctl show agent --property=CPUUsageNSec --value; cat /proc/$(systemctl show agent --property=MainPID --value)/status";
  const said = await nodes.run(server, ["sh", "-euc", script]);
  const [nanoseconds = ""] = said.split("\n", 1);
  const kibibytes = /^VmRSS:\s+(\d+) kB$/m.exec(said)?.[1];
  return { cpuSeconds: Number(nanoseconds) / 1e9, mebibytes: Number(kibibytes) / 1024 };
}
