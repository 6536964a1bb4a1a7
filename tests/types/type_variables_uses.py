# type_variables_uses.py - type variables, aliases and NoDefault in use: called, subscripted, joined, subclassed, set, substituted.
# SPDX-License-Identifier: MIT
import typing
from typing import *

from _tried import t

T = TypeVar('T')
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')
type A[X] = int
for x in (T, P, Ts, A, P.args, P.kwargs, NoDefault):
    t(type, 'X', (x,), {})

    def cl():

        class B(x):
            pass
    t(cl)

    def cl():

        class B(type(x)):
            pass
    t(cl)
    t(lambda: x(3))
    t(lambda: x[3])
    t(setattr, x, '__name__', 3)
    t(setattr, x, 'q', 3)
    t(delattr, x, '__name__')
    t(setattr, x, '__default__', 3)
    t(setattr, x, '__module__', 'zz')
    t(lambda: x.__module__)
    t(lambda: x.__reduce__())
    t(lambda: x | int)
    t(lambda: int | x)
    t(lambda: x | 3)
    t(lambda: 3 | x)
    t(lambda: x.nope)
    t(setattr, type(x), 'zz', 3)
    t(lambda: type(x).__name__ + ' ' + type(x).__qualname__ + type(x).__module__ + str(type(x).__mro__))
    t(lambda: hasattr(x, '__weakref__'))
    t(lambda: x.__typing_subst__(int))
    t(lambda: x.__typing_subst__(3))
    t(lambda: x.__typing_subst__([int]))
    t(lambda: x.__typing_subst__())
    t(lambda: x.__typing_prepare_subst__(list[x], ()))
    t(lambda: x.__typing_prepare_subst__(list[x], (1, 2, 3)))
    t(lambda: x.__typing_prepare_subst__(list[x], (1,)))
    t(lambda: x.__typing_prepare_subst__(list[x], (1, 2)))
    t(lambda: list(x))
    t(lambda: x.has_default())
    t(lambda: x.__mro_entries__(()))
