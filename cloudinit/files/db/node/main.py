"""Reports what this database server is (HTTPS, to the VPC) and keeps it in its role."""

import contextlib
import json
import logging
import os
import ssl
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import node
import pymysql
import roles

SECONDS_BETWEEN_LOOKS = 1
SECONDS_BETWEEN_EVENTS = 60
# A server where MariaDB has not run for so many looks leaves nobody alone.
LOOKS_WITHOUT_MARIADB = 10


class Report(BaseHTTPRequestHandler):
    """`/writer` is 200 where writes are taken, `/reader` where reads are; `/state` is what peers want to know."""

    protocol_version = "HTTP/1.1"
    timeout = 5

    def do_GET(self):
        if self.path == "/state":
            self._answer(200, roles.state())
        elif self.path in ("/writer", "/reader"):
            check = roles.is_writer if self.path == "/writer" else roles.is_reader
            try:
                self._answer(200 if check() else 503, {})
            except pymysql.Error:
                self._answer(503, {})
        else:
            self._answer(404, {})

    def _answer(self, status, content):
        body = json.dumps(content).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self):
        super().__init__(("", node.PORT), Report)
        self.tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        self.tls.load_cert_chain(
            "/etc/tls/certificate.pem", os.path.join(os.environ["CREDENTIALS_DIRECTORY"], "private-key.pem")
        )

    def finish_request(self, request, client_address):
        """The handshake is made in the connection's own thread: a silent peer holds up nobody else."""
        request.settimeout(Report.timeout)
        with self.tls.wrap_socket(request, server_side=True) as connection:
            super().finish_request(connection, client_address)

    def handle_error(self, *_):
        logging.debug("a peer's connection failed", exc_info=True)


class Keeper:
    """Keeps the server in its role, and tells the journal."""

    def __init__(self):
        self.doing = None
        self.told_at = float("-inf")
        self.idle = 0

    def look(self):
        try:
            self._obey()
            doing = roles.look()
        except (pymysql.Error, OSError) as error:
            doing = f"waiting: {error}"
        # Also where MariaDB does not run: while the server shuts down, nobody starts it again.
        with contextlib.suppress(pymysql.Error, OSError):
            self._leave()
        if doing != self.doing or time.monotonic() - self.told_at > SECONDS_BETWEEN_EVENTS:
            self._tell(doing)

    def _obey(self):
        for request in (node.PROMOTE, node.ACCEPT_LOSS):
            if request.exists():
                roles.promote(accept_loss=request == node.ACCEPT_LOSS)
                request.unlink()

    def _leave(self):
        if not node.LEAVING.exists():
            return
        self.idle = 0 if node.runs() else self.idle + 1
        if self.idle >= LOOKS_WITHOUT_MARIADB or roles.may_leave():
            node.LEFT.touch()

    def _tell(self, doing):
        if doing != self.doing:
            logging.info(doing)
        self.doing = doing
        self.told_at = time.monotonic()
        try:
            print(json.dumps(roles.event()), flush=True)
        except pymysql.Error:
            pass  # the service's own event tells that MariaDB does not run


def main():
    logging.basicConfig(level=logging.INFO, format="%(levelname)s %(message)s")
    threading.Thread(target=Server().serve_forever, daemon=True).start()
    keeper = Keeper()
    while True:
        keeper.look()
        time.sleep(SECONDS_BETWEEN_LOOKS)


if __name__ == "__main__":
    main()
