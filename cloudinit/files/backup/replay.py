"""Carries out what the binary logs have after a full backup, up to a moment."""

import shutil
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import bucket
import changes
import full
import node
import pymysql

LOGS = "binlog"


class Way(NamedTuple):
    """Logs that go on from the backup, the last change to carry out, and whether the one after it was seen."""

    files: list
    last: tuple
    is_certain: bool


def replay(store, base, until):
    start = _start()
    with tempfile.TemporaryDirectory(dir=node.MARKS) as folder:
        way = _best(store, base, start, until, folder)
        print(f"carrying out changes to {changes.text(way.last)}", file=sys.stderr, flush=True)
        if way.last != start:
            _apply(way, start)


def _start():
    """The last change that is in the backup."""
    _file, _position, *gtids = Path(full.DATA, "xtrabackup_binlog_info").read_text().rstrip("\n").split("\t")
    start = changes.parse(gtids[0]) if gtids else None
    if start is None:
        raise bucket.Failed("The backup does not tell where the binary logs go on from it.")
    return start


def _best(store, base, start, until, folder):
    """The way that is sure to reach the moment; else the one that goes furthest.

    A chain with a log that can't be fetched is passed over: any other server's may be whole.
    """
    began, ended, _label, backup = base
    chains = chains_in(store)
    best = None
    broken = []
    for chain, logs in chains.items():
        room = Path(folder, chain)
        room.mkdir()
        try:
            way = find(_since(began, logs), start, until, lambda log, room=room: _fetch(store, log, room))
        except bucket.Failed as fault:
            print(f"passing over the binary logs of {chain}: {fault}", file=sys.stderr, flush=True)
            broken.append(chain)
            way = None
        if way and (best is None or way.is_certain or way.last[2] > best.last[2]):
            best = way
        else:
            shutil.rmtree(room)
        if best and best.is_certain:
            return best
    newer = any(begun >= ended for logs in chains.values() for begun, _ in logs)
    if best is None and until is None and not broken and not newer:
        return Way([], start, False)
    if best is None:
        unread = f" Those of {', '.join(broken)} can't be read." if broken else ""
        raise bucket.Failed(f"No server's binary logs go on from {backup} to {until or 'now'}.{unread}")
    return best


def chains_in(store):
    """The logs of each chain in their order, each with the moment in which it was begun."""
    chains = {}
    for name in store.names(LOGS):
        chain, log = name.split("/")
        chains.setdefault(chain, []).append((bucket.moment(log.split("-")[0]), f"{LOGS}/{name}"))
    return chains


def _since(moment, logs):
    first = max((begun for begun, _ in logs if begun <= moment), default=moment)
    return [one for one in logs if one[0] >= first]


def find(logs, start, until, fetch):
    """The way along a chain; None where it does not go on from the start, or does not reach the moment."""
    files = []
    last = None
    for _, log in logs:
        files.append(fetch(log))
        for when, gtid in changes.read(files[-1]):
            if last is None:
                last = gtid if gtid == start else None
            elif until and when >= until.timestamp():
                return Way(files, last, True)
            else:
                last = gtid
    # A log that was begun at the moment or later shows that the ones before it are all there is.
    if last is None or (until and logs[-1][0] < until):
        return None
    return Way(files, last, False)


def _fetch(store, log, room):
    file = room / Path(log).stem
    try:
        store.get(log, ["zstd", "-q", "-d", "-o", str(file)])
    except bucket.Failed as fault:
        raise bucket.Failed(f"{log}: {fault}") from fault
    return file


def _apply(way, start):
    read = ["mariadb-binlog", f"--do-domain-ids={changes.SHARED}", f"--start-position={changes.text(start)}",
            f"--stop-position={changes.text(way.last)}", *map(str, way.files)]  # fmt: skip
    source = subprocess.Popen(read, stdout=subprocess.PIPE)
    sink = subprocess.run(["mariadb", f"--socket={SOCKET}", "--user=mysql"], stdin=source.stdout, check=False)
    if source.wait() != 0 or sink.returncode != 0:
        raise bucket.Failed("The binary logs can't be carried out.")


SOCKET = "/run/database-restore/socket"


@contextmanager
def server():
    """MariaDB as it is, for nobody but this program, with a connection to it."""
    server = subprocess.Popen(
        ["mariadbd", "--no-defaults", f"--datadir={full.DATA}", f"--socket={SOCKET}", "--skip-networking",
         "--skip-log-bin", "--skip-slave-start", "--max-allowed-packet=1G", "--innodb-flush-log-at-trx-commit=0"],
        stderr=sys.stderr,
    )  # fmt: skip
    try:
        with _connected(server) as connection:
            yield connection
    finally:
        server.terminate()
        server.wait()


def _connected(server):
    while True:
        try:
            return pymysql.connect(unix_socket=SOCKET, user="mysql", autocommit=True)
        except pymysql.Error as error:
            if server.poll() is not None:
                raise bucket.Failed("MariaDB does not start on the backup.") from error
            time.sleep(0.2)


def become_new(connection):
    """Forgets what belonged to the stack that was backed up: its replication, and its accounts' passwords."""
    with connection.cursor() as cursor:
        cursor.execute("RESET SLAVE ALL")
        cursor.execute("SET GLOBAL gtid_slave_pos = ''")
        cursor.execute("SELECT User FROM mysql.user WHERE Host = '%'")
        for (user,) in cursor.fetchall():
            cursor.execute("DROP USER %s@'%%'", (user,))
    for file in Path(full.DATA).glob("xtrabackup_*"):
        file.unlink()
