#!/usr/bin/python3
"""Tells the journal what the monitoring agent does not see: one JSON object a line, as cloudinit/events.ts has it."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from datetime import datetime, timezone

AGENT_HEALTH = "http://127.0.0.1:{{healthPort}}/"


def main(wanted):
    needed = wanted["services"]
    for path in wanted["certificates"]:
        tell("certificate", certificate, path=path)
    for unit in needed:
        tell("service", lambda unit: service(unit, needed), unit=unit)
    tell("units", lambda: units(needed))
    for mount in wanted["mounts"]:
        tell("filesystem", filesystem, mount=mount)
    tell("clock", clock)
    tell("agent", agent)


def tell(event, look, **of):
    """Tells what a look finds, if anything; one that fails must not silence the others."""
    try:
        facts = look(**of)
    except Exception as fault:
        print(f"{event} {of}: {fault!r}", file=sys.stderr)
        return
    if facts is not None:
        print(json.dumps({"event": event, **of, **facts}), flush=True)


def certificate(path):
    said = run("openssl", "x509", "-in", path, "-noout", "-enddate", "-subject", "-nameopt", "sep_multiline,utf8")
    end = re.search(r"notAfter=(.*)", said)
    if not end:
        # Nobody else can read it either.
        return {"name": "", "days_left": 0}
    ends = datetime.strptime(end[1], "%b %d %H:%M:%S %Y %Z").replace(tzinfo=timezone.utc)
    days = (ends - datetime.now(timezone.utc)).total_seconds() / 86400
    name = re.search(r"CN=(.*)", said)
    return {"name": name[1] if name else "", "days_left": round(days, 2)}


def service(unit, needed):
    """Whether it runs; None where systemd passes over it on this machine, or it is part of another."""
    now = properties(unit, "ActiveState", "ConditionResult", "PartOf")
    if set(now["PartOf"].split()) & set(needed):
        return None
    active = now["ActiveState"] == "active"
    return {"active": active} if active or now["ConditionResult"] == "yes" else None


def units(needed):
    lines = run("systemctl", "list-units", "--state=failed", "--plain", "--no-legend").splitlines()
    failed = [unit for unit, *_ in map(str.split, lines) if unit not in needed]
    return {"failed": failed, "count": len(failed)}


def filesystem(mount):
    now = os.statvfs(mount)
    used = now.f_blocks - now.f_bfree
    # Of what is left, some is kept for root alone.
    return {
        "read_only": bool(now.f_flag & os.ST_RDONLY),
        "used_percent": round(100 * used / (used + now.f_bavail), 2),
    }


def clock():
    """What chrony says of the clock; None where it does not run, as in a container."""
    fields = run("chronyc", "-c", "tracking").split(",")
    if len(fields) < 14:
        return None
    return {"offset_seconds": -float(fields[4]), "synchronised": fields[13].strip() != "Not synchronised"}


def agent():
    now = properties("agent.service", "MainPID", "CPUUsageNSec")
    cpu = now["CPUUsageNSec"]
    return {
        "healthy": agent_is_healthy(),
        "memory_bytes": resident(now["MainPID"]),
        "cpu_seconds": round(int(cpu) / 1e9, 2) if cpu.isdigit() else 0,
    }


def agent_is_healthy():
    try:
        with urllib.request.urlopen(AGENT_HEALTH, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def resident(pid):
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as file:
            return 1024 * int(re.search(r"VmRSS:\s+(\d+) kB", file.read())[1])
    except (OSError, TypeError):
        return 0


def properties(unit, *names):
    said = run("systemctl", "show", unit, *[f"--property={name}" for name in names])
    return dict(line.split("=", 1) for line in said.splitlines())


def run(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=20).stdout


if __name__ == "__main__":
    with open("/etc/probes.json", encoding="utf-8") as file:
        main(json.load(file))
