"""The built-in sample application: entries by key, over TLS."""

import asyncio
import html
import logging
import os
import ssl
from pathlib import Path
from string import Template

from aiohttp import web
from database import Database
from entries import TABLES, Entries

MAX_KEY_BYTES = 255
MAX_BODY_BYTES = 1024 * 1024
PAGE = 1000
SECONDS_BETWEEN_FORGETTING = 600
SECONDS_BETWEEN_RENEWALS = 300

routes = web.RouteTableDef()
page = Template(Path(__file__).with_name("page.html").read_text(encoding="utf-8"))


@routes.get("/")
async def index(request):
    servers = {
        "web": request.headers.get("X-Web-Server", "none"),
        "app": os.environ["SERVER_NAME"],
        "database": await request.app["database"].server(),
        "reads": await request.app["copies"].server(),
    }
    if "text/html" not in request.headers.get("Accept", ""):
        return web.json_response(servers)
    safe = {name: html.escape(server) for name, server in servers.items()}
    return web.Response(text=page.substitute(site=html.escape(os.environ["SITE"]), **safe), content_type="text/html")


@routes.put("/entries/{key}")
async def put_entry(request):
    """201 for a new key, 200 for a known one. A request again (same Idempotency-Key, else same body) changes nothing."""
    key = checked_key(request)
    body = await request.read()
    repeated_as = request.headers.get("Idempotency-Key", "")
    if len(repeated_as.encode()) > MAX_KEY_BYTES:
        raise web.HTTPBadRequest(text=f"Idempotency-Key: at most {MAX_KEY_BYTES} bytes.\n")
    created = await request.app["entries"].put(key, body, repeated_as)
    return web.Response(status=201 if created else 200)


@routes.get("/entries/{key}")
async def get_entry(request):
    body = await request.app["entries"].get(checked_key(request))
    if body is None:
        raise web.HTTPNotFound(text="No such entry.\n")
    return web.Response(body=body, content_type="application/octet-stream")


@routes.get("/entries")
async def list_entries(request):
    """At most 1000 entries, in order of their keys, after the key `after`; with `stale`, without the last seconds."""
    after, stale = request.query.get("after", ""), "stale" in request.query
    return web.json_response(await request.app["entries"].after(after, PAGE, stale))


@routes.get("/healthz")
async def healthz(_):
    return web.Response(text="ok\n")


@routes.get("/readyz")
async def readyz(request):
    await request.app["database"].ready()
    return web.Response(text="ok\n")


def checked_key(request):
    key = request.match_info["key"]
    if len(key.encode()) > MAX_KEY_BYTES:
        raise web.HTTPBadRequest(text=f"A key has at most {MAX_KEY_BYTES} bytes.\n")
    return key


@web.middleware
async def faults(request, handler):
    try:
        return await handler(request)
    except ConnectionError as error:
        logging.warning("%s %s %s: %s", request.headers.get("X-Request-Id", "-"), request.method, request.path, error)
        return web.Response(status=503, text="The database does not answer.\n")


async def storage(app):
    app["database"] = Database(os.environ["DATABASE_PORT"], TABLES)
    app["copies"] = Database(os.environ["DATABASE_READ_PORT"])
    app["entries"] = Entries(app["database"], app["copies"])
    await app["database"].open()
    await app["copies"].open()
    forgetting = asyncio.create_task(forget_old_requests(app["entries"]))
    renewing = asyncio.create_task(renew_connections(app["database"], app["copies"]))
    yield
    forgetting.cancel()
    renewing.cancel()
    await app["copies"].close()
    await app["database"].close()


async def forget_old_requests(entries):
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_FORGETTING)
        try:
            await entries.forget()
        except Exception as error:
            logging.warning("old requests are kept for now: %s", error)


async def renew_connections(*databases):
    while True:
        await asyncio.sleep(SECONDS_BETWEEN_RENEWALS)
        for database in databases:
            await database.renew()


def main():
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s %(message)s")
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.minimum_version = ssl.TLSVersion.TLSv1_2
    tls.load_cert_chain(os.environ["TLS_CERTIFICATE"], os.environ["TLS_PRIVATE_KEY"])
    app = web.Application(middlewares=[faults], client_max_size=MAX_BODY_BYTES)
    app.add_routes(routes)
    app.cleanup_ctx.append(storage)
    web.run_app(
        app, port=int(os.environ["PORT"]), ssl_context=tls, access_log=None, print=None, keepalive_timeout=120, backlog=1024
    )


main()
