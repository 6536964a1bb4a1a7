#!/bin/sh
# run.sh KRAIT - the greenhouse: its parts in lib, the program as a process, three days of its life. The last line is the sum.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/greenhouse/run.sh KRAIT}")
cd "$(dirname "$0")" || exit 2
work=$(mktemp -d)
life=$(mktemp -d -p /dev/shm 2>/dev/null || mktemp -d) # days pass faster than disks write
trap 'rm -rf "$work" "$life"' EXIT
passed=0 failed=0

count() { # what has to be true, command...
    name=$1
    shift
    if "$@" >"$work/log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -n 5 "$work/log"
    fi
}

timeout $((120 * ${KR_TEST_TIMEOUT:-1})) "$krait" node.py "$krait" >"$work/node.log" 2>&1
grep -v ' passed, ' "$work/node.log"
line=$(grep ' passed, ' "$work/node.log" | tail -n 1)
[ -n "$line" ] && passed=$((passed + ${line%% *})) failed=$((failed + $(echo "$line" | cut -d' ' -f3))) || failed=$((failed + 1))
count "the parts" env KRAIT_BOARD=sim timeout 60 "$krait" parts.py
if [ -z "${KR_TEST_TIMEOUT:-}" ]; then # figures are those of the normal build
    count "three days of its life" env KRAIT_BOARD=sim KRAIT_CLOCK=virtual timeout 240 "$krait" _week.py 3 "$life"
    count "20 MB, 4 % of a core" timeout 60 "$krait" _budget.py "$krait" 5
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
