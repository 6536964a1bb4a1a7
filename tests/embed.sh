#!/bin/sh
# embed.sh - the library: every function of krait.h can be linked, C programs that embed Krait print what they should, and keep krait.h's promises.
# SPDX-License-Identifier: MIT
#
# usage: tests/embed.sh [asan | tsan | debug]   with the library of that build (debug: a collection at every allocation)
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mode=${1:-library}
flags=
case $mode in
asan) flags="-g -DKR_DEBUG=1 -fsanitize=address,undefined -fno-sanitize-recover=undefined"; export ASAN_OPTIONS=detect_stack_use_after_return=0 ;;
tsan) flags="-g -fsanitize=thread" ;;
debug) flags="-g -DKR_DEBUG=1"; export KRAIT_GC_STRESS=1 ;;
esac
make --no-print-directory -j"$(nproc 2>/dev/null || echo 2)" MODE="$mode" "build/$mode/libkrait.a" >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
# shellcheck disable=SC2086  # several flags
build() { ${CC:-cc} -std=c11 -Wall -Wextra -Werror $flags -Iinclude -o "$work/$1" "$2" "build/$mode/libkrait.a" -lpthread; }

# What krait.h declares with KR_API, as a table of addresses. A declaration that no file defines fails to link.
{
    echo '#include <krait.h>'
    echo 'typedef void (*Function)(void);'
    echo 'const Function function[] = {'
    sed -n 's/^KR_API [^(]*[ *]\(kr_[a-z0-9_]*\)(.*/    (Function)\1,/p' include/krait.h include/kr_value.h | sort -u
    echo '};'
    echo 'const void *const data[] = {'
    sed -n 's/^KR_API extern const KrType \(.*\);.*/\1/p' include/krait.h | tr ',' '\n' | grep -v '##' | sed 's/^ */    \&/; s/$/,/'
    echo '#define X(symbol, name) &kr_##symbol,'
    echo '    KR_EXCEPTIONS(X)'
    echo '};'
    echo 'int main(void) { return function[0] == 0 || data[0] == 0; }'
} >"$work/api.c"
build api "$work/api.c"
"$work/api"
[ "$(grep -c '(Function)kr_' "$work/api.c")" -ge 100 ] || { echo "too few functions were found in include/krait.h"; exit 1; }

# Each function has a comment beside it or above.
bare=$(awk '/^KR_API [^(]*\(/ { above = before; open = $0 }
            open != "" && /[;{]/ { if ($0 !~ /\/\// && above !~ /^\/\//) print open; open = "" }
            { before = $0 }' include/krait.h)
[ -z "$bare" ] || { echo "without a comment in include/krait.h:"; echo "$bare"; exit 1; }

build embed examples/embed/embed.c
"$work/embed" >"$work/out"
diff examples/embed/embed.out "$work/out"
build test_embed tests/embed/test_embed.c
"$work/test_embed"
build test_access tests/embed/test_access.c
"$work/test_access"
