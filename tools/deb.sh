#!/bin/sh
# deb.sh BINARY [FOLDER] - makes a Debian package of the command in FOLDER (build): krait_VERSION_ARCH.deb.
# SPDX-License-Identifier: MIT
set -eu
cd "$(dirname "$0")/.."
binary=$1
out=${2:-build}
arch=$(dpkg --print-architecture)
version=$("$binary" --version | sed 's/^Krait \([^ ]*\) .*/\1/')
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
root=$work/root
install -d "$root/DEBIAN" "$root/usr/bin" "$root/usr/share/man/man1" "$root/usr/share/doc/krait"
strip --strip-unneeded -o "$root/usr/bin/krait" "$binary"
chmod 755 "$root/usr/bin/krait"
gzip -9nc docs/krait.1 >"$root/usr/share/man/man1/krait.1.gz"
cat >"$work/license" <<L
$(sed -n '4,$p' LICENSE | sed 's/^$/./; s/^/ /')
L
sed -e "/@LICENSE@/{r $work/license" -e 'd}' tools/deb/copyright >"$root/usr/share/doc/krait/copyright"
# The loader wants a C library with all versions of symbols that the binary names.
libc=$(objdump -T "$root/usr/bin/krait" | sed -n 's/.*GLIBC_\([0-9.]*\).*/\1/p' | sort -uV | tail -n 1)
sed -e "s/@VERSION@/$version/" -e "s/@ARCH@/$arch/" -e "s/@SIZE@/$(du -k -s --apparent-size "$root/usr" | cut -f1)/" \
    -e "s/@DEPENDS@/libc6 (>= $libc)/" tools/deb/control.in >"$root/DEBIAN/control"
(cd "$root" && find usr -type f -exec md5sum {} + | sort -k 2 >DEBIAN/md5sums)
find "$root" -type d -exec chmod 755 {} +
find "$root/usr/share" "$root/DEBIAN" -type f -exec chmod 644 {} +
dpkg-deb --root-owner-group -Zxz --build "$root" "$out/krait_${version}_$arch.deb" >"$work/log" || { cat "$work/log" >&2; exit 1; }
echo "$out/krait_${version}_$arch.deb: $(stat -c %s "$out/krait_${version}_$arch.deb") bytes"
