# Flags: combining, boundaries, names of what is combined, what is refused.
import enum
from enum import *


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


class Perm(Flag):
    R = auto()
    W = auto()
    X = auto()
    RW = R | W
    NONE = 0


class Bits(IntFlag):
    A = 1
    B = 2
    D = 8
    AB = 3


for cls in Perm, Bits:
    first, second = list(cls)[:2]
    both = first | second
    print(cls, list(cls), len(cls), repr(both), both, both.name, both.value, list(both), len(both), bool(cls(0)), repr(cls(0)), str(cls(0)))
    print(repr(~first), repr(~both), repr(first ^ both), repr(both & second), first in both, both in first, repr(~cls(0)), f"{both}|{both:>10}")
    print([repr(cls(i)) for i in range(8)] if cls is Perm else [repr(cls(i)) for i in range(-4, 20)])
print(Perm.R | Perm.W is Perm.RW, Perm(3) is Perm.RW, Perm["RW"], list(Perm.__members__), Perm.R.__class__._flag_mask_)
print(Bits.A | 4, repr(Bits.A | 4), 2 | Bits.A, Bits.A + 1, Bits.A == 1, "%x" % Bits.D, f"{Bits.D:03d}", list(Bits.A | 64), ~Bits.A)
refused(Perm, 8)
refused(Perm, -9)
refused(Perm, "x")
refused(lambda: Perm.R | 1)
refused(lambda: 1 in Perm.R)
refused(lambda: Perm.R | Bits.A)
refused(Bits, "x")
for boundary in FlagBoundary:
    class Odd(Flag, boundary=boundary):
        LOW = 1
        HIGH = 16
        BOTH = 17
        MORE = 6
    print(boundary, list(Odd))
    for value in (0, 1, 2, 6, 17, 23, 32, 64, -1, -2, -40):
        try:
            made = Odd(value)
            print(" ", value, repr(made), type(made).__name__, repr(~made))
        except ValueError as e:
            print(" ", value, e)


class Mixed(IntFlag, boundary=STRICT):
    A = 4
    B = 1
    C = 2


print(list(Mixed), list(Mixed(7)), repr(Mixed(7)))
refused(Mixed, 8)
refused(exec, "class Bad(Flag):\n A = 'x'\n B = auto()\n", globals())
print([m.value for m in Flag("F", "a b c")], list(Flag("F", "a b c", start=4)), list(IntFlag("G", "a b", boundary=EJECT)))
print(enum.show_flag_values(22), [enum.bin(n) for n in (0, 1, 10, -1, ~10)], enum.bin(5, 8), enum.bin(-5, 8))


class Gap(Flag):
    A = 1
    B = 8
    AX = 1 | 4


class Gaps(IntFlag):
    A = 1
    AX = 1 | 4
    BX = 2 | 8


refused(verify(NAMED_FLAGS), Gap)
refused(verify(NAMED_FLAGS), Gaps)
refused(verify(CONTINUOUS), Gap)
print(verify(UNIQUE)(Gap))


@global_enum
class Mode(IntFlag):
    M_READ = 1
    M_WRITE = 2


print(M_READ, repr(M_READ | M_WRITE), repr(Mode(0)), repr(Mode(9)), str(Mode(3)))


@global_enum
class Kind(Enum):
    K_ONE = 1


print(repr(K_ONE), str(K_ONE))
print(pickle_by_enum_name(M_READ, 2), pickle_by_global_name(M_READ, 2))
