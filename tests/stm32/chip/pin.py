# Pins by registers: names, modes, pulls, drive, alternate functions, levels; edges by EXTI.
import _chip
import machine
import time
from machine import Pin, mem32

GPIOA, GPIOB = 0x40020000, 0x40020400
MODER, OTYPER, OSPEEDR, PUPDR, IDR, ODR, AFRL, AFRH = 0, 4, 8, 12, 16, 20, 32, 36
EXTI_IMR, EXTI_RTSR, EXTI_FTSR = 0x40013C00, 0x40013C08, 0x40013C0C


def field(base, register, pin, bits):
    return mem32[base + register] >> pin * bits & (1 << bits) - 1


def drive(pin, *levels):
    for level in levels:
        _chip.drive(pin, level)
    time.sleep_us(1)  # handlers run between two instructions


print([Pin(name).name() for name in ("PA0", "A5", "X1", "X9", "X17", "Y12", "LED_RED", "LED_BLUE", "SW", "PI11")])
for wrong in ("PA16", "PI12", "PJ0", "X13", "X0", "Y13", "PA01", "", "LED", 5):
    try:
        Pin(wrong)
        print("taken", wrong)
    except (ValueError, TypeError) as e:
        print(type(e).__name__, e)

p = Pin("PB5", Pin.OUT, value=1, drive=Pin.DRIVE_3)
print(field(GPIOB, MODER, 5, 2), field(GPIOB, OTYPER, 5, 1), field(GPIOB, OSPEEDR, 5, 2), _chip.level("PB5"))
p.off()
print(_chip.level("PB5"), p.value(), hex(mem32[GPIOB + ODR]))
p.toggle()
print(_chip.level("PB5"))

# A value that is set before the pin is an output is there from the first moment on.
_chip.watch("PB6")
Pin("PB6", Pin.OUT, value=1)
Pin("PB7", Pin.OUT, value=0)
print([level for _, level in _chip.watched()])

o = Pin("PA3", Pin.OPEN_DRAIN, Pin.PULL_UP, value=1)
print(field(GPIOA, OTYPER, 3, 1), field(GPIOA, PUPDR, 3, 2), o.value())
_chip.drive("PA3", 0)
print(o.value())
_chip.drive("PA3", None)
o.value(0)
print(o.value(), _chip.level("PA3"))

i = Pin("PA4", Pin.IN, Pin.PULL_UP)
print(i.value(), field(GPIOA, PUPDR, 4, 2))
i.pull(Pin.PULL_DOWN)
print(i.value(), field(GPIOA, PUPDR, 4, 2))
a = Pin("PA15", Pin.ALT, alt=9)
print(field(GPIOA, MODER, 15, 2), field(GPIOA, AFRH, 7, 4))
print(field(GPIOA, MODER, 1, 2), end=" ")
Pin("PA1", Pin.ANALOG)
print(field(GPIOA, MODER, 1, 2))

# Edges
seen = []
b = Pin("PB0", Pin.IN, Pin.PULL_UP)
irq = b.irq(lambda pin: seen.append((pin.name(), irq.flags())), Pin.IRQ_FALLING)
print(hex(mem32[EXTI_IMR]), hex(mem32[EXTI_RTSR]), hex(mem32[EXTI_FTSR]), hex(mem32[0x40013808]))
before = time.monotonic_ns()
drive("PB0", 0, 1, 0)
print(seen, before <= irq.timestamp <= time.monotonic_ns() if seen else None, irq.lost)
seen.clear()
irq.init(lambda pin: seen.append(irq.flags()), Pin.IRQ_RISING | Pin.IRQ_FALLING)
drive("PB0", 1, 0, 1)
print(seen)
try:
    Pin("PA0", Pin.IN).irq(print, Pin.IRQ_RISING)
except OSError as e:
    print(e)
b.irq(None)
drive("PB0", 0)
print(hex(mem32[EXTI_IMR]), len(seen))
seen.clear()
q = Pin("PA0", Pin.IN)
q.irq(lambda pin: seen.append(pin.value()), Pin.IRQ_RISING)
drive("PA0", 1)
print(seen)

# With interrupts off handlers wait.
seen.clear()
state = machine.disable_irq()
drive("PA0", 0, 1)
print(seen)
machine.enable_irq(state)
time.sleep_ms(1)
print(seen)

# A bouncing contact: one edge, when the level has lasted.
seen.clear()
c = Pin("PC13", Pin.IN, Pin.PULL_UP)
c.irq(lambda pin: seen.append(pin.value()), Pin.IRQ_FALLING, debounce_us=300_000)
drive("PC13", 0, 1, 0, 1, 0)
print(seen)
time.sleep_ms(400)
print(seen)
