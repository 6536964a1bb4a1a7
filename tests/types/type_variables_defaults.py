# type_variables_defaults.py - defaults of type variables, and what aliases and parameter specifications take for theirs.
# SPDX-License-Identifier: MIT
import typing
from typing import *

from _tried import t

T = TypeVar('T')
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')
type A[X] = int
Td = TypeVar('Td', default=int)
t(lambda: Td.__typing_prepare_subst__(list[Td], ()))
t(lambda: dict[T, Td].__parameters__)
t(lambda: Td.__typing_prepare_subst__(dict[T, Td], ()))
t(lambda: TypeAliasType('a', int, type_params=(T, P, Ts)).__parameters__)
B = TypeAliasType('B', list[T], type_params=(T,))
t(lambda: B[int])
t(lambda: type(B[int]))
t(lambda: B.__module__)
t(lambda: B[int].__value__)
t(lambda: B[int].__parameters__)
t(lambda: B[T][str])
t(lambda: A.__module__)
t(lambda: A.__type_params__[0].__module__)
t(lambda: TypeAliasType('a', int, type_params=(T, Td, T)).__parameters__)
t(lambda: TypeAliasType('a', int, type_params=(Td, T)).__parameters__)
t(lambda: TypeAliasType('a', int, type_params=(3, T)).__parameters__)
t(lambda: TypeAliasType('a', int)[int])
t(lambda: P.__typing_subst__(3))
t(lambda: P.__typing_subst__([3]))
t(lambda: P.__typing_subst__([int]))
t(lambda: P.__typing_subst__(...))
type F[Q = int, *R = *tuple[int, str], **S = [int]] = int
for q in F.__type_params__:
    print(q, q.__default__, q.has_default(), q.__module__)
