#!/bin/sh
# Writes the application's database to the standard output, as SQL that any of the database's modes can load.
set -eu
{{login}}
exec mariadb-dump {{options}} --single-transaction --quick --hex-blob --routines --triggers --events --no-tablespaces \
    --skip-add-locks --skip-disable-keys {{database}}
