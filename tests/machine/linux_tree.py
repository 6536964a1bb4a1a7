# The board `linux` on a tree of files that stands for the kernel's: 1-wire, thermometers, ADC, PWM, hwmon, identity. Each program is a process of its own.
import os
import subprocess
import sys

TREE = os.getcwd() + "/tree"


def put(path, text="", data=None):
    path = f"{TREE}/{path}"
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as f:
        f.write(text.encode() if data is None else data)


def get(path):
    with open(f"{TREE}/{path}") as f:
        return f.read()


def krait(source, tree=TREE):
    print("--", source.strip().splitlines()[0])
    done = subprocess.run([sys.executable, "--board", "linux:" + tree, "-c", source], capture_output=True, text=True)
    last = done.stderr.strip().rpartition("\n")[2]
    print((done.stdout + (last + "\n" if last else "")).replace(TREE, "TREE"), end="")


W1 = "sys/bus/w1/devices/w1_bus_master1"
put("dev/null")
krait("import machine; machine.OneWire(4)")
krait("import machine; machine.OneWire(4)", "/nowhere")
krait("import machine; machine.OneWire(4)", "tree")

# The kernel's bus: two thermometers, one of which is disturbed, a memory without a driver, and noise
put(f"{W1}/28-0316a2794aff/w1_slave", "72 01 4b 46 7f ff 0e 10 57 : crc=57 YES\n72 01 4b 46 7f ff 0e 10 57 t=23125\n")
put(f"{W1}/28-0316a2794aff/resolution", "12\n")
put(f"{W1}/28-0316a2794b00/w1_slave", "72 01 4b 46 7f ff 0e 10 58 : crc=57 NO\n72 01 4b 46 7f ff 0e 10 58 t=23125\n")
put(f"{W1}/23-000000123456/rw", "\x5a")
put(f"{W1}/00-800000000000/rw")
put(f"{W1}/w1_master_slaves", "28-0316a2794aff\n")
krait("""# scan, and the checksums of ROMs
from machine import OneWire
wire = OneWire(4)
for rom in sorted(wire.scan()): print(rom.hex(), wire.crc8(rom))
print(wire.reset(), OneWire("w1_bus_master1").reset(True))
""")
krait("""# a thermometer, by the driver
from machine import OneWire, Pin
from drivers.ds18b20 import DS18B20
wire = OneWire(4)
rom = bytes.fromhex("28ff4a79a21603")
sensor = DS18B20(wire, rom + bytes([wire.crc8(rom)]))
print(sensor.read())
""")
krait("""# another resolution, which the kernel is told
from machine import OneWire
from drivers.ds18b20 import DS18B20
wire = OneWire(4)
rom = bytes.fromhex("28ff4a79a21603")
print(DS18B20(wire, rom + bytes([wire.crc8(rom)]), 9).read())
""")
print(get(f"{W1}/28-0316a2794aff/resolution"))
krait("""# a disturbed one, one that is not there, two of them
from machine import OneWire
from drivers.ds18b20 import DS18B20
wire = OneWire(4)
for rom in (bytes.fromhex("28004b79a21603"), bytes(7)):
    try: print(DS18B20(wire, rom + bytes([wire.crc8(rom)])).read())
    except OSError as error: print(error)
DS18B20(wire)
""")
krait("""# as MicroPython's ds18x20 does it: convert all, then read the scratchpad
from machine import OneWire
wire = OneWire(4)
rom = bytes.fromhex("28ff4a79a21603")
wire.reset(True); wire.writebyte(0xCC); wire.writebyte(0x44); print(wire.readbit())
wire.reset(True); wire.select_rom(rom + bytes([wire.crc8(rom)])); wire.writebyte(0xBE)
pad = bytearray(9); wire.readinto(pad); print(pad.hex(), wire.crc8(pad), wire.readbyte())
wire.readbit()
""")
krait("""# bytes to a device that the kernel has no driver for; and what the kernel cannot do
from machine import OneWire
wire = OneWire(4)
rom = bytes.fromhex("23563412000000")
wire.select_rom(rom + bytes([wire.crc8(rom)])); wire.write(b"\\x0f\\x00\\x00"); wire.write(b"data")
print(wire.reset())
wire.writebyte(0xEC)
""")
print(get(f"{W1}/23-000000123456/rw").encode())
krait("""# and back
from machine import OneWire
wire = OneWire(4)
rom = bytes.fromhex("23563412000000")
wire.select_rom(rom + bytes([wire.crc8(rom)])); wire.writebyte(0x55); print(hex(wire.readbyte()))
""")
os.mkdir(f"{TREE}/sys/bus/w1/devices/w1_bus_master2")
krait("import machine; machine.OneWire(4)")
krait("import machine; print(machine.OneWire('w1_bus_master2').scan()); machine.OneWire('w1_bus_master7')")

IIO = "sys/bus/iio/devices/iio:device1"
for name, text in (("name", "ads1015"), ("in_voltage3_raw", "1000"), ("in_voltage_scale", "2"), ("scan_elements/in_voltage3_type", "le:s12/16>>4")):
    put(f"{IIO}/{name}", text + "\n")
krait("""# a converter
from machine import ADC
for id in (3, "ads1015:3", "iio:device1:3"): print(ADC(id).read_uv(), ADC(id).read_u16())
ADC("ads1015:5")
""")

PWM = "sys/class/pwm/pwmchip2/pwm1"
for name in ("period", "duty_cycle", "enable"):
    put(f"{PWM}/{name}", "0")
krait("""# pulses
from machine import PWM
fan = PWM("pwmchip2:1", freq=25000, duty_u16=32768)
fan.freq(1000)
PWM("pwmchip7:0")
""")
print([get(f"{PWM}/{name}") for name in ("period", "duty_cycle", "enable")])
krait("import machine; machine.PWM(machine.Pin(18), freq=50)")
put("proc/device-tree/serial-number", "10000000abcdef01\0")
krait("import machine; print(machine.unique_id().hex())")

HWMON = "sys/class/hwmon"
for name, text in (("hwmon10/name", "nct6775"), ("hwmon10/fan2_input", "1180"), ("hwmon10/in0_input", "1024"), ("hwmon2/name", "coretemp"), ("hwmon2/temp1_input", "48500"),
                   ("hwmon2/temp1_label", "Package id 0"), ("hwmon2/temp1_crit", "100000"), ("hwmon2/temp2_input", "-2000"), ("hwmon2/temp2_label", "Core 0"),
                   ("hwmon3/name", "tmp105"), ("hwmon3/temp1_input", "25500"), ("hwmon3/power1_input", "x")):
    put(f"{HWMON}/{name}", text + "\n")
from drivers import hwmon  # noqa: E402

root = f"{TREE}/{HWMON}"
for sensor in hwmon.sensors(root):
    try:
        print(sensor.name, sensor.read(), sensor.unit, sensor.limit("crit"))
    except ValueError as error:
        print(sensor, error)
print(hwmon.find("coretemp:Core 0", root), hwmon.find("nct6775:fan2", root).read(), hwmon.find("tmp105:temp1", root).read())
for wrong in ("coretemp", "nothing"):
    try:
        print(hwmon.find(wrong, root))
    except OSError as error:
        print(str(error).replace(TREE, "TREE"))
print(hwmon.sensors("/nowhere"))
