# dm_set_name.py - __set_name__: when it is called, with what, errors, and what does not call it.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def error(f, *args, **kwargs):
    try:
        print("no error:", repr(f(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__ + ":", e)


class Named:
    def __init__(self, tag=""):
        self.tag = tag
        self.calls = []

    def __set_name__(self, owner, name):
        self.calls.append((owner.__name__, name))

    def __get__(self, obj, cls):
        return self


@section
def basic():
    shared = Named()

    class A:
        x = Named()
        y = z = Named()
        s = shared

    class B(A):
        s = shared
        t = Named()
    print(A.x.calls, A.y.calls, shared.calls, B.t.calls, B.x.calls)


@section
def not_called():
    class A: pass
    n = Named()
    A.x = n
    a = A()
    a.y = Named()
    setattr(A, "z", Named())
    print(n.calls, a.y.calls, A.z.calls)
    T = type("T", (), {"q": (q := Named())})
    print(q.calls)

    class C:
        inner = [Named()]

        def f(self, d=Named()):
            return d
        del_me = Named()
        removed = del_me
        del del_me
    print(C.inner[0].calls, C().f().calls, C.removed.calls)


@section
def lookup_on_type():
    class Plain: pass
    p = Plain()
    p.__set_name__ = lambda *a: print("never")

    class A:
        x = p
    print("instance attribute ignored")

    class Meta(type):
        def __set_name__(cls, owner, name):
            print("class as value:", cls.__name__, owner.__name__, name)

    class V(metaclass=Meta): pass

    class B:
        v = V


@section
def order():
    log = []

    class N:
        def __set_name__(self, owner, name):
            log.append(name)

    class A:
        c = N()
        a = N()
        b = N()
        a = N()
    print(log)


@section
def errors():
    class Bad:
        def __set_name__(self, owner, name):
            raise ValueError("no " + name)
    try:
        class A:
            x = Bad()
    except Exception as e:
        print(type(e).__name__, e, e.__notes__)
    try:
        type("B", (), {"y": Bad()})
    except Exception as e:
        print(type(e).__name__, e, e.__notes__)

    class Wrong:
        def __set_name__(self):
            pass
    try:
        class C:
            x = Wrong()
    except Exception as e:
        print(type(e).__name__, e, e.__notes__)

    class NoneHook:
        __set_name__ = None
    try:
        class D:
            x = NoneHook()
    except Exception as e:
        print(type(e).__name__, e, e.__notes__)


@section
def changing_the_class():
    class Adder:
        def __set_name__(self, owner, name):
            setattr(owner, name + "_added", 1)
            if name != "last":
                owner.last = Adder()

    class A:
        one = Adder()
        two = Adder()
    print(sorted(n for n in vars(A) if not n.startswith("__")))

    class Replace:
        def __set_name__(self, owner, name):
            setattr(owner, name, "replaced " + name)

    class B:
        p = Replace()
        q = Replace()
    print(B.p, B.q)


@section
def field_pattern():
    class Field:
        def __init__(self, kind):
            self.kind = kind

        def __set_name__(self, owner, name):
            self.slot = "_" + name
            owner.fields = getattr(owner, "fields", ()) + (name,)

        def __get__(self, obj, cls):
            return self if obj is None else obj.__dict__.get(self.slot, self.kind())

        def __set__(self, obj, value):
            if not isinstance(value, self.kind):
                raise TypeError(f"{self.slot[1:]} must be {self.kind.__name__}, not {type(value).__name__}")
            obj.__dict__[self.slot] = value

    class Sensor:
        name = Field(str)
        pin = Field(int)

    class Fast(Sensor):
        rate = Field(float)
    s = Fast()
    s.pin = 4
    s.rate = 2.5
    print(s.name == "", s.pin, s.rate, Fast.fields, Sensor.fields, vars(s))
    error(lambda: setattr(s, "pin", "x"))
