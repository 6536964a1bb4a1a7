#!/bin/sh
# exit.sh - what the command says, and its status, when output cannot be written, streams are closed, or coroutines were not awaited.
# SPDX-License-Identifier: MIT
#
# usage: tests/exit.sh KRAIT      The last line is the sum: N passed, N failed. What is expected is what CPython 3.13 prints.
set -u
krait=$1
unset $(env | sed -n 's/^\(PYTHON[A-Z_]*\)=.*/\1/p') KRAITPATH
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0
failed=0

# Compares what came on standard error with standard input; addresses, carets and the folder are left out.
judge() { # NAME, expected status, status
    cat >"$work/want"
    sed "s#$work/##; s/0x[0-9a-f]*/0x/; /^ *[~^][~^]*\$/d" "$work/err" >"$work/got"
    if [ "$2" = "$3" ] && cmp -s "$work/want" "$work/got"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAIL $1: status $3, expected $2"
    diff "$work/want" "$work/got" | sed 's/^/    /'
}

run() { # program; standard input and output are the caller's
    printf '%s\n' "$1" >"$work/prog.py"
    (cd "$work" && timeout 20 "$krait" prog.py) 2>"$work/err"
}

full="Exception ignored on flushing sys.stdout:
OSError: [Errno 28] No space left on device"

run 'print("hello")' >/dev/full
judge "a full device" 120 $? <<EOF
$full
EOF
run 'import sys; print(1); sys.exit(3)' >/dev/full
judge "the status of a full device goes before" 120 $? <<EOF
$full
EOF
run 'print(1, flush=True)' >/dev/full
judge "print with flush" 120 $? <<EOF
Traceback (most recent call last):
  File "prog.py", line 1, in <module>
    print(1, flush=True)
OSError: [Errno 28] No space left on device
$full
EOF
run 'try: print(1, flush=True)
except OSError as e: import sys; sys.stderr.write(repr(e) + "\n")' >/dev/full
judge "an error that was caught, and again at the end" 120 $? <<EOF
OSError(28, 'No space left on device')
$full
EOF
run 'class D:
    def __del__(self): print("del")
d = D()
print("x")' >/dev/full
judge "said once, whatever finalizers print" 120 $? <<EOF
$full
EOF
run 'class D:
    def __del__(self): print("del")
d = D()' >/dev/full
judge "output of finalizers" 120 $? <<EOF
$full
EOF
run 'print("hello")' >&-
judge "closed output" 0 $? </dev/null
run 'import sys; sys.stderr.write(f"{sys.stdin} {sys.stdout} {sys.__stdout__}\n"); print("x", flush=True)' >&- <&-
judge "closed streams are None" 0 $? <<'EOF'
None None None
EOF
run 'input("p")' <&- >/dev/null
judge "input() without a stream" 1 $? <<'EOF'
Traceback (most recent call last):
  File "prog.py", line 1, in <module>
    input("p")
RuntimeError: input(): lost sys.stdin
EOF
run 'import sys; print("x"); sys.stdout.flush(); sys.stdout.close()' >/dev/null
judge "output that the program has closed" 0 $? </dev/null
run 'import sys
class W:
    def write(self, text): pass
    def flush(self): raise ValueError("no")
sys.stdout = W()
print(1)' >/dev/null
judge "an object of the program as sys.stdout" 120 $? <<'EOF'
Exception ignored on flushing sys.stdout:
Traceback (most recent call last):
  File "prog.py", line 4, in flush
    def flush(self): raise ValueError("no")
ValueError: no
EOF
run 'f = open("/dev/full", "w")
f.write("lost")' >/dev/null
judge "another file that cannot be written" 0 $? <<'EOF'
Exception ignored in: <_io.TextIOWrapper name='/dev/full' mode='w' encoding='utf-8'>
OSError: [Errno 28] No space left on device
EOF
run 'import atexit
@atexit.register
def f(): raise SystemExit(4)' >/dev/null
judge "atexit" 0 $? <<'EOF'
Exception ignored in atexit callback <function f at 0x>:
Traceback (most recent call last):
  File "prog.py", line 3, in f
    def f(): raise SystemExit(4)
SystemExit: 4
EOF
run 'async def f(): pass
f()
def g():
    for i in range(3):
        f()
g()
kept = f()' >/dev/null
judge "coroutines that nobody awaited" 0 $? <<'EOF'
prog.py:2: RuntimeWarning: coroutine 'f' was never awaited
  f()
prog.py:5: RuntimeWarning: coroutine 'f' was never awaited
  f()
<sys>:0: RuntimeWarning: coroutine 'f' was never awaited
EOF
run 'import warnings
warnings.simplefilter("error")
async def f(): pass
def g(): f()
g()
import gc; gc.collect()' >/dev/null
sed -i '/^Traceback/d; /warn_explicit$/d' "$work/err" # module warnings is Python here
judge "such a warning as an error" 0 $? <<'EOF'
Exception ignored in: <coroutine object f at 0x>
RuntimeWarning: coroutine 'f' was never awaited
EOF
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
