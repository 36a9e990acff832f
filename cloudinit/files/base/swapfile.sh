#!/bin/sh
# Makes the swap file, once: as large as the memory, at most 2 GiB.
set -eu
[ ! -e /swapfile ] || exit 0
read -r _ kibibytes _ </proc/meminfo
[ "$kibibytes" -le 2097152 ] || kibibytes=2097152
fallocate --length "${kibibytes}KiB" /swapfile.new
mkswap /swapfile.new
mv /swapfile.new /swapfile
