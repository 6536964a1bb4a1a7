#!/bin/sh
# run.sh - the prompt's line editor, on a pseudo terminal with a screen of its own.
# SPDX-License-Identifier: MIT
#
# usage: tests/prompt/run.sh KRAIT [SCRIPT...]     The last line is the sum: N passed, N failed.
set -u
case $1 in /*) krait=$1 ;; *) krait=$PWD/$1 ;; esac
shift
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -std=c11 -O1 -Wall -Wextra -Wshadow -Wno-format-truncation -o "$work/driver" "$folder/driver.c" "$folder/screen.c" -lutil || { echo "0 passed, 1 failed"; exit 1; }
cp "$folder"/*.py "$work"
cp "$folder/noise_file" "$work/noise"
cd "$work" || exit 2
[ $# -gt 0 ] || set -- block editing wide window history complete interrupt colour
for name in "$@"; do
    cp "$folder/$name.txt" "$work"
    set -- "$@" "$name.txt"
    shift
done
./driver "$krait" "$@"
