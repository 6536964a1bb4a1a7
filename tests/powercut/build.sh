#!/bin/sh
# build.sh FILE - builds the shared object that simulates power cuts.
# SPDX-License-Identifier: MIT
set -eu
mkdir -p "$(dirname "$1")"
exec ${CC:-cc} -std=c11 -Wall -Wextra -Wshadow -Wundef -Werror -O1 -g -shared -fPIC -o "$1" "$(dirname "$0")/powercut.c" -ldl
