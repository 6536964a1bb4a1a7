# match_sequences.py - match: sequence patterns: lengths, stars, nesting.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def lengths():
    def f(x):
        match x:
            case []: return "empty"
            case [a]: return f"one {a}"
            case (a, b): return f"two {a} {b}"
            case a, b, c: return f"three {a} {b} {c}"
            case [a, *rest]: return f"first {a} rest {rest}"
            case _: return "not a sequence"
    for x in ([], (), [1], (1,), [1, 2], (1, 2), [1, 2, 3], range(5), "", "ab", b"ab", bytearray(b"ab"), {}, {1: 2}, {1, 2}, None, 5, iter([1]), range(0), range(1), memoryview(b"ab"), (x for x in ())):
        print(type(x).__name__, f(x))


@section
def stars():
    def f(x):
        r = []
        match x:
            case [*a]: r.append(("all", a))
        match x:
            case [a, *b]: r.append(("head", a, b))
        match x:
            case [*a, b]: r.append(("last", a, b))
        match x:
            case [a, *b, c]: r.append(("ends", a, b, c))
        match x:
            case [a, b, *_]: r.append(("two or more", a, b))
        match x:
            case [*_, a, b]: r.append(("last two", a, b))
        match x:
            case *a, : r.append(("open star", a))
        match x:
            case [_, *_, _]: r.append("at least two")
        return r
    for x in ([], [1], (1, 2), [1, 2, 3], range(4)): print(x, f(x))


@section
def nesting():
    def f(x):
        match x:
            case [[a, b], [c, [d, *e]]]: return a, b, c, d, e
            case [[], *rest]: return "empty first", rest
            case [[*a], [*b]]: return a, b
            case [{"k": [x0, y0]}, (z, w)]: return x0, y0, z, w
            case [1, [2, [3, [4, deep]]]]: return deep
            case [int(a), str(b), *c]: return "typed", a, b, c
            case [[a] | [a, _] | [a, _, _], b]: return "or", a, b
            case [(1 | 2) as first, *_] as whole: return "as", first, whole
            case [_, _] | [_, _, _]: return "two or three"
    for x in ([[1, 2], [3, [4, 5, 6]]], [[], 7], [[1], [2]], [{"k": [1, 2]}, (3, 4)], [1, [2, [3, [4, "deep"]]]], [1, "s", 2], [[5], 6], [[5, 6, 7], 8], [2, 3], ["x", 1, 2], [3, 4], [1], "ab", [["ab"], "cd"]):
        print(x, f(x))


@section
def names_and_wildcards():
    match [1, 2, 3]:
        case [_, x, _]: print(x)
    match [1, 1]:
        case [a, b] if a == b: print("repeat by guard")
    match (1, (2, (3, 4))):
        case (a, (b, c)): print(a, b, c)
    match [1, [2, 3]]:
        case [a, [b, *c] as inner]: print(a, b, c, inner)
    match ["go", "north"]:
        case ["quit"]: print("quit")
        case ["go", ("north" | "south") as d]: print("direction", d)
    match ("cmd", 1, 2):
        case ("cmd", *args) if len(args) > 1: print(args)
    match [None, True, 1, "s"]:
        case [None, True, 1, "s"]: print("constants")
    x = 5
    match [5, 6]:
        case [x, y]: print("x is captured, not compared", x, y)
    match "abc":
        case [a, b, c]: print("never: str is not a sequence here")
        case str(): print("str")
    def partial(v):
        match v:
            case [a, [b, 99]]: return "full"
            case _: return sorted(k for k in locals() if k != "v")
    print(partial([1, [2, 99]]), partial([1, [2, 3]]))


@section
def iterator_use():
    class Seq(list):
        def __iter__(self):
            print("  iter")
            return super().__iter__()
        def __len__(self):
            print("  len")
            return super().__len__()
    match Seq([1, 2, 3]):
        case [1, 2]: print("never")
        case [a, *b]: print(a, b)
    match Seq([1]):
        case [*_]: print("any length")
