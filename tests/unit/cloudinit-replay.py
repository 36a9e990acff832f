"""Asks how binary logs go on from a backup, and what is shipped of them: a JSON list of cases in, answers out."""

import json
import os
import struct
import sys
import tempfile
from datetime import datetime, timezone
from pathlib import Path

import cloudinit_database

cloudinit_database.use("backup", "db/node", empty=["roles", "peers"])

import binlog  # noqa: E402
import replay  # noqa: E402

GTID = 162
GTID_LIST = 163
FORMAT = 15
ROWS = 23


def event(when, kind, server, body):
    return struct.pack("<IBIIIH", when, kind, server, 19 + len(body), 0, 0) + body


def write(path, log):
    """A log as MariaDB writes it: what it goes on from, then each change as [time, domain, server, number]."""
    after = [struct.pack("<IIQ", *gtid) for gtid in log["after"]]
    content = event(log["begun"], FORMAT, 1, b"x" * 60)
    content += event(log["begun"], GTID_LIST, 1, struct.pack("<I", len(after)) + b"".join(after))
    for when, domain, server, number in log["changes"]:
        content += event(when, GTID, server, struct.pack("<QI", number, domain) + b"\0" * 7)
        content += event(when, ROWS, server, b"r" * 30)
    path.write_bytes(b"\xfebin" + content)
    return path


def moment(seconds):
    return None if seconds is None else datetime.fromtimestamp(seconds, timezone.utc)


def way(case, room):
    logs = [(moment(log["begun"]), (at, log)) for at, log in enumerate(case["logs"])]
    fetch = lambda log: write(room / str(log[0]), log[1])  # noqa: E731
    found = replay.find(logs, tuple(case["start"]), moment(case["until"]), fetch)
    return found and {"files": len(found.files), "last": found.last, "isCertain": found.is_certain}


class Store:
    """A bucket with a chain for each server, of which some logs can't be read."""

    def __init__(self, chains):
        self.logs = {
            f"{chain}/{replay.bucket.stamp(moment(log['begun']))}-{at:06}.zst": log
            for chain, logs in chains.items()
            for at, log in enumerate(logs)
        }

    def names(self, _folder):
        return sorted(self.logs)

    def get(self, name, sink):
        log = self.logs[name.removeprefix("binlog/")]
        if log["broken"]:
            raise replay.bucket.Failed("zstd failed")
        write(Path(sink[-1]), log)


def best(case, room):
    base = (moment(case["began"]), moment(case["ended"]), "server-1", "full")
    try:
        found = replay._best(Store(case["chains"]), base, tuple(case["start"]), moment(case["until"]), room)
    except replay.bucket.Failed as fault:
        return {"failed": str(fault)}
    return {"chain": found.files and found.files[0].parent.name, "last": found.last}


def answer(case, room):
    if "chains" in case:
        return best(case, room)
    return shipped(case, room) if "last" in case else way(case, room)


def shipped(case, room):
    def store(log, folder):
        (room / folder).mkdir(exist_ok=True)
        return write(room / folder / f"binlog.{log['number']:06}", log)

    last = case["last"] and binlog._identity(store(case["last"], "former"))
    chain, left = binlog.unshipped([store(log, "now") for log in case["logs"]], {"chain": "former", "last": last})
    return {"goesOn": chain == "former", "logs": [int(log.suffix[1:]) for log in left]}


sys.stderr = open(os.devnull, "w")  # where it says what it passes over
with tempfile.TemporaryDirectory() as folder:
    answers = []
    for index, one in enumerate(json.load(sys.stdin)):
        own = Path(folder, str(index))
        own.mkdir()
        answers.append(answer(one, own))
json.dump(answers, sys.stdout)
