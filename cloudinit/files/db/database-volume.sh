#!/bin/sh
# Mounts the data volume, which is attached some time after the server has been made; formats it only if blank.
set -eu
device=/dev/disk/by-id/scsi-0DO_Volume_{{volume}}
data=/srv/database

if ! mountpoint --quiet "$data"; then
    waited=0
    until [ -b "$device" ]; do
        [ "$waited" -lt 600 ] || { echo "The volume {{volume}} is not attached: $device did not appear." >&2; exit 1; }
        sleep 1
        waited=$((waited + 1))
    done

    # blkid's 2 is that it found nothing, be it for want of reading: so what it found has to be read, too, and be blank.
    found=0
    blkid --probe "$device" || found=$?
    case $found in
        0) fsck.ext4 -p "$device" || [ $? -eq 1 ] ;;
        2)
            cmp --bytes=1048576 "$device" /dev/zero || {
                echo "The volume {{volume}} has no file system, and is not seen to be blank: left as it is." >&2
                exit 1
            }
            mkfs.ext4 -q -m 1 "$device"
            ;;
        *) echo "The volume {{volume}} can't be read: left as it is." >&2; exit 1 ;;
    esac
    mkdir -p "$data"
    mount -o noatime,nodev,nosuid,noexec "$device" "$data"
    resize2fs "$device"
fi

install -d -o mysql -g mysql -m 0700 "$data/mysql" "$data/node"
[ -d "$data/mysql/mysql" ] || mariadb-install-db --no-defaults --user=mysql --datadir="$data/mysql" --skip-test-db \
    --auth-root-authentication-method=socket
