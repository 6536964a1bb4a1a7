#!/bin/sh
# run.sh - runs Python tests under a Krait binary and compares what they print with the .out file beside each test.
# SPDX-License-Identifier: MIT
#
# NAME.out is the expected standard output (NAME.32.out, where it exists, that of 32-bit builds), NAME.rc (optional) the expected exit code. Files and folders whose names start
# with an underscore are not tests. Each test runs in an empty working directory of its own, with no standard input.
set -u

usage() {
    cat <<'USAGE'
usage: tests/run.sh KRAIT [-j N] [-v] [-s SKIPLIST] [path or folder ...]
  -j N         run N tests at a time
  -v           show the first differing lines of each failing test
  -s SKIPLIST  file with one test per line (lang/basic_loops.py # why); those are not run, and counted
Without paths, the tests of language, types and library run (tests/lang, tests/types and tests/std).
KR_TEST_TIMEOUT multiplies the time limit of 20 s per test.
USAGE
    exit 2
}

# Shows a file indented, at most $2 lines of it.
show_head() {
    sed -n "1,$2s/^/    /p" "$1"
    if [ "$(wc -l <"$1")" -gt "$2" ]; then echo "    ..."; fi
}

# Prints why the test failed: name, reason, differing lines, standard error.
report_failure() {
    echo "FAIL $shown: $reason"
    if [ "$KR_RUN_VERBOSE" = 1 ] && [ -f "$out" ]; then
        diff "$out" "$work/stdout" >"$work/diff" 2>&1 || show_head "$work/diff" 12
    fi
    if [ -s "$work/stderr" ]; then
        tail -n 12 "$work/stderr" >"$work/tail"
        show_head "$work/tail" 12
    fi
}

# Sets reason to what is wrong with the finished run, or to nothing. $1 is its exit code.
judge() {
    want=0
    if [ -f "${test%.py}.rc" ]; then want=$(cat "${test%.py}.rc"); fi
    reason=
    if [ ! -f "$out" ]; then
        reason="no expected output (${shown%.py}.out)"
    elif [ "$1" -eq 124 ] || [ "$1" -eq 137 ]; then
        reason="killed, or no end after $KR_RUN_LIMIT s"
    elif [ "$1" -gt 128 ] && [ "$1" -ne "$want" ]; then
        reason="died of signal $(($1 - 128))"
    elif [ "$1" -ne "$want" ]; then
        reason="exit code $1, expected $want"
    elif ! cmp -s "$out" "$work/stdout"; then
        reason="output differs at line $(cmp "$out" "$work/stdout" 2>&1 | sed -n 's/.* line \([0-9]*\).*/\1/p')"
    fi
}

# Runs one test; called by xargs as `run.sh --one FILE`.
run_one() {
    test=$1
    out=${test%.py}.out
    if [ "$KR_RUN_BITS" = 32 ] && [ -f "${test%.py}.32.out" ]; then out=${test%.py}.32.out; fi
    shown=${test#"$KR_RUN_ROOT"/}
    work=$(mktemp -d "$KR_RUN_TMP/XXXXXX") || exit 255
    mkdir "$work/cwd"
    (
        cd "$work/cwd" || exit 255
        exec timeout -k 5 "$KR_RUN_LIMIT" "$KR_RUN_BIN" "$test" </dev/null >"$work/stdout" 2>"$work/stderr"
    )
    judge $?
    # One short write per result, so that parallel runs do not mix.
    if [ -z "$reason" ]; then
        echo "$shown" >>"$KR_RUN_TMP/passed"
    else
        echo "$shown" >>"$KR_RUN_TMP/failed"
        report_failure >"$work/report"
        cat "$work/report"
    fi
    rm -rf "$work"
    return 0
}

if [ "${1-}" = --one ]; then
    run_one "$2"
    exit 0
fi

[ $# -ge 1 ] || usage
case $1 in
-*) usage ;;
*/*) KR_RUN_BIN=$(cd "$(dirname "$1")" 2>/dev/null && pwd)/$(basename "$1") ;;
*) KR_RUN_BIN=$(command -v "$1") || KR_RUN_BIN=$1 ;;
esac
shift
if [ ! -x "$KR_RUN_BIN" ]; then
    echo "run.sh: $KR_RUN_BIN is not a program" >&2
    exit 2
fi

self=$(cd "$(dirname "$0")" && pwd)/$(basename "$0")
KR_RUN_ROOT=$(dirname "$self")
KR_RUN_VERBOSE=0
KR_RUN_LIMIT=$((20 * ${KR_TEST_TIMEOUT:-1}))
KR_RUN_TMP=$(mktemp -d "${TMPDIR:-/tmp}/krait-tests.XXXXXX") || exit 2
trap 'rm -rf "$KR_RUN_TMP"' EXIT
trap 'exit 130' INT TERM HUP
jobs=1
skip_list=
: >"$KR_RUN_TMP/found"
: >"$KR_RUN_TMP/passed"
: >"$KR_RUN_TMP/failed"
: >"$KR_RUN_TMP/skipped"

# Adds the tests of one file or folder to the list, as absolute paths.
add_path() {
    if [ -d "$1" ]; then
        find "$(cd "$1" && pwd)" -name '_*' -prune -o -name '*.py' -type f -print >>"$KR_RUN_TMP/found"
    elif [ -f "$1" ]; then
        echo "$(cd "$(dirname "$1")" && pwd)/$(basename "$1")" >>"$KR_RUN_TMP/found"
    else
        echo "run.sh: no such test: $1" >&2
        exit 2
    fi
}

named=0
while [ $# -gt 0 ]; do
    case $1 in
    -j) [ $# -ge 2 ] || usage; jobs=$2; shift ;;
    -j*) jobs=${1#-j} ;;
    -s) [ $# -ge 2 ] || usage; skip_list=$2; shift ;;
    -v) KR_RUN_VERBOSE=1 ;;
    -*) usage ;;
    *) add_path "$1"; named=1 ;;
    esac
    shift
done
if [ "$named" = 0 ]; then
    add_path "$KR_RUN_ROOT/lang"
    add_path "$KR_RUN_ROOT/types"
    add_path "$KR_RUN_ROOT/std"
fi
sort -u "$KR_RUN_TMP/found" >"$KR_RUN_TMP/list"

# Takes the listed tests out of the list, saying so for each.
apply_skips() {
    while IFS= read -r line || [ -n "$line" ]; do
        name=$(printf '%s\n' "${line%%#*}" | sed 's/^[[:space:]]*//; s/[[:space:]]*$//; s/\.py$//')
        [ -n "$name" ] || continue
        if ! [ -f "$KR_RUN_ROOT/$name.py" ]; then
            echo "run.sh: the skip list names $name.py, which does not exist" >&2
            exit 2
        fi
        if grep -Fxq "$KR_RUN_ROOT/$name.py" "$KR_RUN_TMP/list"; then
            case $line in
            *#*) echo "SKIP $name.py:${line#*#}" ;;
            *) echo "SKIP $name.py" ;;
            esac
            echo "$name.py" >>"$KR_RUN_TMP/skipped"
            grep -Fxv "$KR_RUN_ROOT/$name.py" "$KR_RUN_TMP/list" >"$KR_RUN_TMP/kept"
            mv "$KR_RUN_TMP/kept" "$KR_RUN_TMP/list"
        fi
    done <"$skip_list"
}
if [ -n "$skip_list" ]; then
    if [ ! -r "$skip_list" ]; then
        echo "run.sh: cannot read the skip list $skip_list" >&2
        exit 2
    fi
    apply_skips
