#!/bin/sh
# Sizes of the release build: the stripped binary, what its library takes of it, and the text and data of each room; of static files that were built.
set -eu
cd "$(dirname "$0")/.."
cp build/release/krait build/krait.stripped
strip build/krait.stripped
printf 'stripped binary: %s bytes\n' "$(stat -c %s build/krait.stripped)"
size -A build/release/ports/linux/frozen.o | awk '$1 ~ /^\.rodata/ { n += $2 } END { printf "packed library: %d bytes\n", n }'
for mode in static arm64 armhf; do
    [ -x "build/$mode/krait" ] || { echo "$mode: not built (make $mode)"; continue; }
    strip=strip
    [ "$mode" = static ] || strip=build/cross/$mode/strip
    "$strip" -o build/krait.stripped "build/$mode/krait" && printf '%s, one static file: %s bytes\n' "$mode" "$(stat -c %s build/krait.stripped)"
done
for package in build/krait_*.deb; do
    [ ! -f "$package" ] || printf '%s: %s bytes\n' "$(basename "$package")" "$(stat -c %s "$package")"
done
for room in src/base src/object src/code src/compile src/vm modules ports; do
    files=$(find "build/release/$room" -name '*.o' 2>/dev/null || true)
    [ -n "$files" ] || continue
    # shellcheck disable=SC2086
    size $files | awk -v r="$room" 'NR > 1 { t += $1; d += $2; b += $3 } END { printf "%-14s text %7d  data %6d  bss %6d\n", r, t, d, b }'
done
