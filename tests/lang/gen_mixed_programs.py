# gen_mixed_programs.py - small complete programs that combine many features, as a smoke test of the whole language.
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
def word_count():
    text = "the quick brown fox jumps over the lazy dog the end"
    counts = {}
    for word in text.split(): counts[word] = counts.get(word, 0) + 1
    top = sorted(counts.items(), key=lambda kv: (-kv[1], kv[0]))[:3]
    print(top, f"{sum(counts.values())=}", max(counts, key=len))


@section
def matrix():
    class Matrix:
        def __init__(self, rows): self.rows = [list(r) for r in rows]
        def __matmul__(self, o): return Matrix([sum(a * b for a, b in zip(r, c)) for c in zip(*o.rows)] for r in self.rows)
        def __getitem__(self, ij): return self.rows[ij[0]][ij[1]]
        def __setitem__(self, ij, v): self.rows[ij[0]][ij[1]] = v
        def __eq__(self, o): return self.rows == o.rows
        def __repr__(self): return f"Matrix({self.rows})"
        @classmethod
        def identity(cls, n): return cls([int(i == j) for j in range(n)] for i in range(n))
        @property
        def T(self): return Matrix(zip(*self.rows))
        def __pow__(self, n):
            if n == 0: return Matrix.identity(len(self.rows))
            half = self ** (n // 2)
            return half @ half @ (self if n % 2 else Matrix.identity(len(self.rows)))
    m = Matrix([[1, 1], [1, 0]])
    m2 = m ** 30
    m[0, 0] += 5
    print(m2, m2[0, 1], m, m.T, m @ Matrix.identity(2) == m)


@section
def tokenizer_and_calculator():
    def tokens(s):
        i = 0
        while i < len(s):
            c = s[i]
            if c.isspace(): i += 1
            elif c.isdigit():
                j = i
                while j < len(s) and (s[j].isdigit() or s[j] == "."): j += 1
                yield ("num", float(s[i:j]) if "." in s[i:j] else int(s[i:j]))
                i = j
            elif c in "+-*/()^":
                yield ("op", c)
                i += 1
            else: raise SyntaxError(f"bad character {c!r} at {i}")

    class Parser:
        levels = {"+": 1, "-": 1, "*": 2, "/": 2, "^": 3}
        def __init__(self, s): self.items, self.pos = [*tokens(s), ("end", None)], 0
        def next(self):
            self.pos += 1
            return self.items[self.pos - 1]
        def peek(self): return self.items[self.pos]
        def atom(self):
            match self.next():
                case ("num", v): return v
                case ("op", "-"): return -self.expr(2)
                case ("op", "("):
                    v = self.expr(0)
                    if self.next() != ("op", ")"): raise SyntaxError("missing )")
                    return v
                case (kind, v): raise SyntaxError(f"unexpected {v or kind}")
        def expr(self, level):
            left = self.atom()
            while (kind := self.peek()[0]) == "op" and (op := self.peek()[1]) in self.levels and self.levels[op] > level - (op == "^"):
                self.next()
                right = self.expr(self.levels[op])
                left = {"+": lambda: left + right, "-": lambda: left - right, "*": lambda: left * right, "/": lambda: left / right, "^": lambda: left ** right}[op]()
            return left
    for s in ("1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 * 3", "10 / 4 - 1", "1.5 * (2 + 2)", "2 *", "1 $ 2", "(1", "1 / 0"):
        try: print(s, "=", Parser(s).expr(0))
        except (SyntaxError, ZeroDivisionError) as e: print(s, type(e).__name__, e)


@section
def linked_list_and_iterators():
    class Node:
        __slots__ = ("value", "next")
        def __init__(self, value, next=None): self.value, self.next = value, next
    class LinkedList:
        def __init__(self, items=()):
            self.head = None
            for x in reversed(list(items)): self.head = Node(x, self.head)
        def __iter__(self):
            n = self.head
            while n is not None:
                yield n.value
                n = n.next
        def __len__(self): return sum(1 for _ in self)
        def __getitem__(self, i):
            if isinstance(i, slice): return LinkedList(list(self)[i])
            for k, v in enumerate(self):
                if k == i: return v
            raise IndexError(i)
        def reverse(self):
            prev, cur = None, self.head
            while cur: cur.next, prev, cur = prev, cur, cur.next
            self.head = prev
            return self
        def __repr__(self): return " -> ".join(map(repr, self)) or "empty"
    l = LinkedList("abcd")
    print(l, len(l), l[2], l[1:3], "c" in l, l.reverse(), LinkedList(), [*l], *LinkedList([1, 2]))
    error(lambda: l[9])


@section
def event_loop():
    class Sleep:
        def __init__(self, ticks): self.ticks = ticks
        def __await__(self):
            yield ("sleep", self.ticks)
            return self.ticks
    class Loop:
        def __init__(self): self.now, self.queue, self.n, self.log = 0, [], 0, []
        def spawn(self, coro, delay=0):
            self.n += 1
            self.queue.append((self.now + delay, self.n, coro))
        def run(self):
            while self.queue:
                self.queue.sort(key=lambda t: t[:2])
                self.now, _, coro = self.queue.pop(0)
                try: kind, ticks = coro.send(None)
                except StopIteration as e: self.log.append(("done", coro.__name__, e.value, self.now))
                except Exception as e: self.log.append(("failed", coro.__name__, repr(e), self.now))
                else: self.spawn(coro, ticks)
    loop = Loop()
    async def ticker(name, n, period):
        for i in range(n):
            await Sleep(period)
            loop.log.append((name, i, loop.now))
        return name
    async def failing():
        try: await Sleep(3)
        finally: loop.log.append("cleanup")
        raise ValueError("boom")
    async def parent():
        child = ticker("child", 1, 2)
        return "parent of " + await child
    loop.spawn(ticker("a", 2, 5))
    loop.spawn(ticker("b", 3, 3))
    loop.spawn(failing())
    loop.spawn(parent())
    loop.run()
    for entry in loop.log: print(entry)


@section
def sieve_and_sorting():
    def sieve(n):
        flags = bytearray([1]) * (n + 1)
        flags[0:2] = b"\0\0"
        for i in range(2, int(n ** 0.5) + 1):
            if flags[i]: flags[i * i::i] = bytes(len(range(i * i, n + 1, i)))
        return [i for i, f in enumerate(flags) if f]
    def quicksort(a): return a if len(a) < 2 else quicksort([x for x in a[1:] if x < a[0]]) + [a[0]] + quicksort([x for x in a[1:] if x >= a[0]])
    def mergesort(a):
        if len(a) < 2: return a
        l, r = mergesort(a[:len(a) // 2]), mergesort(a[len(a) // 2:])
        out = []
        while l and r: out.append((l if l[0] <= r[0] else r).pop(0))
        return out + l + r
    def lcg(seed):
        while True: yield (seed := (seed * 1103515245 + 12345) % 2 ** 31) >> 16
    rng = lcg(42)
    data = [next(rng) % 100 for _ in range(20)]
    print(sieve(60), data, quicksort(data) == mergesort(data) == sorted(data))
    def hanoi(n, a="A", b="B", c="C"):
        if n:
            yield from hanoi(n - 1, a, c, b)
            yield a + c
            yield from hanoi(n - 1, b, a, c)
    print(" ".join(hanoi(3)))
    def queens(n, row=0, cols=()):
        if row == n: yield cols
        else:
            for c in range(n):
                if all(c != d and abs(c - d) != row - r for r, d in enumerate(cols)): yield from queens(n, row + 1, cols + (c,))
    print(next(queens(6)), sum(1 for _ in queens(5)))
