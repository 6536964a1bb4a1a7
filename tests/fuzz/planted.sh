#!/bin/sh
# planted.sh - three builds with a bug each (KR_PLANTED in krait_config.h): each fuzzer has to find its own within a minute of processor time.
# SPDX-License-Identifier: MIT
#
#   1  the verifier lets the number behind the last constant pass
#   2  the lexer's stacks of brackets and indentations grow one item too late, beyond 16
#   3  a search in a list or tuple does not look at its length again after __eq__
# The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")/../.."
passed=0
failed=0

judge() { # name, log
    found=$(grep -m1 -E 'crashed|AddressSanitizer|runtime error|assertion failed' "$2")
    if [ -n "$found" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
    echo "$1: ${found:-NOT FOUND}"
    tail -n 1 "$2"
}

log=$(mktemp)
trap 'rm -f "$log"' EXIT
for n in 1 2 3; do
    make --no-print-directory MODE=asan "build/asan/planted_$n" >"$log" 2>&1 || { cat "$log"; echo "0 passed, 1 failed"; exit 1; }
done
FUZZ_CODE=$PWD/build/asan/planted_1 FUZZ_FIRST=1 sh tests/code/fuzz.sh 1 60 >"$log" 2>&1
judge verifier "$log"
FUZZ_SERVE=$PWD/build/asan/planted_2 FUZZ_FIRST=1 sh tests/fuzz/run.sh compile 60 1 >"$log" 2>&1
judge lexer "$log"
FUZZ_SERVE=$PWD/build/asan/planted_3 FUZZ_FIRST=1 sh tests/fuzz/run.sh program 60 1 >"$log" 2>&1
judge containers "$log"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
