"""Asks a writer to be what keeps it from taking writes: a JSON list of cases in, a JSON list of answers out."""

import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), "../../cloudinit/files/db/primary-replica"))

import terms  # noqa: E402

answers = [terms.wants_for(case["own"], case["others"], case["acceptLoss"]) for case in json.load(sys.stdin)]
json.dump([{"reason": reason, "further": further and further["label"]} for reason, further in answers], sys.stdout)
