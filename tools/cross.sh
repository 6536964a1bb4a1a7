#!/bin/sh
# cross.sh arm64|armhf FOLDER - puts a cross compiler and the static libraries of OpenSSL and SQLite for that machine, and qemu's user mode, into FOLDER.
# SPDX-License-Identifier: MIT
#
# They are Debian's packages, downloaded and unpacked, not installed: Debian's cross compilers and gcc-multilib, which the 32-bit x86 build needs,
# cannot be installed together, and no other machine's packages have to be made known to this system. FOLDER/cc, FOLDER/strip and FOLDER/run are then
# the compiler, strip and the emulator. Nothing is done if they are there already. What cannot be had is said; whoever needs it then fails or skips, and says why.
set -eu
arch=$1
to=$2
case $arch in
arm64) triple=aarch64-linux-gnu emulator=qemu-aarch64-static ;;
armhf) triple=arm-linux-gnueabihf emulator=qemu-arm-static ;;
*) echo "cross.sh: no machine $arch" >&2; exit 2 ;;
esac
[ ! -x "$to/cc" ] || [ ! -x "$to/run" ] || exit 0
mkdir -p "$to/state/lists/partial" "$to/state/cache/archives/partial" "$to/packages"
to=$(cd "$to" && pwd)
: >"$to/state/status"

# apt with lists of its own, for the machine $1.
apt() {
    machine=$1
    shift
    apt-get -q -o APT::Architecture="$machine" -o APT::Architectures="$machine" -o Dir::State="$to/state" -o Dir::State::status="$to/state/status" \
        -o Dir::Cache="$to/state/cache" -o APT::Sandbox::User=root "$@"
}

fetch() { # machine, packages
    apt "$1" update >"$to/log" 2>&1 || true # one list of several may fail: what matters is whether the packages come
    (cd "$to/packages" && apt "$@" >"$to/log" 2>&1) && return
    tail -n 3 "$to/log" >&2
    echo "cross.sh: could not download the packages for $arch" >&2
    exit 1
}

host=$(dpkg --print-architecture)
version=$(gcc -dumpversion 2>/dev/null || echo 12)
fetch "$host" download "gcc-$version-$triple" "cpp-$version-$triple" "binutils-$triple" "libgcc-$version-dev-$arch-cross" "libgcc-s1-$arch-cross" \
    "libc6-$arch-cross" "libc6-dev-$arch-cross" "linux-libc-dev-$arch-cross" qemu-user-static libisl23 libmpc3 libmpfr6 libgmp10 libzstd1 zlib1g libjansson4
fetch "$arch" download libssl-dev libsqlite3-dev
for package in "$to"/packages/*.deb; do dpkg -x "$package" "$to"; done
rm -rf "$to/packages" "$to/state" "$to/log"

# The linker is told where libraries are by the text of libc.so and by paths from the root: all of them are made to begin at FOLDER.
for text in "$to/usr/$triple"/lib/lib*.so; do
    [ -L "$text" ] || ! grep -q "^/\* GNU ld script" "$text" 2>/dev/null || sed -i "s| /usr/$triple/lib/| |g" "$text"
done
cat >"$to/cc" <<CC
#!/bin/sh
LD_LIBRARY_PATH=$to/usr/lib/\$(uname -m)-linux-gnu\${LD_LIBRARY_PATH:+:\$LD_LIBRARY_PATH} PATH=$to/usr/bin:\$PATH exec $to/usr/bin/$triple-gcc-$version \\
    -B$to/usr/$triple/bin -B$to/usr/$triple/lib -isystem $to/usr/$triple/include -L$to/usr/$triple/lib -L$to/usr/lib/$triple "\$@"
CC
cat >"$to/strip" <<STRIP
#!/bin/sh
LD_LIBRARY_PATH=$to/usr/lib/\$(uname -m)-linux-gnu exec $to/usr/bin/$triple-strip "\$@"
STRIP
cat >"$to/run" <<RUN
#!/bin/sh
exec $to/usr/bin/$emulator "\$@"
RUN
chmod +x "$to/cc" "$to/strip"
find "$to/usr/bin" -name 'qemu-*' ! -name "$emulator" -delete
rm -rf "$to/usr/share" "$to"/usr/libexec/qemu-* "$to/usr/lib/gcc-cross/$triple/$version/"lto1
printf 'int main(void) { return 0; }\n' >"$to/empty.c"
"$to/cc" -static -o "$to/empty" "$to/empty.c" || { rm -f "$to/cc"; echo "cross.sh: the compiler for $arch does not work" >&2; exit 1; }
chmod +x "$to/run"
"$to/run" "$to/empty" || { rm -f "$to/run"; echo "cross.sh: the emulator for $arch does not work" >&2; exit 1; }
