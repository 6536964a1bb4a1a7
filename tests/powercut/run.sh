#!/bin/sh
# run.sh KRAIT - tests the simulated power cut that other tests use. Ends with a line N passed, N failed.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "$1")
cd "$(dirname "$0")/../.."
object=build/powercut.so
sh tests/powercut/build.sh "$object" || { echo "0 passed, 1 failed"; exit 1; }
exec timeout 120 "$krait" tests/powercut/check.py "$object"
