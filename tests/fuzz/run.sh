#!/bin/sh
# run.sh - runs random hostile programs (hostile.py) under AddressSanitizer, in turn with small stacks, a collection at every allocation, and failing
# allocations. A program may raise what it likes and be stopped by its limits; it must not crash, hang or fail an assertion.
# SPDX-License-Identifier: MIT
#
# usage: tests/fuzz/run.sh SECONDS [SEED]   from SEED (1) on. Programs that fail are kept in build/fuzz, with what they said.
set -u
cd "$(dirname "$0")/../.."
seconds=${1:-60}
first=${2:-1}
jobs=$(nproc 2>/dev/null || echo 2)
kept=build/fuzz
mkdir -p "$kept"
end=$(($(date +%s) + seconds))
export ASAN_OPTIONS=detect_leaks=0:detect_stack_use_after_return=0:exitcode=99

one() { # seed
    work=$(mktemp -d)
    stack=8192
    set -- "$1" --steps 400000 --heap 48M
    env=
    case $(($1 % 8)) in
    1) stack=256 ;;
    2) stack=1024 ;;
    3) env="KRAIT_GC_STRESS=1"; set -- "$1" --steps 60000 --heap 48M ;;
    4) env="KRAIT_FAIL_ALLOC=$(($1 * 7919 % 9000 + 1))" ;;
    5) env="KRAIT_FAIL_ALLOC=$(($1 * 104729 % 9000 + 1)) KRAIT_FAIL_STICKY=1" ;;
    6) set -- "$1" --steps 400000 --heap 1M ;;
    esac
    seed=$1
    shift
    build/krait tests/fuzz/hostile.py "$seed" >"$work/program.py" || return
    (
        ulimit -s "$stack"
        cd "$work" && env $env timeout -k 5 60 "$OLDPWD/build/asan/krait" "$@" program.py </dev/null >out 2>err
    )
    status=$?
    # A limit may have ended the program while sys.stdout was an object of its own that cannot flush: that is said, and ends with 120.
    if [ "$status" = 120 ] && grep -q 'ignored on flushing sys.stdout' "$work/err"; then status=1; fi
    case $status in
    0 | 1) echo ok ;;
    *)
        cp "$work/program.py" "$kept/$seed.py"
        { echo "seed $seed: status $status: ulimit -s $stack; env $env build/asan/krait $* $kept/$seed.py"; tail -c 6000 "$work/err"; } >"$kept/$seed.txt"
        echo "FAIL seed $seed: status $status, see $kept/$seed.txt"
        ;;
    esac
    rm -rf "$work"
}

worker() { # number
    seed=$((first + $1))
    while [ "$(date +%s)" -lt "$end" ]; do
        one "$seed"
        seed=$((seed + jobs))
    done
}

log=$(mktemp)
for n in $(seq 0 $((jobs - 1))); do worker "$n" & done >"$log"
wait
grep FAIL "$log"
bad=$(grep -c FAIL "$log")
echo "$(grep -c '^ok' "$log") passed, $bad failed"
rm -f "$log"
[ "$bad" -eq 0 ]
