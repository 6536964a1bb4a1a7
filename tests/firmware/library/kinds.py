# abc, collections.abc, weakref and importlib, as programs use them.
import importlib
import weakref
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping


class Sensor(ABC):
    @abstractmethod
    def read(self):
        ...


class Fixed(Sensor):
    def read(self):
        return 21.5


try:
    Sensor()
except TypeError as e:
    print(e)
print(Fixed().read())
print([isinstance(thing, kind) for thing in ((), {}, "", len, 1) for kind in (Iterable, Mapping, Callable)])
f = Fixed()
ended = weakref.finalize(f, print, "gone")
print(weakref.ref(f)() is f, ended.alive, ended.detach()[0] is f, ended.alive)
print(importlib.import_module("json").loads("[1]"))
