# re_memory.py - patterns with more ways to match than any program has time for: what was in vain is not tried again. (CPython would not end.)
# SPDX-License-Identifier: MIT
import re

N = 200
for pattern, text in (
    ("(a+)+$", "a" * N + "b"),
    ("(a|aa)*c", "a" * N),
    ("(x+x+)+y", "x" * N),
    ("(?:a?){60}a{60}", "a" * 59),
    ("(.*)(.*)(.*)(.*)(.*)[^y]z", "y" * 90),
    ("(?:(?:a|b)*|c)*d", "ab" * N),
    ("(?=(a+)+$)a", "a" * N + "b"),
    ("(?>(a|a)*)b", "a" * N),
    ("(?:a|ab|b)*?c", "ab" * N),
    ("(?i:(a|A)+)+$", "aA" * N + "!"),
):
    print(pattern, re.search(pattern, text))
print(re.fullmatch("(a|ab)*(b|c)*", "ab" * N + "c").span(), re.fullmatch("(?:a*)*b", "a" * N + "b").span())
