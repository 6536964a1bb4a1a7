# basic_loops.py - the simplest loops and branches: if, while, for, break, continue, else.
# SPDX-License-Identifier: MIT

for i in range(3):
    print("i", i)
for i in range(2, 8, 3):
    print(i, end=" ")
print()
for i in range(5, 0, -2):
    print(i, end=" ")
print()
for c in "abc":
    print(c, end=";")
print()
for k in {"x": 1, "y": 2}:
    print(k)
for k, v in {"x": 1, "y": 2}.items():
    print(k, v)
for a, (b, c) in [(1, (2, 3)), (4, (5, 6))]:
    print(a, b, c)
for i, x in enumerate(["p", "q"], 1):
    print(i, x)
for x, y in zip([1, 2, 3], "ab"):
    print(x, y)
print(i, x)

n = 0
while n < 3:
    n += 1
    print("n", n)
else:
    print("while else", n)

while True:
    n += 1
    if n == 5:
        continue
    if n > 6:
        break
    print("loop", n)
else:
    print("never printed")

for i in []:
    print("never printed")
else:
    print("empty else")

for i in range(10):
    if i == 4:
        print("found", i)
        break
else:
    print("never printed")

for i in range(3):
    for j in range(3):
        if j == 2:
            break
        if i == 1:
            continue
        print(i, j)
    else:
        print("never printed")
print(i, j)


def grade(n):
    if n >= 90:
        return "A"
    elif n >= 80:
        return "B"
    elif n >= 70:
        return "C"
    else:
        return "F"


print(grade(95), grade(85), grade(75), grade(10))


def primes(limit):
    found = []
    for n in range(2, limit):
        for p in found:
            if n % p == 0:
                break
        else:
            found.append(n)
    return found


print(primes(50))


def collatz(n):
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
    return steps


print([collatz(n) for n in range(1, 15)])


def bubble(items):
    items = list(items)
    for i in range(len(items)):
        for j in range(len(items) - 1 - i):
            if items[j] > items[j + 1]:
                items[j], items[j + 1] = items[j + 1], items[j]
    return items


print(bubble([5, 2, 9, 1, 5, 6]), bubble("hello"))


def find(matrix, value):
    for r, row in enumerate(matrix):
        for c, x in enumerate(row):
            if x == value:
                return r, c
    return None


print(find([[1, 2], [3, 4]], 3), find([[1]], 9))

counts = {}
for ch in "hello world":
    counts[ch] = counts.get(ch, 0) + 1
print(counts, sorted(counts))

items = [1, 2, 3]
for x in items:
    if len(items) < 6:
        items.append(x * 10)
print(items)

i = 10
for i in range(0):
    pass
print(i)
for [p, q] in ([1, 2], (3, 4)):
    print(p + q)
for first, *rest in ["abc", [1], (1, 2)]:
    print(first, rest)
if not []: print("one line if")
while n: n -= 1
print(n)
for i in 1, 2, 3: print(i, end=" ")
print()
d = {}
for d["key"] in range(3):
    pass
print(d)
total = 0
for i in range(100):
    if i % 2: continue
    if i > 50: break
    total += i
print(total, i)
