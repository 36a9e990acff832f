#!/bin/sh
# Puts the release into /opt/app/release; refuses an archive that is not the one that was agreed on.
set -eu
sha256={{sha256}}
[ ! -e "/opt/app/$sha256" ] || exit 0

mkdir -p /opt/app
archive=$(mktemp)
unpacked=$(mktemp -d /opt/app/unpacking.XXXXXX)
trap 'rm -rf "$archive" "$unpacked"' EXIT

curl --silent --show-error --fail --location --proto =https --tlsv1.2 --connect-timeout 10 --max-time 600 \
    --retry 5 --retry-all-errors --output "$archive" {{url}}
echo "$sha256  $archive" | sha256sum --check --quiet --strict || {
    echo "The archive does not have the SHA-256 $sha256: refused." >&2
    exit 1
}
tar --extract --gzip --no-same-owner --no-same-permissions --file "$archive" --directory "$unpacked"
chmod 755 "$unpacked"
mv --no-target-directory "$unpacked" "/opt/app/$sha256"
ln --symbolic --force --no-target-directory "$sha256" /opt/app/release
