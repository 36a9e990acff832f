"""Asks the cluster's nodes what they would do: a JSON list of cases in, a JSON list of answers out."""

import json
import sys

import cloudinit_database

cloudinit_database.use("db/node", "db/cluster", empty=["peers"])

import node  # noqa: E402
import roles  # noqa: E402


def answer(own, others):
    node.LABEL = own["label"]
    roles.state = lambda: own
    return roles.may_begin(others)


json.dump([answer(case["own"], case["others"]) for case in json.load(sys.stdin)], sys.stdout)
