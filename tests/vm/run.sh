#!/bin/sh
# run.sh - the board `linux` on a real kernel: Debian's for 32-bit ARM, on boards that QEMU emulates, with Krait's static file for that machine.
# SPDX-License-Identifier: MIT
#
# usage: tests/vm/run.sh KRAIT KRAIT-ARMHF [NAME ...]     KRAIT drives the machines; names: ast2600, sabrelite. The last line: N passed, N failed.
set -u
krait=$1
guest=$2
shift 2
cd "$(dirname "$0")/../.."
image=build/vm
here=tests/vm
command -v qemu-system-arm >/dev/null || { echo "SKIP: there is no qemu-system-arm"; echo "0 passed, 0 failed, 2 skipped"; exit 0; }
sh $here/packages.sh $image || { echo "SKIP: the kernel cannot be downloaded"; echo "0 passed, 0 failed, 2 skipped"; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
passed=0 failed=0

disk() { # test: an archive with it as the first file system
    rm -rf "$work/tree"
    mkdir -p "$work/tree/bin" "$work/tree/dev" "$work/tree/proc" "$work/tree/sys" "$work/tree/tmp" "$work/tree/lib/arm-linux-gnueabihf"
    cp "$image/tree/bin/busybox" "$work/tree/bin/busybox"
    for file in sh mount modprobe sleep basename echo stty; do ln -s busybox "$work/tree/bin/$file"; done
    for file in gpioget gpioset gpiomon gpiodetect; do cp "$image/tree/usr/bin/$file" "$work/tree/bin/"; done
    cp "$image"/tree/usr/sbin/i2c* "$work/tree/bin/"
    cp -L "$image"/tree/lib/arm-linux-gnueabihf/*.so* "$image"/tree/usr/lib/arm-linux-gnueabihf/*.so* "$work/tree/lib/arm-linux-gnueabihf/"
    ln -s arm-linux-gnueabihf/ld-linux-armhf.so.3 "$work/tree/lib/ld-linux-armhf.so.3"
    (cd "$image/tree" && find lib/modules -name 'modules.*' -o -name 'i2c-dev.ko' -o -name 'i2c-aspeed.ko' -o -name 'gpio-aspeed.ko' -o -name 'i2c-imx.ko' -o -name 'gpio-mxc.ko' \
        -o -name 'spi-imx.ko' -o -name 'spidev.ko' -o -name 'spi-bitbang.ko' -o -name 'gpio-generic.ko' -o -name 'lm75.ko' -o -name 'regmap-i2c.ko' -o -name 'hwmon.ko' | cpio -o -H newc 2>/dev/null) | (cd "$work/tree" && cpio -idm 2>/dev/null)
    cp "$guest" "$work/tree/bin/krait"
    cp "$here/$1.py" "$work/tree/test.py"
    cp "$here/init.sh" "$work/tree/init"
    chmod +x "$work/tree/init"
    (cd "$work/tree" && find . | cpio -o -H newc 2>/dev/null | gzip -1) >"$work/disk.gz"
}

boot() { # name, device tree, console, a node of the tree to switch on or "", qemu's further arguments
    name=$1 console=$3
    tree=$(ls "$image"/tree/usr/lib/linux-image-*/"$2")
    if [ -n "$4" ]; then "$krait" $here/enable.py "$tree" "$4" >"$work/tree.dtb"; else cp "$tree" "$work/tree.dtb"; fi
    shift 4
    disk "$name"
    QMP_SOCKET="$work/qmp" timeout 200 "$krait" $here/drive.py qemu-system-arm -nographic -monitor none -no-reboot -kernel "$image/vmlinuz" \
        -dtb "$work/tree.dtb" -initrd "$work/disk.gz" -append "console=$console quiet" -qmp "unix:$work/qmp,server=on,wait=off" "$@" \
        >"$work/out" 2>"$work/err" </dev/null
    status=$?
    if [ $status -eq 0 ] && cmp -s "$work/out" "$here/$name.out"; then
        passed=$((passed + 1))
        return
    fi
    failed=$((failed + 1))
    echo "FAIL vm/$name (exit code $status)"
    diff "$here/$name.out" "$work/out" | head -n 30
    tail -n 8 "$work/err"
}

for name in ${*:-ast2600 sabrelite}; do
    case $name in
    ast2600) boot ast2600 aspeed-ast2600-evb.dtb ttyS4,115200n8 serial@1e783000 -M ast2600-evb -serial stdio -serial @LINE -device tmp105,id=t,bus=aspeed.i2c.bus.3,address=0x48 ;;
    sabrelite) boot sabrelite imx6q-sabrelite.dtb ttymxc1,115200 "" -M sabrelite -m 512 -serial null -serial stdio -device tmp105,id=t,bus=i2c-bus.1,address=0x48 ;;
    esac
done
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
