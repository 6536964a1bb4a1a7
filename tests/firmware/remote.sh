#!/bin/sh
# remote.sh - krait remote with the firmware in QEMU, over a pseudo terminal.
# SPDX-License-Identifier: MIT
#
# usage: tests/firmware/remote.sh KRAIT
set -u
krait=$1
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
passed=0
failed=0
qemu-system-arm -M netduinoplus2 -nographic -monitor none -serial pty -kernel "$root/build/stm32f405/krait.elf" >"$work/qemu" 2>&1 </dev/null &
qemu=$!
trap 'kill $qemu 2>/dev/null; rm -rf "$work"' EXIT
for _ in $(seq 100); do
    pty=$(sed -n 's/.*redirected to \([^ ]*\).*/\1/p' "$work/qemu")
    [ -n "$pty" ] && break
    sleep 0.1
done
sleep 1

remote() { timeout 60 "$krait" remote connect "$pty" "$@" 2>&1; }

expect() { # NAME, a line that must come back, arguments of krait remote
    name=$1
    line=$2
    shift 2
    remote "$@" >"$work/out"
    if grep -qx "$line" "$work/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $name"
        head -n 12 "$work/out"
    fi
}

runs() { # NAME of a program of examples/firmware that does not end, a line of its output: it is copied there, runs, and Ctrl-C ends it
    remote cp "$root/examples/firmware/$1.py" :main.py >"$work/out"
    timeout --foreground -s INT 5 "$krait" remote connect "$pty" exec 'exec(open("main.py").read())' >>"$work/out" 2>&1
    if grep -qx "$2" "$work/out" && grep -qx KeyboardInterrupt "$work/out"; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        head -n 12 "$work/out"
    fi
}

expect exec stm32f405 exec 'import sys; print(sys.platform)'
expect "exec that raises" 'ZeroDivisionError: division by zero' exec '1/0'
expect eval 42 eval '6*7'
printf 'print("from a file", 40 + 2)\n' >"$work/program.py"
expect run 'from a file 42' run "$work/program.py"
expect "soft-reset" "NameError: name 'x' is not defined" exec 'x = 1' + soft-reset + exec 'print(x)'
if remote exec 'import os; os.listdir()' | grep -q 'No such device'; then
    echo "SKIP cp, ls, cat, rm: the firmware has no file system"
else
    printf 'value = 6 * 7\n' >"$work/helper.py"
    expect cp 42 cp "$work/helper.py" :helper.py + exec 'import helper; print(helper.value)'
    printf 'value = 7 * 6\n' >"$work/made.py"
    "$krait" compile --device "$work/made.py"
    cp "$work/made.krc" "$work/made2.krc"
    expect "code files" 42 cp "$work/made.krc" :made.krc + exec 'import made; print(made.value)'
    expect "code files by path" 42 exec 'import runpy; print(runpy.run_path("made.krc")["value"])'
    printf '\377' | dd of="$work/made.krc" bs=1 seek=60 conv=notrunc 2>/dev/null
    expect "a broken code file" 'ImportError: bad code file: .*' cp "$work/made.krc" :made.krc + soft-reset + exec 'import made'
    printf 'print("main runs")\n' >"$work/main.py"
    expect main.py 'main runs' cp "$work/main.py" :main.py + exec 'exec(open("main.py").read())' + rm main.py
    expect cat 'value = 6 \* 7' cat :helper.py
    expect ls '.*helper.py' ls
    mkdir -p "$work/host/sub"
    printf 'value = 6 * 7\ndef wrong():\n    return 1 / 0\n' >"$work/host/there.py"
    expect mount 'mounted: all is well' mount "$work/host" run "$root/tests/firmware/mounted.py"
    expect "mount, files" 'files: all is well' mount "$work/host" run "$root/tests/firmware/mounted_files.py"
    expect "mount, traceback" "    return 1 / 0" mount "$work/host" exec 'import there; there.wrong()'
    expect "mount, code file" 42 mount "$work" exec 'import sys; sys.path.remove("/"); import made2; print(made2.value)'
    expect "what was mounted is not any more" "ModuleNotFoundError: No module named 'there'" exec 'import there'
    if [ "$(cat "$work/host/log")" = "$(seq 300)" ]; then passed=$((passed + 1)); else echo "FAIL mount, log" && failed=$((failed + 1)); fi
    runs blink 'blinked 1[01]'
    runs echo 'up 1'
    runs logger 'logged 10'
    runs pid '1 s 4[89]\.[0-9] degrees'
    expect rm "ModuleNotFoundError: No module named 'helper'" rm :helper.py + soft-reset + exec 'import helper'
fi
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
