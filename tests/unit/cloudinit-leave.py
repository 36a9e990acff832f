"""Lets a server leave: what a writer does in its turn, and whether it goes where MariaDB does not serve; JSON out."""

import json
import socket
import sys
import tempfile
from pathlib import Path

import cloudinit_database

cloudinit_database.use("db/node", "db/primary-replica", empty=["replication", "peers"])

import main  # noqa: E402
import node  # noqa: E402
import peers  # noqa: E402
import pymysql  # noqa: E402
import replication  # noqa: E402
import roles  # noqa: E402

folder = Path(tempfile.mkdtemp())
node.LEAVING, node.LEFT, node.PROMOTE = folder / "leaving", folder / "left", folder / "promote"
node.SOCKET = str(folder / "socket")
roles.TERM, roles.OPENED = folder / "term", folder / "opened"


def peer(label):
    return {"label": label, "serves": True, "writer": False, "leaving": False, "term": [1, "server-1"]}


def hands_over():
    """The term that it is in when it closes to writes, and the one it is in afterwards."""
    terms = []
    peers.ask = lambda: [peer("server-2"), peer("server-3")]
    replication.close_to_writes = lambda at_once: terms.append(roles._term())
    roles._promise([1, "server-1"])
    gone = roles.may_leave()
    return {"closed": terms, "afterwards": roles._term(), "gone": gone}


def keeps_its_term():
    """While a statement goes on to write."""

    def close(at_once):
        raise KeyboardInterrupt if at_once else pymysql.Error("Lock wait timeout exceeded")

    peers.ask = lambda: [peer("server-2")]
    replication.close_to_writes = close
    roles._promise([1, "server-1"])
    try:
        return {"gone": roles.may_leave()}
    except pymysql.Error:
        return {"term": roles._term()}


def goes_without_service():
    """After how many looks, while no peer serves either."""

    def fail(*_):
        raise pymysql.Error("nobody there")

    replication.takes_writes = replication.position = replication.keeps_up = replication.has_stopped = fail
    replication.close_to_writes = replication.stop_receiving = replication.replicate = replication.replica_event = fail
    peers.ask = lambda: [{**peer("server-2"), "serves": False}]
    keeper = main.Keeper()
    node.LEAVING.touch()
    node.LEFT.unlink(missing_ok=True)
    for looks in range(1, 31):
        keeper.look()
        if node.LEFT.exists():
            return looks
    return None


def with_mariadb(ask):
    """The answer while MariaDB's socket is there, though nobody talks at it."""
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(node.SOCKET)
        door.listen(64)
        return ask()


main.logging.disable()
answers = {
    "handsOver": hands_over(),
    "whileWriting": keeps_its_term(),
    "withoutMariadb": goes_without_service(),
    "withMariadb": with_mariadb(goes_without_service),
}
json.dump(answers, sys.stdout)
