"""Asks a replica to become the writer, time and again: its term after each request, and whether it may lose writes."""

import json
import os
import sys
import tempfile
from pathlib import Path

import cloudinit_database

cloudinit_database.use("db/node", "db/primary-replica", empty=["replication", "peers"])

import main  # noqa: E402
import node  # noqa: E402
import peers  # noqa: E402
import replication  # noqa: E402
import roles  # noqa: E402
import terms  # noqa: E402

folder = Path(tempfile.mkdtemp())
node.LEAVING, node.PROMOTE, node.ACCEPT_LOSS = folder / "leaving", folder / "promote", folder / "accept-loss"
node.HAS_DATA, roles.TERM, roles.OPENED = folder / "has-data", folder / "term", folder / "opened"
replication.close_to_writes = replication.stop_receiving = lambda: None
replication.replica_event = replication.writer_event = lambda: {}
roles.state = lambda: {"label": "server-1", "term": roles._term()}


def requested(case):
    """What a look makes of it, with a peer that says its term is this."""
    accepted = []

    def wants(_own, _others, accept_loss):
        accepted.append(accept_loss)
        return "something", None

    terms.wants_for = wants
    peers.ask = lambda: [{"label": "server-2", "term": case["peer"], "serves": False, "writer": False}]
    if case["hasData"]:
        node.HAS_DATA.touch()
    if case["request"]:
        (folder / case["request"]).touch()
    main.Keeper().look()
    left = [file.name for file in (node.PROMOTE, node.ACCEPT_LOSS) if file.exists()]
    return {"term": roles._term(), "acceptsLoss": accepted, "left": left}


main.logging.disable()
with open(os.devnull, "w") as sys.stdout:
    answers = [requested(case) for case in json.load(sys.stdin)]
json.dump(answers, sys.__stdout__)
