# A coroutine that only its await has may be used again for the next call; whoever else has got hold of it sees it as it ended.
import functools
import gc
import sys
import types
import weakref


class Step:
    def __await__(self):
        return (yield self)


async def leaf(n):
    await Step()
    return n * 2


def run(coro):
    try:
        while True:
            coro.send(None)
    except StopIteration as stop:
        return stop.value


# Many calls of one function; each begins anew.
async def many():
    total = 0
    for i in range(50):
        total += await leaf(i)
    return total


print(run(many()))

# Arguments, defaults, stars and closures are each call's own.
async def various(a, b=10, *rest, c=3, **others):
    kept = lambda: (a, b, rest, c, sorted(others.items()))
    if a:
        later = a
    await Step()
    try:
        later
    except UnboundLocalError as e:
        return kept, "no later"
    return kept, later


async def call_various():
    out = []
    out.append(await various(1))
    out.append(await various(0))
    out.append(await various(2, 3, 4, 5))
    out.append(await various(b=0, a=7, x=1))
    out.append(await various(0, c=9))
    for bad in ((), (1,)):
        try:
            await various(*bad, **({"a": 2} if bad else {}))
        except TypeError as e:
            out.append((lambda: str(e), None)[1])
    out.append(await various(5))
    return [(kept(), later) for kept, later in filter(None, out)]


print(*run(call_various()), sep="\n")


# Recursion: each level has its own.
async def down(n):
    if not n:
        await Step()
        return [0]
    return [n] + await down(n - 1) + await down(n - 1)


print(run(down(3)))

# Kept by a native wrapper, by a Python one, and by a decorator.
@functools.lru_cache
def cached(n):
    return leaf(n)


kept = []


def keeping(n):
    kept.append(leaf(n))
    return kept[-1]


async def twice(function):
    first = await function(4)
    try:
        await function(4)
    except RuntimeError as e:
        return first, str(e)
    return first, await function(4)


print(run(twice(cached)), run(twice(keeping)))
print(kept[0] is kept[1], kept[0].cr_frame, kept[0].cr_code.co_name)


# Seen through cr_await while it waited.
async def outer():
    result = []
    for i in range(3):
        result.append(await leaf(i))
    return result


o = outer()
seen = []
try:
    while True:
        o.send(None)
        seen.append(o.cr_await)
except StopIteration as stop:
    print(stop.value)
print(len({id(s) for s in seen}), [s.cr_frame for s in seen])
for s in seen:
    try:
        s.send(None)
    except RuntimeError as e:
        print(e)

# Found by the collector's list of objects.
o = outer()
o.send(None)
found = [c for c in gc.get_objects() if isinstance(c, types.CoroutineType) and c.cr_code is leaf.__code__ and c.cr_frame]
del o
print(len(found))


# Its frame outlives it.
async def framed(n):
    local = n + 1
    frames.append(sys._getframe())
    await Step()
    return local


async def call_framed():
    return [await framed(i) for i in range(4)]


frames = []
print(run(call_framed()), [f.f_locals for f in frames], len(set(map(id, frames))))


# What raises, is closed, or is thrown into.
async def failing(n):
    try:
        await Step()
        if n % 2:
            raise ValueError(n)
    finally:
        log.append(n)
    return n


async def call_failing():
    out = []
    for i in range(4):
        try:
            out.append(await failing(i))
        except ValueError as e:
            out.append(repr(e))
            errors.append(e)
    return out


log, errors = [], []
print(run(call_failing()), log)
print([e.__traceback__.tb_next.tb_frame.f_locals for e in errors])
c = call_failing()
c.send(None)
try:
    c.throw(KeyError("in"))
except KeyError as e:
    print(repr(e), log)
c = call_failing()
c.send(None)
c.close()
print(log)


# Arguments die with the call's end.
class Thing:
    pass


async def hold(thing):
    await Step()


async def hold_new():
    thing = Thing()
    refs.append(weakref.ref(thing))
    await hold(thing)


async def holder():
    for _ in range(3):
        await hold_new()


refs = []
run(holder())
run(many())
gc.collect()
print([r() is None for r in refs])

# A function that changes its code, its name or its defaults.
async def one(x=1):
    await Step()
    return "one", x


async def two(x=1, y=2, z=3):
    await Step()
    a = b = c = d = e = x
    return "two", x, y, z, a, b, c, d, e


async def change():
    out = [await one(), await one()]
    one.__defaults__ = (5,)
    out.append(await one())
    one.__code__ = two.__code__
    one.__defaults__ = (7, 8, 9)
    out += [await one(), await one(0)]
    return out


print(*run(change()), sep="\n")


# Generators that end while they run through await of an async generator, a comprehension, a with.
class Manager:
    async def __aenter__(self):
        return await leaf(1)

    async def __aexit__(self, *error):
        await leaf(2)


async def agen(n):
    for i in range(n):
        yield await leaf(i)


async def mixed():
    out = []
    async with Manager() as m:
        out.append(m)
        out.append([x async for x in agen(3)])
        out.append([await leaf(x) for x in range(3)])
        async for x in agen(2):
            out.append(await leaf(x))
    return out


print(run(mixed()))


# Generators that only a loop has.
def count(n, log=None):
    try:
        for i in range(n):
            yield i
    finally:
        if log is not None:
            log.append(n)


def through(n):
    got = yield from count(n)
    inner.append(got)
    yield from keep_count(n)


def keep_count(n):
    made.append(count(n))
    return made[-1]


made, inner, ended = [], [], []
total = 0
for k in range(40):
    for x in count(k % 4):
        for y in count(x, ended):
            total += x * y
            if y == 1:
                break
    for x in through(2):
        total += x
    for x in keep_count(3):
        total += x
    for x in (y * y for y in count(3)):
        total += x
gc.collect()
print(total, len(set(map(id, made))), inner == [None] * 40, [list(g) for g in made[:3]], len(ended))

t = through(3)
next(t)
mine = t.gi_yieldfrom
print(list(t), list(mine), mine.gi_frame, mine.gi_code.co_name)
for x in count(2):
    both = [(x, y) for y in count(2)] + [(x, y) for y in count(1)]
    print(both)
