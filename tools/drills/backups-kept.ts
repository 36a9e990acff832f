import type { Live, Server } from "../live";
import { backUp, logsUntil, told } from "./backing-up";
import { databases, takes, wait, writerAndReplicas } from "./databases";
import type { Drill } from "./drill";

/** The bucket, as the server knows it, and the names of its objects but for the notes of restore tests. */
const bucket = `
import subprocess, sys, bucket
store = bucket.Bucket(**bucket.settings("backups.json"))
def run(*words): return subprocess.run(["rclone", *words], env=store._environment, check=True, capture_output=True).stdout
def names(): return [name for name in run("lsf", "-R", "--files-only", store._notes).decode().split() if not name.startswith("restore-test/")]
`;

/** Prints how many objects the bucket has of backups, and how many of them are not encrypted or show a text. */
const look = `${bucket}
contents = [run("cat", store._notes + name) for name in names()]
print(len(contents), sum(not one.startswith(b"RCLONE\\0\\0") or sys.argv[1].encode() in one for one in contents))
`;

/** Deletes what is older than so many days, and prints how many objects are left. */
const expire = `${bucket}
for folder in ("full", "binlog"): store.expire(folder, sys.argv[1])
print(len(names()))
`;

export const backupsKept: Drill = {
  name: "backups-kept",
  promise:
    "Nobody reads a backup in the bucket; without the bucket the database goes on and tells, and all that was written is stored once it is back; what is too old is deleted, and nothing else.",
  settings: { database: { mode: "primary-replica" } },
  async run(scene) {
    const { live, load, phase } = scene;
    // What a backup costs the visitors of a small machine is no part of the promise.
    phase("backed up", 600);
    await wait(scene, 5);
    const { writer } = await writerAndReplicas(live);
    const server = databases(live).at(-1) ?? writer;
    await backUp(live, server);
    await logsUntil(scene, server, Math.ceil(Date.now() / 1000));
    const [planted = ""] = load.expected;
    const [objects = 0, readable = 0] = await counted(live, server, look, planted.slice(0, -6));
    if (objects === 0 || readable > 0) throw new Error(`${readable} of ${objects} objects can be read.`);

    await reach(live, server, "add");
    await told(scene, server, '"kind": "binlog", "ok": false');
    if (!(await takes(live, server, "reader"))) throw new Error(`${server.label} serves no more.`);
    await reach(live, server, "del");
    await logsUntil(scene, server, Math.ceil(Date.now() / 1000));

    const [kept] = await counted(live, server, expire, "1");
    if (!kept || kept < objects)
      throw new Error(`Of ${objects} objects ${kept} are left that are a minute old.`);
    const [left] = await counted(live, server, expire, "0");
    if (left !== 0) throw new Error(`${left} objects are left that are too old.`);
  },
};

/** Loses the server's way to the bucket, or gives it back. */
async function reach({ nodes }: Live, { name }: Server, verb: "add" | "del"): Promise<void> {
  const route = `ip route ${verb} blackhole $(getent ahostsv4 nyc3.digitaloceanspaces.com | head -1 | cut -d' ' -f1)`;
  await nodes.run(name, ["sh", "-c", route]);
}

/** The numbers that a program prints that knows the bucket as the server does. */
async function counted(
  { nodes }: Live,
  { name }: Server,
  program: string,
  argument: string,
): Promise<number[]> {
  const known = ["CREDENTIALS_DIRECTORY=/etc/database", "PYTHONPATH=/opt/database-backup"];
  const said = await nodes.run(name, ["env", ...known, "python3", "-c", program, argument]);
  return said.trim().split(" ").map(Number);
}
