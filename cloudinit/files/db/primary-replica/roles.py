"""One server writes, the others replicate from whoever it is."""

import subprocess

import node
import peers

REPLICATION_USER = "replication"
# There when this server is the one that writes.
WRITES = node.MARKS / "writes"


def state():
    return {"label": node.LABEL, "host": node.NAME, "blank": not node.HAS_DATA.exists(), "writer": WRITES.exists()}


def is_writer():
    return WRITES.exists() and not node.sql("SELECT @@read_only AS it")[0]["it"]


def is_reader():
    if is_writer():
        return True
    replica = node.sql("SHOW SLAVE STATUS")
    return bool(replica) and replica[0]["Slave_SQL_Running"] == "Yes"


def look():
    """Does what is next for this server and says what it is."""
    others = peers.ask()
    writers = [peer for peer in others if peer and peer["writer"]]
    if WRITES.exists():
        return _write(others, writers)
    if len(writers) == 1:
        return _follow(writers[0]["host"])
    if writers:
        return "more than one server writes: nothing is followed"
    if node.HAS_DATA.exists():
        return "waiting for the writer"
    return _begin(others)


def _begin(others):
    """A new database begins only where every peer answers and none has data."""
    if None in others:
        return "waiting for every peer to answer"
    if not all(peer["blank"] for peer in others):
        return "waiting for the writer: a peer has data"
    if not node.is_first(others):
        return "waiting for the first server to begin"
    node.sql("SET GLOBAL read_only = OFF")
    node.create_app_account()
    _create_replication_account()
    node.HAS_DATA.touch()
    WRITES.touch()
    return "a new database has begun"


def _write(others, writers):
    if writers:
        node.sql("SET GLOBAL read_only = ON")
        return f"{writers[0]['label']} writes too: this server takes no writes"
    wait = "ON" if others else "OFF"
    node.sql(f"SET GLOBAL rpl_semi_sync_master_enabled = {wait}", "SET GLOBAL read_only = OFF")
    return f"writer, {'a replica acknowledges each commit' if others else 'alone'}"


def _follow(writer):
    if not node.HAS_DATA.exists():
        _copy(writer)
        node.HAS_DATA.touch()
    replica = node.sql("SHOW SLAVE STATUS")
    if not replica or replica[0]["Master_Host"] != writer:
        node.sql(
            "STOP SLAVE",
            "CHANGE MASTER TO MASTER_HOST = %(host)s, MASTER_USER = %(user)s, MASTER_PASSWORD = %(password)s,"
            " MASTER_USE_GTID = slave_pos, MASTER_CONNECT_RETRY = 1, MASTER_HEARTBEAT_PERIOD = 2,"
            " MASTER_SSL = 1, MASTER_SSL_CA = '/etc/tls/authority.pem', MASTER_SSL_VERIFY_SERVER_CERT = 1",
            values={"host": writer, "user": REPLICATION_USER, "password": node.secret("replication-password")},
        )
    node.sql("START SLAVE")
    return f"replica of {writer}"


def _copy(writer):
    """Takes over all the writer has; replication then goes on from there."""
    options = f"[client]\npassword=\"{node.secret('replication-password')}\"\n"
    dump = subprocess.Popen(
        [
            "mariadb-dump", "--defaults-extra-file=/dev/stdin", f"--host={writer}", f"--user={REPLICATION_USER}",
            "--ssl-ca=/etc/tls/authority.pem", "--ssl-verify-server-cert", "--single-transaction", "--gtid",
            "--master-data=1", "--system=users", "--insert-ignore", "--databases", node.DATABASE,
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )  # fmt: skip
    dump.stdin.write(options.encode())
    dump.stdin.close()
    load = subprocess.run(
        ["mariadb", f"--socket={node.SOCKET}", "--user=mysql", "--init-command=SET sql_log_bin = 0"],
        stdin=dump.stdout,
        check=False,
    )
    if dump.wait() != 0 or load.returncode != 0:
        raise OSError(f"the copy from {writer} failed")


def _create_replication_account():
    user = f"'{REPLICATION_USER}'@'%%'"
    node.sql(
        f"CREATE OR REPLACE USER {user} IDENTIFIED BY %(password)s REQUIRE SSL",
        f"GRANT REPLICATION SLAVE, BINLOG MONITOR, RELOAD, SELECT, SHOW VIEW, TRIGGER, LOCK TABLES ON *.* TO {user}",
        values={"password": node.secret("replication-password")},
    )
