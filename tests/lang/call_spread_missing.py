# A call f(*args) that lacks arguments fails in the same way each time, also where the only argument is itself a row that would fit.
def call(f, *args, **kwds):
    return f(*args, **kwds)


def call_row(f, args):
    return f(*args)


def two(a, b):
    return a, b


def three(a, b, c=3):
    return a, b, c


for i in range(4):
    for f in two, three:
        for args in ((1, 2),), ([1, 2],), (5,), (), ("ab",), ({"x": 1, "y": 2},), (1, 2):
            for way in (lambda: call(f, *args)), (lambda: call_row(f, args)), (lambda: call_row(f, list(args))):
                try:
                    print(way())
                except TypeError as e:
                    print(e)
