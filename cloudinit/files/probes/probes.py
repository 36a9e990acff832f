#!/usr/bin/python3
"""Tells the journal what the monitoring agent does not see: one JSON object a line, as cloudinit/events.ts has it."""

import json
import os
import re
import subprocess
import urllib.request
from datetime import datetime, timezone

AGENT_HEALTH = "http://127.0.0.1:{{healthPort}}/"


def main():
    with open("/etc/probes.json", encoding="utf-8") as file:
        wanted = json.load(file)
    for path in wanted["certificates"]:
        tell("certificate", path=path, **certificate(path))
    for unit, active in services(wanted["services"]):
        tell("service", unit=unit, active=active)
    failed = [unit for unit in failed_units() if unit not in wanted["services"]]
    tell("units", failed=failed, count=len(failed))
    for mount in wanted["mounts"]:
        tell("filesystem", mount=mount, **filesystem(mount))
    clock = tracking()
    if clock:
        tell("clock", **clock)
    tell("agent", healthy=agent_is_healthy(), **agent_use())


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


def certificate(path):
    said = run("openssl", "x509", "-in", path, "-noout", "-enddate", "-subject", "-nameopt", "sep_multiline,utf8")
    end = re.search(r"notAfter=(.*)", said)[1]
    ends = datetime.strptime(end, "%b %d %H:%M:%S %Y %Z").replace(tzinfo=timezone.utc)
    days = (ends - datetime.now(timezone.utc)).total_seconds() / 86400
    name = re.search(r"CN=(.*)", said)
    return {"name": name[1] if name else "", "days_left": round(days, 2)}


def services(units):
    """Whether each runs; not those that systemd passes over on this machine, or that are part of another."""
    for unit in units:
        now = properties(unit, "ActiveState", "ConditionResult", "PartOf")
        if set(now["PartOf"].split()) & set(units):
            continue
        if now["ActiveState"] == "active" or now["ConditionResult"] == "yes":
            yield unit, now["ActiveState"] == "active"


def failed_units():
    lines = run("systemctl", "list-units", "--state=failed", "--plain", "--no-legend").splitlines()
    return [line.split()[0] for line in lines]


def filesystem(mount):
    now = os.statvfs(mount)
    used = now.f_blocks - now.f_bfree
    # Of what is left, some is kept for root alone.
    return {
        "read_only": bool(now.f_flag & os.ST_RDONLY),
        "used_percent": round(100 * used / (used + now.f_bavail), 2),
    }


def tracking():
    """What chrony says of the clock; None where it does not run, as in a container."""
    fields = run("chronyc", "-c", "tracking").split(",")
    if len(fields) < 14:
        return None
    return {"offset_seconds": -float(fields[4]), "synchronised": fields[13].strip() != "Not synchronised"}


def agent_is_healthy():
    try:
        with urllib.request.urlopen(AGENT_HEALTH, timeout=5) as answer:
            return answer.status == 200
    except OSError:
        return False


def agent_use():
    now = properties("agent.service", "MainPID", "CPUUsageNSec")
    cpu = now["CPUUsageNSec"]
    return {
        "memory_bytes": resident(now["MainPID"]),
        "cpu_seconds": round(int(cpu) / 1e9, 2) if cpu.isdigit() else 0,
    }


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


main()
