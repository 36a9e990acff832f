"""The database, MariaDB or MySQL over TLS, which at times changes over to another server."""

import asyncio
import logging
import os
import ssl
import time

import aiomysql

# A planned change of the writer takes some seconds, in which every attempt fails at once.
SECONDS_OF_ATTEMPTS = 8
SECONDS_PER_ATTEMPT = 4
MOST_SECONDS_BETWEEN = 1
# A database that changes over to another server is back by then: until then requests wait, and nobody is sent away.
SECONDS_OF_GRACE = 10
MISSING_TABLE = 1146
TRY_AGAIN = {
    1040, 1047, 1053, 1205, 1213,  # full, not in the cluster, shutting down, lock timeout, conflict
    1226, 1290, 1836, 1927,  # too many of our connections, read only since a moment ago, connection killed
    2003, 2006, 2013, 2014, 2055,  # connection lost
}


class NamedContext(ssl.SSLContext):
    """Verifies the server by a name of its own: the connection itself goes to the local proxy."""

    server_name: str

    def wrap_bio(self, incoming, outgoing, server_side=False, server_hostname=None, session=None):
        return super().wrap_bio(incoming, outgoing, server_side, self.server_name, session)


class Database:
    """`tables` are the statements that make the tables, run where one is missing."""

    def __init__(self, port, tables=(), environment=os.environ):
        tls = NamedContext(ssl.PROTOCOL_TLS_CLIENT)
        tls.minimum_version = ssl.TLSVersion.TLSv1_2
        tls.load_verify_locations(environment["DATABASE_AUTHORITY"])
        tls.server_name = environment["DATABASE_TLS_NAME"]
        with open(environment["DATABASE_PASSWORD_FILE"], encoding="utf-8") as file:
            password = file.read().rstrip("\n")
        self.options = {
            "host": environment["DATABASE_HOST"],
            "port": int(port),
            "user": environment["DATABASE_USER"],
            "password": password,
            "db": environment["DATABASE_NAME"],
            "ssl": tls,
            "connect_timeout": 3,
            "autocommit": True,
        }
        self.tables = tables
        self.pool = None
        self.answered = float("-inf")

    async def open(self):
        # The first connection is made by the first query: the database may come later than we do.
        self.pool = await aiomysql.create_pool(minsize=0, maxsize=20, **self.options)

    async def renew(self):
        """Lets go of the connections that nobody uses, before the proxy cuts them off."""
        while True:
            try:
                return await self.pool.clear()
            except OSError:
                pass  # one that was cut off: it is out of the pool

    async def close(self):
        await self.renew()
        self.pool.terminate()
        await self.pool.wait_closed()

    async def server(self):
        rows = await self.rows("SELECT @@hostname")
        return rows[0][0]

    async def ready(self):
        """Fails where the database has taken no writes for a while."""
        try:
            rows = await asyncio.wait_for(self._once(_reading("SELECT @@global.read_only")), 1)
            if not rows[0][0]:
                self.answered = time.monotonic()
        except (aiomysql.Error, OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
            logging.debug("readiness: %r", error)
        if time.monotonic() - self.answered > SECONDS_OF_GRACE:
            raise ConnectionError("the database takes no writes")

    async def rows(self, query, values=None):
        return await self.run(_reading(query, values))

    async def run(self, work):
        """Does work with a cursor. It may be done more than once: a lost connection is no fault of the request."""
        until = time.monotonic() + SECONDS_OF_ATTEMPTS
        pause = 0.1
        while True:
            try:
                return await asyncio.wait_for(self._once(work), SECONDS_PER_ATTEMPT)
            except aiomysql.Error as error:
                code = error.args[0] if error.args else None
                if code == MISSING_TABLE:
                    for table in self.tables:
                        await self._once(_reading(table))
                elif code not in TRY_AGAIN:
                    raise
                fault = error
            except (OSError, asyncio.TimeoutError, asyncio.IncompleteReadError) as error:
                fault = error
            if time.monotonic() > until:
                raise ConnectionError(f"the database did not answer: {fault!r}")
            await asyncio.sleep(pause)
            pause = min(2 * pause, MOST_SECONDS_BETWEEN)

    async def _once(self, work):
        async with self.pool.acquire() as connection:
            try:
                async with connection.cursor() as cursor:
                    return await work(cursor)
            except aiomysql.Error:
                await _farewell(connection)
                raise
            except BaseException:
                connection.close()
                raise


async def _farewell(connection):
    """Without one the database counts the connection as aborted."""
    try:
        await asyncio.wait_for(connection.ensure_closed(), 1)
    except (OSError, asyncio.TimeoutError):
        connection.close()


def _reading(query, values=None):
    async def read(cursor):
        await cursor.execute(query, values)
        return await cursor.fetchall()

    return read
