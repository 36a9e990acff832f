"""The changes that a binary log has, by their GTID: (domain, server, number)."""

import struct

# Of those in this domain the GTID is the same on every server.
SHARED = 1

MAGIC = 4
HEADER = struct.Struct("<IBIIIH")
GTID = 162
GTID_LIST = 163


def parse(text):
    """The GTID of the shared domain, of those that MariaDB gives as a position; None where there is none."""
    gtids = [tuple(map(int, one.split("-"))) for one in text.split(",") if one]
    return next((gtid for gtid in gtids if gtid[0] == SHARED), None)


def text(gtid):
    return "-".join(map(str, gtid))


def begun(file):
    """When the log was begun, in seconds of the epoch."""
    with open(file, "rb") as log:
        log.seek(MAGIC)
        when, *_ = HEADER.unpack(log.read(HEADER.size))
    return when


def read(file):
    """Each change of the shared domain with its time, in seconds of the epoch; before them, at 0, the one it goes on from."""
    with open(file, "rb") as log:
        log.seek(MAGIC)
        while header := log.read(HEADER.size):
            when, kind, server, size, *_ = HEADER.unpack(header)
            end = log.tell() + size - HEADER.size
            if kind == GTID:
                number, domain = struct.unpack("<QI", log.read(12))
                if domain == SHARED:
                    yield when, (domain, server, number)
            elif kind == GTID_LIST:
                # The upper bits are flags. The list has the last change of each server.
                (count,) = struct.unpack("<I", log.read(4))
                listed = [struct.unpack("<IIQ", log.read(16)) for _ in range(count & 0xFFFFFFF)]
                shared = [gtid for gtid in listed if gtid[0] == SHARED]
                if shared:
                    yield 0, max(shared, key=lambda gtid: gtid[2])
            log.seek(end)
