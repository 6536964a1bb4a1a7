#!/bin/sh
# fuzz.sh - noise at the prompt of a sanitizer build. usage: tests/prompt/fuzz.sh KRAIT SECONDS SEED
# SPDX-License-Identifier: MIT
set -eu
case $1 in /*) krait=$1 ;; *) krait=$PWD/$1 ;; esac
folder=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cc -std=c11 -O1 -Wall -Wextra -Wshadow -o "$work/fuzz" "$folder/fuzz.c" -lutil
cd "$work"
ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0 ./fuzz "$krait" "$2" "$3"
