# str_split_join.py - str: split and rsplit with every separator and limit, and round trips with join.
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
def whitespace():
    for s in ("", " ", "a", " a ", "a b", "  a   b  ", "a\tb\nc\rd\x0be\x0cf", "a\u00a0b\u2003c", "a\x1cb\x1fc\x85d", "日 本", "a\u200bb"):
        print(ascii(s), s.split(), s.rsplit(), s.split(None), [s.split(None, n) for n in (0, 1, 2, -1)], [s.rsplit(None, n) for n in (0, 1, 2)])


@section
def separators():
    for s in ("", ",", "a", "a,b", ",a,", "a,,b", ",,", "a,b,c,d"):
        print(repr(s), s.split(","), s.rsplit(","), [s.split(",", n) for n in (0, 1, 2, -1, 100)], [s.rsplit(",", n) for n in (0, 1, 2, -1)])
    print("a--b--c".split("--"), "a---b".split("--"), "aaa".split("a"), "aaa".split("aa"), "aaa".rsplit("aa"), "abab".split("ab"), "é日é".split("日"), "日é日".split("日"), "a b".split(" "), " a  b ".split(" "), "abc".split("abc"), "abc".split("abcd"), "a😀b😀".split("😀"), "aXbxc".split("x"), "a::b:c".split(":", 1), "x=1=2".split("=", maxsplit=1), "x y".split(sep=None), "a,b".split(sep=",", maxsplit=-1), "a\0b".split("\0"))


@section
def errors():
    s = "a,b"
    for f in (lambda: s.split(""), lambda: s.rsplit(""), lambda: s.split(1), lambda: s.split(b","), lambda: s.split(",", "x"), lambda: s.split(",", 1.5), lambda: s.split(",", None), lambda: s.split(",", 1, 2), lambda: s.split(sep=5), lambda: s.split([",", ";"]), lambda: s.rsplit(None, None)): error(f)


@section
def round_trips():
    for s in ("", "a", "a,b", ",a,,b,", ",,,", "é,日,😀"):
        ok = ",".join(s.split(",")) == s == ",".join(s.rsplit(","))
        parts = s.partition(",")
        print(repr(s), ok, "".join(parts) == s, "".join(s.rpartition(",")) == s, "".join(s.splitlines(True)) == s)
    text = "the quick brown fox"
    words = text.split()
    print(" ".join(words) == text, " ".join(reversed(words)), [w[::-1] for w in words], " ".join(w.capitalize() for w in words), sorted(words, key=len), {w: len(w) for w in words}, max(words, key=len), "".join(w[0] for w in words), [c for w in words for c in w if c in "aeiou"])


@section
def types_of_results():
    class S(str): pass
    s = S("a b")
    print([type(x).__name__ for x in s.split()], type(s.partition(" ")[0]).__name__, type(s.strip()).__name__, type(s.replace("z", "")).__name__, type(s[:]).__name__, type(s + "").__name__, type(s * 1).__name__, type(s.upper()).__name__, type(s.ljust(0)).__name__, type(s.join([])).__name__, type(s.partition("zz")[0]).__name__, type(str(s)).__name__, type("".join([s])).__name__, type(s.format()).__name__, type(s % ()).__name__, type(s.removeprefix("q")).__name__, type(s.center(1)).__name__, type(s.translate({})).__name__, type(s.expandtabs()).__name__, type(s.splitlines()[0]).__name__, type(s.split("zz")[0]).__name__)


@section
def csv_and_config():
    lines = "# comment\nname = sensor 1\n\nrate=10\n bad line \nempty=\nurl=http://x/?a=b\n"
    conf = {}
    for i, line in enumerate(lines.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"): continue
        key, sep, value = line.partition("=")
        if not sep: print("line", i, "bad", repr(line))
        else: conf[key.strip()] = value.strip()
    print(conf)
    def csv(line):
        out, cur, quoted = [], "", False
        i = 0
        while i < len(line):
            c = line[i]
            if quoted:
                if c == '"' and line[i + 1:i + 2] == '"': cur, i = cur + '"', i + 1
                elif c == '"': quoted = False
                else: cur += c
            elif c == '"': quoted = True
            elif c == ",": out, cur = out + [cur], ""
            else: cur += c
            i += 1
        return out + [cur]
    print(csv('a,"b,c",,"d ""q"" e",é'), csv(""), csv(","))
    query = "a=1&b=two%20words&c=&a=3"
    print([tuple(p.split("=")) for p in query.split("&")], "/usr//local/bin/".split("/"), "k1:v1;k2:v2".replace(";", ":").split(":"), dict(p.split(":") for p in "k1:v1;k2:v2".split(";")), "2024-01-31T10:20:30".split("T")[1].split(":"), [int(x) for x in "192.168.1.10".split(".")], "a b c".rsplit(" ", 1)[0])
