"""Who writes: each server finds out for itself from what all of them say, and never do two.

A term is [its number, the label of its writer]; [0, ""] before there is any. Every server keeps the highest that it
has heard of and from then on takes nothing from the writer of a lower one. A commit is acknowledged once the writer
and one replica have it. So as soon as all servers but one have given up the former terms, no former writer can have
another commit acknowledged, and whatever was acknowledged is with one of them. That is the one with the highest number:
a writer's changes bear higher ones than all of former terms, also than those that nobody acknowledged.
"""

NONE = [0, ""]


def highest(states):
    return max((state["term"] for state in states if state), default=NONE)


def wants_for(own, others, accept_loss=False):
    """What keeps the writer of a new term from taking writes: the reason, and the peer to catch up with, if any."""
    if own["blank"]:
        return "this server has no data: promote another one", None
    with_it = [peer for peer in others if peer and peer["term"] == own["term"]]
    missing = len(others) - len(with_it)
    if missing > 1 and not accept_loss:
        return f"{missing} of {len(others)} peers have not given up the former writer; one may be missing", None
    stuck = [state["label"] for state in [own, *with_it] if state.get("stuck")]
    if stuck and not accept_loss:
        return f"{', '.join(sorted(stuck))} does not apply what it has received: SHOW REPLICA STATUS says why", None
    busy = [state["label"] for state in [own, *with_it] if not state["stopped"] and state["label"] not in stuck]
    if busy:
        return f"{', '.join(sorted(busy))} still applies what it has received", None
    further = max(with_it, key=lambda peer: peer["position"], default=own)
    if further["position"] > own["position"]:
        return f"{further['label']} has more", further
    return None, None
