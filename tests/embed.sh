#!/bin/sh
# embed.sh - the library: every function of krait.h can be linked, and a C program that embeds Krait prints what it should.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
make --no-print-directory lib >"$work/log" 2>&1 || { tail -n 20 "$work/log"; exit 1; }
build() { ${CC:-cc} -std=c11 -Wall -Wextra -Werror -Iinclude -o "$work/$1" "$2" build/release/libkrait.a -lm -lpthread; }

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

build embed examples/embed/embed.c
"$work/embed" >"$work/out"
diff examples/embed/embed.out "$work/out"
