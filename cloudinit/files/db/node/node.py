"""This server: its settings, its database, and the mark it leaves on the data volume."""

import os
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


def create_app_account():
    """By TLS only, and with no more rights than an application with its own tables needs."""
    user = f"'{APP_USER}'@'%%'"
    sql(
        f"CREATE DATABASE IF NOT EXISTS `{DATABASE}` CHARACTER SET utf8mb4",
        f"CREATE OR REPLACE USER {user} IDENTIFIED BY %(password)s REQUIRE SSL",
        f"GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES ON `{DATABASE}`.* TO {user}",
        values={"password": secret("app-password")},
    )


def is_first(others):
    """Whether this is the one server that may begin a new database: number 1, and the first of all there are."""
    return LABEL.endswith("-1") and all(LABEL < peer["label"] for peer in others)
