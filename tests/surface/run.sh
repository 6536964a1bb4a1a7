#!/bin/sh
# run.sh - compares what names.py prints under a Krait binary with cpython.txt. Each difference must be a line of docs/differences.md
# (names, below "Names") or of signatures.txt, and each of those lines must be a difference.
# SPDX-License-Identifier: MIT
#
# usage: tests/surface/run.sh KRAIT
set -u
krait=$(readlink -f "$1")
cd "$(dirname "$0")" || exit 2
work=$(mktemp -d) || exit 2
trap 'rm -rf "$work"' EXIT
export LC_ALL=C
timeout 60 "$krait" names.py >"$work/raw" || { echo "names.py failed"; exit 1; }
sort -u "$work/raw" >"$work/krait"
[ "$(wc -l <"$work/krait")" -gt 4000 ] || { echo "names.py printed too little"; exit 1; }
comm -23 cpython.txt "$work/krait" | sed 's/^/- /' >"$work/found"
comm -13 cpython.txt "$work/krait" | sed 's/^/+ /' >>"$work/found"
grep ' name ' "$work/found" | sort >"$work/names"
# What has another signature, or no documentation, is listed by its name.
cut -d' ' -f1,2 cpython.txt | sort -u >"$work/known"
grep '^+ nodoc ' "$work/found" | cut -d' ' -f2,3 >"$work/changed"
grep '^+ signature ' "$work/found" | cut -d' ' -f2,3 | sort | comm -12 - "$work/known" >>"$work/changed"
sort -u "$work/changed" >"$work/signatures"
# "- `sys._git`: reason" says that Krait has not got it, "- `+sys.x`: reason" that only Krait has it.
sed -n '/^## Names/,/^## /p' ../../docs/differences.md | sed -n 's/^- `\(.*\)`: .*/\1/p' |
    sed -e 's/^+\(.*\)/+ name \1/' -e t -e 's/^/- name /' | sort >"$work/listed_names"
grep -v '^#' signatures.txt | cut -d: -f1 | sort >"$work/listed_signatures"
failed=0
for kind in names signatures; do
    comm -23 "$work/$kind" "$work/listed_$kind" | sed 's/^/not listed: /' >"$work/bad"
    comm -13 "$work/$kind" "$work/listed_$kind" | sed 's/^/listed, but no difference: /' >>"$work/bad"
    cat "$work/bad"
    failed=$((failed + $(wc -l <"$work/bad")))
done
# Every signature can be read as Python.
"$krait" -c '
import sys
bad = 0
for line in open(sys.argv[1]):
    kind, name, *text = line.split(" ", 2)
    text = "".join(text)
    if kind != "signature" or text.strip() == "None" or "<unrepresentable>" in text: continue
    try: compile("def f" + text.strip().replace("$", "") + ": pass", name, "exec")
    except SyntaxError: print("cannot be read:", line.strip()); bad += 1
sys.exit(bad > 0)' "$work/krait" || failed=$((failed + 1))
passed=$(($(comm -12 cpython.txt "$work/krait" | wc -l)))
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
