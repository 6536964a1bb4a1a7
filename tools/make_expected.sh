#!/bin/sh
# make_expected.sh - writes the expected output (NAME.out) of the tests of language, types and library by running them under CPython 3.13.
# SPDX-License-Identifier: MIT
#
# usage: tools/make_expected.sh [-j N] [-n] [test.py or folder ...]      (-n only checks, and writes nothing)
# PYTHON names the interpreter (default python3.13). Each test runs twice with different hash seeds; the two outputs must be
# equal, the exit code must be the one of NAME.rc (0 without it), and the word UNEXPECTED, with which tests mark an exception
# that escaped from a section, must not occur. Tests that begin with "# Krait alone" are left out.
set -u

# Runs test $1 with hash seed $2, output to $3, in an empty directory. The exit code is the test's.
run_seeded() {
    cwd=$(mktemp -d "$KR_EXPECT_TMP/cwd.XXXXXX") || return 255
    (
        cd "$cwd" || exit 255
        PYTHONHASHSEED=$2 PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8 PYTHONWARNINGS=ignore
        export PYTHONHASHSEED PYTHONDONTWRITEBYTECODE PYTHONIOENCODING PYTHONWARNINGS
        exec timeout 20 "$KR_EXPECT_PYTHON" "$1" </dev/null >"$3" 2>"$3.err"
    )
    code=$?
    rm -rf "$cwd"
    return "$code"
}

# Says what is wrong with test $1 and records the failure.
complain() {
    echo "make_expected.sh: $1: $2" >&2
    echo "$1" >>"$KR_EXPECT_TMP/failed"
}

expect_one() {
    base=${1%.py}
    first=$KR_EXPECT_TMP/$(echo "$base" | tr '/' '_').1
    second=${first%1}2
    want=0
    if [ -f "$base.rc" ]; then want=$(cat "$base.rc"); fi
    for run in "1 $first" "97 $second"; do
        run_seeded "$1" "${run%% *}" "${run#* }"
        code=$?
        if [ "$code" -ne "$want" ]; then
            complain "$1" "exit code $code, expected $want"
            tail -n 8 "${run#* }.err" >&2
            return 0
        fi
    done
    if ! cmp -s "$first" "$second"; then
        complain "$1" "two runs differ"
        diff "$first" "$second" | head -n 8 >&2
    elif grep -n UNEXPECTED "$first" >"$first.bad"; then
        complain "$1" "an exception escaped: $(head -n 3 "$first.bad")"
    elif cmp -s "$first" "$base.out"; then
        :
    elif [ "$KR_EXPECT_CHECK" = 1 ]; then
        complain "$1" "the output of CPython is not the one in $base.out"
    else
        cp "$first" "$base.out"
        echo "wrote $base.out"
    fi
    return 0
}

if [ "${1-}" = --one ]; then
    expect_one "$2"
    exit 0
fi

root=$(cd "$(dirname "$0")/.." && pwd)
KR_EXPECT_PYTHON=$(command -v "${PYTHON:-python3.13}") || {
    echo "make_expected.sh: no ${PYTHON:-python3.13}; set PYTHON to a CPython 3.13" >&2
    exit 2
}
case $("$KR_EXPECT_PYTHON" -c 'import sys; print(sys.implementation.name, "%d.%d" % sys.version_info[:2])') in
"cpython 3.13") ;;
*) echo "make_expected.sh: $KR_EXPECT_PYTHON is not CPython 3.13" >&2; exit 2 ;;
esac
KR_EXPECT_TMP=$(mktemp -d "${TMPDIR:-/tmp}/krait-expect.XXXXXX") || exit 2
trap 'rm -rf "$KR_EXPECT_TMP"' EXIT
trap 'exit 130' INT TERM HUP
KR_EXPECT_CHECK=0
jobs=1
: >"$KR_EXPECT_TMP/found"
: >"$KR_EXPECT_TMP/failed"

add_path() {
    if [ ! -e "$1" ]; then
        echo "make_expected.sh: no such test: $1" >&2
        exit 2
    fi
    full=$(cd "$(dirname "$1")" && pwd)/$(basename "$1")
    find "$full" -name '_*' -prune -o -name '*.py' -type f -print >>"$KR_EXPECT_TMP/found"
}

named=0
while [ $# -gt 0 ]; do
    case $1 in
    -j) jobs=$2; shift ;;
    -j*) jobs=${1#-j} ;;
    -n) KR_EXPECT_CHECK=1 ;;
    *) add_path "$1"; named=1 ;;
    esac
    shift
done
if [ "$named" = 0 ]; then
    add_path "$root/tests/lang"
    add_path "$root/tests/types"
    add_path "$root/tests/std"
fi

export KR_EXPECT_PYTHON KR_EXPECT_TMP KR_EXPECT_CHECK
sort -u "$KR_EXPECT_TMP/found" | xargs -r -d '\n' grep -L -m 1 '^# Krait alone' | tr '\n' '\0' |
    xargs -r -0 -n 1 -P "$jobs" sh "$(cd "$(dirname "$0")" && pwd)/$(basename "$0")" --one
failed=$(($(wc -l <"$KR_EXPECT_TMP/failed")))
echo "$(($(wc -l <"$KR_EXPECT_TMP/found"))) tests, $failed failed"
[ "$failed" -eq 0 ]
