#!/bin/sh
# shipping.sh static|arm64|armhf - the tests of language and types, of TLS and asyncio, with the binary that is one static file.
# SPDX-License-Identifier: MIT
#
# Those for ARM run in qemu's user mode. The last line is the sum: N passed, N failed. Without the cross compiler or the emulator nothing is
# tested, which is said.
set -u
cd "$(dirname "$0")/.."
mode=$1
krait=build/$mode/krait
skips=$(mktemp)
trap 'rm -f "$skips"' EXIT
cat tests/known_failures.txt >"$skips"
if [ "$mode" != static ]; then
    [ -x "build/cross/$mode/run" ] || { echo "SKIP $mode: no cross compiler or emulator (tools/cross.sh)"; exit 0; }
    printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' "$PWD/build/cross/$mode/run" "$PWD/$krait" >"build/$mode/emulated"
    chmod +x "build/$mode/emulated"
    krait=build/$mode/emulated
    cat tests/emulated.txt >>"$skips"
    export KR_TEST_TIMEOUT="${KR_TEST_TIMEOUT:-60}" # qemu is ten times as slow, a hundred times with cryptography
fi
if readelf -lW "build/$mode/krait" 2>/dev/null | grep -q INTERP; then
    echo "FAIL $mode: the binary wants a loader of shared libraries"
    exit 1
fi
sh tests/run.sh "$krait" -j "$(nproc 2>/dev/null || echo 2)" -s "$skips" tests/lang tests/types tests/std/ssl*.py \
    tests/std/sqlite*.py tests/std/asyncio*.py tests/std/socket*.py
