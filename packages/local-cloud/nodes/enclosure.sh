# The first process of an enclosure, in mount, process and network namespaces of its own. Everything of one run
# lives in them. It ends when its standard input does, that is with its owner, however that one ends; the kernel
# then takes every process, mount and network of the run away.
set -e
run=$1
mount -t tmpfs -o mode=755 tmpfs /run
mkdir /run/netns /run/haproxy
names=$(readlink -m /etc/resolv.conf) # on some systems a link into /run
mkdir -p "${names%/*}"
[ -e "$names" ] || : >"$names"
mount --bind "$run/resolv.conf" "$names"
mount -t cgroup2 cgroup2 /sys/fs/cgroup
ip link set lo up
echo 1 >/proc/sys/net/ipv4/ip_forward
echo 1 >/proc/sys/net/ipv4/conf/default/proxy_arp
echo 0 >/proc/sys/net/ipv4/conf/all/rp_filter
echo 0 >/proc/sys/net/ipv4/conf/default/rp_filter
echo 0 >/proc/sys/net/ipv4/conf/all/send_redirects
echo 0 >/proc/sys/net/ipv4/conf/default/send_redirects
echo 1 >/proc/sys/net/ipv4/tcp_fwmark_accept
echo ready
read -r _ || true
