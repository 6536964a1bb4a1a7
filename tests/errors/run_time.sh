#!/bin/sh
# run_time.sh - wrong programs, and what they say on standard error: tracebacks and messages, character by character.
# SPDX-License-Identifier: MIT
#
# run_NAME.programs holds programs, each ended by a line `---`; run_NAME.out what CPython 3.13 says about each of them, and the exit code. run_command.sh is a
# script that runs the interpreter in other ways; its sections (## ...) are compared with run_command.out one by one. Addresses, the folder of the
# program and entries of the library's own frames (`<frozen os>`, lib/python3.13) are left out.
set -u
usage="usage: tests/errors/run_time.sh [INTERPRETER], or -w CPYTHON-3.13, which writes the expected output"
write=
[ "${1:-}" = -w ] && { write=1; shift; }
case ${1:-$write} in -* | 1) echo "$usage"; exit 2 ;; esac
here=$(cd "$(dirname "$0")" && pwd)
interpreter=$(command -v "${1:-$here/../../build/krait}") || { echo "$usage"; exit 2; }
interpreter=$(cd "$(dirname "$interpreter")" && pwd)/$(basename "$interpreter")
jobs=$(nproc 2>/dev/null || echo 2)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export LC_ALL=C.UTF-8 NO_COLOR=1 PYTHONDONTWRITEBYTECODE=1 interpreter
unset FORCE_COLOR PYTHON_COLORS PYTHONPATH KRAITPATH 2>/dev/null

# Leaves out what differs from run to run, and entries of the library. $1: pattern of folders
normalise() {
    sed -e "s#$1##g" -e 's/ at 0x[0-9a-f]*/ at 0x/g' | awk '
    { text = $0; gsub(/^[ |+]*/, "", text) }
    text ~ /^File "/ { library = text ~ /^File "<frozen / || text ~ /lib\/python3\.13\// }
    text !~ /^File "/ { bars = $0; gsub(/\|/, " ", bars); if (bars !~ /^    /) library = 0 }
    !library'
}

cat >"$work/run.sh" <<'END'
for folder; do
    cd "$folder" || exit 1
    timeout "${KR_TEST_TIMEOUT:-20}" "$interpreter" prog.py </dev/null >/dev/null 2>../stderr."${folder##*/}"
    echo "exit $?" >>../stderr."${folder##*/}"
done
END

# Splits a file at lines `---` into FOLDER/0001SUFFIX, ...
split() { # file, folder, suffix
    awk -v folder="$2" -v suffix="$3" 'BEGIN { n = 1 } /^---$/ { n++; next } { print > (folder "/" sprintf("%04d", n) suffix) }' "$1"
}

passed=0
failed=0
compare() { # name, folder: NNNN.want and NNNN.got
    for got in "$2"/*.got; do
        n=${got%.got}
        if cmp -s "$n.want" "$got"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $1 $(basename "$n")"
            [ -f "$n/prog.py" ] && sed 's/^/    /' "$n/prog.py"
            diff "$n.want" "$got" | head -n 12
        fi
    done
}

programs() { # FILE.programs
    name=$(basename "$1" .programs)
    folder=$work/$name
    seq -f "$folder/%04g" $(($(grep -c '^---$' "$1") + 1)) | xargs mkdir -p
    split "$1" "$folder" /prog.py
    printf '%s\n' "$folder"/[0-9]* | xargs -P "$jobs" -n 10 sh "$work/run.sh"
    for p in "$folder"/stderr.*; do
        [ "$p" = "$folder/stderr.0001" ] || echo "---"
        cat "$p"
    done | normalise "$folder/[0-9]*/" >"$folder/all"
    if [ -n "$write" ]; then
        cp "$folder/all" "$here/$name.out"
    else
        split "$folder/all" "$folder" .got
        split "$here/$name.out" "$folder" .want
        compare "$name" "$folder"
    fi
}

sections() { # file, folder, suffix: splits at lines that begin with ##
    awk -v folder="$2" -v suffix="$3" '/^## / { n++ } { print > (folder "/" sprintf("%04d", n) suffix) }' "$1"
}

commands() {
    mkdir "$work/command" "$work/command/here"
    (cd "$work/command/here" && sh "$here/run_command.sh" "$interpreter") 2>&1 | sed "s#$interpreter#python#g" |
        normalise "$work/command/here/" >"$work/command.txt"
    if [ -n "$write" ]; then
        cp "$work/command.txt" "$here/run_command.out"
    else
        sections "$here/run_command.out" "$work/command" .want
        sections "$work/command.txt" "$work/command" .got
        compare run_command "$work/command"
    fi
}

for file in "$here"/run_*.programs; do programs "$file"; done
commands
[ -n "$write" ] || echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
