"""The free heap that compiling a text of 10 KB takes on the device: searched by filling the heap up to where the compiler gets MemoryError."""

import gc


def functions():
    """40 functions."""
    return "".join(
        f"def function_{n}(value, count=2, *rest):\n    total = value * {n} + count\n    for index in range(count):\n        if index > 3:\n"
        f"            total += index * {n}\n        else:\n            total -= len(rest)\n    print('step {n}', total, count)\n    return total, rest\n\n"
        for n in range(40))


def methods():
    """One class with 30 methods."""
    return "class Controller:\n" + "".join(
        f"    def method_{n}(self, value, count=2):\n        total = self.total + value * {n}\n        for index in range(count):\n            if index > 3:\n"
        f"                total += index\n            elif self.limit < total:\n                self.limit = max(total, index)\n        self.total = total\n"
        f"        return {{'total': total, 'n': [count, value]}}\n\n" for n in range(30))


def lines():
    """One function of 300 lines."""
    return "def run(value, count, total, limit):\n" + "".join(
        f"    if value > {n}:\n        total = total + value * {n}\n    print('step {n}', total)\n    count = max(count, limit) if limit else total\n"
        for n in range(75)) + "    return total, count\n"


def compiles(text, free):
    """Whether it does with so many bytes of the heap free."""
    gc.collect()
    spare = size = gc.mem_free() - free
    taken = None
    try:
        while spare > 512:
            try:
                taken = (taken, bytearray(size - 40))
                spare -= size
            except MemoryError:
                size //= 2
            size = min(size, spare)
        gc.collect()
        compile(text, "text", "exec")
        return True
    except MemoryError:
        return False


for make in (MAKE,):  # one at a time: what the others leave would be in the way
    text = make()
    low, high = 8, 90
    while high - low > 1:
        middle = (low + high) // 2
        if compiles(text, middle * 1024):
            high = middle
        else:
            low = middle
    print(make.__name__, len(text), text.count("\n"), high)
