#!/bin/sh
# make.sh - writes cpython.txt: what names.py prints under CPython 3.13 (PYTHON, default python3.13).
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")"
python=${PYTHON:-python3.13}
[ "$("$python" -c 'import sys; print(sys.implementation.name, "%d.%d" % sys.version_info[:2])')" = "cpython 3.13" ]
"$python" names.py | LC_ALL=C sort -u >cpython.txt
