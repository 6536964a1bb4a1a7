"""configparser: reading, writing, interpolation, converters, messages."""
import configparser, io
def show(label, f, *a, **k):
    try:
        print(label, ascii(f(*a, **k)))
    except Exception as e:
        print(label, type(e).__name__, ascii(str(e)), ascii(e.args))
TEXTS = ["[s]\na=1\nB: two\n c = x = y\n\n[t]\nmulti = one\n  two\n\n  three\n; comment\n# other\nempty =\n", "[DEFAULT]\nbase=/x\n[p]\ndir=%(base)s/y\nall=%(dir)s/%%z\n", "a=1\n", "[s]\n[s]\n", "[s]\na=1\na=2\n",
         "[s]\nnovalue\n", "[s]\nkey\n  more\n", "[s]\n=x\n", "[s\nx=1\n", "[s]\nbad %(x\n", "[s]\nx=%(nope)s\ny=%(y)s\nz=%(z\nw=%q\n", "[s]\na = 1 ; inline\nb = 2;no\n", "  [s]\n  a=1\n    b=2\n", "[a]b]\nx=1\n", "[s]\na=1\n  ; c\n  b\n", "\n\n[s]\nk : v : w\n"]
for t in TEXTS:
    for kw in ({}, {"allow_no_value": True, "strict": False}, {"inline_comment_prefixes": (";",)}, {"empty_lines_in_values": False}, {"interpolation": None}, {"delimiters": ("=",)}, {"allow_unnamed_section": True, "strict": False, "allow_no_value": True}):
        def run():
            p = configparser.ConfigParser(**kw)
            p.read_string(t)
            out = {str(s): {} for s in p}
            for s in p:
                for o in p[s]:
                    try:
                        out[str(s)][o] = p[s][o]
                    except configparser.Error as e:
                        out[str(s)][o] = type(e).__name__ + str(e)
            f = io.StringIO()
            p.write(f)
            return out, f.getvalue()
        show("read", run)
p = configparser.ConfigParser(interpolation=configparser.ExtendedInterpolation(), converters={"list": lambda v: v.split(",")}, defaults={"d": "1"})
p.read_dict({"a": {"x": "1", "y": "${x}2", "z": "${b:q}", "l": "1,2"}, "b": {"q": "$$ ${a:y}", "bad": "${nope:x}", "bad4": "${a:b:c}", "loop": "${loop}", "flag": "On", "no": "maybe", "f": "2.5"}})
p.read_string("[b2]\nbad2=$x\nbad3=${x\n")
for s in ("a", "b", "b2"):
    for o in p.options(s):
        show(o, p.get, s, o)
show("int", p.getint, "a", "x")
show("float", p.getfloat, "b", "f")
show("bool", p.getboolean, "b", "flag")
show("bool", p.getboolean, "b", "no")
show("list", p.getlist, "a", "l")
show("list", p["a"].getlist, "l")
show("fallback", p.get, "nope", "x", fallback="f")
show("fallback", p["a"].getint, "nope", 7)
show("section", p.get, "nope", "x")
show("option", p.get, "a", "nope")
show("items", p.items, "a", raw=True)
show("vars", p.get, "a", "y", vars={"x": "9"})
for f in (lambda: p.add_section("a"), lambda: p.add_section("DEFAULT"), lambda: p.add_section(3), lambda: p.set("a", "x", 3), lambda: p.set("a", 3, "x"), lambda: p.set("nope", "x", "y"), lambda: p.set("a", "x", "$y"), lambda: p.remove_option("a", "x"), lambda: p.remove_section("b"),
          lambda: p["zz"], lambda: p.__delitem__("DEFAULT"), lambda: p.__delitem__("zz"), lambda: p.sections(), lambda: p.has_option("a", "d"), lambda: p.has_option("", "d"), lambda: len(p), lambda: list(p), lambda: p.popitem()[0], lambda: p.popitem(), lambda: p.defaults(),
          lambda: p.read(["nothing.ini"]), lambda: p.read_dict({"q": {"a": 1}, "Q": {"A": None}}), lambda: repr(p["q"]), lambda: configparser.ConfigParser(interpolation=3), lambda: p.options("zz")):
    show("do", f)
print(configparser.__all__)
