"""Ships what was written since the last time: ends the current binary log, and stores each that has ended."""

import json
import time
from datetime import datetime, timezone
from pathlib import Path

import bucket
import changes
import full
import journal
import node
import pymysql
import trial

FOLDER = "binlog"
# What was shipped last, as part of which chain, and how far the database was then.
STATE = node.MARKS / "shipped.json"
NEVER = {"chain": "", "last": None, "position": None, "at": 0, "test": ""}
# Also where nobody writes it shows that nothing was written.
MOST_SECONDS = 3600


def main():
    if not node.HAS_DATA.exists():
        return
    state = json.loads(STATE.read_text()) if STATE.exists() else dict(NEVER)
    store = bucket.Bucket(**bucket.settings("backups.json"))
    with journal.told("binlog", bucket.Failed, pymysql.Error) as sizes:
        _rotate(state)
        chain, logs = unshipped(_ended(), state)
        for log in logs:
            begun = datetime.fromtimestamp(changes.begun(log), timezone.utc)
            name = f"{bucket.stamp(begun)}-{log.suffix[1:]}.zst"
            store.put(f"{FOLDER}/{chain}/{name}", ["zstd", "-q", "-c", str(log)])
            sizes.append(log.stat().st_size)
            _keep(state, chain=chain, last=_identity(log))
        _tell_ages(store, state)


def _rotate(state):
    position = node.sql("SELECT @@gtid_binlog_pos AS it")[0]["it"]
    if position != state["position"] or time.time() - state["at"] > MOST_SECONDS:
        node.sql("FLUSH NO_WRITE_TO_BINLOG BINARY LOGS")
        _keep(state, position=position, at=time.time())


def _ended():
    *ended, _current = node.sql("SHOW BINARY LOGS")
    return [Path(full.DATA, row["Log_name"]) for row in ended]


def _identity(log):
    return [log.name, log.stat().st_size, changes.begun(log)]


def unshipped(logs, state):
    """The chain that goes on, and the logs of it that have ended since the last that was shipped.

    Where that one is no more (the data came anew from another server, or nothing was shipped for too long), a new
    chain begins: nothing says that what there is goes on from it.
    """
    for at, log in enumerate(logs):
        if state["last"] and log.name == state["last"][0] and _identity(log) == state["last"]:
            return state["chain"], logs[at + 1 :]
    return f"{bucket.stamp(bucket.now())}-{node.LABEL}", logs


def _keep(state, **facts):
    state.update(facts)
    node.write(STATE, json.dumps(state))


def _tell_ages(store, state):
    tests = store.notes(trial.FOLDER)
    last = full.newest(store)
    good = [bucket.moment(name.split("-")[0]) for name in tests if "-ok." in name]
    ended = {"full": last and last[1], "binlog": bucket.now(), trial.FOLDER: max(good, default=None)}
    for kind, end in ended.items():
        age = bucket.now() - (end or full.has_data_since())
        journal.tell("backup_age", kind=kind, hours=round(age.total_seconds() / 3600, 2))
    if tests and tests[-1] > state["test"]:
        journal.tell("backup", kind=trial.FOLDER, ok="-ok." in tests[-1], seconds=0, bytes=0)
        _keep(state, test=tests[-1])


if __name__ == "__main__":
    main()
