# re_api.py - the functions and objects of re: what they return, their attributes, caches, scanners, cases, flags, long texts.
# SPDX-License-Identifier: MIT
import copy
import re

m = re.search(r"(?P<key>\w+)\s*=\s*(?P<value>\d+)?(!)?", "  speed = 42;")
print(m, m.group(), m.group(1, "value", 3), m["key"], m[0], m.groups(), m.groups("-"), m.groupdict(), m.groupdict(0))
print(m.start(), m.end(), m.span("value"), m.span(3), m.start("key"), m.end(2), m.regs, m.pos, m.endpos, m.lastindex, m.lastgroup, m.string)
print(m.re, m.re.groupindex, m.re.flags, m.re.groups, bool(m), copy.copy(m) is m, copy.deepcopy(m.re) is m.re)
print(m.expand(r"\g<value>=\1\n\g<3>"))
print(re.split(r"[,;]\s*", "a, b;c;;d"), re.split("(-)", "a-b-c", maxsplit=1), re.split("x*", "axbc"), re.split("$", "a\nb\n", flags=re.M), re.split("(a)|b", "xaybz"))
print(re.sub("a|", "-", "abac"), re.subn("[a-c]", lambda m: m[0].upper(), "abcabd", count=4), re.sub("x*", "-", "abxd"), re.sub("(?<=a)b", "c", "abab"))
print(re.findall("a|(b)", "abab"), re.findall("(a)(b)?", "abaa"), re.findall("", "ab"), re.findall(rb"\w+", b"ab cd"), re.findall(r"\w+", "naïve café ß٣"), re.findall(r"(?a)\w+", "naïve café"))
print([m.span() for m in re.finditer("a*", "baac")], list(re.compile("a").finditer("aaaa", 1, 3)))
print(re.fullmatch("a|ab", "ab"), re.fullmatch("a*?", "aaa"), re.compile("b").match("abc", 1), re.compile("^b").match("abc", 1), re.compile("^b").search("abc", 1), re.compile("c$").search("abcd", 0, 3))
print(re.match("İ", "i̇", re.I), re.match("K", "k", re.I), re.match("[K]", "k", re.I), re.match("ſ", "S", re.I), re.match("[a-z]", "ſ", re.I), re.match("[^k]", "K", re.I), re.match("σ", "ς", re.I), re.match("ß", "ẞ", re.I))
print(re.match("(?i:a)b", "AB"), re.match("(?i:a)b", "Ab"), re.match("(?i)a(?-i:b)", "Ab"), re.match("(a)(?i:\\1)", "aA"), re.match(b"(?i)\xe9", b"\xc9"))
print(re.match(r"(?x) a  b # c\n [ ] \ d", "ab  d"), re.match("(?s).", "\n"), re.match(".", "\n"), re.findall("(?m)^.*$", "a\nb\n\nc"), re.findall(r"\Aa|b\Z|\Bc\b", "abc b"))
print(re.compile("a", re.I | re.M | re.X | re.S), re.compile("a", re.A), re.compile(b"a", re.L), re.compile("x" * 300), re.I | re.M, repr(re.I), re.NOFLAG, ~re.I & re.I)
print(re.compile("a") == re.compile("a", re.I), re.compile("a") == re.compile("a"), hash(re.compile("a")) == hash(re.compile("a")), re.compile("a") != re.compile(b"a"))
print(re.escape("a.b*c-d e\n#&~"), re.escape(b"a\xe9."), re.fullmatch(re.escape("()[]{}?*+-|^$\\.&~# \t"), "()[]{}?*+-|^$\\.&~# \t"))
print(re.Scanner([(r"\d+", lambda s, t: int(t)), (r"[a-z]+", "name"), (r"\s+", None)]).scan("12 ab 3 !x"))
s = re.compile("a|b").scanner("axb")
print(s.match(), s.search(), s.search(), s.search(), s.pattern)
print(re.match(r"(?:(\d+)|(\w+))*", "12ab3").groups(), re.match("(?:(a)|b)*", "ab").groups(), re.match("(a)?(?(1)b|c)", "c"), re.match("(?>a*)a", "aa"), re.match("a*+a", "aa"), re.match("(?=(a+))\\1b", "aab"))
print(len(re.match("(?:a|b)*", "ab" * 50000).group()), len(re.findall("[ab]|c", "abc" * 5000)), re.search("(?:x|y)+z", "xy" * 30000), len(re.sub("a", "bb", "a" * 20000)))
text = "é€😀x" * 1000
print(re.search("x(?!é)", text), [m.start() for m in re.finditer("😀", text)][::300], re.search("(?<=€😀)x$", text).span(), re.compile("é").search(text, 3999), re.compile("x").match(text, 3).span())
print(re.Match[str], re.Pattern[bytes], type(m), isinstance(m, re.Match), re.error is re.PatternError, re.template if hasattr(re, "template") else None)
print(re.sub("(?P<a>x)|y", r"[\g<a>]", "xyx"), re.sub("a", r"\\n\t", "a"), re.sub(b"(a)", rb"<\1\1>", bytearray(b"bab")), re.findall(b"a.", memoryview(b"abac")))
