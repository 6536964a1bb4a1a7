#!/bin/sh
# run.sh KRAIT [TEST ...] - the tests of MQTT: packets, WebSocket, and the clients against mosquitto, which is started on loopback ports of the tests' own.
# What cannot be installed is said, and its tests are skipped. The last line is the sum: N passed, N failed, N skipped.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/mqtt/run.sh KRAIT [TEST ...]}")
shift
cd "$(dirname "$0")" || exit 2
[ $# -gt 0 ] || set -- packets websocket client blocking guide
PATH=$PATH:/usr/sbin
missing=""
for program in mosquitto openssl; do command -v $program >/dev/null || missing="$missing $program"; done
# shellcheck disable=SC2086
[ -z "$missing" ] || sh ../../tools/packages.sh $missing >/dev/null 2>&1 || true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0
for test; do
    if grep -q '^import _broker' "$test.py" && ! command -v mosquitto >/dev/null; then
        echo "SKIP $test.py: mosquitto cannot be installed here"
        skipped=$((skipped + 1))
        continue
    fi
    timeout $((60 * ${KR_TEST_TIMEOUT:-1})) "$krait" "$test.py" >"$work/log" 2>&1
    status=$?
    ran=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$work/log" | tail -n 1)
    bad=$(grep -cE '^(FAIL|ERROR): ' "$work/log")
    if [ $status != 0 ]; then
        echo "FAIL $test.py (exit code $status)"
        grep -vE '^Executing <' "$work/log" | tail -n 30
        [ "$bad" -gt 0 ] || bad=1
    fi
    passed=$((passed + ${ran:-0} - (bad < ${ran:-0} ? bad : ${ran:-0})))
    failed=$((failed + bad))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
