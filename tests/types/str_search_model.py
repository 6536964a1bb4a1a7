# str_search_model.py - find, count, replace, split, strip of str and bytes against simple models, over small alphabets.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def find(s, t, lo=0, hi=None):
    hi = len(s) if hi is None else hi
    for i in range(lo, hi - len(t) + 1):
        if s[i:i + len(t)] == t: return i
    return -1


def rfind(s, t):
    for i in range(len(s) - len(t), -1, -1):
        if s[i:i + len(t)] == t: return i
    return -1


def count(s, t):
    n = i = 0
    while (i := find(s, t, i)) >= 0: n, i = n + 1, i + max(len(t), 1)
    return n


def replace(s, t, u, limit=-1):
    out, i, empty = s[:0], 0, not t
    while limit:
        j = find(s, t, i)
        if j < 0: break
        limit -= 1
        if empty:
            out += u + s[i:i + 1]
            i += 1
            if i > len(s): return out
        else:
            out += s[i:j] + u
            i = j + len(t)
    return out + s[i:]


def split(s, t, limit=-1):
    out, i = [], 0
    while limit and (j := find(s, t, i)) >= 0:
        out.append(s[i:j])
        i, limit = j + len(t), limit - 1
    return out + [s[i:]]


def words(alphabet, n):
    if n == 0: return [alphabet[:0]]
    shorter = words(alphabet, n - 1)
    return shorter + [w + alphabet[i:i + 1] for w in shorter if len(w) == n - 1 for i in range(len(alphabet))]


def check(alphabet, wide):
    hay, needles = words(alphabet, wide), words(alphabet, 2)
    wrong = total = 0
    for s in hay:
        for t in needles:
            total += 1
            if s.find(t) != find(s, t) or s.rfind(t) != rfind(s, t) or s.count(t) != count(s, t) or (t in s) != (find(s, t) >= 0): wrong += 1
            if s.find(t, 1) != find(s, t, 1) or s.startswith(t) != (s[:len(t)] == t) or s.endswith(t) != (s[len(s) - len(t):] == t and len(t) <= len(s)): wrong += 1
            if s.replace(t, alphabet) != replace(s, t, alphabet) or s.replace(t, t[:0], 1) != replace(s, t, t[:0], 1): wrong += 1
            if t:
                if s.split(t) != split(s, t) or s.split(t, 1) != split(s, t, 1) or t.join(s.split(t)) != s: wrong += 1
                if s.rsplit(t)[::-1] != [p[::-1] for p in s[::-1].split(t[::-1])]: wrong += 1
                a, b, c = s.partition(t)
                if a + b + c != s or (b and find(s, t) != len(a)): wrong += 1
                left = s
                while left[:1] and left[:1] in t: left = left[1:]
                if s.lstrip(t) != left or s.strip(t) != s.lstrip(t).rstrip(t): wrong += 1
    return total, wrong


@section
def strings(): print(check("ab", 4))


@section
def wide_strings(): print(check("é日", 3), check("a😀", 3))


@section
def byte_strings(): print(check(b"ab", 3), check(b"\x00\xff", 3))


@section
def byte_arrays():
    total = wrong = 0
    for s in words(b"ab", 3):
        for t in words(b"ab", 2):
            total += 1
            x = bytearray(s)
            if x.find(t) != s.find(t) or x.count(t) != s.count(t) or x.replace(t, b"q") != s.replace(t, b"q") or x.rfind(bytearray(t)) != s.rfind(t): wrong += 1
    print(total, wrong)


@section
def long_needles():
    hay = "abc" * 40 + "abd" + "abc" * 40
    for needle in ("abd", "cabd", "abc" * 10 + "abd", "abd" + "abc" * 20, "abcabcabx", "d" + "abc" * 40, "abc" * 41, "c" * 3, "x", hay, hay + "a", hay[1:], hay[:-1]):
        print(len(needle), hay.find(needle), hay.rfind(needle), hay.count(needle), hay.find(needle, 100), hay.index(needle) if needle in hay else "absent", hay.encode().find(needle.encode()), ("é" + hay).find(needle))
    z = "0" * 200 + "1"
    print(z.find("0" * 100 + "1"), z.rfind("0" * 101), z.count("0" * 50), ("ab" * 100).count("aba"), ("ab" * 100).replace("aba", "x")[:9], len(z.split("0")), z.replace("0" * 200, ""))
