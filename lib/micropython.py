"""MicroPython's own module: constants, memory, functions that are called soon. See docs/micropython.md."""

from _micropython import heap_lock, heap_locked, heap_unlock, opt_level, stack_use

__all__ = ["const", "opt_level", "alloc_emergency_exception_buf", "mem_info", "qstr_info", "stack_use", "heap_lock", "heap_unlock",
           "heap_locked", "buf_contains_ptrs", "kbd_intr", "schedule", "native", "viper", "RingIO"]


def const(expr, /):
    """The value itself. Krait has no constants that are compiled in: a name stays a variable."""
    return expr


def native(function, /):
    """The function itself: Krait decides alone what is worth more than bytecode."""
    return function


def viper(function, /):
    """The function itself: numbers in it are Python's, of any size, and it has no ptr8, ptr16 and ptr32."""
    return function


def alloc_emergency_exception_buf(size, /):
    """Nothing is to be done: handlers run where memory can be had, and a MemoryError needs none. The size (bytes) is only checked."""
    from operator import index
    if index(size) < 0:
        raise ValueError("size must not be negative")


def mem_info(verbose=None, /):
    """Print how much stack and heap is in use, in bytes; verbose: also how many objects of which type, most bytes first."""
    import gc
    used, free = gc.mem_alloc(), gc.mem_free()
    print(f"stack: {stack_use()}")
    print(f"GC: total: {used + free}, used: {used}, free: {free}")
    if verbose is None:
        return
    from sys import getsizeof
    count, size = {}, {}
    for item in gc.get_objects():
        name = type(item).__name__
        count[name] = count.get(name, 0) + 1
        size[name] = size.get(name, 0) + getsizeof(item, 0)
    for name in sorted(size, key=size.get, reverse=True):
        print(f" {name}: {count[name]} objects, {size[name]} bytes")


def qstr_info(verbose=None, /):
    """Print how many strings are interned, and their bytes, beside those that are part of the binary; verbose: the strings as well."""
    from _micropython import interned, interned_names
    number, size = interned()
    print(f"qstr pool: n_qstr={number}, n_total_bytes={size}")
    if verbose is not None:
        for name in interned_names():
            print(f"Q({name})")


def buf_contains_ptrs(buf, /):
    """Nothing is to be done: addresses of uctypes keep nothing alive, and what they lead to is checked."""
    memoryview(buf).release()


def kbd_intr(chr, /):
    """Set the character that raises KeyboardInterrupt where the console is a terminal or a wire: 3 is Ctrl-C, -1 none."""
    from operator import index
    chr = index(chr)
    if not -1 <= chr <= 255:
        raise ValueError(f"kbd_intr() argument must be -1 or a character's number, not {chr}")
    import sys
    import termios

    import _wire
    if _wire.active():
        _wire.interrupt(chr)
        return
    try:
        fd = sys.stdin.fileno()
        state = termios.tcgetattr(fd)
    except (AttributeError, OSError, ValueError, termios.error):
        return  # no terminal: no character interrupts anything
    state[6][termios.VINTR] = bytes([chr]) if chr >= 0 else b"\0"
    termios.tcsetattr(fd, termios.TCSANOW, state)


def schedule(func, arg, /):
    """Call func(arg) very soon, between two instructions and never within another such call; RuntimeError: 32 wait already."""
    from _micropython import schedule
    if func is kbd_intr:
        from _micropython import interrupt
        schedule(interrupt, arg)
    else:
        schedule(func, arg)


class RingIO:
    """A queue of bytes of a fixed size, with the methods of a stream. RingIO(size), or RingIO(buffer), which holds one byte less than it has."""

    __slots__ = ("_buffer", "_first", "_next")

    def __init__(self, size, /):
        self._buffer = memoryview(bytearray(size + 1) if isinstance(size, int) else size).cast("B")
        if self._buffer.readonly:
            raise TypeError("a buffer that can be written to is required")
        if len(self._buffer) < 2:
            raise ValueError("RingIO has no room for a byte")
        self._first = self._next = 0

    def any(self):
        """How many bytes can be read."""
        return (self._next - self._first) % len(self._buffer)

    def _take(self, count):
        room, first = len(self._buffer), self._first
        count = min(count, self.any())
        end = first + count
        data = bytes(self._buffer[first:min(end, room)])
        if end > room:
            data += self._buffer[:end - room]
        self._first = end % room
        return data

    def read(self, nbytes=-1, /):
        """What there is, but not more than nbytes; b"" is nothing."""
        return self._take(self.any() if nbytes is None or nbytes < 0 else nbytes)

    def readline(self, nbytes=-1, /):
        """Up to the end of a line (newline or return) or of what there is, but not more than nbytes."""
        most = self.any() if nbytes is None or nbytes < 0 else min(nbytes, self.any())
        for i in range(most):
            if self._buffer[(self._first + i) % len(self._buffer)] in b"\n\r":
                return self._take(i + 1)
        return self._take(most)

    def readinto(self, buf, nbytes=-1, /):
        """Fill buf with what there is, at most nbytes; how many bytes that were."""
        view = memoryview(buf).cast("B")
        data = self._take(len(view) if nbytes is None or nbytes < 0 else min(nbytes, len(view)))
        view[:len(data)] = data
        return len(data)

    def write(self, buf, /):
        """Put in as much of buf as there is room for; how many bytes that were."""
        view, room = memoryview(buf).cast("B"), len(self._buffer)
        count = min(len(view), room - 1 - self.any())
        start = self._next
        first = min(count, room - start)
        self._buffer[start:start + first] = view[:first]
        self._buffer[:count - first] = view[first:count]
        self._next = (start + count) % room
        return count

    def close(self):
        """Nothing happens: what is inside can still be read."""
