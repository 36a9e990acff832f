"""The other database servers, found by name each time, and what they say of themselves."""

import http.client
import json
import socket
import ssl
import time
from concurrent.futures import ThreadPoolExecutor

import node

# There while this server has peers.
HAS_PEERS = node.MARKS / "has-peers"
# So long one answer after the other has to say that it has none any more: a server with none waits for nobody.
SECONDS_UNTIL_ALONE = 60

_tls = ssl.create_default_context(cafile="/etc/tls/authority.pem")
_group = f"db.{node.ZONE}"
_last = {}
_alone_since = None


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
    if _are_missing(others):
        return [None]
    with ThreadPoolExecutor(max_workers=16) as pool:
        return list(pool.map(_state, others))


def _are_missing(others):
    """Whether there are none, but have been until a moment ago."""
    global _alone_since
    if others:
        _alone_since = None
        if not HAS_PEERS.exists():
            node.write(HAS_PEERS, "")
        return False
    _alone_since = _alone_since or time.monotonic()
    if time.monotonic() - _alone_since >= SECONDS_UNTIL_ALONE:
        HAS_PEERS.unlink(missing_ok=True)
    return HAS_PEERS.exists()


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
