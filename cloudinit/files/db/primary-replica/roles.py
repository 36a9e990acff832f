"""One server writes, in a term of its own; the others replicate from it."""

import json

import accounts
import node
import peers
import pymysql
import replication
import terms

# The highest term that this server has heard of.
TERM = node.MARKS / "term"
# Number of the last term in which it has taken writes.
OPENED = node.MARKS / "opened"

# The term whose writer this server replicates from, since it was seen to write.
_followed = None
# The term in which it may begin to write even if that loses what others acknowledged.
_accepts_loss = None
_peers_read = False


def state():
    known = {
        "label": node.LABEL,
        "host": node.NAME,
        "blank": not node.HAS_DATA.exists(),
        "term": _term(),
        "leaving": node.LEAVING.exists(),
    }
    try:
        return {
            **known,
            "writer": is_writer(),
            "serves": _serves(),
            "stopped": replication.has_stopped(),
            "stuck": replication.is_stuck(),
            "position": replication.position(),
        }
    except pymysql.Error:
        return {**known, "writer": False, "serves": False, "stopped": False, "stuck": False, "position": 0}


def is_writer():
    return _has_opened() and replication.takes_writes()


def is_reader():
    """The replicas that keep up; the writer only where there is none."""
    return _serves() and not (_peers_read and is_writer())


def look():
    """Does what is next for this server and says what it is."""
    global _peers_read
    others = peers.ask()
    _peers_read = any(peer and peer["serves"] and not peer["writer"] for peer in others)
    newest = terms.highest(others)
    if newest > _term():
        _promise(newest)
    number, writer = _term()
    if number == 0:
        return _begin(others)
    if writer != node.LABEL:
        return _follow(writer, others)
    return _write(others) if _has_opened() else _take_over(others)


def event():
    return replication.writer_event() if is_writer() else replication.replica_event()


def promote(accept_loss):
    """Begins a term of this server's own, where it has data to begin with."""
    global _accepts_loss
    if not node.HAS_DATA.exists():
        return
    number, writer = terms.highest([state(), *peers.ask()])
    if writer != node.LABEL:
        number += 1
        _promise([number, node.LABEL])
    _accepts_loss = [number, node.LABEL] if accept_loss else None


def may_leave():
    """Whether this server may be stopped; the writer hands over first."""
    others = peers.ask()
    if not node.may_stop(others):
        return False
    number, writer = _term()
    if others and writer == node.LABEL:
        successor = min(others, key=lambda peer: (peer["leaving"], peer["label"]))
        # First, while the replicas still acknowledge what is under way: of another's term they take nothing from here.
        # A long statement ends before the next look or a later one.
        replication.close_to_writes(at_once=False)
        _promise([number + 1, successor["label"]])
        return False
    return not others or any(peer["label"] == writer and peer["writer"] for peer in others)


def _begin(others):
    """A new database begins only where every peer answers and none has data."""
    if node.HAS_DATA.exists():
        return "waiting for a term: this server has data, and no peer says who writes"
    if None in others:
        return "waiting for every peer to answer"
    if not all(peer["blank"] for peer in others):
        return "waiting for the writer: a peer has data"
    if not node.is_first(others):
        return "waiting for the first server to begin"
    # Nobody could acknowledge this yet: the replicas need the accounts to come.
    replication.open_to_writes(has_peers=False)
    _keep_accounts(anew=True)
    node.HAS_DATA.touch()
    _promise([1, node.LABEL])
    _mark_opened()
    return "a new database has begun"


def _take_over(others):
    replication.close_to_writes()
    reason, further = terms.wants_for(state(), others, _accepts_loss == _term())
    if further:
        # Nothing is thrown away here: nobody but this server may have it.
        return f"becoming the writer, {replication.replicate(further['host'], may_discard=False)}: {reason}"
    replication.stop_receiving()
    if reason:
        return f"becoming the writer: {reason}"
    replication.begin(_term()[0])
    _mark_opened()
    return _write(others)


def _write(others):
    replication.open_to_writes(has_peers=bool(others))
    _keep_accounts()
    if not others:
        return "writer, alone"
    if replication.writer_event()["replicas"] == 0:
        return "writer, but commits wait: no replica is there to acknowledge them"
    return "writer, a replica acknowledges each commit"


def _keep_accounts(anew=False):
    accounts.keep_app(anew)
    accounts.keep(replication.USER, replication.SECRET, replication.RIGHTS, anew)


def _follow(writer, others):
    global _followed
    replication.close_to_writes()
    term = _term()
    writes = any(peer and peer["label"] == writer and peer["writer"] and peer["term"] == term for peer in others)
    if writes:
        _followed = term
    if _followed != term:
        replication.stop_receiving()
        return f"waiting for {writer} to write"
    return replication.replicate(node.host(writer), may_discard=writes)


def _serves():
    return is_writer() or replication.keeps_up()


def _has_opened():
    number, writer = _term()
    return writer == node.LABEL and OPENED.exists() and int(OPENED.read_text(encoding="utf-8")) == number


def _mark_opened():
    node.write(OPENED, str(_term()[0]))


def _term():
    return json.loads(TERM.read_text(encoding="utf-8")) if TERM.exists() else terms.NONE


def _promise(term):
    """Keeps to a term from now on, also after a loss of power."""
    node.write(TERM, json.dumps(term))
