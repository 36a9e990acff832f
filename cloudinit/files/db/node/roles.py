"""One server writes, the others replicate from whoever it is."""

import re
import subprocess

import node
import peers


def look():
    """Does what is next for this server and says what it is."""
    others = peers.ask()
    writers = [peer for peer in others if peer and peer["writer"]]
    if node.WRITES.exists():
        return _write(others, writers)
    if len(writers) == 1:
        return _follow(writers[0]["host"])
    if writers:
        return "more than one server writes: nothing is followed"
    if node.HAS_DATA.exists():
        return "waiting for the writer"
    return _begin(others)


def _begin(others):
    """A new database begins on the first server, and only where every peer answers and none has data."""
    if None in others:
        return "waiting for every peer to answer"
    if not all(peer["blank"] for peer in others):
        return "waiting for the writer: a peer has data"
    if not node.LABEL.endswith("-1") or any(_order(peer["label"]) < _order(node.LABEL) for peer in others):
        return "waiting for the first server to begin"
    node.sql("SET GLOBAL read_only = OFF")
    _create_accounts()
    node.HAS_DATA.touch()
    node.WRITES.touch()
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
            values={"host": writer, "user": node.REPLICATION_USER, "password": node.secret("replication-password")},
        )
    node.sql("START SLAVE")
    return f"replica of {writer}"


def _copy(writer):
    """Takes over all the writer has; replication then goes on from there."""
    options = f"[client]\npassword=\"{node.secret('replication-password')}\"\n"
    dump = subprocess.Popen(
        [
            "mariadb-dump", "--defaults-extra-file=/dev/stdin", f"--host={writer}", f"--user={node.REPLICATION_USER}",
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


def _create_accounts():
    """The application's and the replicas' accounts: by TLS only, and with no more rights than they need."""
    passwords = {"app": node.secret("app-password"), "replication": node.secret("replication-password")}
    app, replication = f"'{node.APP_USER}'@'%%'", f"'{node.REPLICATION_USER}'@'%%'"
    node.sql(
        f"CREATE DATABASE IF NOT EXISTS `{node.DATABASE}` CHARACTER SET utf8mb4",
        f"CREATE OR REPLACE USER {app} IDENTIFIED BY %(app)s REQUIRE SSL",
        "GRANT SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES"
        f" ON `{node.DATABASE}`.* TO {app}",
        f"CREATE OR REPLACE USER {replication} IDENTIFIED BY %(replication)s REQUIRE SSL",
        "GRANT REPLICATION SLAVE, BINLOG MONITOR, RELOAD, SELECT, SHOW VIEW, TRIGGER, LOCK TABLES"
        f" ON *.* TO {replication}",
        values=passwords,
    )


def _order(label):
    pool, number = re.fullmatch(r"(.*)-(\d+)", label).groups()
    return pool, int(number)
