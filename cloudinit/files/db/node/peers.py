"""The other database servers, found by name each time, and what they say of themselves."""

import http.client
import json
import socket
import ssl
from concurrent.futures import ThreadPoolExecutor

import node

_tls = ssl.create_default_context(cafile="/etc/tls/authority.pem")
_group = f"db.{node.ZONE}"
_last = {}


class NotPublished(OSError):
    pass


class _Connection(http.client.HTTPSConnection):
    """Goes to one of the group's addresses and verifies it by the group's name."""

    def __init__(self, address):
        super().__init__(address, node.PORT, timeout=2, context=_tls)

    def connect(self):
        plain = socket.create_connection((self.host, self.port), self.timeout)
        self.sock = _tls.wrap_socket(plain, server_hostname=_group)


def ask():
    """What each peer says, None for one that does not answer. Fails while this server's own name is not published."""
    group, own = addresses(_group), addresses(node.NAME)
    if not own & group:
        raise NotPublished(f"{node.LABEL} is not yet in {_group}")
    others = group - own
    with ThreadPoolExecutor(max_workers=16) as pool:
        return list(pool.map(_state, others))


def addresses(name):
    """Those it has now; while names can't be asked for, those it had last."""
    try:
        found = socket.getaddrinfo(name, None, socket.AF_INET, socket.SOCK_STREAM)
    except OSError:
        if name not in _last:
            raise
    else:
        _last[name] = {entry[4][0] for entry in found}
    return _last[name]


def _state(address):
    connection = _Connection(address)
    try:
        connection.request("GET", "/state")
        return json.load(connection.getresponse())
    except (OSError, http.client.HTTPException, ValueError):
        return None
    finally:
        connection.close()
