# type_variables_bases.py - Generic and Protocol as bases of classes, and what they are subscripted by.
# SPDX-License-Identifier: MIT
import typing
from typing import *

from _tried import t

T = TypeVar('T')
P = ParamSpec('P')
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

def cl():

    class D(Generic[Td, T]):
        pass
t(cl)
