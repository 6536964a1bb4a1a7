# options: --heap 8M
# Running out of memory is an exception that a program can live with, also again and again.
CASES = [
    ("list", "x = []\nwhile True: x.append(x)"), ("dict", "x = {}\nfor i in range(10**8): x[i] = str(i)"), ("str", "x = 'ab'\nwhile True: x += x"),
    ("tuple", "x = ()\nwhile True: x = (x, x)"), ("bytes", "bytes(10**9)"), ("object", "class A: pass\nx = []\nwhile True: x.append(A())"),
    ("int", "x = 1\nwhile True: x <<= 1000000"), ("set", "set(range(10**8))"), ("code", "x = []\nwhile True: x.append(compile('a = 1\\n' * 100, '', 'exec'))"),
    ("bytearray", "x = bytearray(1)\nwhile True: x += bytes(x)"),
    ("bytearray append", "x = bytearray()\nwhile True: x.append(1)"),
    ("str append", "x = 'a'\nwhile True: x += 'bc'"),
    ("nested lists", "x = []\nwhile True: x = [x]"),
    ("generators", "x = []\nwhile True: x.append((i for i in x))"),
    ("closures", "x = []\nwhile True: x.append(lambda y=x: y)"),
    ("classes", "x = []\nwhile True: x.append(type('A', (), {}))"),
    ("exceptions", "x = None\nwhile True:\n  y = ValueError(); y.__context__ = x; x = y"),
    ("big ints", "x = 3\nwhile True: x *= x"),
    ("pow", "x = 3 ** (10 ** 9)"),
    ("frozensets", "x = frozenset()\nwhile True: x = frozenset([x, 1])"),
    ("join", "','.join(iter(str, 1))"),
    ("replace", "('a' * 10**6).replace('a', 'b' * 1000)"),
    ("format", "'{:>100000000}'.format(1)"),
    ("percent", "'%100000000d' % 1"),
    ("repr", "repr([0] * 10**6)"),
    ("split", "('a ' * 2 * 10**6).split()"),
    ("sorted", "sorted(range(10**8))"),
    ("comprehension", "[i for i in range(10**8)]"),
    ("dict comprehension", "{i: i for i in range(10**8)}"),
    ("names", "for i in range(10**9): globals()['a%d' % i] = 1"),
    ("attributes", "class A: pass\nx = A()\nfor i in range(10**9): setattr(x, 'a%d' % i, i)"),
    ("compile", "compile('a = 1\\n' * 10**6, '', 'exec')"),
    ("compile list", "compile('[' + '1,' * 10**6 + ']', '', 'eval')"),
    ("intern", "import sys\nx = []\nfor i in range(10**9): x.append(sys.intern('a%d' % i))"),
    ("weakrefs", "import weakref\nclass A: pass\na = A()\nx = []\nwhile True: x.append(weakref.ref(a, lambda r: None))"),
    ("slices", "x = []\nwhile True: x.append(slice(x, x))"),
    ("finalizers", "class A:\n  def __del__(s): pass\nx = []\nwhile True: x.append(A())"),
    ("groups", "x = ValueError()\nwhile True: x = ExceptionGroup('g', [x] * 100)"),
    ("deque of dicts", "x = {}\nwhile True: x = {1: x, 2: 3}"),
]
for kind, grow in CASES:
    for attempt in range(3):
        full = False
        try:
            exec(grow, {})
        except MemoryError:
            full = True
        print(kind, full)  # not in the handler, where the traceback still holds what fills the heap
