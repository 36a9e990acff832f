"""The accounts that come over the network, by TLS only. Each generation of passwords has accounts of its own.

The next generation's are there before anybody uses them, and the one before stays: servers are replaced one after the
other, so that both are in use for a while. Nothing older is left.
"""

import os
import re

import node

GENERATION = int(os.environ["PASSWORD_GENERATION"])

# Of the server's 300: commits that wait for a replica hold theirs, and must not shut out this server's own services.
MOST_CONNECTIONS = 250

_kept = set()


def name(kind):
    return f"{kind}_{GENERATION}"


def keep(kind, secret, rights, anew=False):
    """Makes the accounts of this generation and the next one and ends the outdated; does nothing the second time.

    `secret` names the password's file; `rights` is what follows GRANT, e.g. `SELECT ON *.*`. Where a database begins
    `anew`, there may be accounts from the backup that it begins with: their passwords are another stack's.
    """
    if kind in _kept:
        return
    there = {row["User"] for row in node.sql("SELECT User FROM mysql.user WHERE Host = %s", values=("%",))}
    for account in there:
        if (number := re.fullmatch(rf"{kind}_(\d+)", account)) and (anew or int(number[1]) < GENERATION - 1):
            node.sql(f"DROP USER '{account}'@'%'")
    if anew:
        there = set()
    for generation, file in ((GENERATION, secret), (GENERATION + 1, f"next-{secret}")):
        account = f"{kind}_{generation}"
        if account not in there:
            node.sql(
                f"CREATE USER '{account}'@'%%' IDENTIFIED BY %(password)s REQUIRE SSL"
                f" WITH MAX_USER_CONNECTIONS {MOST_CONNECTIONS}",
                values={"password": node.secret(file)},
            )
        # Also where it is there: another release may want other rights.
        node.sql(f"GRANT {rights} TO '{account}'@'%'")
    _kept.add(kind)


def keep_app(anew=False):
    """With no more rights than an application with its own tables needs."""
    if node.APP_USER in _kept:
        return
    database = node.DATABASE
    node.sql(f"CREATE DATABASE IF NOT EXISTS `{database}` CHARACTER SET utf8mb4")
    keep(
        node.APP_USER,
        "app-password",
        f"SELECT, INSERT, UPDATE, DELETE, CREATE, ALTER, INDEX, DROP, REFERENCES ON `{database}`.*",
        anew,
    )
