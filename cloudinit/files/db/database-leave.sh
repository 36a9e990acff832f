#!/bin/sh
# Waits until this server may stop, however long: who replaces servers gives up first, and an operator can power it off.
# A server that has lost its volume has nothing to leave.
while [ -e /dev/disk/by-id/scsi-0DO_Volume_{{volume}} ] \
    && systemctl is-active --quiet database-node.service && [ ! -e /run/database-node/left ]; do
    touch /run/database-node/leaving
    sleep 1
done
