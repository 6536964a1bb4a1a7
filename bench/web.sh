#!/bin/sh
# web.sh - JSON requests per second under wrk: module web, Flask on Werkzeug under CPython 3.11, and Flask on module web. Writes docs/bench-web.md.
# SPDX-License-Identifier: MIT
#
# Environment: KRAIT, PEER (the two interpreters), SECONDS_EACH (5), ROUNDS (3), CONNECTIONS (20). The servers take turns; the best round of each counts.
set -eu
cd "$(dirname "$0")/.."
krait=${KRAIT:-build/krait} peer=${PEER:-/usr/bin/python3.11} seconds=${SECONDS_EACH:-5} rounds=${ROUNDS:-3} connections=${CONNECTIONS:-20}
sh tools/packages.sh wrk python3-flask >/dev/null 2>&1 || { echo "web.sh: wrk or python3-flask cannot be installed: SKIP" >&2; exit 0; }
work=$(mktemp -d)
server=
trap '[ -z "$server" ] || kill "$server" 2>/dev/null; rm -rf "$work"' EXIT
port=$("$krait" -c 'import socket; s = socket.create_server(("127.0.0.1", 0)); print(s.getsockname()[1])')
one() { # name, command...: requests per second into the file of that name
    name=$1
    shift
    KRAITPATH=/usr/lib/python3/dist-packages "$@" >"$work/log" 2>&1 &
    server=$!
    for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
        "$krait" -c "import urllib.request as u; print(u.urlopen('http://127.0.0.1:$port/json').read().split())" >"$work/answer.$name" 2>/dev/null && break
        sleep 0.2
    done
    wrk -t1 -c"$connections" -d"$seconds" "http://127.0.0.1:$port/json" >"$work/wrk"
    grep -q 'Non-2xx' "$work/wrk" && { cat "$work/wrk" >&2; exit 1; }
    sed -n 's/^Requests\/sec: *//p' "$work/wrk" >>"$work/$name"
    awk '/^VmHWM/ { print $2 }' "/proc/$server/status" >>"$work/memory.$name"
    kill "$server"
    wait "$server" 2>/dev/null || true
    server=
}
round=0
while [ $round -lt "$rounds" ]; do
    one web "$krait" bench/web/krait_app.py "$port"
    one werkzeug "$peer" -W ignore bench/web/flask_app.py "$port"
    one flask_on_web "$krait" -W ignore bench/web/flask_app.py "$port" web
    round=$((round + 1))
done
best() { sort -n "$work/$1" | tail -n 1; }
base=$(best werkzeug)
{
    cat <<PAGE
# Speed of module web

JSON requests per second under \`wrk\` (one thread, $connections connections, $seconds s; the best of $rounds rounds, the servers taking turns), as \`make bench-web\` measures it.
Machine: $(uname -m),$(sed -n 's/^model name[^:]*://p' /proc/cpuinfo | head -n 1), $(nproc) processors, which server and client share. MB: largest resident size.

| server | requests/s | ratio | MB |
| --- | ---: | ---: | ---: |
PAGE
    for name in web werkzeug flask_on_web; do
        case $name in web) title='module `web` under Krait' ;; werkzeug) title="Flask on Werkzeug, $("$peer" -V 2>&1)" ;; *) title='Flask on module `web` under Krait' ;; esac
        awk -v t="$title" -v n="$(best $name)" -v b="$base" -v m="$(sort -n "$work/memory.$name" | tail -n 1)" \
            'BEGIN { printf "| %s | %.0f | %.2f | %.1f |\n", t, n, n / b, m / 1024 }'
    done
} >"$work/page"
[ -n "${KRAIT-}${PEER-}" ] || cp "$work/page" docs/bench-web.md
cat "$work/page"
