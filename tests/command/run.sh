#!/bin/sh
# run.sh - the command line: options, environment, what sys says of them, and programs that cannot be run.
# SPDX-License-Identifier: MIT
#
# usage: tests/command/run.sh KRAIT           compares with expected.txt and krait_expected.txt
#        tests/command/run.sh --record PYTHON  writes expected.txt, from CPython 3.13
#        tests/command/run.sh --record-own KRAIT  writes krait_expected.txt: what is Krait's own
# cases.txt and krait_cases.txt hold pieces of shell, each under a line `## name`; $PY is the program under test. A piece runs in an empty
# folder that also has the files of make_files, in an empty environment. The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")" || exit 2
folder=$PWD
record=
case ${1-} in
--record) record=expected.txt; cases=cases.txt; shift ;;
--record-own) record=krait_expected.txt; cases=krait_cases.txt; shift ;;
esac
[ $# -eq 1 ] || { echo "usage: tests/command/run.sh [--record | --record-own] PROGRAM" >&2; exit 2; }
case $1 in
/*) PY=$1 ;;
*/*) PY=$(cd "$OLDPWD" && cd "$(dirname "$1")" && pwd)/$(basename "$1") ;;
*) PY=$(command -v "$1") ;;
esac
[ -x "$PY" ] || { echo "run.sh: $PY is not a program" >&2; exit 2; }
PY=$("$PY" -c 'import sys; print(sys.executable)')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

make_files() {
    mkdir folder folder/sub empty
    cat >show.py <<'P'
import sys
print(__file__, __name__, __spec__, __package__, sys.argv, sys.path[0])
P
    cat >folder/__main__.py <<'P'
import sys
from mate import name
print(__file__, __name__, __spec__.name, __spec__.origin, repr(__package__), sys.argv, sys.path[0], name)
P
    echo 'name = "mate"' >folder/mate.py
    printf 'def f():\n    1/0\nf()\n' >fail.py
    printf 'x = 1\ny = "\377"\n' >latin.py
    printf 'x = 1\n\0\n' >nul.py
    printf 'this is no Python\nprint("second")\n1/0\n' >skip.py
    printf 'import sys\nprint("leaving")\nsys.exit(7)\n' >leave.py
    printf 'a = 1; print("started", __name__, __file__)\n1/0\n' >startup.py
    printf 'import sys, warnings\nf = sys.flags\n' >flags.py
    cat >>flags.py <<'P'
for n in ("debug", "inspect", "interactive", "optimize", "dont_write_bytecode", "no_user_site", "no_site", "ignore_environment", "verbose",
          "bytes_warning", "quiet", "isolated", "dev_mode", "warn_default_encoding", "safe_path", "int_max_str_digits"):
    v = getattr(f, n)
    if v != (4300 if n[0:4] == "int_" else 0):
        print(n, repr(v))
print(sys.warnoptions, sys._xoptions, sys.argv, sys.orig_argv[1:], sys.dont_write_bytecode)
P
    cat >zip.py <<'P' # zip.py ARCHIVE NAME=FILE ...: what stands in ARCHIVE stays before it
import sys
import zlib
body = directory = b""
n = lambda value, size: value.to_bytes(size, "little")
for arg in sys.argv[2:]:
    name, _, file = arg.partition("=")
    name = name.encode()
    with open(file, "rb") as f:
        data = f.read()
    sizes = n(zlib.crc32(data), 4) + n(len(data), 4) * 2 + n(len(name), 2) + n(0, 2)
    directory += b"PK\1\2" + n(20, 2) * 2 + n(0, 8) + sizes + n(0, 10) + n(len(body), 4) + name
    body += b"PK\3\4" + n(20, 2) + n(0, 8) + sizes + name + data
with open(sys.argv[1], "ab") as f:
    f.write(body + directory + b"PK\5\6" + n(0, 4) + n(len(sys.argv) - 2, 2) * 2 + n(len(directory), 4) + n(len(body), 4) + n(0, 2))
P
    cat >main.py <<'P'
import sys
print(__name__, __file__, type(__loader__).__name__, __spec__.name, __spec__.origin, repr(__package__), sys.argv, sys.path[0])
from mate import name
print(sys.modules["mate"].__file__, name)
def f():
    raise ValueError("from inside",
                     1)
if sys.argv[1:] == ["fail"]:
    f()
P
    ln -s ../show.py folder/sub/link.py
    ln -s sub/link.py folder/again.py
}

# What differs by program and place, and the lines that mark a place in the source.
tidy() {
    sed -E "s|$PY|PROGRAM|g; s|$(cd "$work/here" && pwd -P)|HERE|g; s/\`python -h'/\`NAME -h'/; s/\`krait -h'/\`NAME -h'/; /^ *[~^]+ *\$/d; s/0x[0-9a-f]+/0x/g; s/loader=<[^>]*>/loader=LOADER/; s/(frozen runpy>\", line )[0-9]+/\\1N/"
}

run_cases() { # cases file: writes one block a case
    name=
    : >"$work/script"
    while IFS= read -r line || [ -n "$line" ]; do
        case $line in
        '## '*) run_case; name=${line#??? }; name=${line#\#\# } ;;
        '#'*) ;;
        *) printf '%s\n' "$line" >>"$work/script" ;;
        esac
    done <"$1"
    run_case
}

run_case() {
    [ -n "$name" ] || return 0
    mkdir "$work/here" && (cd "$work/here" && make_files)
    echo "## $name"
    (cd "$work/here" && exec env -i PATH=/usr/bin:/bin HOME="$work" LANG=C.UTF-8 PY="$PY" timeout 20 sh "$work/script") </dev/null >"$work/out" 2>&1
    echo "[$?]" >>"$work/out"
    tidy <"$work/out"
    rm -rf "$work/here"
    : >"$work/script"
}

if [ -n "$record" ]; then
    run_cases "$cases" >"$work/all"
    mv "$work/all" "$folder/$record"
    exit 0
fi
block() { awk -v want="## $1" '/^## / { on = $0 == want } on' "$2"; } # a case of an expected file
compare() { # cases, expected
    run_cases "$1" >"$work/got"
    for_each=$(sed -n 's/^## //p' "$1")
    printf '%s\n' "$for_each" >"$work/names"
    while IFS= read -r case_name; do
        block "$case_name" "$2" >"$work/a"
        block "$case_name" "$work/got" >"$work/b"
        if [ -s "$work/a" ] && cmp -s "$work/a" "$work/b"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $case_name"
            diff "$work/a" "$work/b" | sed 's/^/    /'
        fi
    done <"$work/names"
}
compare cases.txt expected.txt
compare krait_cases.txt krait_expected.txt
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
