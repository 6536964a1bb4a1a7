#!/bin/sh
# _examples.sh - the examples of devices on the simulated board: what they print (NAME.out) and their traces (NAME.json) are those that stand beside them; a
# day of six sensors runs twice, to the same trace. The last line is the sum: N passed, N failed.
# SPDX-License-Identifier: MIT
#
# usage: tests/machine/_examples.sh KRAIT [--make]      --make: writes what is expected
set -u
krait=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
cd "$(dirname "$0")/../.."
here=$PWD/examples/devices
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

fail() {
    echo "FAIL examples/devices/$1"
    failed=$((failed + 1))
}

run() { # name, folder: output in FOLDER/out, trace in FOLDER/trace.json
    mkdir -p "$2"
    (cd "$2" && KRAIT_TRACE=trace.json timeout -k 5 60 "$krait" --board "sim:$here/$1.toml" --clock virtual "$here/$1.py" >out 2>err </dev/null)
}

for program in "$here"/*.py; do
    name=$(basename "$program" .py)
    run "$name" "$work/$name" || { fail "$name.py: exit code $?"; tail -n 5 "$work/$name/err"; continue; }
    if [ "$name" = six_sensors ]; then
        run "$name" "$work/again"
        cmp "$work/$name/trace.json" "$work/again/trace.json" && cmp "$work/$name/day.csv" "$work/again/day.csv" && passed=$((passed + 1)) || fail "$name.py: two runs differ"
        continue
    fi
    if [ "${2-}" = --make ]; then cp "$work/$name/out" "$here/$name.out" && cp "$work/$name/trace.json" "$here/$name.json"; fi
    if cmp "$here/$name.out" "$work/$name/out" && cmp "$here/$name.json" "$work/$name/trace.json"; then passed=$((passed + 1)); else fail "$name.py"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
