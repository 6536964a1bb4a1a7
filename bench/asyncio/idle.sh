#!/bin/sh
# idle.sh - resident memory that an idle connection costs a server of asyncio streams, under Krait and under CPython 3.11.
# SPDX-License-Identifier: MIT
#
# usage: bench/asyncio/idle.sh [page]     page: write the table to docs/bench-asyncio.md as well
# Environment: KRAIT, PEER (the two interpreters), PLAIN (10000) and TLS (1000): how many connections. The client is a process of its own.
# A connection is one of asyncio.start_server() whose handler waits in reader.read(); what counts is VmRSS after all are connected less
# VmRSS before, divided by their number.
set -eu
cd "$(dirname "$0")/../.."
krait=${KRAIT:-build/krait}
peer=${PEER:-/usr/bin/python3.11}
plain=${PLAIN:-10000}
tls=${TLS:-1000}
ulimit -n "$(ulimit -Hn)"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost \
    -keyout "$work/key.pem" -out "$work/certificate.pem" 2>/dev/null
cat "$work/certificate.pem" >>"$work/key.pem"

measure() { "$peer" bench/asyncio/idle/measure.py "$1" "$2" "$3" bench/asyncio/idle/server.py; }
row() { # what count certificate
    ours=$(measure "$2" "$3" "$krait")
    theirs=$(measure "$2" "$3" "$peer")
    echo "| $2 connections, $1 | $ours | $theirs |"
}

{
    echo "| idle | Krait bytes each | CPython bytes each |"
    echo "| --- | ---: | ---: |"
    row plain "$plain" -
    row TLS "$tls" "$work/key.pem"
} | tee "$work/table"
[ "${1:-}" = page ] || exit 0
page=docs/bench-asyncio.md
sed -i '/^## Idle connections/,$d' "$page"
{
    sed -e :a -e '/^\n*$/{$d;N;ba' -e '}' "$page"
    printf '\n## Idle connections\n\n'
    printf 'Resident memory that each connection of `asyncio.start_server()` costs while its handler waits in `reader.read()`:\n'
    printf '`sh bench/asyncio/idle.sh page`, part of `make bench-asyncio`.\n\n'
    cat "$work/table"
} >"$work/page"
cp "$work/page" "$page"
