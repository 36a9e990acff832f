import type { Part, ServerFile } from "./part";
import { sandbox } from "./sandbox";
import type { DatabaseSpec, ServerSpec } from "./server";
import { template } from "./template";

type OwnDatabase = Exclude<DatabaseSpec, { mode: "managed" }>;

/** Backups of a database of the servers' own, and what fills a new one from them. */
export function backups({ name, database }: ServerSpec): Part {
  if (database.mode === "managed") throw new Error(`${name}: a managed database has its own backups.`);
  const { backups, restore } = database;
  if (!backups && !restore) return {};
  return {
    packages: ["rclone", "zstd", "mariadb-backup"],
    files: [
      ...["bucket.py", "changes.py", "journal.py", "trial.py", "full.py"].map(program),
      ...(backups ? backupFiles(backups) : []),
      ...(restore ? restoreFiles(restore) : []),
    ],
    units: [
      ...(restore ? ["database-restore.service"] : []),
      ...(backups ? ["database-backup-full.timer", "database-backup-binlog.timer"] : []),
    ],
  };
}

const backupFiles = (backups: NonNullable<OwnDatabase["backups"]>): ServerFile[] => [
  program("binlog.py"),
  { path: "/etc/database/backups.json", content: JSON.stringify(backups), mode: "0400" },
  ...["full", "binlog"].flatMap((kind) => [
    ...["service", "timer"].map((type) => ({
      path: `/etc/systemd/system/database-backup-${kind}.${type}`,
      content: template(`backup/${kind}.${type}`),
    })),
    sandbox(`database-backup-${kind}`, "own"),
  ]),
];

const restoreFiles = (restore: NonNullable<OwnDatabase["restore"]>): ServerFile[] => [
  ...["restore.py", "replay.py"].map(program),
  { path: "/etc/database/restore.json", content: JSON.stringify(restore), mode: "0400" },
  { path: "/etc/systemd/system/database-restore.service", content: template("backup/restore.service") },
  sandbox("database-restore", "own"),
  {
    path: "/etc/systemd/system/mariadb.service.d/restore.conf",
    content: template("backup/mariadb-unit.conf"),
  },
];

const program = (file: string): ServerFile => ({
  path: `/opt/database-backup/${file}`,
  content: template(`backup/${file}`),
});
