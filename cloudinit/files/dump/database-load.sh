#!/bin/bash
# Loads into the application's database what database-dump wrote, from the standard input; tables of the same names
# are replaced. Where there are rows already it needs --replace.
set -euo pipefail
{{login}}
run() { mariadb {{options}} --batch --skip-column-names "$@"; }

# Passes on the standard input, after an empty line: sed has no last line of nothing. A dump that broke off is told from
# a whole one by that line alone.
whole() {
    end=0
    { echo; cat; } | LC_ALL=C sed '${/^-- Dump completed/!q1}' || end=$?
    [ "$end" != 1 ] || echo "The dump broke off, so what was loaded is not whole: load a whole one with --replace." >&2
    return "$end"
}

case "${1-}" in
    "" | --replace) ;;
    *) echo "usage: database-load [--replace] <dump.sql" >&2; exit 2 ;;
esac
if ! {{takesWrites}}; then
    echo "This server takes no writes: load on the one that does." >&2
    exit 1
fi
tables=$(run -e "SELECT table_name FROM information_schema.tables WHERE table_schema = '{{database}}' AND table_type = 'BASE TABLE'")
for table in $tables; do
    if [ "${1-}" != --replace ] && [ "$(run -e "SELECT EXISTS (SELECT 1 FROM \`$table\`)" {{database}})" = 1 ]; then
        echo "The table $table has rows, which a load would replace: --replace allows it." >&2
        exit 1
    fi
done
{{makeRoom}}
whole | run --max-allowed-packet=1G {{database}}
