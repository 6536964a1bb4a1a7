# match_inherit_user.py - patterns and subclasses of UserList and UserDict: the first class in the order that is a sequence or a mapping decides.
import collections
import collections.abc

from _match import kind


class C:
    pass


class S1(collections.UserList, collections.abc.Mapping):
    pass


class S2(C, collections.UserList, collections.abc.Mapping):
    pass


class M1(collections.UserDict, collections.abc.Sequence):
    pass


class M2(C, collections.UserDict, collections.abc.Sequence):
    pass


class M3(collections.UserDict, C, list):
    pass


for cls in S1, S2, M1, M2, M3:
    try:
        print(cls.__name__, kind(cls()))
    except TypeError as e:
        print(cls.__name__, e)
