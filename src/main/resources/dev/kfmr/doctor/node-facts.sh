# What doctor reads in a node, in one go: a line for each fact, its key and its value. What the node does not have is
# left out. Runs in sh -eu and changes nothing.
export LC_ALL=C

say() { if [ -n "$2" ]; then echo "$1 $2"; fi; }
first() { for file; do if [ -r "$file" ]; then cat "$file"; return; fi; done; }
left() { df -P "$1" | awk 'NR == 2 && $2 > 0 { print int(100 * $4 / $2) }'; }
# Percent of a disk that the kubelet keeps free; its own defaults count only where its file says nothing of them.
kept() {
  if grep -q '^evictionHard:' /var/lib/kubelet/config.yaml; then
    sed -n "s/^ *$1.available: *\"\{0,1\}\([0-9]*\)%.*/\1/p" /var/lib/kubelet/config.yaml
  else
    echo "$2"
  fi
}

for service in containerd kubelet; do
  say "service.$service" "$(systemctl is-active "$service" || true)"
done

say pids.max "$(first /sys/fs/cgroup/pids.max /sys/fs/cgroup/pids/pids.max)"
say pids.current "$(first /sys/fs/cgroup/pids.current /sys/fs/cgroup/pids/pids.current)"
# Version 1 has a hierarchy for one or more of them; what no hierarchy holds is not in this list.
if [ -r /sys/fs/cgroup/cgroup.controllers ]; then
  say cgroup 2
  say controllers "$(cat /sys/fs/cgroup/cgroup.controllers)"
elif [ -r /proc/self/cgroup ]; then
  say cgroup 1
  say controllers "$(awk -F: '$2 != "" && $2 !~ /=/ { print $2 }' /proc/self/cgroup | tr ',\n' '  ')"
fi
say aio.used "$(first /proc/sys/fs/aio-nr)"
say aio.max "$(first /proc/sys/fs/aio-max-nr)"

# Each of these is hidden on some machines: the setting in a rootless engine, the module where it is built in.
conntrack=no
for sign in /sys/module/nf_conntrack /proc/sys/net/netfilter/nf_conntrack_max /proc/net/nf_conntrack; do
  if [ -e "$sign" ]; then conntrack=yes; fi
done
say conntrack "$conntrack"

# Only asks whether Istio's kind of rule is there. It never is; the answer tells whether the kernel knows such rules.
say iptables "$(timeout 2 iptables -w 1 -t nat -C OUTPUT -p tcp -m owner --uid-owner 1337 -j REDIRECT --to-ports 15001 \
  2>&1 | tr '\n' ' ' || true)"

say addresses "$(ip -4 -o address show | awk '{ printf "%s ", $4 }' || true)"
say kubelet.address "$(sed -n 's/.*--node-ip=\([0-9.]*\).*/\1/p' /var/lib/kubelet/kubeadm-flags.env || true)"

if [ -r /var/lib/kubelet/config.yaml ]; then
  say disk.nodefs "$(left /var/lib/kubelet)"
  say disk.imagefs "$(left /var/lib/containerd)"
  say kept.nodefs "$(kept nodefs 10)"
  say kept.imagefs "$(kept imagefs 15)"
fi

say proxy "${HTTPS_PROXY:-${HTTP_PROXY:-}}"
say no-proxy "${NO_PROXY:-}"
say subnets "$(sed -n 's/^ *\(podSubnet\|serviceSubnet\): *"\{0,1\}\([^"]*\)"\{0,1\} *$/\2/p' /kind/kubeadm.conf \
  | tr ',\n' '  ' || true)"
say nameservers "$(awk '$1 == "nameserver" { printf "%s ", $2 }' /etc/resolv.conf || true)"
