#!/bin/sh
# run.sh - tests of what bounds a program: recursion, sizes, the heap cap, step budget and deadline.
# SPDX-License-Identifier: MIT
#
# usage: tests/limits/run.sh KRAIT [-s SKIPLIST] [NAME.py ...]
# NAME.py runs with what its lines `# options: --steps 1000` and `# stacks: 256 8192` (KB of C stack, a run each) ask for; NAME.out is
# its output, NAME.rc its exit code. _stop.txt holds programs that only a limit stops: each must end, with LimitExceeded (or for lack of memory), within
# KR_STOP_SLACK milliseconds of processor time (50) of the limit. The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")" || exit 2
case ${1-} in
/*) krait=$1 ;;
?*) krait=$(cd ../.. && cd "$(dirname "$1")" && pwd)/$(basename "$1") ;;
*) echo "usage: tests/limits/run.sh KRAIT [-s SKIPLIST] [NAME.py ...]" >&2; exit 2 ;;
esac
shift
skips=/dev/null
if [ "${1-}" = -s ]; then
    case $2 in /*) skips=$2 ;; *) skips=../../$2 ;; esac
    shift 2
fi
[ -x "$krait" ] || { echo "run.sh: $krait is not a program" >&2; exit 2; }
[ -r "$skips" ] || { echo "run.sh: cannot read $skips" >&2; exit 2; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0
skipped=0

skip() { # is the test called $1 listed as one that cannot pass yet?
    grep -q "^limits/$1[[:space:]]*\(#\|\$\)" "$skips" || return 1
    echo "SKIP limits/$1:$(sed -n "s|^limits/$1[^#]*#||p" "$skips")"
    skipped=$((skipped + 1))
}

fail() { # name, reason
    echo "FAIL limits/$1: $2"
    tail -n 3 "$work/err" | cut -c1-200 | sed 's/^/    /'
    failed=$((failed + 1))
}

# run_file NAME.py STACK: one run, with the default stack if STACK is 0.
run_file() {
    want=0
    if [ -f "${1%.py}.rc" ]; then want=$(cat "${1%.py}.rc"); fi
    options=$(sed -n 's/^# options: //p' "$1" | head -n 1)
    title=$1
    if [ "$2" != 0 ]; then title="$1 (stack of $2 KB)"; fi
    (
        if [ "$2" != 0 ]; then ulimit -s "$2"; fi
        # shellcheck disable=SC2086  # several words
        exec timeout -k 5 60 "$krait" $options "$1" </dev/null >"$work/out" 2>"$work/err"
    )
    rc=$?
    if [ "$rc" -ne "$want" ]; then fail "$title" "exit code $rc, expected $want"
    elif ! cmp -s "$work/out" "${1%.py}.out"; then
        diff "$work/out" "${1%.py}.out" 2>/dev/null | head -n 3 >>"$work/err"
        fail "$title" "output differs"
    else passed=$((passed + 1)); fi
}

if [ $# -eq 0 ]; then
    set -- *.py
    stops=yes
fi
for test; do
    case $test in _*) continue ;; esac
    skip "$test" && continue
    for stack in $(sed -n 's/^# stacks: //p' "$test" | head -n 1 | grep . || echo 0); do run_file "$test" "$stack"; done
done

# ---- Programs that only a limit stops --------------------------------------------------------------------------------------------

cat >"$work/cost.c" <<'C'
#define _GNU_SOURCE
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) { // cost FILE command...: writes the command's milliseconds of processor time; gives up at 3 s
    struct rlimit most = { 3, 3 };
    pid_t child = argc > 2 ? fork() : -1;
    if (child < 0) return 2;
    if (child == 0) {
        setrlimit(RLIMIT_CPU, &most);
        execvp(argv[2], argv + 2);
        _exit(127);
    }
    int status;
    struct rusage use;
    FILE *f = fopen(argv[1], "w");
    if (!f || wait4(child, &status, 0, &use) < 0) return 2;
    fprintf(f, "%ld\n", (long)(use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000 + (use.ru_utime.tv_usec + use.ru_stime.tv_usec) / 1000);
    fclose(f);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
}
C

# A run costs as much as the machine is busy, so a slow one gets another chance.
run_stop() { # title, most milliseconds, program, options...
    title=$1 most=$2 file=$3
    shift 3
    for attempt in 1 2 3; do
        timeout -k 5 60 "$work/cost" "$work/ms" "$krait" --heap 256M "$@" "$file" </dev/null >/dev/null 2>"$work/err"
        rc=$?
        ms=$(cat "$work/ms")
        last=$(tail -n 1 "$work/err")
        why="exit code $rc, $ms ms"
        case $rc:$last in
        1:*LimitExceeded:* | 1:MemoryError*) [ "$ms" -gt "$most" ] || { passed=$((passed + 1)); return; } ;;
        *) break ;;
        esac
    done
    fail "_stop.txt" "$title: $why"
}

if [ "${stops-}" = yes ]; then
    ${CC:-cc} -O1 -o "$work/cost" "$work/cost.c" || exit 2
    slack=${KR_STOP_SLACK:-50}
    grep -v '^#' _stop.txt >"$work/stops"
    while IFS= read -r line; do
        [ -n "$line" ] || continue
        printf '%s\n' "$line" | tr '|' '\n' >"$work/plain.py"
        { echo 'while True:'; echo '  try:'; sed 's/^/    /' "$work/plain.py"; echo '  except BaseException: pass'; } >"$work/stubborn.py"
        for program in plain stubborn; do
            run_stop "$program under a deadline: $line" $((60 + slack)) "$work/$program.py" --deadline 0.06
            run_stop "$program with few steps: $line" $((60 + slack)) "$work/$program.py" --steps 20000
        done
    done <"$work/stops"
fi

# ---- Programs that wait for input ------------------------------------------------------------------------------------------------

# A pipe that stays open and empty: the deadline ends the wait.
run_wait() { # program
    mkfifo "$work/pipe"
    sleep 10 >"$work/pipe" &
    writer=$!
    timeout -k 1 5 "$krait" --deadline 0.1 -c "$1" <"$work/pipe" >/dev/null 2>"$work/err"
    rc=$?
    kill "$writer"
    wait "$writer" 2>/dev/null
    rm "$work/pipe"
    case $rc:$(tail -n 1 "$work/err") in
    1:*LimitExceeded:*) passed=$((passed + 1)) ;;
    *) fail "run.sh" "waiting for input: $1: exit code $rc" ;;
    esac
}

# A pipe that nobody empties.
run_full() { # program
    mkfifo "$work/pipe"
    sleep 10 <"$work/pipe" &
    reader=$!
    timeout -k 1 5 "$krait" --deadline 0.2 -c "$1" >"$work/pipe" 2>"$work/err"
    rc=$?
    kill "$reader"
    wait "$reader" 2>/dev/null
    rm "$work/pipe"
    case $rc:$(tail -n 1 "$work/err") in
    1:*LimitExceeded:* | 120:*LimitExceeded:*) passed=$((passed + 1)) ;;
    *) fail "run.sh" "writing to a full pipe: $1: exit code $rc" ;;
    esac
}

if [ "${stops-}" = yes ]; then
    for program in 'import os; os.write(1, bytes(10**6))' 'import os
while True: os.write(1, b"x")' 'open(1, "wb").write(bytes(10**6))' 'while True: print("x" * 100)' 'f = open(1, "wb"); f.write(bytes(8000)); f.flush()
while True: f.write(bytes(8000))'; do run_full "$program"; done
    for program in 'input()' 'import sys; sys.stdin.read()' 'import os; os.read(0, 1)' 'for line in open(0): pass'; do run_wait "$program"; done
fi
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ]
