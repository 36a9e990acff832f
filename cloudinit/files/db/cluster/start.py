"""Before MariaDB starts: waits until it is clear whether this node joins a cluster or begins one."""

import re
import subprocess
import sys
import time
from pathlib import Path

import node
import peers
import roles

ARGUMENTS = Path("/run/database/arguments")
GRASTATE = Path("/srv/database/mysql/grastate.dat")


def main():
    roles.POSITION.write_text(_position(), encoding="utf-8")
    said = None
    while True:
        try:
            hosts, why = _decision(peers.ask())
        except OSError as error:
            hosts, why = None, str(error)
        if why != said:
            print(why, file=sys.stderr, flush=True)
            said = why
        if hosts is not None:
            break
        time.sleep(1)
    if not hosts and GRASTATE.exists():
        # Every peer was asked: none is further.
        GRASTATE.write_text(GRASTATE.read_text().replace("safe_to_bootstrap: 0", "safe_to_bootstrap: 1"))
    (address,) = peers.addresses(node.NAME)
    join = f"--wsrep-cluster-address=gcomm://{','.join(hosts)}" if hosts else "--wsrep-new-cluster"
    ARGUMENTS.write_text(f'_WSREP_NEW_CLUSTER="{join} --wsrep-node-address={address}"\n', encoding="utf-8")


def _decision(others):
    """The hosts to join (none: begin), or None to wait; and why."""
    running = [peer["host"] for peer in others if peer and peer["running"]]
    if running:
        return running, f"joining {', '.join(running)}"
    if roles.may_begin(others):
        return [], "beginning a cluster: no peer runs, and none is further than this server"
    return None, "waiting for a peer to run, or for every peer to say how far it is"


def _position():
    """How far the data here is, `<history>:<number>`, found out by MariaDB itself."""
    recovery = subprocess.run(["/usr/bin/galera_recovery"], check=True, stdout=subprocess.PIPE, text=True)
    found = re.search(r"--wsrep_start_position=(\S+:-?\d+)", recovery.stdout)
    return found.group(1) if found else roles.NOWHERE


main()
