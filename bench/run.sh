#!/bin/sh
# run.sh - processor time of the programs here under Krait and under CPython 3.11, and the ratio.
# SPDX-License-Identifier: MIT
#
# usage: bench/run.sh [program ...]      e.g. bench/run.sh fib words library/re_log
#        bench/run.sh library             all in that folder: library, asyncio
# Environment: KRAIT, PEER (the two interpreters), ROUNDS (5). The two take turns, so that a noisy machine disturbs both alike; the
# least user+system time of each counts. A full run writes docs/bench.md, one of a folder docs/bench-FOLDER.md.
set -eu
cd "$(dirname "$0")/.."
krait=${KRAIT:-build/krait}
peer=${PEER:-/usr/bin/python3.11}
rounds=${ROUNDS:-5}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# /usr/bin/time counts in hundredths of a second, which is too coarse here.
cat >"$work/cost.c" <<'C'
#define _GNU_SOURCE
#include <fcntl.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
int main(int argc, char **argv) { // prints microseconds of processor time of the command, and its largest resident size in KB
    pid_t child = argc > 1 ? fork() : -1;
    if (child < 0) return 2;
    if (child == 0) {
        int null = open("/dev/null", O_WRONLY);
        if (null < 0 || dup2(null, 1) < 0) _exit(126);
        execvp(argv[1], argv + 1);
        _exit(127);
    }
    int status;
    struct rusage use;
    if (wait4(child, &status, 0, &use) < 0 || status != 0) return 1;
    printf("%lld %ld\n", (use.ru_utime.tv_sec + use.ru_stime.tv_sec) * 1000000LL + use.ru_utime.tv_usec + use.ru_stime.tv_usec, use.ru_maxrss);
    return 0;
}
C
${CC:-cc} -O1 -o "$work/cost" "$work/cost.c"

page=
if [ $# -eq 0 ]; then
    page=docs/bench.md title=Speed command="make bench"
    for f in bench/*.py; do set -- "$@" "$(basename "$f" .py)"; done
elif [ $# -eq 1 ] && [ -d "bench/$1" ]; then
    page=docs/bench-$1.md title="Speed of the $1" command="make bench-$1" room=$1
    [ "$1" = library ] || title="Speed of $1"
    set --
    for f in "bench/$room"/*.py; do set -- "$@" "$room/$(basename "$f" .py)"; done
fi
for name; do
    "$krait" "bench/$name.py" >"$work/ours"
    "$peer" "bench/$name.py" >"$work/theirs"
    cmp -s "$work/ours" "$work/theirs" || { echo "bench/run.sh: $name prints different results under $krait and $peer" >&2; exit 1; }
done

round=0
while [ "$round" -lt "$rounds" ]; do
    for name; do
        echo "$name ours $("$work/cost" "$krait" "bench/$name.py")"
        echo "$name theirs $("$work/cost" "$peer" "bench/$name.py")"
    done
    round=$((round + 1))
done >"$work/raw"

awk '
    { k = $1 " " $2; if (!(k in best) || $3 < best[k]) best[k] = $3; if (!(k in kb) || $4 > kb[k]) kb[k] = $4 }
    !($1 in seen) { seen[$1] = 1; name[++n] = $1 }
    END {
        print "| program | Krait ms | CPython ms | ratio | Krait MB | CPython MB |"
        print "| --- | ---: | ---: | ---: | ---: | ---: |"
        for (i = 1; i <= n; i++) {
            a = best[name[i] " ours"]; b = best[name[i] " theirs"]
            sum += log(b / a)
            printf "| %s | %.1f | %.1f | %.2f | %.1f | %.1f |\n", name[i], a / 1000, b / 1000, b / a, kb[name[i] " ours"] / 1024, kb[name[i] " theirs"] / 1024
        }
        printf "| **geometric mean** | | | **%.2f** | | |\n", exp(sum / n)
    }' "$work/raw" >"$work/table"
cat "$work/table"

[ -n "$page" ] || exit 0
machine=$(sed -n 's/^model name[^:]*: *//p' /proc/cpuinfo 2>/dev/null | head -n 1)
{
    echo "# $title"
    echo
    echo "Krait against $("$peer" -V 2>&1), as \`$command\` measures it: the least processor time (user and system) of $rounds rounds, the two taking"
    echo "turns, results compared first. A ratio above 1 means that Krait is faster. MB: largest resident size. Machine: $(uname -m)${machine:+, $machine}."
    echo
    cat "$work/table"
} >"$page"
