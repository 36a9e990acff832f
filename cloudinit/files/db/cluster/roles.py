"""Every node of the cluster takes writes. What must be decided is who begins it when it runs nowhere."""

import time
from pathlib import Path

import accounts
import node
import peers
import pymysql

# How far the data here was when MariaDB was about to start.
POSITION = Path("/run/database/position")
NO_HISTORY = "00000000-0000-0000-0000-000000000000"
NOWHERE = f"{NO_HISTORY}:-1"
LOOKS_BEFORE_RESCUE = 15

_alone = 0
# When it was last asked for, and the seconds that the node had waited for slower ones until then.
_paused = (time.monotonic(), 0)


def state():
    status = _status()
    return {
        "label": node.LABEL,
        "host": node.NAME,
        "blank": not node.HAS_DATA.exists(),
        "running": bool(status),
        "primary": status.get("wsrep_cluster_status") == "Primary",
        "position": _position(status),
        "serves": _serves(status),
        "leaving": node.LEAVING.exists(),
    }


def is_writer():
    return _serves(_status())


is_reader = is_writer


def look():
    """Does what is next for this node and says what it is."""
    global _alone
    status = _status()
    if not status:
        return "waiting for MariaDB"
    if status["wsrep_cluster_status"] != "Primary":
        _alone += 1
        if _alone >= LOOKS_BEFORE_RESCUE and may_begin(peers.ask()):
            node.sql("SET GLOBAL wsrep_provider_options = 'pc.bootstrap=YES'")
            return "the cluster goes on from here: every peer was asked, and none is further"
        return "without a majority: no reads, no writes"
    _alone = 0
    if status["wsrep_ready"] != "ON":
        return "catching up"
    # The first node of a new cluster makes the accounts; those that join it have them from there.
    accounts.keep_app(anew=not node.HAS_DATA.exists() and status["wsrep_cluster_size"] == "1")
    node.HAS_DATA.touch()
    return "in the cluster"


def may_leave():
    return node.may_stop(peers.ask())


def event():
    global _paused
    status = _status()
    before = _paused
    _paused = (time.monotonic(), int(status.get("wsrep_flow_control_paused_ns", 0)) / 1e9)
    seconds, paused = (after - first for after, first in zip(_paused, before))
    return {
        "event": "cluster",
        "size": int(status.get("wsrep_cluster_size", 0)),
        "ready": _serves(status),
        "flow_control_paused": min(1, max(0, round(paused / seconds, 3))),
    }


def may_begin(others):
    """Whether this node may begin the cluster: every peer answers, none is in one, and none is further."""
    if None in others or any(peer["primary"] for peer in others):
        return False
    own = state()
    filled = [peer for peer in [own, *others] if not peer["blank"]]
    if not filled:
        return node.is_first(others)
    if None in [peer["position"] for peer in filled]:
        return False
    # Where the data was coming anew from another node, and did not arrive, there is none to go on from.
    whole = [peer for peer in filled if peer["position"][0] != NO_HISTORY]
    histories = {peer["position"][0] for peer in whole}
    furthest = max(whole, key=lambda peer: (peer["position"][1], peer["running"], peer["label"]), default=None)
    return len(histories) == 1 and furthest["label"] == node.LABEL


def _serves(status):
    return status.get("wsrep_cluster_status") == "Primary" and status.get("wsrep_ready") == "ON"


def _status():
    """MariaDB's view of the cluster; empty where it does not run."""
    try:
        return node.status("wsrep_%")
    except pymysql.Error:
        return {}


def _position(status):
    """The history of the data and how far it is, or None while that is not known."""
    if status:
        return [status["wsrep_cluster_state_uuid"], int(status["wsrep_last_committed"])]
    if not POSITION.exists():
        return None
    history, number = POSITION.read_text(encoding="utf-8").rsplit(":", 1)
    return [history, int(number)]
