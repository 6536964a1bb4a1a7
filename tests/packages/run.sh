#!/bin/sh
# run.sh KRAIT - pure-Python packages of Debian 12, unmodified, under Krait: NAME_module.py prints what NAME_module.out has, which CPython 3.13 wrote.
# A package that is not installed is installed (tools/packages.sh), or else said and skipped.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/packages/run.sh KRAIT}")
cd "$(dirname "$0")" || exit 2
folder=/usr/lib/python3/dist-packages
passed=0 failed=0 skipped=0

# Where the package of a test is, and what Debian calls it.
entry() { case $1 in six) echo six.py ;; paho_mqtt) echo paho ;; requests_tls) echo requests ;; flask_served) echo flask ;; *) echo "$1" ;; esac; }
debian() { name=${1%_tls}; echo "python3-$(echo "${name%_served}" | tr _ -)"; }
# Programs that it needs besides, which are packages of the same name.
programs() { case $1 in paho_mqtt) echo mosquitto openssl ;; requests_tls) echo openssl ;; esac; }
has() { PATH=$PATH:/usr/sbin command -v "$1" >/dev/null; }

missing=""
for test in *_module.py; do
    name=${test%_module.py}
    [ -e "$folder/$(entry "$name")" ] || missing="$missing $(debian "$name")"
    for program in $(programs "$name"); do has "$program" || missing="$missing $program"; done
done
# shellcheck disable=SC2086
[ -z "$missing" ] || sh ../../tools/packages.sh $missing >/dev/null 2>&1 || true

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for test in *_module.py; do
    name=${test%_module.py}
    lacks=""
    [ -e "$folder/$(entry "$name")" ] || lacks=$(debian "$name")
    for program in $(programs "$name"); do has "$program" || lacks="$lacks $program"; done
    if [ -n "$lacks" ]; then
        echo "SKIP $test: cannot be installed here: $lacks"
        skipped=$((skipped + 1))
    elif KRAITPATH=$folder timeout 60 "$krait" -W ignore "$test" >"$work/out" 2>"$work/err" && cmp -s "${test%.py}.out" "$work/out"; then
        passed=$((passed + 1))
    else
        echo "FAIL $test"
        diff "${test%.py}.out" "$work/out" | head -n 8
        tail -n 5 "$work/err"
        failed=$((failed + 1))
    fi
done
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" = 0 ]
