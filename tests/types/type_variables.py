# type_variables.py - TypeVar, ParamSpec, TypeVarTuple, TypeAliasType, NoDefault and Generic as objects: construction, attributes, messages.
# SPDX-License-Identifier: MIT
import typing
from typing import *


def t(f, *args, **kwargs):
    try:
        print(f(*args, **kwargs))
    except BaseException as e:
        print(type(e).__name__, e)


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
t(Generic, 3)
t(lambda: Generic.__class_getitem__())
t(lambda: Generic[()])
t(lambda: Generic[int])
t(lambda: Generic[T, T])
t(lambda: Generic[T])

class C[X, *Y, **Z]:
    pass
print(C.__orig_bases__, type(C.__orig_bases__[0]), C.__parameters__, C.__mro__, C.__orig_bases__[0].__args__, C.__orig_bases__[0].__parameters__)

def cl():

    class D(Generic):
        pass
t(cl)

def cl():

    class D(List[T], Generic[P]):
        pass
t(cl)

def cl():

    class D(Generic[T, P], Generic[T]):
        pass
t(cl)

def cl():

    class D[T](Generic[T]):
        pass
t(cl)

def cl():

    class D[T](Generic):
        pass
t(cl)

def cl():

    class D[T](Protocol[T]):
        pass
t(cl)

def cl():

    class D[T](Protocol):
        pass
    print(D.__orig_bases__, D.__mro__)
t(cl)

def cl():

    class D[T](list[T]):
        pass
    print(D.__orig_bases__, D.__mro__, D.__parameters__)
t(cl)

def cl():
    U = TypeVar('U')

    class D[T](list[U]):
        pass
    print(D.__orig_bases__, D.__mro__, D.__parameters__)
t(cl)
Td = TypeVar('Td', default=int)
t(lambda: Td.__typing_prepare_subst__(list[Td], ()))
t(lambda: dict[T, Td].__parameters__)
t(lambda: Td.__typing_prepare_subst__(dict[T, Td], ()))

def cl():

    class D(Generic[Td, T]):
        pass
t(cl)
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
type E = 1 / 0
t(lambda: E.__value__)
t(lambda: E.__value__)
t(lambda: TypeVar.__new__(int, 'x'))
t(lambda: TypeVar.__new__())
t(lambda: object.__new__(TypeVar))
t(lambda: TypeVar.__init__(T, 2, 3))
type F[Q = int, *R = *tuple[int, str], **S = [int]] = int
for q in F.__type_params__:
    print(q, q.__default__, q.has_default(), q.__module__)
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
