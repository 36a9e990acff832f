#!/bin/sh
# Fetches the agent where it is not there yet. An archive other than the agreed one is refused for good (status 3);
# where nothing can be fetched, systemd tries again.
set -eu
agent=/opt/agent/{{sha256}}/otelcol-contrib
[ ! -x "$agent" ] || exit 0

archive=$(mktemp)
unpacked=$(mktemp -d)
trap 'rm -rf "$archive" "$unpacked"' EXIT
curl --silent --show-error --fail --location --proto =https --tlsv1.2 --connect-timeout 10 --max-time 600 \
    --output "$archive" {{url}}
echo "{{sha256}}  $archive" | sha256sum --check --quiet --strict || {
    echo "The archive of the agent does not have the SHA-256 {{sha256}}: refused." >&2
    exit 3
}
tar --extract --gzip --no-same-owner --file "$archive" --directory "$unpacked" otelcol-contrib
install -D --mode=0755 "$unpacked/otelcol-contrib" "$agent"
