#!/bin/sh
# Fits the database's buffers to the server's memory, which a resize changes.
set -eu
mebibytes=$(awk '/^MemTotal:/ { print int($2 / 1024) }' /proc/meminfo)
printf '[mariadbd]\ninnodb_buffer_pool_size = %dM\n' $((mebibytes * {{percent}} / 100)) \
  >/etc/mysql/mariadb.conf.d/65-memory.cnf
