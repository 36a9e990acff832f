"""Fills the data volume of a new stack's first server from a backup, up to a moment, before MariaDB starts."""

import shutil
import subprocess
import sys
from contextlib import nullcontext
from datetime import datetime, timezone
from pathlib import Path

import bucket
import full
import node
import replay
import trial

# There when the volume was filled, and whether it was by this very order.
MARK = node.MARKS / "restored"


def main():
    settings = bucket.settings("restore.json")
    order = f"{settings['name']} {settings.get('at', 'latest')}\n"
    if node.HAS_DATA.exists() or MARK.exists():
        if not MARK.exists() or MARK.read_text() != order:
            print("Nothing is restored: this volume has data. A restore needs a new stack.", file=sys.stderr)
        return
    at = settings.get("at")
    until = datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(timezone.utc) if at else None
    store = bucket.Bucket(**settings)
    try:
        with trial.noted(store) if settings.get("test") else nullcontext() as facts:
            fill(store, until, facts)
    except bucket.Failed as fault:
        sys.exit(str(fault))
    MARK.write_text(order)


def fill(store, until, facts):
    """Puts the data as it was at that moment into the data directory; where it is a trial, adds facts of it."""
    base = full.newest(store, until)
    if base is None:
        raise bucket.Failed(f"The bucket has no full backup that ended before {until or 'now'}.")
    *_, folder = base
    print(f"restoring {folder}", file=sys.stderr, flush=True)
    for entry in Path(full.DATA).iterdir():
        if entry.is_dir():
            shutil.rmtree(entry)
        else:
            entry.unlink()
    store.get(f"{folder}/data.xbstream.zst", ["zstd", "-q", "-d"], ["mbstream", "-x", "-C", full.DATA])
    if subprocess.run(["mariadb-backup", "--prepare", f"--target-dir={full.DATA}"], check=False).returncode != 0:
        raise bucket.Failed(f"mariadb-backup can't prepare {folder}.")
    with replay.server() as connection:
        replay.replay(store, base, until)
        if facts is not None:
            begun = [begun for logs in replay.chains_in(store).values() for begun, _log in logs]
            newest = max(begun, default=base[1])
            facts.update(trial.look(connection, newest))
        replay.become_new(connection)


if __name__ == "__main__":
    main()
