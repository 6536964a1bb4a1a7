#!/bin/sh
# packages.sh [PACKAGE...] - installs what building and testing need on Debian: the packages named, or all that any target uses.
# Nothing is done for what is there already. What cannot be installed is said; whoever needs it then fails or skips, and says why.
# SPDX-License-Identifier: MIT
set -u
[ $# -gt 0 ] || set -- gcc make libc6-dev gcc-multilib clang clang-format-14 gcc-arm-none-eabi libnewlib-arm-none-eabi qemu-system-arm python3 libsqlite3-0 sqlite3 openssl nginx-light mosquitto mosquitto-clients python3-paho-mqtt nodejs npm chromium
missing=""
for p; do
    dpkg -s "$p" >/dev/null 2>&1 || missing="$missing $p"
done
[ -n "$missing" ] || exit 0
SUDO=""
[ "$(id -u)" = 0 ] || SUDO=sudo
# shellcheck disable=SC2086
$SUDO apt-get update -q && $SUDO env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends $missing && exit 0
echo "packages.sh: could not install$missing" >&2
exit 1
