# string: constants, capwords, Template, Formatter.
import string
from string import Formatter, Template, capwords


def refused(f, *args, **kwds):
    try:
        print("NOT REFUSED", f(*args, **kwds))
    except Exception as e:
        print(type(e).__name__, e)


for name in string.__all__:
    if isinstance(getattr(string, name), str):
        print(name, ascii(getattr(string, name)))
print(repr(capwords("  hello  wORLD\tx ")), repr(capwords("a-b  c-D", "-")), repr(capwords("a  b", " ")))
t = Template("$who likes ${what}, $$5, ${who}s $Kind")
print(t.template, t.get_identifiers(), t.is_valid())
print(t.substitute(who="tim", what="x", Kind=3), t.safe_substitute({"who": 1}), t.substitute({"who": 1, "what": 2}, Kind=3, who="z"))
refused(t.substitute, who=1)
refused(t.substitute, {}, {})
for bad in "$", "a $ b", "x\ny $1 z", "${", "${a b}", "$ünder", "ok $_a1 $A":
    b = Template(bad)
    refused(b.substitute, _a1=1, A=2)
    print(b.safe_substitute(), b.is_valid(), b.get_identifiers())


class Percent(Template):
    delimiter = "%"
    idpattern = "[a-z]+"
    braceidpattern = "[A-Z]+"
    flags = 0


print(Percent("%ab %{AB} %% %Q").safe_substitute(ab=1, AB=2), Percent.pattern.flags & 64, Template.flags)


class Own(Template):
    pattern = r"(?P<escaped>@@)|@(?P<named>[a-z]+)@|@\[(?P<braced>[a-z]+)\]|(?P<invalid>@)"
    delimiter = "@"


print(Own("@a@ @@ @[b]").substitute(a=1, b=2))
refused(Own("x @").substitute)
f = Formatter()
print(f.format("{} {1} {x!r:>5}", 1, 2, x="q") if False else f.format("{0} {1:>4} {x!r:>5} {x!a} {0!s}{{}}", 1, 2, x="q"))
print(f.format("{}{}{:{}}", 1, 2, 3, 5), f.format("{0.real} {1[0]} {d[k]} {d[1]}", 5, [6], d={"k": 7, 1: 8}), f.vformat("{a}", (), {"a": 1}))
for bad in "{", "}", "{0", "{0!", "{0!}", "{0!rs}", "{0:{1}", "{}{0}", "{0}{}", "{0[}", "{0[a}", "{0.}", "{0[]}", "{0[1]x}", "{0!z}", "{5}", "{x}", "{0:{1:{0:{0}}}}", "{a{b}", "{:d}":
    refused(f.format, bad, "v", 1)
refused(f.format)
refused(Formatter.format)


class Mine(Formatter):
    def get_value(self, key, args, kwargs):
        return kwargs.get(key, f"<{key}>") if isinstance(key, str) else args[key]

    def check_unused_args(self, used, args, kwargs):
        print("used", sorted(map(str, used)))

    def format_field(self, value, spec):
        return f"[{value}|{spec}]"

    def convert_field(self, value, conversion):
        return value * 2 if conversion == "2" else super().convert_field(value, conversion)


print(Mine().format("{0!2} {miss:q} {k}", "ab", k=3))
print(list(f.parse("a{b!r:c{d}}e{{f}}g")), f.get_field("0.real", (3,), {}))
