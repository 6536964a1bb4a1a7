#!/bin/sh
# https.sh - fetches a file of 100 MB over HTTPS from nginx on the loopback, with Krait and with CPython 3.11: throughput and processor time.
# SPDX-License-Identifier: MIT
#
# usage: bench/https.sh          writes docs/bench-https.md
# Environment: KRAIT, PEER (the two interpreters), ROUNDS (5), SIZE (100, in MB). The two take turns; the least seconds and the least processor time
# (user and system) of each count. What came is compared first. nginx (Debian's nginx-light) is started here, with one process, and ended.
set -eu
cd "$(dirname "$0")/.."
root=$PWD krait=${KRAIT:-build/krait} peer=${PEER:-/usr/bin/python3.11} rounds=${ROUNDS:-5} size=${SIZE:-100}
sh tools/packages.sh nginx-light >/dev/null 2>&1 || { echo "https.sh: nginx-light cannot be installed: SKIP" >&2; exit 0; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
port=$("$krait" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
head -c $((size * 1000000)) /dev/urandom >"$work/file"
chmod 755 "$work"
cat >"$work/nginx.conf" <<CONF
daemon off; master_process off; pid $work/pid; error_log $work/errors;
events { }
http {
    access_log off; sendfile on;
    client_body_temp_path $work/a; proxy_temp_path $work/b; fastcgi_temp_path $work/c; uwsgi_temp_path $work/d; scgi_temp_path $work/e;
    server { listen 127.0.0.1:$port ssl; ssl_certificate $root/tests/std/_certs/server.pem; ssl_certificate_key $root/tests/std/_certs/server.pem; root $work; }
}
CONF
/usr/sbin/nginx -p "$work" -c "$work/nginx.conf" 2>"$work/start" &
server=$!
url=https://localhost:$port/file
for _ in 1 2 3 4 5 6 7 8 9 10; do
    "$krait" bench/https/fetch.py "$url" tests/std/_certs/authority.pem 1000000 http >/dev/null 2>&1 && break
    sleep 0.3
done
one() { # interpreter, piece, how, file
    "$1" bench/https/fetch.py "$url" tests/std/_certs/authority.pem "$2" "$3" >>"$work/$4"
}
for who in "$krait" "$peer"; do
    "$who" bench/https/fetch.py "$url" tests/std/_certs/authority.pem 65536 http check | cut -d' ' -f3,4 >>"$work/sums"
done
[ "$(sort -u "$work/sums" | wc -l)" = 1 ] || { echo "https.sh: the two have read different bytes" >&2; exit 1; }
for how in http urllib into; do
    for piece in 65536 1048576; do
        round=0
        while [ $round -lt "$rounds" ]; do
            one "$krait" $piece $how "krait.$how.$piece"
            one "$peer" $piece $how "peer.$how.$piece"
            round=$((round + 1))
        done
    done
done
{
    cat <<PAGE
# Fetching a file over HTTPS

$size MB from nginx on the loopback (one process; TLS 1.3), as \`make bench-https\` (\`bench/https.sh\`) measures it: Krait against $("$peer" -V 2>&1), which take
turns; the least of $rounds rounds of each. Seconds by the clock, MB/s from these; processor time is user and system of the client, with the handshake, without
starting and importing. Machine: $(uname -m),$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | head -n 1), $(nproc) processors, which server and client share.

| read by | piece | Krait MB/s | CPython MB/s | ratio | Krait processor s | CPython processor s | ratio |
| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |
PAGE
    for how in http urllib into; do
        for piece in 65536 1048576; do
            case $how in http) name='`http.client`, `read(n)`' ;; urllib) name='`urllib.request`, `read(n)`' ;; *) name='`http.client`, `readinto(b)`' ;; esac
            awk -v size="$size" -v name="$name" -v piece=$((piece / 1024)) '
                FNR == 1 { who++ }
                { cpu = $2; if (FNR == 1 || $1 < s[who]) s[who] = $1; if (FNR == 1 || cpu < c[who]) c[who] = cpu }
                END { printf "| %s | %d KB | %.0f | %.0f | %.2f | %.3f | %.3f | %.2f |\n", name, piece, size / s[1], size / s[2], s[2] / s[1], c[1], c[2], c[2] / c[1] }' \
                "$work/krait.$how.$piece" "$work/peer.$how.$piece"
        done
    done
    echo
    echo "A ratio above 1 means that Krait is faster, or takes less."
} >"$work/page"
[ -n "${KRAIT-}${PEER-}" ] || [ "$size" != 100 ] || cp "$work/page" docs/bench-https.md
cat "$work/page"
