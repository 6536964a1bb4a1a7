#!/bin/sh
# packages.sh FOLDER - downloads and unpacks what the virtual machines need into FOLDER: Debian's kernel for 32-bit ARM, busybox, gpiod, i2c-tools.
# SPDX-License-Identifier: MIT
#
# Nothing is installed. Done once: FOLDER/tree/vmlinuz is there then. What cannot be had is said, and the exit code is 1.
set -eu
to=$1
[ ! -e "$to/ready" ] || exit 0
mkdir -p "$to/state/lists/partial" "$to/state/cache/archives/partial" "$to/packages"
to=$(cd "$to" && pwd)
: >"$to/state/status"

apt() {
    command=$1
    shift
    "$command" -q -o APT::Architecture=armhf -o APT::Architectures=armhf -o Dir::State="$to/state" -o Dir::State::status="$to/state/status" \
        -o Dir::Cache="$to/state/cache" -o APT::Sandbox::User=root "$@"
}

apt apt-get update >"$to/log" 2>&1 || true
kernel=$(apt apt-cache depends linux-image-armmp 2>/dev/null | sed -n 's/.*Depends: \(linux-image-[0-9].*armmp\)$/\1/p' | head -n 1)
[ -n "$kernel" ] || { echo "packages.sh: there is no package linux-image-armmp for armhf" >&2; exit 1; }
(cd "$to/packages" && apt apt-get download "$kernel" busybox-static gpiod i2c-tools libgpiod2 libi2c0 libc6) >"$to/log" 2>&1 || {
    tail -n 3 "$to/log" >&2
    exit 1
}
for package in "$to"/packages/*.deb; do dpkg -x "$package" "$to/tree"; done
cp "$to"/tree/boot/vmlinuz-* "$to/vmlinuz"
depmod -b "$to/tree" "$(basename "$(ls -d "$to"/tree/lib/modules/*)")"
rm -rf "$to/packages" "$to/state"
: >"$to/ready"
