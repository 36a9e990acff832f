"""The bucket that holds the backups. What is put there is encrypted on this server, by rclone, and only the names are not."""

import json
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

# An upload in parts has at most 10,000.
MOST_PARTS = 9000
LEAST_PART_MIB = 8
STAMP = "%Y%m%dT%H%M%SZ"


def settings(name):
    return json.loads(Path(os.environ["CREDENTIALS_DIRECTORY"], name).read_text(encoding="utf-8"))


def stamp(moment):
    return moment.strftime(STAMP)


def moment(text):
    return datetime.strptime(text, STAMP).replace(tzinfo=timezone.utc)


def now():
    return datetime.now(timezone.utc)


class Failed(Exception):
    pass


class Bucket:
    def __init__(self, region, name, accessId, secretKey, passphrase, **_):
        obscured = subprocess.run(
            ["rclone", "obscure", "-"], input=passphrase, check=True, stdout=subprocess.PIPE, text=True
        )
        place = {
            "type": "s3",
            # DigitalOcean, but with the bucket in the path: so one name is all that has to be found.
            "provider": "Other",
            "endpoint": f"{region}.digitaloceanspaces.com",
            "access_key_id": accessId,
            "secret_access_key": secretKey,
            "no_check_bucket": "true",
        }
        lock = {
            "type": "crypt",
            "remote": f"place:{name}",
            "filename_encryption": "off",
            "directory_name_encryption": "false",
            "password": obscured.stdout.strip(),
        }
        self._notes = f"place:{name}/"
        # Where the bucket can't be reached that is told soon; the timers try again.
        patience = {"RCLONE_CONTIMEOUT": "5s", "RCLONE_RETRIES": "1", "RCLONE_LOW_LEVEL_RETRIES": "3"}
        self._environment = {**os.environ, "RCLONE_CONFIG": "/dev/null", **patience}
        for remote, options in (("PLACE", place), ("BACKUPS", lock)):
            for key, value in options.items():
                self._environment[f"RCLONE_CONFIG_{remote}_{key.upper()}"] = value

    def names(self, folder):
        """What is in a folder and below, without the folder's own name, in order."""
        return self._list(f"backups:{folder}")

    def notes(self, folder):
        """The same of notes, which anybody with the bucket's key may read."""
        return self._list(f"{self._notes}{folder}")

    def note(self, name, content):
        self._rclone("rcat", f"{self._notes}{name}", text=json.dumps(content))

    def size(self, folder):
        return json.loads(self._rclone("size", "--json", f"backups:{folder}"))["bytes"]

    def put(self, name, *source, mebibytes=0):
        """Stores what the commands, each fed by the one before, bring forth."""
        part = max(LEAST_PART_MIB, mebibytes // MOST_PARTS + 1)
        store = ["rclone", "rcat", f"--s3-chunk-size={part}M", "--s3-upload-concurrency=2", f"backups:{name}"]
        self._pipe([*source, store])

    def write(self, name, content):
        self._rclone("rcat", f"backups:{name}", text=json.dumps(content))

    def get(self, name, *sink):
        """Feeds what is stored to the commands."""
        self._pipe([["rclone", "cat", f"backups:{name}"], *sink])

    def expire(self, folder, days):
        self._rclone("delete", "--use-server-modtime", f"--min-age={days}d", f"{self._notes}{folder}", fine=(0, 3))

    def _list(self, place):
        listed = self._rclone("lsf", "--recursive", "--files-only", place, fine=(0, 3))
        return sorted(listed.split("\n")[:-1])

    def _rclone(self, *arguments, text="", fine=(0,)):
        done = subprocess.run(
            ["rclone", *arguments],
            input=text,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env=self._environment,
            check=False,
        )
        if done.returncode not in fine:
            raise Failed(f"rclone {arguments[0]}: {done.stderr.strip()}")
        return done.stdout

    def _pipe(self, commands):
        running = []
        for command in commands:
            source = running[-1].stdout if running else subprocess.DEVNULL
            output = subprocess.PIPE if len(running) < len(commands) - 1 else None
            running.append(subprocess.Popen(command, stdin=source, stdout=output, env=self._environment))
            if len(running) > 1:
                source.close()
        failed = [one.args[0] for one in running if one.wait() != 0]
        if failed:
            raise Failed(f"{', '.join(failed)} failed")
