"""Lets tests import the programs of a database server, without a database: what they say to one is an error."""

import os
import sys
import types

FILES = os.path.join(os.path.dirname(__file__), "../../cloudinit/files")
os.environ.update(LABEL="server-1", ZONE="zone", PORT="9200", DATABASE="app", APP_USER="app", PASSWORD_GENERATION="1")
sys.modules["pymysql"] = types.SimpleNamespace(Error=type("Error", (Exception,), {}))


def use(*folders, empty=()):
    """Finds the programs in these folders, and takes these modules for empty ones."""
    sys.path[:0] = [os.path.join(FILES, folder) for folder in folders]
    sys.modules.update({name: types.ModuleType(name) for name in empty})
