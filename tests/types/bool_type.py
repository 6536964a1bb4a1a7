# bool_type.py - bool: values, arithmetic as int, text, no subclassing, logical operators, constructor.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


@section
def values():
    print(True, False, repr(True), str(False), bool(), type(True), isinstance(True, int), issubclass(bool, int), bool.__mro__, True is True, (1 == 1) is True, (1 < 0) is False, bool(5) is True)
    print([bool(x) for x in (0, 1, -1, 0.0, 0.1, "", "a", "False", [], [0], (), {}, None, ..., NotImplemented if 0 else 1, object(), b"", b"0", range(0), range(1), 0j, float("nan"), set(), {0}, frozenset(), bytearray(), memoryview(b""), lambda: 0, int, slice(0))])


@section
def arithmetic():
    print(True + True, True - False, True * 5, True / 2, True // 2, True % 2, True ** 3, -True, +True, ~True, ~False, abs(True), True + 1.5, True + 1j, divmod(True, 2), round(True), sum([True, True, False]), True << 2, 5 >> True, int(True), float(True), complex(True), [10, 20][True], "ab"[False], "x" * True, range(True), True == 1, True == 1.0, True != 1, True < 2, True > False, hash(True) == hash(1), {True: "a", 1: "b", 1.0: "c"}, [0, 1].index(True), True in [1], max(True, False), sorted([True, False, 2, -1]))
    print(type(True + True), type(True & True), type(True | 1), type(True ^ False), type(-True), type(+True), type(True * True), type(abs(True)), True & 0, True | 2, False ^ True)
    for f in (lambda: True / False, lambda: True % False, lambda: True + "a", lambda: True < "a", lambda: True @ 1, lambda: True[0], lambda: True(), lambda: len(True), lambda: iter(True), lambda: True.x, lambda: setattr(True, "x", 1)): error(f)


@section
def constructor():
    class B:
        def __init__(self, r): self.r = r
        def __bool__(self): return self.r
    class L:
        def __len__(self): return 3
    print(bool(B(True)), bool(B(False)), bool(L()))
    for r in (1, 0, None, "x", [], 1.0): error(lambda: bool(B(r)))
    error(lambda: bool(1, 2))
    error(lambda: bool(x=1))
    error(lambda: type("X", (bool,), {}))
    error(lambda: bool.__new__(int))
    print(bool.__new__(bool, 5), bool("0"), bool([[]]), bool.from_bytes(b"\x01"), bool.from_bytes(b"\x00"), type(bool.from_bytes(b"\x05")))


@section
def text():
    print(f"{True}", f"{True:d}", f"{True:5}|", f"{True:>5}|", f"{True:x}", f"{True!s:>6}|", f"{True:.1f}", f"{True:b}", "%s %d %r %x %f" % (True, True, True, True, True), "{} {:d} {!r}".format(True, True, True), str(True) + "!", ascii(False), format(True), format(True, ""), format(True, "d"), hex(True), bin(False), oct(True), chr(True) == "\x01", repr([True, None]), f"{True:n}", f"{True:c}" == "\x01", f"{True:+}", f"{False:%}")
    error(lambda: f"{True:s}")


@section
def logic():
    log = []
    def n(v):
        log.append(v)
        return v
    print(n(1) and n(0) and n(2), n(0) or n("") or n("x") or n(3), not n(0), not not n("a"), log)
    print([a and b for a in (0, 1) for b in ("", "b")], [a or b for a in (0, 1) for b in ("", "b")], [not a for a in (0, 1, "", "a", None)], True and None, None and True, False or None, None or False, [] or {} or 0, [] and {}, 1 and 2 and 3, 0 or 1 and 2, not 1 or 2, not (1 or 2), not 1 == 2, True if None else False, all([]), any([]), all([1, "a", [0]]), any([0, "", None]), all(x > 0 for x in (1, 2)), any(x > 1 for x in (1, 2)))
    it = iter([0, 1, 0, 2])
    print(any(it), list(it), all(x for x in iter([1, 0, 1])))
    error(lambda: all(5))
    error(lambda: any(None))
    error(lambda: any([1 / 0]) if 0 else all(1 / x for x in (1, 0)))
    print(all(iter([1, 0, 1 if 0 else 2])), any(1 / x for x in (1, 0)))


@section
def methods():
    print(True.real, True.imag, True.numerator, True.denominator, True.bit_length(), True.to_bytes(), True.conjugate(), True.as_integer_ratio(), True.is_integer(), True.__and__(False), True.__and__(3), True.__xor__(True), True.__or__("a"), True.__rand__(1), True.__repr__(), True.__str__(), True.__int__(), True.__index__(), True.__eq__(1), True.__hash__() == 1, True.__invert__(), True.__bool__())
