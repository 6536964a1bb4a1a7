# message_texts_conversions.py - messages of TypeError from builtin types and functions that get what they do not take.
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
def conversions():
    for f in (lambda: int(None), lambda: int([]), lambda: int(1j), lambda: int("5", 2.0), lambda: int(5, 2), lambda: float(None), lambda: float([]), lambda: float(1j), lambda: complex([]), lambda: complex("1", 2), lambda: str(b"a", 5), lambda: bytes("a"), lambda: bytes([None]), lambda: bytes(1.5), lambda: list(1), lambda: tuple(1), lambda: set(1), lambda: dict(1), lambda: frozenset(1), lambda: range("a"), lambda: range(1.5), lambda: slice(), lambda: memoryview(1), lambda: iter(1), lambda: next(1), lambda: len(1), lambda: reversed(1), lambda: enumerate(1), lambda: zip(1), lambda: map(1), lambda: sorted(1), lambda: sum(1), lambda: max(1), lambda: all(1), lambda: hash([]), lambda: abs("a"), lambda: round("a"), lambda: divmod("a", 1), lambda: bin("a"), lambda: hex(1.5), lambda: chr("a"), lambda: ord("ab"), lambda: ord(1), lambda: isinstance(1, 1), lambda: issubclass(1, int), lambda: getattr(1, 1), lambda: vars(1), lambda: eval(1), lambda: exec(1), lambda: "a".join(1), lambda: "a".join([1]), lambda: "a".replace(1, "b"), lambda: "a".startswith(1), lambda: "a".find(1), lambda: "a".center("b"), lambda: "a".encode(1), lambda: b"a".decode(1), lambda: [].extend(1), lambda: [].insert("a", 1), lambda: {}.update(1), lambda: set().update(1), lambda: [1] + (1,), lambda: (1,) + [1], lambda: "a" + 1, lambda: b"a" + "a", lambda: [1] * "a", lambda: {} + {}, lambda: {1} + {2}, lambda: 1 in 1, lambda: "a" in b"a", lambda: 1 in "a", lambda: {[]: 1}, lambda: {[]}, lambda: {**1}, lambda: [*1], lambda: print(sep=1), lambda: type(1, 2), lambda: super(1, 2), lambda: property(1).__get__(1)): error(f)
