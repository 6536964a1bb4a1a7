#!/bin/sh
# deb.sh PACKAGE - installs the package in a Debian of its own below build/, uses it there, and removes it: nothing may be left.
# SPDX-License-Identifier: MIT
#
# That Debian is made by debootstrap (or, as another user than root, not at all), once. What is missing is said, and nothing tested.
set -u
cd "$(dirname "$0")/.."
package=$1
base=build/debian
skip() { echo "SKIP the package: $*"; exit 0; }
[ "$(id -u)" = 0 ] || skip "a clean Debian can be entered by root alone (chroot)"
if [ ! -f "$base/made" ]; then
    command -v debootstrap >/dev/null || sh tools/packages.sh debootstrap >/dev/null 2>&1 || skip "there is no debootstrap"
    rm -rf "$base"
    debootstrap --variant=minbase "$(. /etc/os-release && echo "$VERSION_CODENAME")" "$base" >build/debian.log 2>&1 || skip "debootstrap: $(tail -n 1 build/debian.log)"
    touch "$base/made"
fi
inside() { chroot "$base" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C DEBIAN_FRONTEND=noninteractive HOME=/root "$@"; }
files() { (cd "$base" && find . -xdev -path ./proc -prune -o -path ./sys -prune -o -path ./dev -prune -o -path ./var/log -prune -o -path ./var/cache -prune \
    -o -path ./var/lib/dpkg -prune -o -path ./var/lib/apt -prune -o -path ./tmp -prune -o -path ./root -prune -o -print | sort); }
failed=0
passed=0
check() { # what, output that is expected, command...
    what=$1 want=$2
    shift 2
    got=$("$@" 2>&1)
    status=$?
    if [ $status -eq 0 ] && [ "$got" = "$want" ]; then passed=$((passed + 1)); return; fi
    failed=$((failed + 1))
    echo "FAIL $what: status $status"
    printf '%s\n' "$got" | tail -n 5
}
inside dpkg -P krait >/dev/null 2>&1
inside apt-get install -y -q libssl3 libsqlite3-0 >build/debian.log 2>&1 || inside sh -c 'apt-get update -q && apt-get install -y -q libssl3 libsqlite3-0' >build/debian.log 2>&1 ||
    echo "SKIP ssl and sqlite3 in the clean Debian: $(tail -n 1 build/debian.log)"
files >build/debian.before
cp "$package" "$base/tmp/krait.deb"
inside dpkg -i /tmp/krait.deb >build/debian.log 2>&1 || { tail -n 5 build/debian.log; echo "0 passed, 1 failed"; exit 1; }
check "a program" 1 inside krait -c 'print(1)'
check "the library" "[1.5, 2.5] 3" inside krait -c 'import json, asyncio; print(json.loads("[1.5, 2.5]"), asyncio.run(asyncio.sleep(0, 3)))'
if [ -e "$base/usr/lib/$(gcc -print-multiarch 2>/dev/null || echo x86_64-linux-gnu)/libssl.so.3" ]; then
    check "ssl and sqlite3" "OpenSSL 3 [(2,)]" inside krait -c 'import ssl, sqlite3; print(ssl.OPENSSL_VERSION[:9], sqlite3.connect(":memory:").execute("select 1 + 1").fetchall())'
fi
check "the manual page" "krait \\- Python 3 for the Internet of Things" sh -c "zcat $base/usr/share/man/man1/krait.1.gz | sed -n 4p"
check "removal" "" sh -c "chroot $base dpkg -P krait >/dev/null"
files >build/debian.after
check "nothing is left" "" diff build/debian.before build/debian.after
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
