#!/bin/sh
# run.sh - replays the recorded allocations on a fixed region of 100 KB, with 32-bit words as on a microcontroller: no failure below 70 % of
# the region in live requested bytes with objects up to 1 KB, nor below 80 % with objects up to 128 bytes.
# SPDX-License-Identifier: MIT
#
# usage: tests/frag/run.sh [COUNT]           allocations for each trace and level (default 10000000)
#        tests/frag/run.sh --record          makes the traces anew from the programs beside them (needs `make device`)
set -u
cd "$(dirname "$0")/../.."
mkdir -p build
flags="-std=c11 -O2 -m32 -msse2 -mfpmath=sse -freg-struct-return -ffp-contract=off -DKR_DEVICE=1 -Iinclude -Isrc -Iports"
heap="src/object/heap.c src/object/heap_block.c src/object/collector.c"

if [ "${1:-}" = --record ]; then
    make --no-print-directory MODE=device build/device/libkrait.a || exit 1
    # shellcheck disable=SC2086
    ${CC:-cc} $flags -DKR_DEBUG=1 -o build/record tests/frag/record.c build/device/libkrait.a -lm -lpthread || exit 1
    for p in logger json_messages formatting; do
        build/record tests/frag/$p.py 8000 16000 >tests/frag/$p.trace || exit 1
    done
    exit 0
fi

if ! echo 'int main(void) { return 0; }' | ${CC:-cc} -m32 -x c - -o build/m32_probe 2>/dev/null; then
    echo "SKIP frag: the compiler makes no 32-bit programs (gcc-multilib is missing)"
    echo "0 passed, 0 failed, 1 skipped"
    exit 0
fi
# shellcheck disable=SC2086
${CC:-cc} $flags -o build/replay tests/frag/replay.c $heap || exit 1
passed=0
failed=0
for p in logger json_messages formatting; do
    for level in "1024 70" "128 80"; do
        for mix in 0 1; do
            # shellcheck disable=SC2086
            if MIX=$mix build/replay tests/frag/$p.trace $level "${1:-10000000}"; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
        done
    done
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
