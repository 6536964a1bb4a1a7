#!/bin/sh
# run.sh [--long] - tests of the flash file system on a model of NOR flash, and of the command that makes and reads images.
# The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")/../.."
passed=0
failed=0
log=$(mktemp)
folder=$(mktemp -d)
trap 'rm -rf "$log" "$folder"' EXIT

check() { # name, command...
    name=$1
    shift
    if timeout "$limit" "$@" >"$log" 2>&1; then
        passed=$((passed + 1))
        [ "$long" = 0 ] || cat "$log"
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        tail -n 15 "$log"
    fi
}

long=0
limit=300
[ "${1:-}" != --long ] || { long=1; limit=7200; }
jobs=$(nproc 2>/dev/null || echo 2)
for mode in release asan; do
    check "build, $mode" make --no-print-directory -j"$jobs" MODE=$mode build/$mode/flashfs_test build/$mode/flashfs_chip build/$mode/flashfs
done
fast=build/release/flashfs_test
checked=build/asan/flashfs_test
export ASAN_OPTIONS=detect_leaks=0
if [ "$long" = 1 ]; then
    check "each call" "$checked" basics
    check "every power cut" "$fast" cuts 1
    check "power cuts, sanitizers" "$checked" cuts 20
    check "random calls" "$fast" random 500000
    check "random calls, sanitizers" "$checked" random 20000
    check "a full device" "$checked" full
    check "damage" "$fast" damage 20000
    check "damage, sanitizers" "$checked" damage 2000
else
    check "each call" "$checked" basics
    check "power cuts" "$fast" cuts 91
    check "random calls" "$fast" random 5000
    check "a full device" "$fast" full
    check "damage" "$checked" damage 10
fi

check "the chip's driver over a model of its registers" build/asan/flashfs_chip

# The command: what goes in comes out, and a damaged or strange image is told.
flashfs=build/asan/flashfs
mkdir -p "$folder/in/lib/inner" "$folder/in/empty"
cp README.md "$folder/in/lib"
head -c 20000 docs/decisions.md >"$folder/in/lib/text"
head -c 1500 Makefile >"$folder/in/main.py"
: >"$folder/in/lib/inner/nothing"
for layout in internal qemu spi=512K spi=4M spi=16M; do
    check "make, $layout" $flashfs make $layout "$folder/image" "$folder/in"
    check "check, $layout" $flashfs check "$folder/image"
    rm -rf "$folder/out"
    check "extract, $layout" $flashfs extract "$folder/image" "$folder/out"
    check "same files, $layout" diff -r "$folder/in" "$folder/out"
done
check "list" sh -c "$flashfs list $folder/image | grep -q '    1500 main.py'"
head -c 65536 /dev/zero >"$folder/zeros"
check "no file system" sh -c "$flashfs check $folder/zeros 2>&1 | grep -q 'no file system'"
check "an odd size" sh -c "$flashfs check Makefile 2>&1 | grep -q 'an image is'"
head -c 200000 /dev/urandom >"$folder/in/large"
check "too much" sh -c "$flashfs make internal $folder/image $folder/in 2>&1 | grep -q 'image is full'"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
