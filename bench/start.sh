#!/bin/sh
# start.sh - what `krait -c pass` costs beside an empty C program, dynamically and statically linked, and CPython.
# SPDX-License-Identifier: MIT
#
# usage: bench/start.sh      Environment: KRAIT, PEER (the two interpreters), RUNS (2000; CPython a tenth). Writes docs/start.md.
set -eu
cd "$(dirname "$0")/.."
krait=${KRAIT:-build/krait}
peer=${PEER:-/usr/bin/python3.11}
runs=${RUNS:-2000}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

cc=${CC:-cc}
$cc -std=c11 -O1 -o "$work/start" bench/start.c
echo 'int main(void) { return 0; }' >"$work/empty.c"
$cc -O1 -o "$work/dynamic" "$work/empty.c"
$cc -O1 -static -o "$work/static" "$work/empty.c"
# In copies: the first pages of a file that was just linked lie in memory otherwise.
cp "$krait" "$work/krait"

"$work/start" "$runs" "$work/dynamic" -- "$work/static" -- "$work/krait" -c pass >"$work/rows"
"$work/start" $((runs / 10 + 1)) "$peer" -c pass >>"$work/rows"
printf '%s\n' "empty C program, dynamic" "empty C program, static" "\`krait -c pass\`" "\`$("$peer" -V) -c pass\`" |
    paste -d ' ' - "$work/rows" | sed 's/^/| /' >"$work/table"
{
    echo "# Start"
    echo
    echo "What starting and ending a command costs, as \`make start\` measures it: $runs runs, the commands taking turns (CPython: a tenth, alone); times"
    echo "in milliseconds, the least and the mean; the largest resident size. Where CPUID is slow, as in virtual machines, libc's look at the processor"
    echo "is most of the empty program's time."
    echo
    echo "| command | wall, least | mean | processor, least | mean | page faults | KB resident |"
    echo "| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    cat "$work/table"
} >docs/start.md
cat "$work/table"
