# iter_protocol_programs.py - iterators in combination: chaining, teeing, grouping and windows written in Python.
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


@section
def combinators():
    def chain(*its):
        for it in its: yield from it
    def take(n, it): return [x for _, x in zip(range(n), it)]
    def count(start=0, step=1):
        while True:
            yield start
            start += step
    def cycle(items):
        saved = []
        for x in items:
            yield x
            saved.append(x)
        while saved: yield from saved
    def repeat(x, n): return (x for _ in range(n))
    def islice(it, start, stop, step=1):
        it = iter(it)
        for i in range(start): next(it, None)
        for i, x in enumerate(it):
            if i + start >= stop: return
            if i % step == 0: yield x
    def takewhile(p, it):
        for x in it:
            if not p(x): return
            yield x
    def dropwhile(p, it):
        it = iter(it)
        for x in it:
            if not p(x):
                yield x
                break
        yield from it
    def accumulate(it, f=lambda a, b: a + b):
        it = iter(it)
        try: total = next(it)
        except StopIteration: return
        yield total
        for x in it:
            total = f(total, x)
            yield total
    def groupby(it, key=lambda x: x):
        group, last = [], object()
        for x in it:
            k = key(x)
            if group and k != last:
                yield last, group
                group = []
            group.append(x)
            last = k
        if group: yield last, group
    def windows(it, n):
        w = []
        for x in it:
            w.append(x)
            if len(w) == n:
                yield tuple(w)
                del w[0]
    def batched(it, n):
        it = iter(it)
        while b := [x for _, x in zip(range(n), it)]: yield b
    print(list(chain("ab", [1], ())), take(3, count(5, 2)), take(7, cycle("abc")), list(repeat("x", 2)), list(islice("abcdefg", 1, 6, 2)), list(takewhile(lambda x: x < 3, [1, 2, 5, 1])), list(dropwhile(lambda x: x < 3, [1, 2, 5, 1])), list(accumulate([1, 2, 3])), list(accumulate([3, 1, 4], max)), list(groupby("aabccc")), list(windows(range(5), 3)), list(batched("abcdefg", 3)), list(groupby([1, 3, 2, 4, 5], lambda x: x % 2)))


@section
def products_and_permutations():
    def product(*pools):
        if not pools:
            yield ()
            return
        for x in pools[0]:
            for rest in product(*pools[1:]): yield (x, *rest)
    def combinations(items, r):
        if r == 0: yield ()
        else:
            for i, x in enumerate(items):
                for rest in combinations(items[i + 1:], r - 1): yield (x, *rest)
    def permutations(items):
        if not items: yield ()
        for i, x in enumerate(items):
            for rest in permutations(items[:i] + items[i + 1:]): yield (x, *rest)
    def powerset(s): return [c for r in range(len(s) + 1) for c in combinations(s, r)]
    print(list(product("ab", [1, 2])), list(combinations("abcd", 2)), ["".join(p) for p in permutations("abc")], powerset("xy"), sum(1 for _ in product(range(3), range(3), range(2))))


@section
def peeking_and_tee():
    class Peek:
        def __init__(self, it): self.it, self.buf = iter(it), []
        def __iter__(self): return self
        def __next__(self): return self.buf.pop() if self.buf else next(self.it)
        def peek(self, default=None):
            if not self.buf:
                try: self.buf.append(next(self.it))
                except StopIteration: return default
            return self.buf[-1]
        def __bool__(self): return self.peek(self) is not self
    p = Peek([1, 2, 3])
    print(p.peek(), next(p), p.peek(), list(p), p.peek("end"), bool(p), bool(Peek("a")))
    def tee(it, n=2):
        it = iter(it)
        queues = [[] for _ in range(n)]
        def gen(q):
            while True:
                if not q:
                    try: x = next(it)
                    except StopIteration: return
                    for other in queues: other.append(x)
                yield q.pop(0)
        return [gen(q) for q in queues]
    a, b = tee(range(4))
    print(next(a), next(a), list(b), list(a))


@section
def pipelines():
    def source():
        for line in "t=20.5\nt=21.0\nbad\nt=19.5\nh=50\n".split("\n"): yield line
    def parse(lines):
        for line in lines:
            k, sep, v = line.partition("=")
            if sep: yield k, float(v)
    def only(k, pairs): return (v for key, v in pairs if key == k)
    def average():
        total = n = 0
        avg = None
        while True:
            x = yield avg
            total, n = total + x, n + 1
            avg = total / n
    avg = average()
    next(avg)
    print([avg.send(v) for v in only("t", parse(source()))], list(parse(source())))
    def broadcast(*targets):
        for t in targets: next(t)
        try:
            while True:
                x = yield
                for t in targets: t.send(x)
        finally:
            for t in targets: t.close()
    def collect(out, f):
        try:
            while True: out.append(f((yield)))
        finally: out.append("closed")
    o1, o2 = [], []
    b = broadcast(collect(o1, str), collect(o2, lambda x: x * 2))
    next(b)
    for x in (1, 2): b.send(x)
    b.close()
    print(o1, o2)


@section
def lazy_sequences():
    class Lazy:
        def __init__(self, f, n): self.f, self.n, self.calls = f, n, 0
        def __len__(self): return self.n
        def __getitem__(self, i):
            if isinstance(i, slice): return [self[j] for j in range(*i.indices(self.n))]
            if i < 0: i += self.n
            if not 0 <= i < self.n: raise IndexError(i)
            self.calls += 1
            return self.f(i)
    s = Lazy(lambda i: i * i, 6)
    print(s[2], s[-1], s[1:4], s[::-2], list(s), 16 in s, list(reversed(s)), sum(s), max(s), [*zip(s, "abc")], dict(enumerate(s)), s.calls)
    error(lambda: s[6])
    error(lambda: s[-7])
    a, *b, c = s
    print(a, b, c, sorted(s, reverse=True), s.__class__.__name__, any(x > 20 for x in s), list(map(lambda x: x + 1, s))[:2], list(filter(lambda x: x % 2, s)), tuple(s)[:2])
