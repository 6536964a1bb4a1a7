"""The collector's work in instructions (under QEMU with -icount shift=0), with the heap three quarters full."""

import gc

from _device import ticks


def fill(share):
    """Small objects of several kinds, until that share of the heap is alive."""
    kept, most = [], (gc.mem_free() + gc.mem_alloc()) * share
    while gc.mem_alloc() < most:
        while gc.mem_alloc() < most:
            n = len(kept)
            kept.append([n, (n, str(n)), {"value": n * 0.5}] if n % 4 else bytearray(100))
        gc.collect()
    return kept


def steps(count):
    """The longest of many allocations, collections included."""
    longest = 0
    for number in range(count):
        start = ticks()
        garbage = [number, (number, number)]
        taken = ticks() - start
        if taken > longest:
            longest = taken
    return longest


gc.collect()
kept = fill(0.75)
gc.collect()
print("alive", gc.mem_alloc(), "of", gc.mem_alloc() + gc.mem_free())
start = ticks()
gc.collect()
print("whole", ticks() - start)
print("step", steps(5000))