fi

# A test whose first line is `# needs: MODULE [COMMAND ...]` is not run where that cannot be imported, because a library of the system is missing,
# or where a command is missing.
apply_needs() {
    grep -l '^# needs: ' $(cat "$KR_RUN_TMP/list") /dev/null >"$KR_RUN_TMP/needing"
    while IFS= read -r file; do
        needs=$(sed -n '1s/^# needs: *//p' "$file")
        module=${needs%% *}
        [ -n "$module" ] || continue
        why=
        for command in ${needs#"$module"}; do
            command -v "$command" >/dev/null || why="there is no command $command"
        done
        if [ -z "$why" ]; then
            if why=$("$KR_RUN_BIN" -c "import $module" 2>&1); then continue; fi
            case $why in *ImportError:*) ;; *) continue ;; esac # anything else is a failure of the test
        fi
        name=${file#"$KR_RUN_ROOT"/}
        echo "SKIP $name: $(printf '%s\n' "$why" | tail -n 1)"
        echo "$name" >>"$KR_RUN_TMP/skipped"
        grep -Fxv "$file" "$KR_RUN_TMP/list" >"$KR_RUN_TMP/kept"
        mv "$KR_RUN_TMP/kept" "$KR_RUN_TMP/list"
    done <"$KR_RUN_TMP/needing"
}
apply_needs

KR_RUN_BITS=64
if [ "$("$KR_RUN_BIN" -c 'import sys; print(sys.maxsize)' 2>/dev/null)" = 2147483647 ]; then KR_RUN_BITS=32; fi
export KR_RUN_BITS KR_RUN_BIN KR_RUN_TMP KR_RUN_ROOT KR_RUN_VERBOSE KR_RUN_LIMIT
if [ -s "$KR_RUN_TMP/list" ]; then
    tr '\n' '\0' <"$KR_RUN_TMP/list" | xargs -0 -n 1 -P "$jobs" sh "$self" --one
fi

listed=$(($(wc -l <"$KR_RUN_TMP/list")))
passed=$(($(wc -l <"$KR_RUN_TMP/passed")))
failed=$(($(wc -l <"$KR_RUN_TMP/failed")))
skipped=$(($(wc -l <"$KR_RUN_TMP/skipped")))
# A run that was interrupted or found nothing must not look like success.
lost=$((listed - passed - failed))
if [ "$lost" -ne 0 ]; then echo "$lost tests did not finish"; fi
if [ "$listed" -eq 0 ] && [ "$skipped" -eq 0 ]; then echo "no tests found"; lost=1; fi
line="$passed passed, $failed failed"
if [ -n "$skip_list" ] || [ "$skipped" -gt 0 ]; then line="$line, $skipped skipped"; fi
echo "$line"
[ "$failed" -eq 0 ] && [ "$lost" -eq 0 ]
