#!/bin/sh
# memory.sh - a program that asks for everything about the types ends as usual or with MemoryError, wherever the memory of a device ends.
# SPDX-License-Identifier: MIT
#
# usage: tests/firmware/memory.sh KRAIT      that of `make device`
set -u
passed=0
failed=0
out=$(mktemp)
trap 'rm -f "$out"' EXIT
for size in $(seq 40 2 150); do
    timeout 60 "$1" --heap "${size}k" tests/types/type_contents.py >"$out" 2>&1
    status=$?
    if [ $status -eq 0 ] || { [ $status -eq 1 ] && grep -v Warning: "$out" | tail -n 1 | grep -q MemoryError; }; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $size KB: status $status, $(tail -n 1 "$out")"
    fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
