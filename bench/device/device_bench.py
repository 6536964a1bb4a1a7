"""Five small programs for a microcontroller, each with the count that TIM2 made while it ran.

Under QEMU with -icount shift=0 the count is the number of executed instructions. The work is that of the measurements of MicroPython
in bench/device/run.py.
"""

import gc

from _device import ticks


def nothing():
    pass


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def sieve(limit):
    """Primes up to limit, by crossing out in a bytearray."""
    flags = bytearray(b"\x01" * (limit + 1))
    found = 0
    number = 2
    while number <= limit:
        if flags[number]:
            found += 1
            multiple = number * number
            while multiple <= limit:
                flags[multiple] = 0
                multiple += number
        number += 1
    return found


def float_loop(count):
    total = 0.0
    step = 1.0
    for _ in range(count):
        total = total + step * 0.5
        step = step / 1.0001 + 0.25
    return total


def text_and_dict(count):
    sums = {}
    for number in range(count):
        key = "k%d" % (number & 63)
        sums[key] = sums.get(key, 0) + number
    return sum(sums.values())


def garbage(count):
    kept = None
    for number in range(count):
        kept = [number, (number, str(number))]
    return len(kept)


def measure(name, function, *arguments):
    gc.collect()
    start = ticks()
    result = function(*arguments)
    print(name, ticks() - start, result)


measure("empty", nothing)
measure("fib20", fib, 20)
measure("sieve10000", sieve, 10000)
measure("float10000", float_loop, 10000)
measure("text2000", text_and_dict, 2000)
measure("garbage5000", garbage, 5000)
