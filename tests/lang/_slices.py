# _slices.py - for gc_slices*.py: objects whose finalizers look at all of them, and how many were made, finalized, called for, found wrong.
# SPDX-License-Identifier: MIT


class tally:
    made = ran = called = wrong = 0


class Node:
    def __init__(self, n):
        tally.made += 1
        self.n = n
        self.me = self
        self.text = ["payload", n]
        self.inner = Inner(n)
        self.inner.outer = self

    def __del__(self):
        tally.ran += 1
        if self.me is not self or self.text[1] != self.n or self.inner.outer is not self or self.inner.n != self.n:
            tally.wrong += 1
        self.text = [self.text, Inner(self.n)]


class Inner:
    def __init__(self, n):
        self.n = n


def settle(depth):  # what calls left on the stack is written over
    a = b = c = d = e = f = g = h = depth
    if depth:
        settle(depth - 1)
    return [a, b, c, d, e, f, g, h]
