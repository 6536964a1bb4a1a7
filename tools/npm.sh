#!/bin/sh
# npm.sh PACKAGE... - installs packages of npm into build/npm, for tests that talk to them. Without npm, or a network, that is said; the tests then skip.
# SPDX-License-Identifier: MIT
set -u
cd "$(dirname "$0")/.." || exit 2
missing=""
for p; do
    [ -d "build/npm/node_modules/$p" ] || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
command -v npm >/dev/null || { echo "npm.sh: npm is not installed (Debian: nodejs, npm)" >&2; exit 1; }
mkdir -p build/npm
# shellcheck disable=SC2086
timeout 120 npm install --prefix build/npm --no-audit --no-fund --ignore-scripts --loglevel=error $missing >/dev/null && exit 0
echo "npm.sh: could not install$missing" >&2
exit 1
