# generic_alias_parameters.py - GenericAlias and union types: putting types in the place of parameters; unions.
# SPDX-License-Identifier: MIT
import types


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
def substitution():
    def f[T, U, *Ts, **P](): pass
    T, U, Ts, P = f.__type_params__
    print(list[T], list[T].__parameters__, list[T][int], dict[T, U][int, str], dict[T, T][int], dict[str, T][int], dict[T, U].__parameters__, list[list[T]][int], tuple[T, ...][str], tuple[T, U, T][int, str], dict[T, list[U]][int, str], list[T | None][int], list[T][U], list[T][list[U]])
    for g in (lambda: list[T][int, str], lambda: dict[T, U][int], lambda: list[int][int], lambda: list[T][()]): error(g)
    print(tuple[*Ts], tuple[int, *Ts], tuple[*Ts][int, str], tuple[*Ts][()], tuple[int, *Ts, str][bytes, bytearray])


@section
def unions():
    u = int | str
    print(u, repr(u), u.__args__, u.__parameters__, type(u), type(u).__name__, u == str | int, u != int | bytes, hash(u) == hash(str | int), int | int, int | str | int, (int | str) | (str | bytes), int | None, None | int, u | None, None | u, list[int] | None, int | list[str], (int | list[str]).__args__, types.UnionType is type(u), {u: 1}[str | int], u == int, int | type(None), bool(u))
    print(isinstance(1, u), isinstance("a", u), isinstance(1.5, u), isinstance(None, int | None), issubclass(bool, u), issubclass(float, u), isinstance([], int | list), isinstance(True, str | None), isinstance(1, (str, int | bytes)))
    for f in (lambda: int | 5, lambda: 5 | int, lambda: int | "a", lambda: "a" | int, lambda: u(), lambda: isinstance(1, int | list[int]), lambda: issubclass(int, int | list[int]), lambda: u[int], lambda: u.nope, lambda: setattr(u, "x", 1), lambda: type("X", (u,), {}), lambda: u < u, lambda: u & u, lambda: len(u), lambda: iter(u), lambda: types.UnionType(), lambda: None | None, lambda: int | [], lambda: u | 5, lambda: isinstance(u, 5)): error(f)
    def f[T](): pass
    T = f.__type_params__[0]
    print(T | int, int | T, (T | int)[str], (T | int).__parameters__, T | None, list[T] | None, (list[T] | None)[int])
    class M(type):
        def __or__(cls, o): return "meta or"
        def __ror__(cls, o): return "meta ror"
    class K(metaclass=M): pass
    print(K | int, int | K)
