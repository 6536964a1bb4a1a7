#!/bin/sh
# run.sh KRAIT [TEST ...] - the tests of MQTT: packets, WebSocket, the clients against mosquitto, and the broker, on loopback ports of the tests' own. Those of the
# broker, which mostly wait, run side by side.
# What cannot be installed is said, and its tests are skipped. The last line is the sum: N passed, N failed, N skipped.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/mqtt/run.sh KRAIT [TEST ...]}")
shift
cd "$(dirname "$0")" || exit 2
folder=$PWD
[ $# -gt 0 ] || set -- packets websocket client blocking guide broker_parts broker_messages broker_sessions broker_store broker_hostile broker_command broker_peers broker_restarts
PATH=$PATH:/usr/sbin
missing=""
for program in mosquitto mosquitto_sub openssl; do command -v $program >/dev/null || missing="$missing $(echo $program | sed s/_sub/-clients/)"; done
# shellcheck disable=SC2086
[ -z "$missing" ] || sh ../../tools/packages.sh $missing >/dev/null 2>&1 || true
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0 skipped=0

run_one() { # into $work/TEST.log and $work/TEST.status
    mkdir "$work/$1"
    (cd "$work/$1" && timeout $((60 * ${KR_TEST_TIMEOUT:-1})) "$krait" "$folder/$1.py" >"$work/$1.log" 2>&1)
    echo $? >"$work/$1.status"
}

for test; do
    if grep -q '^import _broker' "$test.py" && ! command -v mosquitto >/dev/null; then
        echo "SKIP $test.py: mosquitto cannot be installed here"
        skipped=$((skipped + 1))
        continue
    fi
    case $test in broker_*) run_one "$test" & ;; *) run_one "$test" ;; esac
done
wait
for test; do
    [ -f "$work/$test.status" ] || continue
    status=$(cat "$work/$test.status")
    ran=$(sed -n 's/^Ran \([0-9]*\) test.*/\1/p' "$work/$test.log" | tail -n 1)
    bad=$(grep -cE '^(FAIL|ERROR): ' "$work/$test.log")
    grep '^SKIP' "$work/$test.log"
    if [ "$status" != 0 ]; then
        echo "FAIL $test.py (exit code $status)"
        grep -vE '^Executing <' "$work/$test.log" | tail -n 30
        [ "$bad" -gt 0 ] || bad=1
    fi
    passed=$((passed + ${ran:-0} - (bad < ${ran:-0} ? bad : ${ran:-0})))
    failed=$((failed + bad))
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
