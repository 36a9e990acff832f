"""The entries, and which requests were applied to them."""

import hashlib
import uuid

TABLES = (
    """CREATE TABLE IF NOT EXISTS entries (
        name VARBINARY(255) PRIMARY KEY,
        body MEDIUMBLOB NOT NULL,
        applied INT UNSIGNED NOT NULL
    )""",
    """CREATE TABLE IF NOT EXISTS requests (
        digest BINARY(32) PRIMARY KEY,
        applied_at BIGINT NOT NULL,
        KEY (applied_at)
    )""",
)

# Both are one transaction, so a request that is there already was applied: then the first one affects no row.
REQUEST = """
INSERT INTO requests (digest, applied_at) VALUES (%(digest)s, UNIX_TIMESTAMP())
ON DUPLICATE KEY UPDATE applied_at = applied_at"""
# The assignments go from left to right: `applied` still sees the former body.
PUT = """
INSERT INTO entries (name, body, applied) VALUES (%(name)s, %(body)s, 1)
ON DUPLICATE KEY UPDATE applied = applied + (%(named)s OR body <> %(body)s), body = %(body)s"""

SECONDS_REMEMBERED = 24 * 60 * 60
FORGET = f"DELETE FROM requests WHERE applied_at < UNIX_TIMESTAMP() - {SECONDS_REMEMBERED} LIMIT 10000"


class Entries:
    """`copies` is read where the last seconds may be missing."""

    def __init__(self, database, copies):
        self.database = database
        self.copies = copies

    async def put(self, name, body, request):
        """Whether the entry is new. A named request is applied to it once, any other where the body differs."""
        name = name.encode()
        # One without a name gets its own: it may be sent to the database more than once.
        identity = request.encode() if request else uuid.uuid4().bytes
        digest = hashlib.sha256(b"%d:%b:%b" % (len(name), name, identity)).digest()

        async def write(cursor):
            await cursor.execute("START TRANSACTION")
            is_first = await cursor.execute(REQUEST, {"digest": digest})
            values = {"name": name, "body": body, "named": bool(request)}
            created = is_first and await cursor.execute(PUT, values) == 1
            await cursor.execute("COMMIT")
            return created

        return await self.database.run(write)

    async def forget(self):
        """Forgets the requests of more than a day ago."""
        while await self.database.run(lambda cursor: cursor.execute(FORGET)):
            pass

    async def get(self, name):
        rows = await self.database.rows("SELECT body FROM entries WHERE name = %s", (name.encode(),))
        return rows[0][0] if rows else None

    async def after(self, name, limit, stale):
        query = "SELECT name, applied FROM entries WHERE name > %s ORDER BY name LIMIT %s"
        rows = await (self.copies if stale else self.database).rows(query, (name.encode(), limit))
        return [{"key": key.decode(), "applied": applied} for key, applied in rows]
