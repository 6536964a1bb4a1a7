def g(n):
    got = []
    try:
        for i in range(n):
            x = yield i
            if x: got.append(x)
    except ValueError as e:
        yield "caught"
    finally:
        got.append("end")
    return got
def outer():
    r = yield from g(3)
    yield r
    yield from [7, 8]
    return 1
o = outer()
print(next(o), o.send("a"), list(o))
k = g(3)
print(next(k), k.throw(ValueError("x")), list(k))
k = g(3); next(k); k.close()
print(list(x * y for x in range(3) for y in g(2) if x), sum(i for i in g(4)))
async def co(x):
    await other()
    return x
async def other(): return 1
async def ag():
    for i in range(3):
        yield i
class CM:
    async def __aenter__(self): return 5
    async def __aexit__(self, *a): return True
async def main():
    r = [await co(i) for i in range(2)]
    async for v in ag(): r.append(v)
    else: r.append("else")
    async with CM() as c: r.append(c); raise KeyError
    r += [x async for x in ag() if x]
    return r
def run(c):
    try:
        while True: c.send(None)
    except StopIteration as e: return e.value
print(run(main()))
