# print_options.py - print: separators, ends, files, flush, mixed values, and what it does with odd file objects.
# SPDX-License-Identifier: MIT
import sys


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


class Sink:
    def __init__(self): self.parts = []
    def write(self, s): self.parts.append(s)
    def flush(self): self.parts.append("FLUSH")
    def take(self):
        out, self.parts = self.parts, []
        return out


S = Sink()


@section
def pieces():
    for args, kw in (((), {}), (("a",), {}), (("a", "b"), {}), ((1, 2.5, None, True), {}), (("a", "b"), {"sep": ""}), (("a", "b"), {"sep": ", "}), (("a",), {"sep": ", "}), (("a",), {"end": ""}), ((), {"end": "x"}), ((), {"sep": "x"}), (("a", "b"), {"sep": None, "end": None}), (("a",), {"flush": True}), (("a",), {"flush": 0}), (("a\n",), {}), (("é", "😀"), {"sep": "日"}), ((["x"], {"k": 1}), {}), ((b"b",), {}), (("", ""), {}), (("a", "b", "c"), {"sep": "\n", "end": "!\n"})):
        print(*args, file=S, **kw)
        print(args, kw, S.take())


@section
def objects():
    class R:
        def __repr__(self): return "REPR"
    class T(R):
        def __str__(self): return "STR"
    class Sub(str):
        def __str__(self): return "Sub.__str__"
    print(R(), T(), [R(), T()], (T(),), {R(): T()}, Sub("data"), int, len, ..., NotImplemented, 1j, range(2), {1}, frozenset(), slice(1), memoryview, sep=" | ")
    print(*[1, 2, 3], *"ab", **{"sep": "-", "end": "|\n"})
    print(*(), sep="x")
    print((1, 2), *(3, 4), [5])
    print("%s" % "fmt", "{}".format("fmt"), f"{'fmt'}", "con" "cat", """tri
ple""", r"\raw", "tab\tend", "nul\\0")


@section
def redirected_stdout():
    old = sys.stdout
    sys.stdout = S
    try:
        print("captured", 1)
        print("more", end="", flush=True)
    finally: sys.stdout = old
    print(S.take())
    sys.stdout = None
    try: result = print("goes nowhere")
    finally: sys.stdout = old
    print(result)
    class Changes(Sink):
        def write(self, s):
            sys.stdout = old
            super().write(s)
    c = Changes()
    sys.stdout = c
    try: print("x", "y")
    finally: sys.stdout = old
    print(c.take())


@section
def errors():
    for kw in ({"sep": 1}, {"end": 1}, {"sep": b" "}, {"end": []}, {"file": 5}, {"file": "name"}, {"foo": 1}, {"sep": " ", "bar": 2}):
        try: print("never", **kw)
        except Exception as e: print(kw, type(e).__name__, e)
    class NoFlush:
        def write(self, s): S.write(s)
    print("x", file=NoFlush())
    error(lambda: print("y", file=NoFlush(), flush=True))
    print(S.take())
    class BadWrite:
        def write(self, s): raise OSError(28, "no space")
    class BadStr:
        def __str__(self): return 5
    class Raises:
        def __str__(self): raise ValueError("str")
    error(lambda: print("x", file=BadWrite()))
    error(lambda: print(BadStr(), file=S))
    error(lambda: print("before", Raises(), file=S))
    print(S.take())
    class Count:
        n = 0
        def write(self, s):
            self.n += 1
            return "ignored result"
    k = Count()
    print(1, 2, 3, file=k)
    print(k.n)


@section
def nested_printing():
    class Loud:
        def __str__(self):
            print("  inside __str__")
            return "loud"
    print("a", Loud(), "b")
    def f():
        print("  in f")
        return "f result"
    print(f(), [print("  in list") for _ in range(1)], end=" end\n")
    print(print("inner"))
    print(str(print(end="")), repr(print))


@section
def stdout_methods():
    n = sys.stdout.write("written directly\n")
    print(n, sys.stdout.write(""), sys.stdout.flush(), hasattr(sys.stdout, "write"), hasattr(sys.stderr, "write"), hasattr(sys.stdin, "read"), sys.__stdout__ is sys.stdout)
    error(lambda: sys.stdout.write(5))
    error(lambda: sys.stdout.write(b"bytes"))
    error(lambda: sys.stdout.write())
    sys.stdout.writelines(["line one\n", "line two\n"])
