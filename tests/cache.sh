#!/bin/sh
# cache.sh - code of imported files in __pycache__: written, used, renewed, refused when damaged; -m and __main__.
# SPDX-License-Identifier: MIT
#
# usage: tests/cache.sh KRAIT
set -u
krait=$(readlink -f "$1")
work=$(mktemp -d) || exit 2
trap 'chmod -R u+w "$work"; rm -rf "$work"' EXIT
cd "$work" || exit 2
unset PYTHONDONTWRITEBYTECODE KRAITPATH
passed=0
failed=0
tag=$("$krait" -c 'import sys; print(sys.implementation.cache_tag)')

is() { # name, expected, actual
    if [ "$2" = "$3" ]; then passed=$((passed + 1)); else failed=$((failed + 1)); printf 'FAIL %s: expected "%s", got "%s"\n' "$1" "$2" "$3"; fi
}
value() { "$krait" "$@" -c 'import m; print(m.v)' 2>&1 | tail -n 1; }
flags() { od -A n -t u1 -j 4 -N 1 "__pycache__/m.$tag.krc" | tr -d ' '; }
old() { touch -d "$1 seconds ago" m.py; }
cache=__pycache__/m.$tag.krc

echo 'v = 1' >m.py
old 100
is "first import" 1 "$(value)"
is "a cache file" "$cache" "$(ls __pycache__/*)"
is "its flags" 0 "$(flags)"
cp "$cache" kept
is "second import" 1 "$(value)"
cmp -s "$cache" kept
is "it is not written again" 0 $?
# The cached code is what runs: with the source's time and size, other code.
echo 'v = 2' >m.py
old 50
is "a new source" 2 "$(value)"
cp "$cache" two
echo 'v = 3' >m.py
touch -r kept m.py
touch -r kept stamp
echo 'v = 4' >m.py
old 30
is "again" 4 "$(value)"
touch -r m.py stamp
echo 'v = 5' >m.py
touch -r stamp m.py
is "same time and size: the cache holds" 4 "$(value)"
echo 'v = 66' >m.py
touch -r stamp m.py
is "another size" 66 "$(value)"

# A source that has just changed: the hash decides.
echo 'v = 7' >m.py
is "young" 7 "$(value)"
is "young flags" 7 "$(flags)"
touch -r m.py stamp
echo 'v = 8' >m.py
touch -r stamp m.py
is "young, same time and size" 8 "$(value)"
old 10
is "grown up" 8 "$(value)"
is "grown up flags" 0 "$(flags)"

# Damage: every byte in turn is wrong, or the file ends there.
size=$(wc -c <"$cache")
cp "$cache" good
at=32
wrong=0
while [ "$at" -lt "$size" ]; do
    cp good "$cache"
    printf '\377' | dd of="$cache" bs=1 seek="$at" conv=notrunc 2>/dev/null
    [ "$(value -B)" = 8 ] || wrong=$((wrong + 1))
    head -c "$at" good >"$cache"
    [ "$(value -B)" = 8 ] || wrong=$((wrong + 1))
    at=$((at + 7))
done
is "damaged files" 0 "$wrong"
: >"$cache"
is "an empty one" 8 "$(value)"
cmp -s good "$cache"
is "is replaced" 0 $?

# Not written: on request, where it cannot be.
rm -r __pycache__
is "-B" 8 "$(value -B)"
is "-B wrote" "" "$(ls -d __pycache__ 2>/dev/null)"
is "PYTHONDONTWRITEBYTECODE" 8 "$(PYTHONDONTWRITEBYTECODE=1 value)"
is "it wrote" "" "$(ls -d __pycache__ 2>/dev/null)"
is "sys.dont_write_bytecode" 8 "$("$krait" -c 'import sys; sys.dont_write_bytecode = True; import m; print(m.v)')"
is "it wrote either" "" "$(ls -d __pycache__ 2>/dev/null)"
: >__pycache__
is "__pycache__ is a file" 8 "$(value)"
rm __pycache__
mkdir __pycache__
mkdir "$cache"
is "the cache file is a folder" 8 "$(value)"
is "nothing is left behind" "$cache" "$(ls -d __pycache__/*)"
rm -r __pycache__
is "no room" 8 "$( (ulimit -f 0; trap '' XFSZ; "$krait" -c 'import m; open("/dev/stderr", "w").write(str(m.v))') 2>&1)"
is "nothing is left then" "" "$(ls __pycache__ 2>/dev/null)"
is "pycache_prefix where nothing can be made" 8 "$("$krait" -c 'import sys; sys.pycache_prefix = "/proc/none"; import m; print(m.v)')"
is "pycache_prefix" "pre$work/m.$tag.krc" "$("$krait" -c 'import sys; sys.pycache_prefix = "pre"; import m' && find pre -type f)"
rm -rf __pycache__ pre

# Levels, other places, Python's loaders.
is "-O" 8 "$(value -O)"
is "-OO" 8 "$(value -OO)"
is "their files" "__pycache__/m.$tag.opt-1.krc __pycache__/m.$tag.opt-2.krc" "$(echo __pycache__/*)"
is "through importlib" 8 "$("$krait" -c 'import importlib.util as u; s = u.find_spec("m"); m = u.module_from_spec(s); s.loader.exec_module(m); print(m.v)')"
cp "$cache" python
is "natively" 8 "$(value)"
cmp -s "$cache" python
is "both write the same" 0 $?
mkdir moved
cp -rp m.py __pycache__ moved
is "a moved cache knows its new place" "$work/moved/m.py" "$("$krait" -c 'import sys; sys.path.insert(0, "moved"); import m
def names(c): return {c.co_filename}.union(*[names(k) for k in c.co_consts if hasattr(k, "co_consts")])
print(*names(m.__loader__.get_code("m")))')"
cp "$cache" alone.krc
is "a cache file imported by its name" 8 "$("$krait" -c 'import alone; print(alone.v)')"

# -m: packages, their __main__, its spec.
mkdir -p pk/inner
echo 'init = 1' >pk/__init__.py
: >pk/inner/__init__.py
cat >pk/__main__.py <<'P'
import sys
from . import init
print(__name__, __package__, __spec__.name, __spec__.parent, sys.argv[0] == __file__, sys.argv[1:], __cached__ is not None, type(__loader__).__name__)
P
cp pk/__main__.py pk/mod.py
want="SourceFileLoader"
is "a cache file as the program" 9 "$(echo 'print(9)' >p.py && "$krait" -c 'import p' >/dev/null && "$krait" "__pycache__/p.$tag.krc")"
is "-m package" "__main__ pk pk.__main__ pk True ['a', '-b'] True $want" "$("$krait" -m pk a -b)"
is "-m module" "__main__ pk pk.mod pk True [] True $want" "$("$krait" -m pk.mod)"
is "-m without __main__" "$krait: No module named pk.inner.__main__; 'pk.inner' is a package and cannot be directly executed" "$("$krait" -m pk.inner 2>&1)"
is "-m nothing" "$krait: No module named nothing" "$("$krait" -m nothing 2>&1)"
is "-m nothing inside" "$krait: Error while finding module specification for 'm.x' (ModuleNotFoundError: __path__ attribute not found on 'm' while trying to find 'm.x')" "$("$krait" -m m.x 2>&1)"
is "the main module is not cached" "" "$(find pk -name '__main__*.krc' -o -name 'mod*.krc' | grep -v __pycache__)"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
