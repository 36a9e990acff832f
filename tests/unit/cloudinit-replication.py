"""Tells a replica what its MariaDB says: a JSON list of cases in; out comes, for each, what it does about it."""

import json
import sys
import tempfile
from pathlib import Path

import cloudinit_database

cloudinit_database.use("db/node", "db/primary-replica")

import accounts  # noqa: E402
import node  # noqa: E402
import replication  # noqa: E402

READS = {
    "SHOW SLAVE STATUS": "status",
    "SELECT @@gtid_current_pos AS it": "position",
    "SELECT @@read_only AS it": "closed",
}
node.secret = lambda _name: "secret"
node.HAS_DATA = Path(tempfile.mkdtemp()) / "has-data"


def does(case):
    done = []
    answers = {
        "status": [{"Master_User": accounts.name(replication.USER), **case["status"]}] if case["status"] else [],
        "position": [{"it": case["position"]}],
        "closed": [{"it": 1}],
    }

    def sql(*statements, values=None):
        if statements[0] in READS:
            return answers[READS[statements[0]]]
        done.extend(statement.split(" TO ")[0] for statement in statements)
        return []

    node.sql = sql
    node.HAS_DATA.touch()
    answer = getattr(replication, case["call"])(*case["arguments"])
    return {"answer": answer, "done": done}


json.dump([does(case) for case in json.load(sys.stdin)], sys.stdout)
