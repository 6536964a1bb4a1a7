#!/bin/sh
# fresh.sh [--demo] - what a new user does, in a clean Debian of its own below build/fresh with git and make: make demo, with values within 5 s and an end within 1 s of Ctrl-C;
# make test (unless --demo). The committed tree is what is tested.
# SPDX-License-Identifier: MIT
#
# There is neither HOME nor TERM nor a language set, and no terminal; whoever passes here passes anywhere. Outer half: makes that Debian (root alone can);
# inner half (--inside): what is done there, in name spaces of its own for mounts and processes, so that nothing is left running or mounted.
set -u
cd "$(dirname "$0")/.." || exit 2
base=$PWD/build/fresh/base root=$PWD/build/fresh/root
skip() { echo "SKIP the fresh machine: $*"; exit 0; }

# ---- Inner half

if [ "${1-}" = --inside ]; then
    failed=0
    said=build/fresh.demo
    mkdir -p build
    setsid env --default-signal=INT make demo ${PORT:+"PORT=$PORT"} </dev/null >"$said" 2>&1 &
    demo=$!
    for _ in $(seq 1200); do
        grep -q "for the viewer" "$said" && break
        kill -0 $demo 2>/dev/null || { tail -n 20 "$said"; echo "FAIL make demo ended with nothing to see"; exit 1; }
        sleep 1
    done
    grep 'Dashboard' "$said"
    build/krait tests/greenhouse/_demo.py "$said" "$demo" || { failed=1; tail -n 20 "$said"; echo "FAIL make demo"; }
    [ "${2-}" = --demo ] || make test </dev/null || failed=1
    exit $failed
fi

# ---- Outer half

inside() { chroot "$root" /usr/bin/env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin ${PORT:+"PORT=$PORT"} ${NODE_EXTRA_CA_CERTS:+NODE_EXTRA_CA_CERTS=/etc/extra-ca.pem} "$@"; }

if [ "${1-}" = --enter ]; then # with mounts of its own: as an installed machine has them
    shift
    mount -t proc proc "$root/proc" && mount -t sysfs -o ro sysfs "$root/sys" && mount -t tmpfs -o mode=1777 tmpfs "$root/dev/shm" &&
        mount -t devpts -o newinstance,ptmxmode=0666 devpts "$root/dev/pts" && ln -sf pts/ptmx "$root/dev/ptmx" || exit 2
    inside sh /srv/krait/tests/fresh.sh --inside "$@"
    exit $?
fi

[ "$(id -u)" = 0 ] || skip "root alone can enter a clean Debian (chroot)"
command -v debootstrap >/dev/null || sh tools/packages.sh debootstrap >/dev/null 2>&1 || skip "there is no debootstrap"
mkdir -p build/fresh
if [ ! -f "$base/made" ]; then
    rm -rf "$base"
    debootstrap --variant=minbase --include=git,make bookworm "$base" >build/fresh/log 2>&1 || skip "debootstrap: $(tail -n 1 build/fresh/log)"
    printf '127.0.0.1 localhost\n::1 localhost\n' >"$base/etc/hosts"
    cp /etc/apt/apt.conf.d/*proxy* "$base/etc/apt/apt.conf.d/" 2>/dev/null
    [ -z "${NODE_EXTRA_CA_CERTS-}" ] || cp "$NODE_EXTRA_CA_CERTS" "$base/etc/extra-ca.pem"
    touch "$base/made"
fi
rm -rf "$root"
cp -a "$base" "$root"
git clone -q "$PWD" "$root/srv/krait" || exit 2
unshare --mount --pid --fork --kill-child sh tests/fresh.sh --enter "$@"
