"""Takes a full backup where one is due and this server is the one to take it."""

import os
import sys
from datetime import datetime, timedelta, timezone

import bucket
import journal
import node
import peers
import pymysql
import roles
import trial

FOLDER = "full"
# So much later any server takes it: the one that should have is there, but does not.
PATIENCE = timedelta(hours=2)
DATA = "/srv/database/mysql"
# There when somebody wants one now, from this server.
NOW = node.MARKS / "backup-now"


def newest(store, before=None):
    """When the newest full backup (that ended before) began, when it ended, whose it is, and its folder; or None."""
    ended = [_parts(name) for name in store.names(FOLDER) if name.endswith(".json")]
    return max((one for one in ended if before is None or one[1] <= before), default=None)


def _parts(name):
    folder, mark = name.split("/")
    began, label = folder.split("-", 1)
    return bucket.moment(began), bucket.moment(mark.split(".")[0]), label, f"{FOLDER}/{folder}"


def main():
    settings = bucket.settings("backups.json")
    store = bucket.Bucket(**settings)
    try:
        last = newest(store)
    except bucket.Failed as fault:
        sys.exit(str(fault))
    if NOW.exists() or _is_mine(last, int(settings["hour"])):
        NOW.unlink(missing_ok=True)
        with journal.told("full", bucket.Failed) as sizes:
            sizes.append(_take(store))
            # Up to a day before the earliest moment that can be restored is the full backup that leads to it.
            for folder in (FOLDER, "binlog", trial.FOLDER):
                store.expire(folder, int(settings["retentionDays"]) + 1)


def has_data_since():
    return datetime.fromtimestamp(node.HAS_DATA.stat().st_mtime, timezone.utc)


def _is_mine(last, hour):
    today = bucket.now().replace(hour=hour, minute=0, second=0, microsecond=0)
    due = today if today <= bucket.now() else today - timedelta(days=1)
    if last and last[0] >= due:
        return False
    try:
        return roles.is_reader() and (_is_first() or bucket.now() > max(due, has_data_since()) + PATIENCE)
    except (pymysql.Error, OSError):
        return False


def _is_first():
    """Of those that answer and have data; a server that takes writes is the last choice."""
    states = [roles.state(), *(peer for peer in peers.ask() if peer and not peer["blank"])]
    return max(states, key=lambda one: (not one.get("writer"), one["label"]))["label"] == node.LABEL


def _take(store):
    folder = f"{FOLDER}/{bucket.stamp(bucket.now())}-{node.LABEL}"
    used = sum(os.stat(os.path.join(at, file)).st_size for at, _, files in os.walk(DATA) for file in files)
    store.put(
        f"{folder}/data.xbstream.zst",
        ["mariadb-backup", "--backup", "--stream=xbstream", "--user=mysql", f"--socket={node.SOCKET}",
         "--target-dir=/tmp"],
        ["zstd", "-q", "-3"],
        mebibytes=used >> 20,
    )  # fmt: skip
    size = store.size(folder)
    # Only with this it counts.
    store.write(f"{folder}/{bucket.stamp(bucket.now())}.json", {"bytes": size})
    return size


if __name__ == "__main__":
    main()
