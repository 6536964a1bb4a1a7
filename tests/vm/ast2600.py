# Runs in the virtual machine ast2600-evb: pins, I2C and a serial line of the kernel. `HOST command` asks the host to act, and its answer is a line of input.
import subprocess
import sys
import time

from drivers import hwmon
from machine import I2C, UART, Pin


def host(command):
    print("HOST", command, flush=True)
    return sys.stdin.readline().strip()


def tool(*command):
    return subprocess.run(command, capture_output=True, text=True, timeout=20).stdout.strip()


host("set gpioB1 false")
button = Pin("gpiochip0:9", Pin.IN)
print("low", button.value())
host("set gpioB1 true")
print("high", button.value())
edges = []
irq = button.irq(lambda pin: edges.append((irq.flags(), irq.timestamp, time.monotonic_ns())), Pin.IRQ_FALLING | Pin.IRQ_RISING)
for level in ("false", "true", "false"):
    host("set gpioB1 " + level)
time.sleep(0.5)
print("edges", [edge[0] for edge in edges], irq.lost)
print("times", all(a[1] < b[1] for a, b in zip(edges, edges[1:])), all(0 <= edge[2] - edge[1] < 1_000_000_000 for edge in edges))
slept = time.monotonic()
button.irq(lambda pin: woke.append(time.monotonic()), Pin.IRQ_RISING)
woke = []
host("later gpioB1 true")
time.sleep(3)
print("while asleep", len(woke), time.monotonic() - slept >= 3)
button.irq(None)

led = Pin("gpiochip0:0", Pin.OUT, value=1)
led.on()
print("output", host("get gpioA0"))
led.off()
print("output", host("get gpioA0"), led.value())
label = tool("/bin/gpiodetect").split("\n")[0].split("[")[1].split("]")[0]
host("set gpioB2 true")
print("gpioget agrees", tool("/bin/gpioget", "gpiochip0", "10"), Pin(f"{label}:10", Pin.IN).value())
busy = subprocess.Popen(["/bin/gpiomon", "gpiochip0", "11"], stdout=subprocess.DEVNULL)
time.sleep(1)
for wrong in (lambda: Pin("gpiochip0:11", Pin.IN), lambda: Pin("gpiochip0:9999"), lambda: Pin("nothing:1"), lambda: Pin("NOPE")):
    try:
        print(wrong())
    except (OSError, ValueError) as error:
        print(type(error).__name__, str(error).replace(label, "LABEL"))
busy.kill()

i2c = I2C(3)
print("scan", [hex(address) for address in i2c.scan() if address == 0x48])
host("temperature 25500")
print("temperature", i2c.readfrom_mem(0x48, 0, 2).hex())
host("temperature -10000")
i2c.writeto(0x48, b"\x00", False)
print("temperature", i2c.readfrom(0x48, 2).hex())
print("written", i2c.writeto_mem(0x48, 2, b"\x12\x30"), i2c.readfrom_mem(0x48, 2, 2).hex(), i2c.writevto(0x48, (b"\x03", b"\x22", b"\x40")))
print("i2cget agrees", tool("/bin/i2cget", "-y", "3", "0x48", "3", "w"), i2c.readfrom_mem(0x48, 3, 2).hex())
for wrong in (lambda: i2c.readfrom(0x31, 1), lambda: I2C(99)):
    try:
        print(wrong())
    except OSError as error:
        print(error)

host("temperature 31250")
with open("/sys/bus/i2c/devices/i2c-3/new_device", "w") as f:  # from here on the sensor is the kernel's
    f.write("tmp105 0x48")
sensor = hwmon.find("tmp105")
print("hwmon", sensor, sensor.read())

uart = UART("/dev/ttyS0", 9600, timeout=2000)
# QEMU takes this chip's clock, 24 MHz, for 38400 * 16 Hz, and rounds 10/11 of what comes out of it up to a speed of the host's: the divisors 156, 26
# and 13 are 300, 1800 and 4800 baud there.
for baud in (9600, 57600, 115200):
    uart.init(baud)
    print("baud", baud, host("speed"))
print("sent", uart.write(b"hello\x00\xff\r\n"), host("take 9"))
host("send " + b"first\r\nsecond\n\x11\x13\x03\x00".hex())
print("received", uart.readline(), uart.readline(), uart.read(4), uart.any())
data = bytes(range(256)) * 7
print("sent", uart.write(data), bytes.fromhex(host(f"take {len(data)}")) == data)
host("send " + data.hex())
got = bytearray()
while len(got) < len(data) and (more := uart.read(len(data) - len(got))):
    got += more
print("received", len(got), got == data)
slept = time.monotonic()
print("silence", uart.read(1), 1.9 <= time.monotonic() - slept < 4)
uart.init(115200, bits=7, parity=0, stop=2)
print("settings", [word for word in tool("/bin/stty", "-F", "/dev/ttyS0", "-a").split() if word.strip("-") in ("cs7", "cs8", "parenb", "cstopb")])
print("END")
