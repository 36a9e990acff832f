"""Fills the data volume of a new stack's first server from a backup, up to a moment, before MariaDB starts."""

import shutil
import subprocess
import sys
from datetime import datetime, timezone
from pathlib import Path

import bucket
import full
import node
import replay

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
    try:
        fill(bucket.Bucket(**settings), until)
    except bucket.Failed as fault:
        sys.exit(str(fault))
    MARK.write_text(order)


def fill(store, until):
    """Puts the data as it was at that moment into the data directory."""
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
    subprocess.run(["mariadb-backup", "--prepare", f"--target-dir={full.DATA}"], check=True)
    replay.replay(store, base, until)


if __name__ == "__main__":
    main()
