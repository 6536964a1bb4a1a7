#!/bin/sh
# decoders.sh - damaged input for the decoders of the library: decoders.sh KRAIT SECONDS SEED [KIND ...]
# SPDX-License-Identifier: MIT
#
# Each kind runs for SECONDS of processor time under KRAIT (the sanitizer build), and 300 cases of each are compared with CPython 3.13, if it is there.
# re, datetime and pickle may differ there by a few, which are printed: how CPython 3.13.0 reads odd dates, and frames of pickles that end too
# early. The last line is the sum: N passed, N failed.
set -u
cd "$(dirname "$0")/../.."
krait=${1:?usage: tests/fuzz/decoders.sh KRAIT SECONDS SEED [KIND ...]} seconds=$2 seed=$3
shift 3
[ $# -gt 0 ] || set -- json struct csv base64 zlib re datetime toml pickle ini
is_313() { "$@" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 13))' 2>/dev/null; }
python=
for p in "${PYTHON313:-python3.13}" python3 "${HOME-}"/.pyenv/versions/3.13.*/bin/python3; do
    if is_313 "$p"; then python=$p; break; fi
done
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0
for kind; do
    ok=1
    timeout $((seconds * 20 + 60)) "$krait" -W ignore tests/fuzz/decoders.py "$kind" "$seed" "$seconds" 2>"$work/err" || { ok=0; echo "FAIL $kind"; tail -20 "$work/err"; }
    if [ -n "$python" ] && [ $ok = 1 ]; then
        timeout 300 "$krait" -W ignore tests/fuzz/decoders.py "$kind" "$seed" -300 >"$work/krait" 2>&1
        "$python" -W ignore tests/fuzz/decoders.py "$kind" "$seed" -300 >"$work/cpython" 2>&1
        if ! diff "$work/krait" "$work/cpython" >"$work/diff"; then
            echo "$kind: $(grep -c '^<' "$work/diff") of 300 cases differ"
            case $kind in re | datetime | pickle) ;; *) ok=0; head -6 "$work/diff" ;; esac
        fi
    fi
    if [ $ok = 1 ]; then passed=$((passed + 1)); else failed=$((failed + 1)); fi
done
echo "$passed passed, $failed failed"
[ $failed = 0 ]
