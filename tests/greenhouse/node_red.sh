#!/bin/sh
# node_red.sh KRAIT - npm's node-red 4 and ws, from build/node-red, with the greenhouse. What cannot be installed is skipped, loudly.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/greenhouse/node_red.sh KRAIT}")
cd "$(dirname "$0")/../.." || exit 2
for program in node npm; do # a node from elsewhere brings its own npm, and is at odds with Debian's
    command -v $program >/dev/null || sh tools/packages.sh "$(echo $program | sed 's/^node$/nodejs/')" >/dev/null 2>&1
done
folder=$PWD/build/node-red
if ! [ -d "$folder/node_modules/node-red" ] || ! [ -d "$folder/node_modules/ws" ]; then
    mkdir -p "$folder"
    timeout 600 npm install --silent --no-audit --no-fund --prefix "$folder" node-red@4 ws@8 >"$folder/npm.log" 2>&1 || {
        echo "SKIP node-red-test: npm's node-red and ws cannot be installed here: $(tail -n 1 "$folder/npm.log" 2>/dev/null)"
        exit 0
    }
fi
exec timeout 180 "$krait" tests/greenhouse/_node_red.py "$krait" "$folder"
