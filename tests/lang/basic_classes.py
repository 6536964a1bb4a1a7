# basic_classes.py - the simplest classes: attributes, methods, inheritance, a few special methods.
# SPDX-License-Identifier: MIT

class Empty:
    pass


class Point:
    """A point."""
    count = 0

    def __init__(self, x, y=0):
        self.x = x
        self.y = y
        Point.count += 1

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

    def __eq__(self, other):
        if not isinstance(other, Point):
            return NotImplemented
        return self.x == other.x and self.y == other.y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def __getitem__(self, i):
        return (self.x, self.y)[i]

    def __len__(self):
        return 2

    def __call__(self, k):
        return Point(self.x * k, self.y * k)

    def norm2(self):
        return self.x ** 2 + self.y ** 2

    @property
    def sum(self):
        return self.x + self.y

    @classmethod
    def origin(cls):
        return cls(0, 0)

    @staticmethod
    def helper(a):
        return a * 2


e = Empty()
e.a = 1
e.b = e.a + 1
print(e.a, e.b, e.__dict__, isinstance(e, Empty), type(e) is Empty)
p, q = Point(1, 2), Point(3)
print(p, q, p + q, p == q, p == Point(1, 2), p != q, p == 1)
print(p[0], p[-1], len(p), p(10), p.norm2(), p.sum, Point.origin(), Point.helper(4), p.helper(5))
print(Point.count, p.count, Point.__name__, Point.__doc__, p.__class__.__name__)
print(list(p), 2 in p, [*p])
p.count = 99
print(p.count, Point.count > 5)
del p.count
print(p.count == Point.count)


class Base:
    kind = "base"

    def __init__(self, name):
        self.name = name

    def hello(self):
        return "hello " + self.name

    def kind_of(self):
        return self.kind


class Derived(Base):
    kind = "derived"

    def __init__(self, name, extra):
        super().__init__(name)
        self.extra = extra

    def hello(self):
        return super().hello() + " and " + self.extra


class Third(Derived):
    def hello(self):
        return Base.hello(self) + "!"


b, d, t = Base("b"), Derived("d", "x"), Third("t", "y")
for o in (b, d, t):
    print(o.hello(), o.kind_of(), isinstance(o, Base), isinstance(o, Derived), isinstance(o, (int, Third)))
print(issubclass(Third, Base), issubclass(Base, Third), Third.__bases__ == (Derived,))
print([c.__name__ for c in Third.__mro__], Base.__subclasses__() == [Derived])


class A:
    def who(self):
        return "A"


class B(A):
    def who(self):
        return "B" + super().who()


class C(A):
    def who(self):
        return "C" + super().who()


class D(B, C):
    def who(self):
        return "D" + super().who()


print(D().who(), [c.__name__ for c in D.mro()])
method = p.norm2
print(method(), Point.norm2(p), method.__name__, method.__self__ is p, method.__func__ is Point.norm2)
p.norm2 = lambda: "instance"
print(p.norm2(), q.norm2())
Point.added = lambda self: self.x + 1000
print(p.added(), q.added())


class Stack:
    def __init__(self):
        self._items = []

    def push(self, x):
        self._items.append(x)
        return self

    def pop(self):
        return self._items.pop()

    def __len__(self):
        return len(self._items)

    def __iter__(self):
        return iter(self._items)

    def __contains__(self, x):
        return x in self._items

    def __str__(self):
        return "Stack" + str(self._items)


s = Stack().push(1).push(2)
print(s, len(s), list(s), 1 in s, 5 in s, s.pop(), bool(s), s.pop(), bool(s))
print(getattr(q, "x"), getattr(q, "nope", "default"), hasattr(q, "x"), hasattr(q, "nope"))
setattr(q, "z", 5)
print(q.z, sorted(vars(q)))
delattr(q, "z")
for bad in (lambda: q.z, lambda: Point(), lambda: Point(1, 2, 3), lambda: Empty(1), lambda: Empty.nope):
    try:
        bad()
    except (AttributeError, TypeError) as e:
        print(type(e).__name__, e)


class Outer:
    class Inner:
        value = 7
    x = Inner.value * 2
    y = [x, x + 1]

    def get(self):
        return self.Inner.value


print(Outer.x, Outer.y, Outer().get(), Outer.Inner.__qualname__)
