#!/bin/sh
# Waits until this server may stop. A server that has lost its volume has nothing to leave.
waited=0
while [ "$waited" -lt 900 ] && [ -e /dev/disk/by-id/scsi-0DO_Volume_{{volume}} ] \
    && systemctl is-active --quiet database-node.service && [ ! -e /run/database-node/left ]; do
    touch /run/database-node/leaving
    sleep 1
    waited=$((waited + 1))
done
