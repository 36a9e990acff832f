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


# The domain of the changes that have the same GTID on every server; a cluster's nodes count each for itself.
SHARED = "1-"


def replay(store, base, until):
    with tempfile.TemporaryDirectory(dir=node.MARKS) as folder, server():
        for start, logs in _candidates(store, base, until):
            if _apply([_fetch(store, log, folder) for log in logs], start, until):
                break
        else:
            raise bucket.Failed(f"No server's binary logs go on from the backup to {until or 'now'}.")
        _become_new()


def _candidates(store, base, until):
    """Where to start and the logs from there on: of the server of the backup, and then, by GTID, of the others."""
    began, ended, label, _folder = base
    file, position, *gtids = Path(full.DATA, "xtrabackup_binlog_info").read_text().rstrip("\n").split("\t")
    by_server = {}
    for name in store.names(LOGS):
        owner, log = name.split("/")
        by_server.setdefault(owner, []).append((bucket.moment(log.split("-")[0]), f"{LOGS}/{name}"))
    number = file.rpartition(".")[2]
    own = by_server.pop(label, [])
    firsts = [at for at, log in own if at <= ended and log.endswith(f"-{number}.zst")]
    if firsts and _covers(own, until):
        yield position, _between(own, max(firsts), until)
    if gtids and gtids[0].startswith(SHARED):
        for logs in sorted(by_server.values(), key=lambda one: one[-1][0], reverse=True):
            if _covers(logs, until):
                yield gtids[0], _between(logs, max((at for at, _ in logs if at <= began), default=began), until)
    if until is None and not firsts:
        yield position, []


def _covers(logs, until):
    """A log that was begun at the moment or later shows that the ones before it are all there is."""
    return until is None or logs[-1][0] >= until


def _between(logs, first, until):
    return [log for at, log in logs if first <= at and (until is None or at <= until)]


def _fetch(store, log, folder):
    file = os.path.join(folder, log.replace("/", "-"))
    if not os.path.exists(file):
        store.get(log, ["zstd", "-q", "-d", "-o", file])
    return file


def _apply(files, start, until):
    """Whether the logs go on from the start; if not, nothing has been carried out."""
    if not files:
        return True
    read = ["mariadb-binlog", f"--start-position={start}"]
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
