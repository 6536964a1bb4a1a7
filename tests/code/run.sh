#!/bin/sh
# run.sh - tests of code files: round trips, the verifier and the disassembler, damaged files.
# SPDX-License-Identifier: MIT
#
# usage: tests/code/run.sh KRAIT [-s SKIPLIST] [OTHER]
# Checks in check_*.py run first. Then each program of tests/lang, tests/types and tests/code/seed is compiled to a code file by KRAIT and
# run from that by OTHER (KRAIT, if not given): a file means the same in all builds. The last line is the sum: N passed, N failed.
set -u
root=$(cd "$(dirname "$0")/.." && pwd)
full() { case $1 in /*) echo "$1" ;; *) echo "$PWD/$1" ;; esac; }
krait=$(full "${1:?usage: tests/code/run.sh KRAIT [-s SKIPLIST] [OTHER]}")
shift
skips=/dev/null
if [ "${1-}" = -s ]; then
    skips=$(full "$2")
    shift 2
fi
other=$(full "${1:-$krait}")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
skipped=0

judge() { # name, status, what it printed, what it should, the status it should have
    if [ "$2" -eq "$5" ] && cmp -s "$3" "$4"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAIL code/$1 (exit code $2)"
    diff "$4" "$3" 2>&1 | head -n 5 | cut -c1-200 | sed 's/^/    /'
    tail -n 5 "$work/err" | cut -c1-200 | sed 's/^/    /'
}

for test in "$root"/code/check_*.py; do
    (cd "$root" && timeout 100 "$krait" "$test" >"$work/out" 2>"$work/err")
    judge "$(basename "$test")" $? "$work/out" "${test%.py}.out" 0
done

# Modules without source: as files, packages, with -m; source goes first; damaged ones.
sourceless() {
    mkdir -p "$work/mods/pkg" && cd "$work/mods" || return
    echo 'print("module", __name__, __file__)' >plain.py
    echo 'from .part import value; print("package", __name__, __path__, value)' >pkg/__init__.py
    echo 'value = 5; print("part", __name__, __package__)' >pkg/part.py
    echo 'print("main", __name__)' >pkg/__main__.py
    "$krait" -m py_compile plain.py pkg/__init__.py pkg/part.py pkg/__main__.py || return
    rm plain.py pkg/*.py
    "$other" -c 'import plain, pkg; print(plain, pkg.__spec__.origin)'
    "$other" -m plain
    "$other" -m pkg
    "$other" plain.krc
    "$other" - <plain.krc 2>&1 | tail -n 1 | cut -d. -f1
    echo 'print("from source")' >plain.py
    "$other" -c 'import plain'
    printf 'not code' >bad.krc
    "$other" -c 'import bad' 2>&1 | tail -n 1
    "$other" -c 'import importlib.machinery as m; print(m.BYTECODE_SUFFIXES, m.PathFinder.find_spec("pkg").loader is not None)'
    echo 'x = = 1' >wrong.py
    "$krait" -m py_compile wrong.py missing.py 2>&1
    echo "status $?"
}
cat >"$work/want" <<'OUT'
module plain WORK/plain.krc
part pkg.part pkg
package pkg ['WORK/pkg'] 5
<module 'plain' from 'WORK/plain.krc'> WORK/pkg/__init__.krc
module __main__ WORK/plain.krc
part pkg.part pkg
package pkg ['WORK/pkg'] 5
main __main__
module __main__ WORK/plain.krc
module __main__ <stdin>
from source
ImportError: bad code file: no header of a code file at byte 0
['.krc'] True
Sorry: SyntaxError: invalid syntax (wrong.py, line 1)
[Errno 2] No such file or directory: 'missing.py'
status 1
OUT
(sourceless 2>"$work/err") | sed "s|$work/mods|WORK|g" >"$work/out"
judge sourceless 0 "$work/out" "$work/want" 0

# The programs run as files called NAME.py, so that they find what they expect in __file__ and sys.argv; modules beside them are found too.
mkdir "$work/cwd"
for test in "$root"/lang/[!_]*.py "$root"/types/[!_]*.py "$root"/code/seed/*.py; do
    name=$(basename "$(dirname "$test")")/$(basename "$test")
    if grep -q "^${name%.py}\(\.py\)\?[[:space:]]*\(#\|\$\)" "$skips" 2>/dev/null; then
        skipped=$((skipped + 1))
        continue
    fi
    want=${test%.py}.out
    [ -f "$want" ] || { timeout 20 "$krait" "$test" >"$work/plain" 2>/dev/null; want=$work/plain; }
    code=0
    [ ! -f "${test%.py}.rc" ] || code=$(cat "${test%.py}.rc")
    "$krait" -c "import py_compile, sys; py_compile.compile(sys.argv[1], sys.argv[2])" "$test" "$work/program" 2>"$work/err"
    (cd "$work/cwd" && KRAITPATH=$(dirname "$test") timeout 20 "$other" "$work/program" </dev/null >"$work/out" 2>"$work/err")
    judge "$name" $? "$work/out" "$want" "$code"
    rm -rf "$work/cwd" && mkdir "$work/cwd"
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
