"""Tells a replica what its MariaDB says: a JSON list of cases in; out comes, for each, what it does about it."""

import json
import os
import sys
import tempfile
import types
from pathlib import Path

files = os.path.join(os.path.dirname(__file__), "../../cloudinit/files/db")
sys.path[:0] = [os.path.join(files, "node"), os.path.join(files, "primary-replica")]
os.environ.update(LABEL="server-1", ZONE="zone", PORT="9200", DATABASE="app", APP_USER="app", PASSWORD_GENERATION="1")
sys.modules["pymysql"] = types.SimpleNamespace(Error=type("Error", (Exception,), {}))

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
