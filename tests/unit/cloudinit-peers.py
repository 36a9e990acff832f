"""Asks a server who its peers are, time and again: JSON lists of seconds and published addresses in; how many out."""

import json
import ssl
import sys
import tempfile
import time
from pathlib import Path

import cloudinit_database

cloudinit_database.use("db/node")
ssl.create_default_context = lambda **_: None

import peers  # noqa: E402

OWN = "10.0.0.1"


def ask(seconds, published):
    time.monotonic = lambda: seconds
    peers.addresses = lambda name: {OWN} if name.startswith("server-1.") else {OWN, *published}
    return len(peers.ask())


def asked(case):
    peers.HAS_PEERS = Path(tempfile.mkdtemp()) / "has-peers"
    peers._alone_since = None
    return [ask(*one) for one in case]


peers._state = lambda address: {"address": address}
json.dump([asked(case) for case in json.load(sys.stdin)], sys.stdout)
