#!/bin/sh
# Sizes of the release build: the stripped binary, and the text and data of each room.
set -eu
cd "$(dirname "$0")/.."
cp build/release/krait build/krait.stripped
strip build/krait.stripped
printf 'stripped binary: %s bytes\n' "$(stat -c %s build/krait.stripped)"
for room in src/base src/object src/code src/compile src/vm modules ports; do
    files=$(find "build/release/$room" -name '*.o' 2>/dev/null || true)
    [ -n "$files" ] || continue
    # shellcheck disable=SC2086
    size $files | awk -v r="$room" 'NR > 1 { t += $1; d += $2; b += $3 } END { printf "%-14s text %7d  data %6d  bss %6d\n", r, t, d, b }'
done
