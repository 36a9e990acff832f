"""Asks a server who its peers are, time and again: JSON lists of seconds and published addresses in; how many out."""

import json
import os
import ssl
import sys
import tempfile
import time
import types
from pathlib import Path

files = os.path.join(os.path.dirname(__file__), "../../cloudinit/files/db")
sys.path.insert(0, os.path.join(files, "node"))
os.environ.update(LABEL="server-1", ZONE="zone", PORT="9200", DATABASE="app", APP_USER="app", PASSWORD_GENERATION="1")
sys.modules["pymysql"] = types.ModuleType("pymysql")
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
