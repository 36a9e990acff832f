#!/bin/sh
# Writes the application's database to the standard output, as SQL that any of the database's modes can load.
set -eu
{{login}}
if ! {{takesWrites}}; then
    echo "This server takes no writes, so it may lack some: dump on the one that does." >&2
    exit 1
fi
# A row may be longer than any statement: its columns can have been written one by one.
exec mariadb-dump {{options}} --max-allowed-packet=1G --single-transaction --quick --hex-blob --routines --triggers \
    --events --no-tablespaces --skip-add-locks --skip-disable-keys {{database}}
