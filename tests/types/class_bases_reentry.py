# __bases__ assigned while mro(), which is Python code, looks and assigns as well.
class Meta(type):
    hook = None

    def mro(cls):
        hook = Meta.hook
        if hook:
            hook(cls)
        return type.mro(cls)

    def __repr__(cls):
        return cls.__name__


def fresh():
    Meta.hook = None
    A = Meta("A", (), {})
    return A, Meta("B1", (A,), {}), Meta("B2", (A,), {}), Meta("C", (A,), {})


A, B1, B2, C = fresh()


def once(cls):
    if cls is C:
        Meta.hook = None
        C.__bases__ = (B2,)


Meta.hook = once
C.__bases__ = (B1,)
print(C.__bases__, C.__base__, B1.__subclasses__(), B2.__subclasses__())
B1.__bases__ = (C,)
print(B1.__bases__, C.__subclasses__(), B1.__mro__[:3])

A, B1, B2, C = fresh()


def cycle(cls):
    if cls is C:
        Meta.hook = None
        try:
            B1.__bases__ = (C,)
        except TypeError as e:
            print(e)


Meta.hook = cycle
C.__bases__ = (B1,)
print(C.__mro__[:4])

A, B1, B2, C = fresh()


def fail(cls):
    raise KeyError(cls.__name__)


Meta.hook = fail
try:
    C.__bases__ = (B1,)
except KeyError as e:
    print(e)
Meta.hook = None
print(C.__bases__, C.__base__, C.__mro__[:2], A.__subclasses__())

# Everything below has a new order, once each in __subclasses__.
A, B1, B2, C = fresh()
D = Meta("D", (C,), {})
E = Meta("E", (D,), {})
C.__bases__ = (B1,)
print(E.__mro__[:5], A.__subclasses__(), B1.__subclasses__())
C.__bases__ = (A,)
C.__bases__ = (B1,)
print(B1.__subclasses__(), A.__subclasses__(), E.__mro__[:5])
