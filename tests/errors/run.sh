#!/bin/sh
# Wrong programs: what stands on stderr and stdout must be what CPython 3.13 says, to the last caret.
#
# usage: run.sh [KRAIT]          runs all families under KRAIT (default build/krait)
#        run.sh --make PYTHON    writes FAMILY.out with CPython 3.13
# A family is a file FAMILY.txt of programs, each behind a line "#### title"; FAMILY.out has their outputs behind the same lines.
# The program of "#### [raw] title" is given to printf %b, so that it can hold any byte (\0351), and has no newline at its end.
set -u
here=$(cd "$(dirname "$0")" && pwd)
tmp=$(mktemp -d)
trap 'rm -rf "$tmp"' EXIT
PYTHONDONTWRITEBYTECODE=1 PYTHONIOENCODING=utf-8 PYTHONUTF8=1 LC_ALL=C.UTF-8
unset PYTHONWARNINGS
export PYTHONDONTWRITEBYTECODE PYTHONIOENCODING PYTHONUTF8 LC_ALL

# Writes the parts of file $1 to folder $2 as 0001, 0002, …, without the lines before them, which go to titles.
split() {
    mkdir -p "$2"
    LC_ALL=C awk -v folder="$2" '
        /^#### / { if (n) close(part); part = sprintf("%s/%04d", folder, ++n); printf "" >part; print > (folder "/titles"); next }
        n { print >part }' "$1"
}

# Programs of family $1 in folder $2, as files NNNN.py.
programs() {
    split "$here/$1.txt" "$2"
    i=0
    while IFS= read -r title; do
        i=$((i + 1))
        part=$2/$(printf '%04d' "$i")
        case $title in
        '#### [raw]'*) printf '%b' "$(cat "$part")" >"$part.py" ;;
        *) mv "$part" "$part.py" ;;
        esac
    done <"$2/titles"
}

# What the programs of folder $1 print under "$binary"; paths are shown without folders, whether or not the system makes them absolute.
outputs() {
    cd "$1" || exit 2
    i=0
    while IFS= read -r title; do
        i=$((i + 1))
        printf '%s\n' "$title"
        timeout 20 "$binary" "$(printf '%04d' "$i").py" </dev/null 2>&1
    done <titles | LC_ALL=C sed "s|$1/||g; s/[0-9][0-9][0-9][0-9]\.py/program.py/g"
}

# Compares the outputs $2 of family $1 with what is wanted, program by program.
compare() {
    split "$here/$1.out" "$tmp/$1.want"
    split "$2" "$tmp/$1.got"
    if ! cmp -s "$tmp/$1.got/titles" "$tmp/$1.want/titles"; then
        echo "FAIL $1: the titles of $1.txt and $1.out differ"
        failed=$((failed + 1))
        return
    fi
    i=0
    while IFS= read -r title; do
        i=$((i + 1))
        part=$(printf '%04d' "$i")
        if cmp -s "$tmp/$1.got/$part" "$tmp/$1.want/$part"; then
            passed=$((passed + 1))
        else
            failed=$((failed + 1))
            echo "FAIL $1: ${title#'#### '}"
            diff "$tmp/$1.want/$part" "$tmp/$1.got/$part" | head -n 8
        fi
    done <"$tmp/$1.want/titles"
}

if [ "${1:-}" = --make ]; then
    binary=$(command -v "$2")
    "$binary" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' || { echo "$2 is not CPython 3.13"; exit 2; }
    for family in "$here"/*.txt; do
        name=$(basename "$family" .txt)
        programs "$name" "$tmp/$name"
        (outputs "$tmp/$name") >"$here/$name.out"
    done
    exit 0
fi
binary=$(cd "$(dirname "${1:-build/krait}")" && pwd)/$(basename "${1:-build/krait}")
passed=0
failed=0
for family in "$here"/*.txt; do
    name=$(basename "$family" .txt)
    programs "$name" "$tmp/$name"
    (outputs "$tmp/$name") >"$tmp/$name.all"
    if cmp -s "$tmp/$name.all" "$here/$name.out"; then passed=$((passed + $(wc -l <"$tmp/$name/titles")))
    else compare "$name" "$tmp/$name.all"; fi
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
