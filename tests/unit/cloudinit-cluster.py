"""Asks the cluster's nodes what they would do: a JSON list of cases in, a JSON list of answers out."""

import json
import os
import sys
import types

files = os.path.join(os.path.dirname(__file__), "../../cloudinit/files/db")
sys.path[:0] = [os.path.join(files, "node"), os.path.join(files, "cluster")]
os.environ.update(LABEL="server-1", ZONE="zone", PORT="9200", DATABASE="app", APP_USER="app", PASSWORD_GENERATION="1")
sys.modules["pymysql"] = types.ModuleType("pymysql")
sys.modules["peers"] = types.ModuleType("peers")

import node  # noqa: E402
import roles  # noqa: E402


def answer(own, others):
    node.LABEL = own["label"]
    roles.state = lambda: own
    return roles.may_begin(others)


json.dump([answer(case["own"], case["others"]) for case in json.load(sys.stdin)], sys.stdout)
