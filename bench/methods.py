class Shape:
    kind = "shape"

    def __init__(self, name):
        self.name = name

    def area(self):
        return 0

    def describe(self, extra):
        return self.area() + extra


class Rect(Shape):
    def __init__(self, w, h):
        super().__init__("rect")
        self.w = w
        self.h = h

    def area(self):
        return self.w * self.h

    @property
    def border(self):
        return 2 * (self.w + self.h)

    def __add__(self, other):
        return Rect(self.w + other.w, self.h + other.h)

    def __len__(self):
        return self.w


class Disc(Shape):
    __slots__ = ("r",)

    def __init__(self, r):
        self.r = r

    def area(self):
        return 3 * self.r * self.r


def run(n):
    shapes = [Rect(2, 3), Disc(4), Rect(5, 6)]
    total = 0
    for i in range(n):
        for s in shapes:
            total += s.describe(i)
        a = shapes[0] + shapes[2]
        total += a.border + len(a)
    return total


print(run(180_000))
