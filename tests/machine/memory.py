# What only bare metal has: memory by address, the record of a crash, the processor's clock.
import machine

print(machine.mem8, machine.mem16, machine.mem32, machine.last_crash())
for action in (lambda: machine.mem32[0x40020000], lambda: machine.mem8.__setitem__(0, 1), machine.freq):
    try:
        action()
    except NotImplementedError as e:
        print(e)
try:
    machine.mem32["x"]
except TypeError as e:
    print(e)
print(machine.Pin(3, machine.Pin.ALT, alt=7))
try:
    machine.Pin(3, alt=16)
except ValueError as e:
    print(e)
