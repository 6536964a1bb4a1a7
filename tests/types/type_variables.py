# type_variables.py - TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, NoDefault and Generic as objects: construction, messages.
# SPDX-License-Identifier: MIT
import typing
from typing import *

from _tried import t

T = TypeVar('T')
P = ParamSpec('P')
Ts = TypeVarTuple('Ts')
type A[X] = int
t(TypeVar)
t(TypeVar, 1)
t(TypeVar, 'a', 1)
t(TypeVar, 'a', foo=1)
t(TypeVar, 'a', int, str, bound=int)
t(TypeVar, 'a', name='b')
t(TypeVar, name='b')
t(TypeVar, 'a', bound=1)
t(TypeVar, 'a', bound=(1, 2))
t(TypeVar, 'a', (1, 2), 3)
t(TypeVar, 'a', covariant=1, contravariant=1)
t(TypeVar, 'a', covariant=1, infer_variance=1)
t(TypeVar, 'a', int, str, bound='x')
t(lambda: TypeVar('a', 'x', bound=None, default=None).__default__)
t(lambda: TypeVar('a', 'x', 'y').__constraints__)
t(lambda: TypeVar('a', 'x', 'y', None).__constraints__)
t(lambda: TypeVar('a', bound='x').__bound__)
t(ParamSpec)
t(ParamSpec, 1)
t(ParamSpec, 'P', 1)
t(ParamSpec, 'P', bound=(1,))
t(ParamSpec, 'P', bound=1)
t(lambda: ParamSpec('P', bound='int').__bound__)
t(ParamSpec, 'P', covariant=1, contravariant=1)
t(TypeVarTuple)
t(TypeVarTuple, 1)
t(TypeVarTuple, 'P', 1)
t(TypeVarTuple, 'P', bound=1)
t(TypeAliasType)
t(TypeAliasType, 'a')
t(TypeAliasType, 1, 2)
t(TypeAliasType, 'a', 2, 3)
t(TypeAliasType, 'a', 2, type_params=[T])
t(TypeAliasType, 'a', 2, foo=3)
t(type(NoDefault))
t(type(NoDefault), 1)
print(repr(NoDefault), NoDefault.__reduce__())
t(type(NoDefault), x=1)
t(ParamSpecArgs, 1, 2)
t(lambda: ParamSpecArgs(1) == ParamSpecArgs(1.0))
t(lambda: ParamSpecArgs(P) != ParamSpecArgs(P))
t(lambda: (Generic, Generic.__name__, Generic.__module__))
type E = 1 / 0
t(lambda: E.__value__)
t(lambda: E.__value__)
t(lambda: TypeVar.__new__(int, 'x'))
t(lambda: TypeVar.__new__())
t(lambda: object.__new__(TypeVar))
t(lambda: TypeVar.__init__(T, 2, 3))
t(lambda: bool(NoDefault))
t(lambda: list(iter(Ts)))

def gen[TT: (int, str) = 1]():
    pass
tt, = gen.__type_params__
t(lambda: (tt.__constraints__, tt.__bound__, tt.__default__, tt.__covariant__))

def gen[TT: int]():
    pass
tt, = gen.__type_params__
t(lambda: (tt.__constraints__, tt.__bound__, tt.__default__, tt.__covariant__, tt.__infer_variance__))
t(repr, tt)
t(lambda: repr(TypeVar('q', covariant=True)) + repr(TypeVar('q', contravariant=3)) + repr(ParamSpec('q', covariant=3)))
t(lambda: TypeVar('q', covariant=[]).__covariant__)
t(lambda: TypeVar(name='b', default=3).__default__)

def cl():
    raise ValueError(3)

class Bad:

    def __bool__(self):
        raise ValueError('bad')
t(TypeVar, 'x', covariant=Bad())
