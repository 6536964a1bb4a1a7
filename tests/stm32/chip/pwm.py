# Pulses by registers: the counts of a frequency and a duty, timers that pins share, inverted and complementary outputs.
import _chip
from machine import PWM, Pin, mem32

CR1, CCMR1, CCMR2, CCER, PSC, ARR, CCR1, BDTR = 0, 0x18, 0x1C, 0x20, 0x28, 0x2C, 0x34, 0x44
TIM1, TIM3, TIM4, TIM5, TIM8, TIM9, TIM13 = 0x40010000, 0x40000400, 0x40000800, 0x40000C00, 0x40010400, 0x40014000, 0x40001C00


def refused(call, *arguments, **keywords):
    try:
        print(call(*arguments, **keywords))
    except (ValueError, OSError) as e:
        print(f"{type(e).__name__}: {e}")


def show(timer, channel, clock):
    prescaler, period, width = mem32[timer + PSC] + 1, mem32[timer + ARR] + 1, mem32[timer + CCR1 + 4 * channel - 4]
    print(f"{prescaler} * {period}: {clock / prescaler / period:.6g} Hz, {width / period:.6g}", mem32[timer + CR1] & 1)


p = PWM(Pin("X9"), freq=1000, duty_u16=32768)  # PB6: TIM4, channel 1
print(p, mem32[0x40020420] >> 24 & 15)
show(TIM4, 1, 84e6)
print(hex(mem32[TIM4 + CCMR1]), hex(mem32[TIM4 + CCER]))
for hz in 50, 440, 1, 0.1, 20000, 38000, 1_000_000, 21_000_000:
    p.init(freq=hz, duty_u16=16384)
    print(hz, end=": ")
    show(TIM4, 1, 84e6)
p.freq(50)
p.duty_ns(1_500_000)
show(TIM4, 1, 84e6)
print(p.freq(), p.duty_ns(), p.duty_u16(), p.duty())
for duty in 0, 1, 65534, 65535:
    p.duty_u16(duty)
    print(duty, mem32[TIM4 + CCR1], mem32[TIM4 + ARR] + 1)
refused(p.duty_ns, 30_000_000)
refused(p.freq, 0.001)

# A second channel of the timer has the same frequency, or the pin another timer.
q = PWM(Pin("X10"), freq=50, duty_u16=6554)
show(TIM4, 2, 84e6)
refused(q.freq, 60)
refused(PWM, "PD12", freq=50)
r = PWM("PB8", freq=77, duty_u16=32768)  # TIM4 has 50 Hz: TIM10
print(mem32[0x40020424] & 15)
q.deinit()
p.deinit()
print(mem32[TIM4 + CCER], mem32[TIM4 + CR1] & 1, mem32[0x40020400] >> 12 & 15)

m = PWM("PA8", freq=168_000 / 2, duty_u16=32768, invert=True)  # TIM1, on the faster bus
show(TIM1, 1, 168e6)
print(hex(mem32[TIM1 + CCER]), hex(mem32[TIM1 + BDTR]))
refused(PWM, "PB13", freq=84_000)  # its complement: the same channel
c = PWM("PA5", freq=10_000, duty_u16=16384)  # the complement of TIM8's channel 1
show(TIM8, 1, 168e6)
print(hex(mem32[TIM8 + CCER]))
refused(PWM, "PA4", freq=1)
refused(PWM, "PA0", freq=1000, duty_ns=-5)
