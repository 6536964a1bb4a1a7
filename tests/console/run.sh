#!/bin/sh
# run.sh - the console on serial lines and over TCP, krait remote, and other people's programs at the console.
# SPDX-License-Identifier: MIT
#
# usage: tests/console/run.sh KRAIT         The last line is the sum: N passed, N failed, N skipped.
# Thonny's back end, picocom, plink and expect are Debian's (tools/packages.sh); where they are not there, it is said what is skipped.
set -u
krait=$(readlink -f "$1")
cd "$(dirname "$0")" || exit 2
sh ../../tools/packages.sh thonny picocom putty-tools expect socat >/dev/null 2>&1
work=$(mktemp -d)
trap 'kill $damage $socat $console 2>/dev/null; rm -rf "$work"' EXIT
damage='' socat='' console=''
unset KRAIT_TOKEN KRAIT_REMOTE
passed=0 failed=0 skipped=0

add() { # the output of a file of tests
    grep -v ' passed, ' "$1"
    sum=$(grep ' passed, ' "$1")
    [ -n "$sum" ] || sum="0 passed, 1 failed, 0 skipped"
    passed=$((passed + $(echo "$sum" | cut -d' ' -f1))) failed=$((failed + $(echo "$sum" | cut -d' ' -f3))) skipped=$((skipped + $(echo "$sum" | cut -d' ' -f5)))
}

timeout 200 "$krait" damage.py "$krait" >"$work/damage" 2>&1 & # it waits most of the time
damage=$!
for file in run.py tool.py; do
    timeout 120 "$krait" "$file" "$krait" >"$work/log" 2>&1
    add "$work/log"
done

skip() {
    echo "SKIP $1"
    skipped=$((skipped + 1))
}

terminal() { # name, command that talks to $work/b
    name=$1
    shift
    if ! command -v expect >/dev/null || ! command -v socat >/dev/null || ! command -v "$1" >/dev/null; then
        skip "$name: no expect, socat or $1"
        return
    fi
    socat "pty,raw,echo=0,link=$work/a" "pty,raw,echo=0,link=$work/b" &
    socat=$!
    while [ ! -e "$work/b" ]; do sleep 0.05; done
    mkdir -p "$work/root"
    "$krait" --serial "$work/a:115200" --root "$work/root" &
    console=$!
    if timeout 60 expect terminal.exp "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        cat "$work/log"
    fi
    kill $socat $console
    wait $socat $console 2>/dev/null
    rm -f "$work/a" "$work/b"
}

terminal picocom picocom -q -b 115200 "$work/b"
terminal plink plink -serial "$work/b" -sercfg 115200,8,n,1,N

python=/usr/bin/python3 # the one that Debian's packages are for
if "$python" -c 'import thonny' 2>/dev/null; then
    timeout 100 "$python" thonny_backend.py "$krait" >"$work/log" 2>&1
    if grep -q '^[0-9]* passed, 0 failed' "$work/log"; then
        passed=$((passed + $(grep -o '^[0-9]*' "$work/log" | tail -n 1)))
    else
        failed=$((failed + 1))
        echo "FAIL Thonny's back end"
        tail -c 2000 "$work/log"
    fi
else
    skip "Thonny's back end: no package thonny"
fi
wait $damage
add "$work/damage"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
