"""This server: its settings, its database, and the marks it leaves on the data volume."""

import os
from pathlib import Path

import pymysql

LABEL = os.environ["LABEL"]
ZONE = os.environ["ZONE"]
PORT = int(os.environ["PORT"])
DATABASE = os.environ["DATABASE"]
APP_USER = os.environ["APP_USER"]
REPLICATION_USER = "replication"

SOCKET = "/run/mysqld/mysqld.sock"

_marks = Path("/srv/database/node")
# There when the volume holds the stack's data.
HAS_DATA = _marks / "has-data"
# There when this server is the one that writes.
WRITES = _marks / "writes"


def secret(name):
    return Path(os.environ["CREDENTIALS_DIRECTORY"], name).read_text(encoding="utf-8").rstrip("\n")


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


def state():
    return {"label": LABEL, "host": f"{LABEL}.{ZONE}", "blank": not HAS_DATA.exists(), "writer": WRITES.exists()}


def is_writer():
    return WRITES.exists() and not sql("SELECT @@read_only AS it")[0]["it"]


def is_reader():
    if is_writer():
        return True
    replica = sql("SHOW SLAVE STATUS")
    return bool(replica) and replica[0]["Slave_SQL_Running"] == "Yes"
