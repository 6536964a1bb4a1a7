# What decides whether sequence or mapping patterns match is the first class in the order that is either.
import collections.abc

from _match import kind


class C:
    pass


class S3(list, C, collections.abc.Mapping):
    pass


class M4(dict, collections.abc.Sequence, C):
    pass


class L(list):
    pass


class N(C):
    pass


for cls in S3, M4, L, N:
    try:
        print(cls.__name__, kind(cls()))
    except TypeError as e:
        print(cls.__name__, e)
collections.abc.Sequence.register(C)
print(kind(N()), kind(C()))
import sys
import types

frame = sys._getframe()
tb = types.TracebackType(None, frame, 1, 2)
print(tb.tb_lasti, tb.tb_lineno)
