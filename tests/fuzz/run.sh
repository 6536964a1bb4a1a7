#!/bin/sh
# run.sh - runs fuzz.py under CPython 3.13, with the sanitizer build: run.sh KIND SECONDS [SEED]
# SPDX-License-Identifier: MIT
#
# KIND: compile, program, hostile (see fuzz.py). SECONDS of processor time. PYTHON313 names CPython 3.13 if python3.13 or pyenv do not find it.
# Without it, there is nothing to compare with: a line says so. The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")/../.."
kind=${1:?usage: tests/fuzz/run.sh KIND SECONDS [SEED]}
serve=${FUZZ_SERVE:-build/asan/fuzz_serve}
is_313() { "$@" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }
python=
for p in "${PYTHON313:-python3.13}" python3 "${HOME-}"/.pyenv/versions/3.13.*/bin/python3; do
    if is_313 "$p"; then python=$p; break; fi
done
[ -n "$python" ] || { echo "no CPython 3.13 to compare with"; echo "0 passed, 0 failed, 1 skipped"; exit 0; }
log=$(mktemp)
trap 'rm -f "$log"' EXIT
[ -n "${FUZZ_SERVE:-}" ] || make --no-print-directory MODE=asan build/asan/fuzz_serve >"$log" 2>&1 || { cat "$log"; echo "0 passed, 1 failed"; exit 1; }
if PYTHONUTF8=1 "$python" tests/fuzz/fuzz.py "$kind" "$2" "${3:-1}" "$serve"; then echo "1 passed, 0 failed"; else echo "0 passed, 1 failed"; exit 1; fi
