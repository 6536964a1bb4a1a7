#!/bin/sh
# smoke.sh - the STM32F405 firmware in QEMU: language tests from flash, a prompt over the serial port, sizes, memory, instruction counts.
# SPDX-License-Identifier: MIT
#
# usage: tests/stm32/smoke.sh [TEST ...]   without names: those of files.txt, and everything else
set -u
cd "$(dirname "$0")/../.."
image=build/stm32/krait.elf
test_image=build/stm32/test.elf
limit=${KR_TEST_TIMEOUT:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# qemu IMAGE [COMMAND LINE ...]: runs the firmware; its serial port is our input and output, its exit status ours.
qemu() {
    firmware=$1
    shift
    arguments=enable=on,target=native,arg=krait
    for word in "$@"; do arguments=$arguments,arg=$word; done
    timeout "$limit" qemu-system-arm -M netduinoplus2 -nographic -monitor none -serial stdio -icount shift=0 -semihosting-config "$arguments" -kernel "$firmware"
}

result() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
    fi
}

language_test() {
    qemu $test_image "$1" </dev/null 2>"$work/errors" | tr -d '\r' >"$work/out"
    cmp -s "tests/lang/$1.out" "$work/out"
    result "$1" $?
}

# The answer to a line that is typed at the prompt.
answer() {
    { printf '%s\n' "$1"; sleep 3; } | qemu $image 2>/dev/null | tr -d '\r' | sed -n '/^>>> [^ ]/{n;p;q}'
}

if [ $# -gt 0 ]; then
    for name in "$@"; do language_test "$name"; done
    echo "$passed passed, $failed failed"
    exit $((failed > 0))
fi
for name in $(cat tests/stm32/files.txt); do language_test "$name"; done
