#!/bin/sh
# The first program in the virtual machine: devices, drivers, then test.py; what it prints goes to the console.
export PATH=/bin LD_LIBRARY_PATH=/lib/arm-linux-gnueabihf
mount -t proc proc /proc
mount -t sysfs sys /sys
mount -t devtmpfs dev /dev
for m in i2c-dev i2c-aspeed gpio-aspeed i2c-imx gpio-mxc spi-imx spidev lm75; do modprobe $m 2>/dev/null; done
sleep 1
for s in /sys/bus/spi/devices/*; do
    [ -e "$s" ] || continue
    d=$(basename "$s")
    echo spidev >"$s/driver_override"
    [ -e "$s/driver" ] && echo "$d" >"$s/driver/unbind"
    echo "$d" >/sys/bus/spi/drivers/spidev/bind
done
stty -echo -onlcr 2>/dev/null
echo BEGIN
/bin/krait --board linux /test.py 2>&1
echo "EXIT $?"
sleep 1000
