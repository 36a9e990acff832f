#!/bin/sh
# Puts the release into /opt/app/release: what is in an archive, or a program by itself. Refuses any but the one that
# was agreed on.
set -eu
sha256={{sha256}}
publish() { ln --symbolic --force --no-target-directory "$sha256" /opt/app/release; }
if [ -e "/opt/app/$sha256" ]; then
    publish
    exit 0
fi

mkdir -p /opt/app
file=$(mktemp)
unpacked=$(mktemp -d /opt/app/unpacking.XXXXXX)
trap 'rm -rf "$file" "$unpacked"' EXIT

curl --silent --show-error --fail --location --proto =https --tlsv1.2 --connect-timeout 10 --max-time 600 \
    --retry 5 --retry-all-errors --output "$file" {{url}}
echo "$sha256  $file" | sha256sum --check --quiet --strict || {
    echo "The release does not have the SHA-256 $sha256: refused." >&2
    exit 1
}
if gzip --test "$file" 2>/dev/null; then
    tar --extract --gzip --no-same-owner --no-same-permissions --file "$file" --directory "$unpacked"
else
    install --mode=0755 "$file" "$unpacked"/{{program}}
fi
chmod --recursive a+rX,go-w "$unpacked"
mv --no-target-directory "$unpacked" "/opt/app/$sha256"
publish
