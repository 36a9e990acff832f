"""MariaDB's replication on this server, and whether it takes writes."""

import os
import signal
import subprocess
from pathlib import Path

import accounts
import node
import pymysql

USER = "replication"
SECRET = "replication-password"
RIGHTS = "REPLICATION SLAVE, BINLOG MONITOR, RELOAD, SELECT, SHOW VIEW, TRIGGER, EVENT, LOCK TABLES ON *.*"
# The source does not have what this server has: another one went on from before it, or it is too long ago. The same
# number tells of a binary log that can't be read, which says nothing of the data here.
NO_WAY_ON = 1236
NOT_THERE = ("not in the master's binlog", "missing the GTID", "binlog files have been purged")
MOST_LAG_SECONDS = 5
# More changes than any term has.
MOST_CHANGES = 1 << 40

# As a statement, with its special characters marked, a row takes more than the application may send.
_MOST_BYTES = 1 << 30

_PID = Path("/run/mysqld/mysqld.pid")


def takes_writes():
    return not node.sql("SELECT @@read_only AS it")[0]["it"]


def position():
    """The number of the last change that is applied here."""
    return _number(node.sql("SELECT @@gtid_current_pos AS it")[0]["it"])


def has_stopped():
    """Whether it takes no writes, receives none, and has applied what it received."""
    return not takes_writes() and not _receives() and _has_applied_all()


def is_stuck():
    """Whether it does not go on to apply what it has received."""
    return _status().get("Slave_SQL_Running") == "No" and not _has_applied_all()


def keeps_up():
    lag = _lag()
    return lag is not None and lag <= MOST_LAG_SECONDS


def begin(term):
    """Numbers its changes above those of all former terms, with one that changes nothing and waits for nobody."""
    first = term * MOST_CHANGES
    if position() < first:
        node.sql(f"SET gtid_seq_no = {first}", "FLUSH PRIVILEGES")


def open_to_writes(has_peers):
    """Where there are peers a commit waits for one of them, however long that takes.

    Its connection is not ended meanwhile: that would show everybody what no replica has, as if it were done.
    """
    wait = "ON" if has_peers else "OFF"
    if _status():
        node.sql("STOP SLAVE", "RESET SLAVE ALL")
    node.sql(f"SET GLOBAL rpl_semi_sync_master_enabled = {wait}", "SET GLOBAL read_only = OFF")


def close_to_writes(at_once=True):
    """Lets nobody believe a commit done that was not acknowledged; fails where a write goes on and there is time."""
    if takes_writes():
        try:
            node.sql("SET lock_wait_timeout = 2", "SET GLOBAL read_only = ON")
        except pymysql.Error:
            if not at_once:
                raise
            # Commits wait for a replica in vain. Released, they would be told as done; so it ends without a word.
            os.kill(int(_PID.read_text(encoding="utf-8")), signal.SIGKILL)
            return
    # What comes from another writer waits for nobody.
    node.sql("SET GLOBAL rpl_semi_sync_master_enabled = OFF")


def stop_receiving():
    """What was received goes on to be applied: once neither is done, a start of either throws it away."""
    if not _receives():
        return
    if _status()["Slave_SQL_Running"] == "No":
        node.sql("START SLAVE SQL_THREAD")
    node.sql("STOP SLAVE IO_THREAD")


def replicate(source, may_discard):
    """Takes over what the host has and goes on from there; in place of what is here where that must and may be."""
    if not node.HAS_DATA.exists():
        _copy(source)
        node.HAS_DATA.touch()
    status = _status()
    if status.get("Master_Host") == source and _has_no_way_on(status):
        if not may_discard:
            return f"waiting: what is here did not come from {source}"
        _discard()
        return f"starting anew from {source}: what is here did not come from it"
    if (status.get("Master_Host"), status.get("Master_User")) != (source, accounts.name(USER)):
        node.sql(
            "STOP SLAVE",
            # A former writer has its own changes, too.
            "SET GLOBAL gtid_slave_pos = @@gtid_current_pos",
            "CHANGE MASTER TO MASTER_HOST = %(host)s, MASTER_USER = %(user)s, MASTER_PASSWORD = %(password)s,"
            " MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 2,"
            " MASTER_SSL = 1, MASTER_SSL_CA = '/etc/tls/authority.pem', MASTER_SSL_VERIFY_SERVER_CERT = 1",
            values={"host": source, "user": accounts.name(USER), "password": node.secret(SECRET)},
        )
    node.sql("START SLAVE")
    return f"replica of {source}"


def writer_event():
    status = node.status("Rpl_semi_sync_master_%")
    return {
        "event": "writer",
        "semi_sync": status["Rpl_semi_sync_master_status"] == "ON",
        "replicas": int(status["Rpl_semi_sync_master_clients"]),
    }


def replica_event():
    lag = _lag()
    return {"event": "replica", "replicating": lag is not None, "lag_seconds": lag or 0}


def _status():
    rows = node.sql("SHOW SLAVE STATUS")
    return rows[0] if rows else {}


def _receives():
    return _status().get("Slave_IO_Running", "No") != "No"


def _has_applied_all():
    """MariaDB forgets what was received when it ends, and has it sent anew."""
    return _number(_status().get("Gtid_IO_Pos", "")) <= position()


def _number(gtids):
    return int(gtids.rpartition("-")[2] or 0)


def _lag():
    """Seconds behind the source, or None where it does not replicate."""
    status = _status()
    if status.get("Slave_IO_Running") != "Yes" or status.get("Slave_SQL_Running") != "Yes":
        return None
    return status["Seconds_Behind_Master"]


def _has_no_way_on(status):
    return status["Last_IO_Errno"] == NO_WAY_ON and any(reason in status["Last_IO_Error"] for reason in NOT_THERE)


def _discard():
    """Nothing here that the source lacks was ever acknowledged."""
    node.HAS_DATA.unlink(missing_ok=True)
    node.sql("STOP SLAVE", "RESET SLAVE ALL", "RESET MASTER", "SET GLOBAL gtid_slave_pos = ''")


def _copy(source):
    options = f"[client]\npassword=\"{node.secret(SECRET)}\"\n"
    dump = subprocess.Popen(
        [
            "mariadb-dump", "--defaults-extra-file=/dev/stdin", f"--host={source}", f"--user={accounts.name(USER)}",
            "--ssl-ca=/etc/tls/authority.pem", "--ssl-verify-server-cert", f"--max-allowed-packet={_MOST_BYTES}",
            "--single-transaction", "--gtid", "--master-data=1", "--system=users", "--insert-ignore", "--routines",
            "--events", "--add-drop-database", "--databases", node.DATABASE,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    dump.stdin.write(options.encode())
    dump.stdin.close()
    limit = node.sql("SELECT @@max_allowed_packet AS it")[0]["it"]
    node.sql(f"SET GLOBAL max_allowed_packet = {_MOST_BYTES}")
    load = subprocess.run(
        ["mariadb", f"--socket={node.SOCKET}", "--user=mysql", "--init-command=SET sql_log_bin = 0"],
        stdin=dump.stdout,
        check=False,
    )
    node.sql(f"SET GLOBAL max_allowed_packet = {limit}")
    if dump.wait() != 0 or load.returncode != 0:
        raise OSError(f"the copy from {source} failed")
