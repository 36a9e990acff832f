"""Carries out what the binary logs have after a full backup, up to a moment."""

import os
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import bucket
import full
import node
import pymysql

LOGS = "binlog"


def replay(store, base, until):
    began, _ended, label, _folder = base
    position = _position()
    with tempfile.TemporaryDirectory(dir=node.MARKS) as folder, server():
        for logs in _candidates(store, began, label, until):
            files = [_fetch(store, log, folder) for log in logs]
            if _apply(files, position, until):
                break
        else:
            raise bucket.Failed(f"No server's binary logs go on from {position or 'the backup'} to {until}.")
        _become_new()


def _position():
    """The GTIDs up to which the backup has everything."""
    *_, gtids = Path(full.DATA, "xtrabackup_binlog_info").read_text().rstrip("\n").split("\t")
    return gtids


def _candidates(store, began, label, until):
    """The logs that may be needed, for each server that has them: the one with the newest first."""
    by_server = {}
    for name in store.names(LOGS):
        server, log = name.split("/")
        by_server.setdefault(server, []).append((bucket.moment(log.split("-")[0]), f"{LOGS}/{name}"))
    if until is None and not by_server:
        yield []
    for server in sorted(by_server, key=lambda one: (by_server[one][-1][0], one == label), reverse=True):
        logs = by_server[server]
        first = max((at for at, _ in logs if at <= began), default=began)
        # A log that was begun at the moment or later shows that the ones before it are all there is.
        if until is None or logs[-1][0] >= until:
            yield [log for at, log in logs if first <= at and (until is None or at <= until)]


def _fetch(store, log, folder):
    file = os.path.join(folder, log.replace("/", "-"))
    if not os.path.exists(file):
        store.get(log, ["zstd", "-q", "-d", "-o", file])
    return file


def _apply(files, position, until):
    """Whether the logs go on from the position; if not, nothing has been carried out."""
    if not files:
        return True
    read = ["mariadb-binlog", *([f"--start-position={position}"] if position else [])]
    if until:
        read.append(f"--stop-datetime={until:%Y-%m-%d %H:%M:%S}")
    environment = {**os.environ, "TZ": "UTC"}
    if subprocess.run([*read, *files], stdout=subprocess.DEVNULL, env=environment, check=False).returncode != 0:
        return False
    source = subprocess.Popen([*read, *files], stdout=subprocess.PIPE, env=environment)
    sink = subprocess.run(["mariadb", f"--socket={SOCKET}", "--user=mysql"], stdin=source.stdout, check=False)
    if source.wait() != 0 or sink.returncode != 0:
        raise bucket.Failed("The binary logs can't be carried out.")
    return True


SOCKET = "/run/database-restore/socket"


@contextmanager
def server():
    """MariaDB as it is, for nobody but this program."""
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={full.DATA}", f"--socket={SOCKET}", "--skip-networking",
         "--skip-log-bin", "--skip-slave-start", "--max-allowed-packet=1G", "--innodb-flush-log-at-trx-commit=0"],
        stderr=sys.stderr,
    )  # fmt: skip
    try:
        while True:
            try:
                pymysql.connect(unix_socket=SOCKET, user="mysql").close()
                break
            except pymysql.Error as error:
                if server.poll() is not None:
                    raise bucket.Failed("MariaDB does not start on the backup.") from error
                time.sleep(0.2)
        yield
    finally:
        server.terminate()
        server.wait()


def _become_new():
    """Forgets what belonged to the stack that was backed up: its replication, and its accounts' passwords."""
    connection = pymysql.connect(unix_socket=SOCKET, user="mysql", autocommit=True)
    with connection, connection.cursor() as cursor:
        cursor.execute("RESET SLAVE ALL")
        cursor.execute("SET GLOBAL gtid_slave_pos = ''")
        cursor.execute("SELECT User FROM mysql.user WHERE Host = '%'")
        for (user,) in cursor.fetchall():
            cursor.execute("DROP USER %s@'%%'", (user,))
    for file in Path(full.DATA).glob("xtrabackup_*"):
        file.unlink()
