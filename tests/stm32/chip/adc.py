# Voltages by registers: channels, the supply by the reference inside, sampling times, the battery, the temperature.
import _chip
from machine import ADC, Pin, mem32

SMPR1, SMPR2, SQR3, CCR = 0x4001200C, 0x40012010, 0x40012034, 0x40012304


def refused(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except (ValueError, OSError) as e:
        print(f"{type(e).__name__}: {e}")


for volts in 0, 1.65, 3.3, 3.5:
    _chip.analog(3, volts)
    a = ADC("X4")  # PA3
    print(volts, a.read_u16(), a.read(), a.read_uv())
print(a, mem32[SQR3], mem32[SMPR2] >> 9 & 7, mem32[0x40020000] >> 6 & 3, hex(mem32[CCR] & 0x30000))

# With another supply the same voltage reads the same.
_chip.analog(-1, 3.0)
_chip.analog(3, 1.5)
a = ADC(Pin("PA3"))
print(abs(a.read_uv() - 1_500_000) < 2000, a.read_u16() // 256)
_chip.analog(-1, 3.3)
_chip.analog(12, 2.0)
a = ADC(12, sample_ns=2000)
print(abs(a.read_uv() - 2_000_000) < 2000, mem32[SMPR1] >> 6 & 7)
f = ADC("PF6")  # ADC 3, channel 4
_chip.analog(4, 2.0)
print(abs(f.read_uv() - 1_000_000) < 2000, mem32[0x40012234])
_chip.analog(16, 0.76)
_chip.analog(18, 3.0)
inside, battery = ADC(16), ADC(18)
print(abs(inside.read_uv() - 760_000) < 2000, abs(battery.read_uv() - 3_000_000) < 4000, abs(inside.read_uv() - 760_000) < 2000)
print(abs(ADC(17).read_uv() - 1_210_000) < 2000)
refused(ADC, "PB5")
refused(ADC, "PF0")
refused(ADC, 19)
_chip.analog_hangs(True)
refused(a.read_u16)
