"""What the backups tell the journal, and through it whoever watches."""

import json
import sys
import time
from contextlib import contextmanager


def tell(event, **facts):
    print(json.dumps({"event": event, **facts}), flush=True)


@contextmanager
def told(kind, *faults):
    """Tells what became of it; the block says how many bytes it was, by the list that it gets."""
    began = time.monotonic()
    sizes = []
    ok = False
    try:
        yield sizes
        ok = True
    except faults as fault:
        print(fault, file=sys.stderr, flush=True)
        sys.exit(1)
    finally:
        tell("backup", kind=kind, ok=ok, seconds=round(time.monotonic() - began, 1), bytes=sum(sizes))
