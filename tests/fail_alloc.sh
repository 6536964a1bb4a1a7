#!/bin/sh
# fail_alloc.sh - fails every allocation of test programs in turn; see fail_alloc.c. The last line is the sum.
# SPDX-License-Identifier: MIT
#
# usage: tests/fail_alloc.sh [--sample | --all] [NAME.py ...]
#   (nothing)  the files of fail_alloc.txt (and the embedding test): the first 10,000 allocations of each, then every 97th
#   --sample   every 199th allocation of those files, which takes a few seconds
#   --all      all files of tests/lang, tests/types and tests/std
# MODE=asan (the default) uses the sanitizer build, MODE=debug the one with assertions and poisoned cells, which takes less than half the time.
set -eu
cd "$(dirname "$0")/.."
root=$PWD
jobs=$(nproc 2>/dev/null || echo 2)
compiler=${CC:-cc}
options=
case ${1-} in
--sample) options="--skip 199"; shift; set -- $(cat tests/fail_alloc.txt) ;;
--all) shift; set -- $(cd tests && ls lang/*.py types/*.py std/*.py) ;;
esac
[ $# -gt 0 ] || set -- $(cat tests/fail_alloc.txt)
mkdir -p build
mode=${MODE:-asan}
sanitize=
[ "$mode" = debug ] || sanitize="-fsanitize=address,undefined -fno-sanitize-recover=undefined"
make --no-print-directory -j"$jobs" MODE="$mode" "build/$mode/libkrait.a" >build/fail_alloc.log 2>&1 || { tail -n 20 build/fail_alloc.log; exit 1; }
# shellcheck disable=SC2086  # several flags
$compiler -std=c11 -Wall -Wextra -Werror -O1 -g $sanitize -DKR_DEBUG=1 -Iinclude -Isrc -Iports -o "build/fail_alloc_$mode" \
    -DEMBED_UNDER_FAILURES=1 tests/fail_alloc.c tests/embed/test_embed.c "build/$mode/libkrait.a" -Wl,--wrap=kr_port_memory,--wrap=kr_port_memory_free,--wrap=kr_charge,--wrap=kr_heap_init -lpthread
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# Leaks are counted by the driver itself. A large quarantine makes each fork slow.
export ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0:quarantine_size_mb=1
printf '%s\n' "$@" | xargs -P "$jobs" -I{} sh -c '
    name=$(echo "$1" | tr / _)
    mkdir "$2/$name" && cd "$2/$name" || exit 255
    file=$3/tests/$1
    more=
    [ "$1" != embed ] || { file=embed; more="--first 1000"; } # it goes on whatever fails, so each run is long
    timeout 3600 "$3/build/fail_alloc_$5" $4 $more "$file" </dev/null >"$2/$name.sum" 2>"$2/$name.err" || echo "FAIL $1" >>"$2/failed"
' sh {} "$work" "$root" "$options" "$mode"
cat "$work"/*.err | cut -c1-200 | head -n 200
cat "$work"/*.sum | sed "s|^$root/tests/||" >build/fail_alloc.txt
grep -v ' 0 bad' build/fail_alloc.txt || true
awk '{ a += $2; r += $4; m += $6; u += $8; o += $11; n += $14; b += $17; s += $19 }
    END { printf "%d allocations, %d runs: %d MemoryError, %d as usual, %d another exception, %d no VM; %d bad, %d silent\n", a, r, m, u, o, n, b, s }' build/fail_alloc.txt
bad=0
[ ! -f "$work/failed" ] || bad=$(wc -l <"$work/failed")
echo "$(($# - bad)) passed, $bad failed"
[ "$bad" -eq 0 ]
