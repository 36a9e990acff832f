"""This server: its settings, its database, the marks on its data volume, and what its administrators ask of it."""

import os
import socket
from pathlib import Path

import pymysql

LABEL = os.environ["LABEL"]
ZONE = os.environ["ZONE"]
NAME = f"{LABEL}.{ZONE}"
PORT = int(os.environ["PORT"])
DATABASE = os.environ["DATABASE"]
APP_USER = os.environ["APP_USER"]

SOCKET = "/run/mysqld/mysqld.sock"
MARKS = Path("/srv/database/node")
# There when the volume holds the stack's data.
HAS_DATA = MARKS / "has-data"

REQUESTS = Path("/run/database-node")
# There while this server is about to be stopped; LEFT answers that it may be.
LEAVING = REQUESTS / "leaving"
LEFT = REQUESTS / "left"
# There when this server is to become the writer; the second where that may lose what others acknowledged.
PROMOTE = REQUESTS / "promote"
ACCEPT_LOSS = REQUESTS / "accept-loss"


def write(file, text):
    """Replaces a file as a whole, for good: a loss of power leaves what it was or what it is now."""
    fresh = file.with_suffix(".new")
    with fresh.open("w", encoding="utf-8") as content:
        content.write(text)
        content.flush()
        os.fsync(content.fileno())
    fresh.replace(file)
    folder = os.open(file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def host(label):
    return f"{label}.{ZONE}"


def secret(name):
    return Path(os.environ["CREDENTIALS_DIRECTORY"], f"database_{name}").read_text(encoding="utf-8").rstrip("\n")


def runs():
    """Whether MariaDB is there, be it too slow or too full to answer."""
    with socket.socket(socket.AF_UNIX) as door:
        try:
            door.connect(SOCKET)
        except (FileNotFoundError, ConnectionRefusedError):
            return False
    return True


def sql(*statements, values=None):
    """Runs the statements on the local database, as its own account by socket; the last one's rows, by column."""
    connection = pymysql.connect(
        unix_socket=SOCKET,
        user="mysql",
        autocommit=True,
        connect_timeout=2,
        read_timeout=60,
        cursorclass=pymysql.cursors.DictCursor,
    )
    with connection, connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement, values)
        return cursor.fetchall()


def status(pattern):
    """What SHOW STATUS says, by name."""
    return {row["Variable_name"]: row["Value"] for row in sql("SHOW STATUS LIKE %s", values=(pattern,))}


def is_first(others):
    """Whether this is the one server that may begin a new database: number 1, and the first of all there are."""
    return LABEL.endswith("-1") and all(LABEL < peer["label"] for peer in others)


def may_stop(others):
    """Whether the peers carry on without this server: all of them serve, and those before it have been and returned."""
    return all(peer and peer["serves"] and not (peer["leaving"] and peer["label"] < LABEL) for peer in others)
