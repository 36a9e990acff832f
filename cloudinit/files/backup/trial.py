"""The proof that the backups can be restored: looks at what was, and notes the outcome in their bucket."""

import time
from contextlib import contextmanager

import bucket
import node

FOLDER = "restore-test"
# Every server ends a binary log an hour, also where nobody writes.
MOST_HOURS = 3
SYSTEM = "('information_schema', 'performance_schema', 'sys')"


@contextmanager
def noted(store):
    """Notes how the block ended; it may add facts to the note."""
    began = time.monotonic()
    facts = {}
    reason = "It ended before its time."
    try:
        yield facts
        reason = None
    except bucket.Failed as fault:
        reason = str(fault)
        raise
    finally:
        seconds = round(time.monotonic() - began, 1)
        outcome = "failed" if reason else "ok"
        told = {"seconds": seconds, **({"reason": reason} if reason else facts)}
        store.note(f"{FOLDER}/{bucket.stamp(bucket.now())}-{outcome}.json", told)


def look(connection, newest):
    """How many tables there are, all of them sound, and how old the newest log is. Fails where that is no proof."""
    hours = round((bucket.now() - newest).total_seconds() / 3600, 2)
    if hours > MOST_HOURS:
        raise bucket.Failed(f"The newest binary log in the bucket is {hours} h old: the servers ship none.")
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT TABLE_SCHEMA, TABLE_NAME FROM information_schema.TABLES"
            f" WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA NOT IN {SYSTEM}"
        )
        tables = cursor.fetchall()
        own = [name for schema, name in tables if schema == node.DATABASE]
        if not own:
            raise bucket.Failed(f"What was restored has no table in the database {node.DATABASE}.")
        for schema, name in tables:
            cursor.execute(f"CHECK TABLE `{schema}`.`{name}`")
            for _table, _check, kind, verdict in cursor.fetchall():
                if kind == "error" or (kind == "status" and verdict != "OK"):
                    raise bucket.Failed(f"The table {schema}.{name} is not sound: {verdict}")
    return {"tables": len(own), "logHours": hours}
