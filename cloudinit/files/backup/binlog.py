"""Ships what was written since the last time: ends the current binary log, and stores each that has ended."""

import json
import os
import struct
import time
from datetime import datetime, timezone
from pathlib import Path

import bucket
import full
import journal
import node
import pymysql

FOLDER = "binlog"
# What was shipped last, and how far the database was then.
STATE = node.MARKS / "shipped.json"
# Also where nobody writes it shows that nothing was written.
MOST_SECONDS = 3600


def name_of(file):
    """When it was begun, by itself: a server with a new volume counts its logs from 1 again."""
    with open(file, "rb") as log:
        _magic, began = struct.unpack("<4sI", log.read(8))
    return f"{bucket.stamp(datetime.fromtimestamp(began, timezone.utc))}-{file.suffix[1:]}"


def main():
    if not node.HAS_DATA.exists():
        return
    state = json.loads(STATE.read_text()) if STATE.exists() else {"last": "", "position": None, "at": 0, "test": ""}
    store = bucket.Bucket(**bucket.settings("backups.json"))
    with journal.told("binlog", bucket.Failed, pymysql.Error) as sizes:
        _rotate(state)
        for file in _ended():
            name = name_of(file)
            if name > state["last"]:
                store.put(f"{FOLDER}/{node.LABEL}/{name}.zst", ["zstd", "-q", "-c", str(file)])
                sizes.append(file.stat().st_size)
                _keep(state, last=name)
        _tell_ages(store, state)


def _rotate(state):
    position = node.sql("SELECT @@gtid_binlog_pos AS it")[0]["it"]
    if position != state["position"] or time.time() - state["at"] > MOST_SECONDS:
        node.sql("FLUSH NO_WRITE_TO_BINLOG BINARY LOGS")
        _keep(state, position=position, at=time.time())


def _ended():
    *ended, _current = node.sql("SHOW BINARY LOGS")
    return [Path(full.DATA, row["Log_name"]) for row in ended]


def _keep(state, **changes):
    state.update(changes)
    partial = STATE.with_suffix(".partial")
    partial.write_text(json.dumps(state), encoding="utf-8")
    os.replace(partial, STATE)


def _tell_ages(store, state):
    tests = store.names("restore-test")
    last = full.newest(store)
    ended = {"full": last and last[1], "binlog": bucket.now()}
    # Nobody waits for it where none was ever made.
    if tests:
        good = [bucket.moment(name.split("-")[0]) for name in tests if "-ok." in name]
        ended["restore-test"] = max(good, default=None)
    for kind, end in ended.items():
        age = bucket.now() - (end or full.has_data_since())
        journal.tell("backup_age", kind=kind, hours=round(age.total_seconds() / 3600, 2))
    if tests and tests[-1] > state["test"]:
        journal.tell("backup", kind="restore-test", ok="-ok." in tests[-1], seconds=0, bytes=0)
        _keep(state, test=tests[-1])


main()
