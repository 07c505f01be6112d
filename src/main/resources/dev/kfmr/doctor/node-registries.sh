# Whether a node finds each of $hosts by its name, and trusts the certificate that answers there: "name HOST no" where it
# does not find it, "certificate HOST WHY" where it gets one that it does not trust. Whatever else happens is not told.
# Runs in sh -eu, side by side for all, within four seconds, and changes nothing.
export LC_ALL=C

# A redirect decides where images come from, and what certificate is good for that.
if [ -e /etc/containerd/certs.d/_default/hosts.toml ]; then exit 0; fi

proxy=$(echo "${HTTPS_PROXY:-}" | sed 's,^[a-z]*://,,; s,/*$,,')
case "$proxy" in *@*) exit 0 ;; esac

certificate() {
  timeout 4 openssl s_client -brief -verify_return_error ${proxy:+-proxy "$proxy"} \
    -connect "$1:443" -servername "$1" </dev/null 2>&1 \
    | sed -n "s/^verify error:num=[0-9]*:/certificate $1 /p" | head -n 1
}

for host in $hosts; do
  if [ -e "/etc/containerd/certs.d/$host/hosts.toml" ]; then continue; fi
  certificate "$host" &
  if [ -z "$proxy" ]; then
    { timeout 4 getent ahosts "$host" >/dev/null || echo "name $host no"; } &
  fi
done
wait
