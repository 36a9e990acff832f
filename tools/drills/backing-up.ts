import type { Live, Server } from "../live";
import type { Source } from "../restore-test/settings";
import { until } from "../shared/until";
import type { Scene } from "./drill";

const shipUnit = "database-backup-binlog.service";

/** Takes a full backup on the server. */
export const backUp = ({ nodes }: Live, { name }: Server): Promise<string> =>
  nodes.run(name, [
    "sh",
    "-c",
    "touch /srv/database/node/backup-now; systemctl start database-backup-full.service",
  ]);

/**
 * Resolves once the timer has shipped what was written until a moment (seconds of the epoch).
 * @returns how old what was written just after a log had been ended was when the bucket had it, in seconds
 */
export async function logsUntil({ live, signal }: Scene, server: Server, moment: number): Promise<number> {
  const before = await shipping(live, server);
  let last = before;
  const shipped = async () => {
    last = await shipping(live, server);
    return last.began >= moment && last.ended >= last.began && last.ok;
  };
  await until("The binary logs were not shipped", 180, shipped, signal);
  return last.ended - before.began;
}

/** When the logs were last shipped, in seconds of the epoch, and whether that went well. */
async function shipping({ nodes }: Live, { name }: Server) {
  const properties = "ExecMainStartTimestamp,ExecMainExitTimestamp,ExecMainStatus";
  const show = ["systemctl", "show", shipUnit, "--timestamp=unix", `--property=${properties}`];
  const shown = await nodes.run(name, show);
  const value = (property: string) => Number(new RegExp(`${property}=@?(\\d+)`).exec(shown)?.[1] ?? 0);
  return {
    began: value("ExecMainStartTimestamp"),
    ended: value("ExecMainExitTimestamp"),
    ok: value("ExecMainStatus") === 0,
  };
}

/** What opens the backups: the output `backups` of the stack, which the engine shows nobody, as a server knows it. */
export async function sourceOf({ nodes }: Live, { name }: Server): Promise<Source> {
  return JSON.parse(await nodes.run(name, ["cat", "/etc/database/backups.json"]));
}

/** Resolves once the server has told something of the backups, such as `"kind": "full", "ok": true`. */
export async function told({ live, signal }: Scene, { name, label }: Server, words: string): Promise<void> {
  const read = ["journalctl", "-u", "database-backup-*", "-o", "cat", "--no-pager"];
  const says = async () => (await live.nodes.run(name, read)).includes(`{"event": "backup", ${words}`);
  await until(`${label} did not tell ${words}`, 240, says, signal);
}
