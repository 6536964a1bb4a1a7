# re_errors.py - patterns and replacement texts that are wrong: the message, the position, line and column.
# SPDX-License-Identifier: MIT
import re

PATTERNS = [
    "(", ")", "a)", "(a", "((a)", "*", "+a", "?", "{2}", "a**", "a*{2}", "a{2}{3}", "a+*", "^*", "$+", "\\b?", "(?:*)", "|*", "a|*", "[", "[]", "[^]", "[a", "[a-",
    "[z-a]", "[\\d-z]", "[a-\\d]", "[a-b-", "[\\", "\\", "a\\", "(\\", "\\x", "\\x1", "\\xg1", "\\u12", "\\U0011", "\\U00110000", "\\N", "\\N{", "\\N{}", "\\N{nope}",
    "\\q", "\\Y", "[\\q]", "[\\A]", "[\\8]", "\\1", "(a)\\2", "(\\1)", "\\400", "[\\400]", "\\777", "(?", "(?P", "(?P<", "(?P<>", "(?P<a", "(?P<a>", "(?P<1>a)", "(?P<a.>a)",
    "(?P<a>a)(?P<a>b)", "(?P=a)", "(?P=", "(?P=)", "(?P=a", "(?P<a>(?P=a))", "(?Px)", "(?<", "(?<x", "(?<=", "(?<=a", "(?<=a*)", "(?<!a|bc)", "(?<=(a)\\1)", "(?<=a{1,2})",
    "(?#", "(?#a", "(?z)", "(?i", "(?i:", "(?i-", "(?i-:", "(?-", "(?-i", "(?-i)", "(?-u:a)", "(?au:a)", "(?L)", "(?L:a)", "(?ii-i:a)", "(?i-i:a)", "a(?i)", "(?i)(?m)b(?s)",
    "(?iz)", "(?i1)", "(?i-z:a)", "(?i-1:a)", "(?>", "(?>a", "(?(1)a|b)", "(?(1)a|b|c)", "(a)(?(1)a|b|c)", "(?(x)a)", "(?()a)", "(?(0)a)", "(?(1", "(a)(?(1)", "(?(99999999999)a)",
    "a{3,2}", "a{99999999999}", "a{1,99999999999}", "a{", "a{1", "a{1,", "a{,", "a{,}", "a{}", "a{x}", "a{1x}", "(?P<\u00e9>a)(?P=\u00e9)", "(?P<a\nb>x)", "a\n(b", "a\nb\n*+*",
    "(?=", "(?=a", "(?!", "(?!)", "(?:", "(?:a", "a++b++", "a?+?", "a{2}++", "(?P<n>a)(?(n)b", "(?a)\\w(?u)", "\\Z*", "(?<=\\b)*", "x{0,1}{2}", "[[a]", "[a&&b]", "[a--b]", "[a||b]",
]


def report(pattern, flags=0):
    try:
        p = re.compile(pattern, flags)
    except re.error as e:
        print(ascii(pattern), "->", ascii(e.msg), e.pos, e.lineno, e.colno, ascii(str(e)), e.pattern == pattern)
    except (OverflowError, ValueError, TypeError) as e:
        print(ascii(pattern), "->", type(e).__name__, e)
    else:
        print(ascii(pattern), "is", ascii(p), p.groups)


import warnings

for pattern in PATTERNS:
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        report(pattern)
        report(pattern.encode("latin-1"))
    for w in caught:
        print("  ", w.category.__name__, w.message)
for flags in (re.A | re.U, re.L, re.L | re.A, re.U):
    report("a", flags)
    report(b"a", flags)
for wrong in (None, 5, [], len):
    report(wrong)
print(re.compile(re.compile("a")) is re.compile("a"))
report(re.compile("a"), re.I)

p, m = re.compile("(?P<x>a)(b)?"), re.match("(?P<x>a)(b)?", "ac")
for template in ("\\", "\\g", "\\g<", "\\g<x", "\\g<>", "\\g<1a>", "\\g<y>", "\\g<2>", "\\g<3>", "\\3", "\\400", "\\q", "\\g<99999999999>", "\\1\\2", "\\07\\0\\x41", "\\n\\.\\\\"):
    for call in (lambda: p.sub(template, "xaby"), lambda: m.expand(template)):
        try:
            print(ascii(template), ascii(call()))
        except re.error as e:
            print(ascii(template), "->", ascii(e.msg), e.pos)
        except IndexError as e:
            print(ascii(template), "-> IndexError", e)
for call in (lambda: p.match(b"a"), lambda: re.match(b"a", "a"), lambda: p.match(5), lambda: m.group(3), lambda: m.group("y"), lambda: m.group(-1), lambda: m.start("z"),
             lambda: p.sub(lambda m: 5, "a"), lambda: p.sub(5, "a"), lambda: p.sub(b"x", "a"), lambda: re.sub("a", "b", "c", 1, 2, 3), lambda: m[9], lambda: m[1.5]):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, e)

# ---- Warnings are about the line that has the pattern
import warnings


def warned_in(act):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        act()
    print([(w.filename == __file__, w.lineno, str(w.message)) for w in caught])


warned_in(lambda: re.compile("[[klm]"))
warned_in(lambda: re.findall("[k||lm]", ""))
warned_in(lambda: re.sub("[k&&lm]", "", ""))
