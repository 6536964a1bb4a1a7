#!/bin/sh
# smoke.sh - the STM32F405 firmware in QEMU: language tests from flash, a prompt over the serial port, sizes, memory, instruction counts.
# SPDX-License-Identifier: MIT
#
# usage: tests/stm32/smoke.sh [TEST ...]   with names: those language tests only (they must be in files.txt)
set -u
cd "$(dirname "$0")/../.."
image=build/stm32/krait.elf
test_image=build/stm32/test.elf
limit=${KR_TEST_TIMEOUT:-60}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
host=on # does anybody answer semihosting calls?

# qemu IMAGE [PROGRAM]: runs the firmware; its serial port is our input and output. With a program, its exit status is ours.
qemu() {
    timeout "$limit" qemu-system-arm -M netduinoplus2 -nographic -monitor none -serial stdio -icount shift=0 \
        -semihosting-config "enable=$host,target=native,arg=krait${2:+,arg=$2}" -kernel "$1"
}

result() { # NAME STATUS
    if [ "$2" -eq 0 ]; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        head -n 8 "$work/out"
    fi
}

language_test() {
    qemu $test_image "$1" </dev/null 2>"$work/errors" >"$work/raw"
    status=$?
    tr -d '\r' <"$work/raw" >"$work/out"
    [ $status -eq 0 ] && cmp -s "tests/lang/$1.out" "$work/out"
    result "$1" $?
}

# The board drops what is sent before it listens: waits for the prompt, at most 10 s.
wait_for_prompt() {
    for _ in $(seq 100); do
        grep -q '>>>' "$work/raw" && return
        sleep 0.1
    done
}

# Types texts at the prompt, with a pause between them; what comes back, echo included, is in $work/out.
type_in() {
    : >"$work/raw"
    { wait_for_prompt; for text in "$@" '\nraise SystemExit\n'; do printf '%b' "$text"; sleep 0.3; done; } | qemu $image 2>/dev/null >"$work/raw"
    tr -d '\r' <"$work/raw" >"$work/out"
}

prompt_test() { # NAME, how a line that must come back begins, TEXT ...
    name=$1
    line=$2
    shift 2
    type_in "$@"
    grep -q "^$line" "$work/out"
    result "$name" $?
}

figure() { printf '%-34s %10s\n' "$1" "$2"; }

sizes() {
    # shellcheck disable=SC2046
    set -- $(arm-none-eabi-size $image | tail -n 1)
    stack=$((0x$(arm-none-eabi-nm $image | awk '/ kr_chip_stack_top$/ { print $1 }') - 0x20000000))
    figure "flash: text" "$1"
    figure "static RAM: data and bss" $(($2 + $3 - stack))
    figure "C stack" "$stack"
    type_in 'import gc; gc.collect(); print("free", gc.mem_free())'
    free=$(sed -n 's/^free //p' "$work/out")
    figure "heap free after boot" "$free"
    [ $(($2 + $3 - stack)) -le 20480 ] && [ "$free" -ge 102400 ]
    result "memory" $?
}

# Executed instructions; MicroPython 1.29's on the Cortex-M3 of QEMU's netduino2 are for the same work (docs/stm32f405.md).
instructions() {
    qemu $test_image device_bench </dev/null 2>&1 | tr -d '\r' >"$work/out"
    awk -v other="empty=1342 fib20=14022370 sieve10000=12245058 float10000=18558302 text2000=13053734 garbage5000=23156819" '
        BEGIN { n = split(other, pair, " "); for (i = 1; i <= n; i++) { split(pair[i], p, "="); theirs[p[1]] = p[2] }
                printf "%-14s %12s %12s %6s\n", "instructions", "Krait", "MicroPython", "ratio" }
        $1 in theirs { printf "%-14s %12d %12d %6.2f\n", $1, $2, theirs[$1], $2 / theirs[$1]; seen++ }
        END { exit seen != n }' "$work/out"
    result "instructions" $?
}

if [ $# -gt 0 ]; then
    for name in "$@"; do language_test "$name"; done
    echo "$passed passed, $failed failed"
    exit $((failed > 0))
fi
while read -r name; do language_test "$name"; done <tests/stm32/files.txt
prompt_test "prompt" 42 '6*7'
prompt_test "editing" 42 '6*8\01777'
prompt_test "several lines" 42 'def f(x):\n    return x + 1\n\nf(41)'
prompt_test "interrupt" KeyboardInterrupt 'while True: pass\n\n' '\0003'
prompt_test "recursion in Python" 'RecursionError: maximum recursion depth exceeded' 'def f(n): return f(n + 1)\n\nf(0)'
prompt_test "recursion in C" 'RecursionError: maximum recursion depth exceeded while getting the repr of an object' \
    'l = []\nfor i in range(1000): l = [l]\n\nrepr(l)'
prompt_test "recursion in the compiler" 'RecursionError: maximum recursion depth exceeded during compilation' 'eval("(" * 190 + "1" + ")" * 190)'
prompt_test "memory is given back" 8000 'for i in range(50): a = [0] * 8000\n\nlen(a)'
prompt_test "no memory" MemoryError 'bytes(200000)'
host=off limit=5 prompt_test "restart" "NameError: name 'x' is not defined" 'x = 5\nx\n' '\0004' 'x'
limit=5 prompt_test "fault" 'krait: fault: r0' 'import _device\n_device.read32(0x10000000)'
sizes
instructions
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
