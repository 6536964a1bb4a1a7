# lex_fstrings.py - f-strings: conversions, format specs, debugging '=', escapes, nesting, errors.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


class Fmt:
    def __init__(self, name):
        self.name = name

    def __format__(self, spec):
        return f"<{self.name}:{spec}>"

    def __str__(self):
        return "str " + self.name

    def __repr__(self):
        return "repr " + self.name


@section
def simple():
    x, y = 5, "hi"
    print(f"", f"plain", f"{x}", f"{x}{y}", f"a{x}b{y}c", F"{x}", fr"{x}\n", rf'\{x}', Rf"{y}", f'''{x
    }''')
    print(f"{x + 1}", f"{x if x > 3 else y}", f"{'a' + y}", f"{ x }", f"{(lambda a: a * 2)(x)}", f"{[i for i in range(3)]}")
    print(f"{x!r} {y!r} {y!s} {y!a} {'é'!a} {'é'!r}")
    print("a" f"{x}" "b" f"{y}", f"{x}" "{x}", "{y}" f"{y}")


@section
def braces():
    x = 1
    print(f"{{}}", f"{{{x}}}", f"{{x}}", f"}}{{", f"{{{{{x}}}}}", f"{x}}}", f"{{{x}", f"{ {1: 2} }", f"{ {x} }", f"{({1, 2} > {1})}")


@section
def specs():
    x, w, p = 3.14159, 10, 3
    print(f"{x:.2f}|{x:10.3f}|{x:{w}.{p}f}|{x:<{w}}|{'z':*^{w}}|{x:{'.1f'}}|{x:{w}.{p}{'e'}}|")
    print(f"{255:x} {255:#X} {255:08b} {255:,} {-5:+} {5:+} {5: } {1e10:,.1f} {0.25:.0%} {65:c}")
    print(f"{'abc':>6}|{'abc':<6}|{'abc':^7}|{'abc':.2}|{True:d}|{True}|{None}|{None!s:>6}|")
    f = Fmt("f")
    print(f"{f} {f:spec} {f!s} {f!r} {f!s:>8} {f!r:>10} {f:} {f!a:}")
    print(f"{f:{w}x{p}} {f:{{}}}" if 0 else f"{f:{w}x{p}}", f"{f:a b}", f"{f::}", f"{f:!r}", f"{f:=}")
    print(f"{x:}", f"{10:{'>'}{10}}", f"{3:{'0'}{5}}")


@section
def debugging():
    x, y = 5, "s"
    print(f"{x=}", f"{y=}", f"{x = }", f"{ x=}", f"{x =}", f"{x=!s}", f"{y=!s}", f"{y=!r:>6}", f"{x=:>5}", f"{x+1=}", f"{x =:^7}|")
    print(f"{x==5}", f"{x!=5}", f"{x<=5}", f"{x>=5}", f"{(y:=3)}", f"{x,=}", f"{x:=5}", f"{'a'=}", f"{'''a
b''' = }")
    f = Fmt("f")
    print(f"{f=}", f"{f=:spec}", f"{f=!s}", f"{len('abc')   =   }")


@section
def evaluation():
    log = []

    def note(v):
        log.append(v)
        return v
    print(f"{note(1)}{note(2):{note(3)}}{note(4)}", log)
    print(f"{note('x')!r:>{note(6)}}", log)
    d = {"a": 1}
    print(f"{d['a']} {d["a"]} {d.get("z", 'none')}")
    a = 10

    def inner():
        b = 20
        return f"{a + b} {[a + c for c in (1, 2)]} {(lambda: b)()}"
    print(inner(), f"{[f'{i}{j}' for i in 'ab' for j in (1, 2)]}", f"{f'{f"{a}"}'}")
    g = (f"{i}!" for i in range(3))
    print(list(g), "".join(f"{i:02}" for i in range(4)))


@section
def docstrings():
    def f():
        f"not a docstring"
    print(f.__doc__)


def parse(source):
    try:
        print(ascii(source), "->", ascii(eval(source)))
    except SyntaxError as e:
        print(ascii(source), "->", e.msg, e.lineno, e.offset)
    except Exception as e:
        print(ascii(source), "->", type(e).__name__, e)


@section
def errors():
    for source in ("f'{}'", "f'{ }'", "f'{'", "f'}'", "f'{1'", "f'{1'", "f'{1!}'", "f'{1!x}'", "f'{1!rr}'", "f'{1! r}'", "f'{1!r }'", "f'{!r}'",
                   "f'{:x}'", "f'{=}'", "f'{a b}'", "f'{1 2}'", "f'{*}'", "f'{lambda x: 1}'", "f'{1:{2:{3:{4}}}}'", "f'{1:{}}'", "f'{a $ b}'",
                   "f'{1}}'", "f'{{1}'", "f'{)}'", "f'{(}'", "f'{3:x'", "f'{undefined}'", "f'{1:d}' b''", "f'{1:q}'", "f'{\"a\":d}'", "f'{yield}'", "f'{x:=5}'", "f'{a = b}'"):
        parse(source)


@section
def starred_and_yield():
    print(f"{*'ab',}", f"{1, 2}", f"{*[1], *[2]}")

    def gen():
        got = f"<{yield 1}>"
        yield got
    g = gen()
    print(next(g), g.send("sent"))
