#!/bin/sh
# fuzz.sh - damaged code files under the sanitizers, deterministic: fuzz.sh [FIRST_SEED [SECONDS]], 10 seconds of processor time if nothing is said
# The files that are damaged: tests/code/seed, and all tests of the language and the types. What breaks something is kept in build/fuzz, and its
# seed printed. With FUZZ_FIRST=1 the first finding is the end. The last line is the sum: N passed, N failed.
# SPDX-License-Identifier: MIT
set -u
cd "$(dirname "$0")/../.."
seed=${1:-1}
left=${2:-10}
fuzz=${FUZZ_CODE:-$PWD/build/asan/fuzz_code}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ -n "${FUZZ_CODE:-}" ] || make --no-print-directory MODE=asan build/asan/fuzz_code >"$log" 2>&1 || { cat "$log"; echo "0 passed, 1 failed"; exit 1; }
mkdir -p build/fuzz/code
build/krait tests/code/compile_all.py build/fuzz/code tests/code/seed tests/lang tests/types 2>/dev/null || exit 1
cd build/fuzz/code
passed=0
failed=0
while [ "$left" -gt 0 ]; do
    if ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 "$fuzz" "$seed" 5000 *.krc >"$log" 2>&1; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    cat "$log"
    [ -z "${FUZZ_FIRST:-}" ] || [ "$failed" -eq 0 ] || break
    used=$(sed -n 's/.* \([0-9]*\) s of processor$/\1/p' "$log")
    left=$((left - ${used:-1} - 1))
    seed=$((seed + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
