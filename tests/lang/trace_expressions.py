# trace_expressions.py - the (event, line) pairs of sys.settrace for expressions that span lines: c call, l line, r return, e exception.
# SPDX-License-Identifier: MIT
from _trace_events import trace_all


class Ctx:
    def __init__(self, swallow=False): self.swallow = swallow

    def __enter__(self): return self

    def __exit__(self, *a): return self.swallow


def t_if_and():
    a = 1
    b = 0
    if (a and
        b):
        x = 1
    elif (a or
          b):
        x = 2
    return x


def t_return_multiline():
    return (1 +
            len("abc") +
            2)


def t_call_multiline():
    x = max(
        1,
        2,
        len("abc"),
    )
    return x


def t_call_kw_multiline():
    x = dict(
        a=1,
        b=len("xx"),
        c=x if 0 else 3
        if 1 else 2,
    ) if 0 else None
    d = dict(
        a=1,
        b=len("abc"),
    )


def t_call_method_multiline():
    x = ("a,b"
         .upper()
         .split(
             ","
         ))
    return x


def t_dict_multiline():
    a = 5
    d = {
        "a": 1,
        "b": a,
        "c": [
            a,
            2,
        ],
    }


def t_list_multiline():
    a = 1
    b = [
        a,
        a + 1,
        len("a"),
    ]
    c = (
        a,
        b,
    )


def t_const_multiline():
    a = (
        1,
        2,
    )
    b = [
        1,
        2,
        3,
    ]


def t_binop_multiline():
    a = 1
    b = 2
    c = (a
         + b
         * a)
    return c


def t_compare_multiline():
    a = 1
    return (a
            < 2
            < 3)


def t_attr_multiline():
    x = Ctx()
    (x
     .swallow) = 3
    x.swallow = (
        4
    )


def t_assign_unpack():
    a, b = (
        1,
        2,
    )
    a, b = b, a
    (a,
     b) = b, a
    [a, *b] = range(
        4)
    a = b = c = 3


def t_aug():
    a = 1
    a += (
        2
    )
    d = {}
    d[
        "a"
    ] = 1
    d["a"] += (
        3)


def t_listcomp():
    x = [i for i in range(3)]
    return x


def t_listcomp_multi():
    x = [
        i
        for i in range(3)
        if i
    ]
    return x


def t_dictcomp():
    x = {
        i: i + 1
        for i
        in range(2)
    }


def t_setcomp_nested():
    x = {
        i * j
        for i in range(2)
        for j in range(2)
    }


def t_genexp():
    x = sum(i for i in range(3))


def t_genexp_multi():
    x = sum(
        i
        for i in range(3)
        if i)


def t_lambda():
    f = lambda x: (
        x +
        1)
    f(1)


def t_assert():
    assert True
    x = 1
    assert x, "m"
    assert (x ==
            1)
    try:
        assert x == 2, (
            "abc")
    except AssertionError:
        pass


def t_del():
    x = 1
    d = {1: 2, 2: 3}
    del x
    del d[1], \
        d[2]


def t_global():
    global G
    G = 1
    nonloc = 1


def t_import():
    import os.path
    from os import (
        path,
        sep)
    import os, \
        sys


def t_expr_stmt():
    1
    "abc"
    ...
    x = 1
    x
    None


def t_ternary():
    a = 1
    b = (2
         if a
         else 3)
    c = (2
         if not a
         else 3)


def t_fstring():
    a = 1
    s = f"{a}{
        a}"
    t = (f"{a}"
         f"{a}")


def t_walrus():
    while (n := len("a")) and (
            n > 5):
        pass
    if (m := 3) > 2: x = m
    return m


def t_semicolon():
    x = 1; y = 2; z = 3
    if x: y = 2; z = 4


def t_backward_same_line():
    for i in range(2): (i,
        i)


def t_star_call():
    a = (1, 2)
    print(
        *a,
        *a,
        sep=" ",
        end=""
    ) if 0 else 1
    max(
        *a,
        *a,
    )
    dict(
        **{},
        a=1,
        **{"b": 2},
    )


def t_subscript():
    a = [1, 2, 3]
    x = a[
        0
    ]
    y = a[
        0:
        2
    ]
    a[
        0:1] = (
        1,)


def t_boolop():
    a = 1
    x = (a and
         0 or
         a)
    y = not (
        a)


def t_chain_cmp():
    a = 2
    if (1 < a
            < 3):
        x = 1


def t_deep():
    a = {
        "x": lambda: (
            1),
        "y": [
            z
            for z in
            range(1)
        ],
    }
    a["x"]()


trace_all(globals())
