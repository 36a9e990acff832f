#!/bin/sh
# Makes this server the writer. The former one becomes a replica, at once or when it returns.
# --accept-loss: even where more than one server is away, and with it maybe writes that were acknowledged.
set -eu
case "${1-}" in
    "") request=promote ;;
    --accept-loss) request=accept-loss ;;
    *) echo "usage: database-promote [--accept-loss]" >&2; exit 2 ;;
esac
[ -e /srv/database/node/has-data ] || { echo "This server has no data: promote another one." >&2; exit 1; }
since=$(date '+%Y-%m-%d %H:%M:%S')
touch "/run/database-node/$request"
waited=0
until curl --silent --fail --output /dev/null --max-time 3 --cacert /etc/tls/authority.pem https://localhost:{{port}}/writer; do
    if [ "$waited" -ge 60 ]; then
        echo "Not the writer after $waited s; it goes on trying:" >&2
        journalctl --unit database-node.service --since "$since" --output cat >&2
        exit 1
    fi
    sleep 1
    waited=$((waited + 1))
done
echo "This server takes the writes."
