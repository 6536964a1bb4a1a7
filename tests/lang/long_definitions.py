# long_definitions.py - functions and classes whose text is long: where memory is short their blocks are compiled statement by statement.


def decorate(name):
    def wrap(thing):
        trail.append((name, thing.__name__))
        return thing
    return wrap


trail = []


@decorate("outer")
class Machine:
    """A class
    with a docstring."""; first = 1
    names = [n * 2 for n in "ab"]
    make = lambda self, k=[c for c in "xy"]: (k, [self.first for _ in k])

    @decorate("method")
    def run(self, a, b=2, *rest, c=lambda: 3, **more):
        """Run it."""
        total = a + b + c()
        for index, value in enumerate(rest):
            if value is None:
                continue
            try:
                total += value
            except TypeError as error:
                more["error"] = str(error)
            finally:
                more["index"] = index
        else:
            more["done"] = True

        def inner(k):
            nonlocal total
            total += k
            return [total + n for n in range(k)], __class__.__name__

        def generator():
            yield total
            got = yield from (x for x in range(2))
            yield got, {k: v for k, v in sorted(more.items())}

        class Nested:
            here = total

            def method(self):
                return super().__str__()[:1], total, self.here
        self.__private = total
        match rest:
            case [int() as one, *others] if one > 3:
                more["match"] = one, others
            case _:
                more["match"] = "none"
        return inner(2), list(generator()), Nested().method(), sorted(more)

    @staticmethod
    async def wait(times):
        """Not
           long."""
        async def one(n):
            return n * n
        seen = []
        async def many():
            for n in range(times):
                yield await one(n)
        async for n in many():
            seen.append(n)
        return seen, [await one(n) async for n in many()], [x async for x in many() if x % 2]

    if first:
        def conditional(self):
            return "conditional", self._Machine__private
    global shown
    shown = [first, names, __qualname__]


def short(): return [
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36,
    len("end")]


machine = Machine()
print(machine.run(1, 2, 5, None, "x", 7, extra=1))
print(machine.make(), Machine.__doc__, Machine.run.__doc__, Machine.wait.__doc__)
print(machine.conditional(), shown, trail, len(short()))


def drive(coroutine):
    try:
        coroutine.send(None)
    except StopIteration as end:
        return end.value


print(drive(Machine.wait(4)))


# ---- what is wrong in them is found as ever, and the first of several

def long_text(*wrong):
    filler = [f"        value_{i} = {i} + len('some text to make it long')" for i in range(20)]
    at = len(filler) // 2
    return "\n".join(["class C:", "    '''doc'''", "    def f(self, a, *rest):", *filler[:at], *wrong, *filler[at:], "    x = 1", ""])


for lines in ([], ["        return (yield)"], ["        x = = 1"], ["        global a"], ["        break"], ["        nonlocal missing"],
              ["        def g(a, a): pass"], ["        await a"], ["        print(value_1)", "        global value_1"], ["       x = 1"],
              ["        class D:", "            return 1"], ["        'a' is 'b'"], ["        __debug__ = 1"], ["    def g(self:", "        pass"],
              ["        [x := 1 for x in a]"], ["        nonlocal missing", "        x = (1"], ["        break", "        def g(a, a): pass"]):
    import warnings
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            code = compile(long_text(*lines), "long", "exec")
            names = {}
            exec(code, names)
            print(lines, sorted(k for k in vars(names["C"]) if k[0] != "_"), [str(w.message) for w in caught])
        except SyntaxError as e:
            print(lines, type(e).__name__, e.msg, e.lineno, e.offset)
