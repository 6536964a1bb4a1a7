#!/bin/sh
# fuzz.sh - damaged code files under the sanitizers, deterministic: fuzz.sh [FIRST_SEED [LAST_SEED [COUNT]]]
# Files that break something are kept in build/fuzz, and their seeds printed. The last line is the sum: N passed, N failed.
# SPDX-License-Identifier: MIT
set -u
cd "$(dirname "$0")/../.."
first=${1:-1}
last=${2:-$first}
count=${3:-3000}
log=$(mktemp)
trap 'rm -f "$log"' EXIT
make --no-print-directory MODE=asan build/asan/fuzz_code >"$log" 2>&1 || { cat "$log"; echo "0 passed, 1 failed"; exit 1; }
mkdir -p build/fuzz
for f in tests/code/seed/*.py; do
    build/krait -c "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2])" "$f" "build/fuzz/$(basename "$f" .py).krc" || exit 1
done
cd build/fuzz
passed=0
failed=0
seed=$first
while [ "$seed" -le "$last" ]; do
    if ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 ../asan/fuzz_code "$seed" "$count" *.krc; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
    seed=$((seed + 1))
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
