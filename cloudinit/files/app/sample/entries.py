"""The entries' table, by MariaDB or MySQL over TLS."""

import asyncio
import logging
import os
import ssl
import time

import aiomysql

TABLE = """
CREATE TABLE IF NOT EXISTS entries (
    name VARBINARY(255) PRIMARY KEY,
    body MEDIUMBLOB NOT NULL,
    request VARBINARY(255) NOT NULL,
    applied INT UNSIGNED NOT NULL
)"""

# One statement, so that it is applied wholly or not at all. A request that is already applied changes nothing.
# The assignments go from left to right: `applied` still sees the former request.
PUT = """
INSERT INTO entries (name, body, request, applied) VALUES (%(name)s, %(body)s, %(request)s, 1)
ON DUPLICATE KEY UPDATE
    applied = applied + (request <> %(request)s),
    body = IF(request <> %(request)s, %(body)s, body),
    request = %(request)s"""

ATTEMPTS = 3
SECONDS_PER_ATTEMPT = 4
# A database that changes over to another server is back by then: until then requests wait, and nobody is sent away.
SECONDS_OF_GRACE = 10
MISSING_TABLE = 1146
TRY_AGAIN = {
    1040, 1047, 1053, 1205, 1213,  # full, not in the cluster, shutting down, lock timeout, conflict
    1290, 1836, 1927,  # read only since a moment ago, connection killed
    2003, 2006, 2013, 2014, 2055,  # connection lost
}


class NamedContext(ssl.SSLContext):
    """Verifies the server by a name of its own: the connection itself goes to the local proxy."""

    server_name: str

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        return super().wrap_bio(incoming, outgoing, server_side, self.server_name, session)


class Entries:
    def __init__(self, environment=os.environ):
        tls = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        tls.load_verify_locations(environment["DATABASE_AUTHORITY"])
        tls.server_name = environment["DATABASE_TLS_NAME"]
        with open(environment["DATABASE_PASSWORD_FILE"], encoding="utf-8") as file:
            password = file.read().rstrip("\n")
        self.options = {
            "host": environment["DATABASE_HOST"],
            "port": int(environment["DATABASE_PORT"]),
            "user": environment["DATABASE_USER"],
            "password": password,
            "db": environment["DATABASE_NAME"],
            "ssl": tls,
            "connect_timeout": 3,
            "autocommit": True,
        }
        self.pool = None
        self.answered = float("-inf")

    async def open(self):
        # The first connection is made by the first query: the database may come later than we do.
        self.pool = await aiomysql.create_pool(minsize=0, maxsize=20, pool_recycle=300, **self.options)

    async def close(self):
        self.pool.terminate()
        await self.pool.wait_closed()

    async def server(self):
        rows, _ = await self._run("SELECT @@hostname")
        return rows[0][0]

    async def ready(self):
        """Fails where the database has taken no writes for a while."""
        try:
            (row,), _ = await asyncio.wait_for(self._once("SELECT @@global.read_only"), 1)
            if not row[0]:
                self.answered = time.monotonic()
        except (aiomysql.Error, OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
            logging.debug("readiness: %r", error)
        if time.monotonic() - self.answered > SECONDS_OF_GRACE:
            raise ConnectionError("the database takes no writes")

    async def put(self, name, body, request):
        """Whether the entry is new."""
        _, count = await self._run(PUT, {"name": name.encode(), "body": body, "request": request.encode()})
        return count == 1

    async def get(self, name):
        rows, _ = await self._run("SELECT body FROM entries WHERE name = %s", (name.encode(),))
        return rows[0][0] if rows else None

    async def after(self, name, limit):
        query = "SELECT name, applied FROM entries WHERE name > %s ORDER BY name LIMIT %s"
        rows, _ = await self._run(query, (name.encode(), limit))
        return [{"key": key.decode(), "applied": applied} for key, applied in rows]

    async def _run(self, query, values=None):
        """Every statement here may be sent again, so a lost connection is no fault of the request."""
        for attempt in range(1, ATTEMPTS + 1):
            try:
                return await asyncio.wait_for(self._once(query, values), SECONDS_PER_ATTEMPT)
            except aiomysql.Error as error:
                code = error.args[0] if error.args else None
                if code == MISSING_TABLE:
                    await self._once(TABLE)
                elif code not in TRY_AGAIN:
                    raise
                fault = error
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
                fault = error
            await asyncio.sleep(0.1 * attempt)
        raise ConnectionError(f"the database did not answer: {fault!r}")

    async def _once(self, query, values=None):
        async with self.pool.acquire() as connection:
            try:
                async with connection.cursor() as cursor:
                    await cursor.execute(query, values)
                    return await cursor.fetchall(), cursor.rowcount
            except BaseException:
                connection.close()
                raise
