# machine.Timer, RTC, WDT, ADC, PWM, time_pulse_us, bitstream on the simulated board.
import time

import machine
import sim
from machine import ADC, PWM, RTC, Pin, Timer

board = sim.board()
times = []
timer = Timer(period=100, callback=lambda t: times.append((t is timer, round(time.monotonic() * 1000))))
time.sleep(0.55)
timer.deinit()
time.sleep(0.5)
print(len(times), times[0][0], {b[1] - a[1] for a, b in zip(times, times[1:])})
once = Timer(-1, mode=Timer.ONE_SHOT, period=10, callback=lambda t: print("once", t))
time.sleep(1)
count = 0


def tick(t):
    global count
    count += 1
    if count == 500:
        t.deinit()


Timer(freq=1000, callback=tick)
time.sleep(2)
print(count)
for wrong in (lambda: Timer(period=0, callback=print), lambda: Timer(callback=print), lambda: Timer(period=1, callback=3), lambda: Timer(freq=-1)):
    try:
        print(wrong())
    except (ValueError, TypeError) as error:
        print(type(error).__name__, error)


def broken(t):
    raise RuntimeError("in a handler")


import sys

sys.unraisablehook = lambda what: print("reported:", what.exc_type.__name__, what.exc_value)
Timer(mode=Timer.ONE_SHOT, period=1, callback=broken)
time.sleep(0.1)

rtc = RTC()
print(rtc.datetime()[:6])
rtc.datetime((2030, 1, 2, 0, 3, 4, 5, 0))
print(rtc.datetime()[:7], time.gmtime()[:6])
try:
    rtc.datetime((2030, 13, 2, 0, 3, 4, 5, 0))
except ValueError as error:
    print(error)

board.analog(0, 1.65)
board.analog("GPIO26", lambda seconds: 5.0)
print(ADC(0).read_u16(), ADC(0).read_uv(), ADC(0).read(), ADC(Pin(26)).read_u16(), ADC(7).read_u16())
pwm = PWM(Pin(12), freq=1000, duty_u16=32768)
print(pwm, board.pwm[12][0], round(board.pwm[12][1], 4), pwm.duty_ns())
pwm.duty_ns(250_000)
pwm.freq(2000)
print(pwm.freq(), pwm.duty_u16(), pwm.duty())
pwm.deinit()
print(board.pwm)
for wrong in (lambda: PWM(Pin(12), freq=0), lambda: PWM(Pin(12), freq=1000, duty_ns=2_000_000), lambda: pwm.duty_u16(70000)):
    try:
        print(wrong())
    except ValueError as error:
        print(error)

pin = Pin(6, Pin.IN)
board.after(0.001, board.drive, 6, 1)
board.after(0.0035, board.drive, 6, 0)
print(2495 <= machine.time_pulse_us(pin, 1, 10000) <= 2505, machine.time_pulse_us(pin, 1, 1000))
board.drive(6, 1)
print(machine.time_pulse_us(pin, 1, 1000))
board.listen_bits(7, lambda data, timing: print(data, timing))
machine.bitstream(Pin(7, Pin.OUT), 0, (400, 850, 800, 450), b"\x01\xff")
print(machine.unique_id(), machine.reset_cause() == machine.PWRON_RESET)
board.restarts = False
dog = machine.WDT(timeout=1000)
for _ in range(5):
    time.sleep(0.9)
    dog.feed()
print("fed")
try:
    machine.reset()
except SystemExit as end:
    print(type(end).__name__, end.code)
