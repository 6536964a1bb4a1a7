#!/bin/sh
# node_red.sh KRAIT - npm's node-red 4 and ws, from build/node-red, with the greenhouse. What cannot be installed is skipped, loudly.
# SPDX-License-Identifier: MIT
set -u
krait=$(realpath "${1:?usage: tests/greenhouse/node_red.sh KRAIT}")
cd "$(dirname "$0")/../.." || exit 2
folder=$PWD/build/node-red
if ! [ -d "$folder/node_modules/node-red" ] || ! [ -d "$folder/node_modules/ws" ]; then
    mkdir -p "$folder"
    timeout 600 npm install --silent --no-audit --no-fund --prefix "$folder" node-red@4 ws@8 >"$folder/npm.log" 2>&1 || {
        echo "SKIP node-red-test: npm's node-red and ws cannot be installed here: $(tail -n 1 "$folder/npm.log" 2>/dev/null)"
        exit 0
    }
fi
exec timeout 180 "$krait" tests/greenhouse/_node_red.py "$krait" "$folder"
