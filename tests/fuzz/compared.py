"""Random programs that print the same under every Python, by seed: expressions and statements over builtin types with arguments of all kinds, and classes
whose special methods change the containers that are in use.

What is printed: each result (in full, through functions of the program's own, never through a hostile method), each exception with its arguments, notes,
causes, and the lines of its traceback, and in which order special methods were called. Left out is what Pythons may choose: addresses, hashes of strings,
the order of sets, the comparisons that a sort makes, when objects die, how deep a recursion may go.
"""

import builtins
import random
import re

PRELUDE = '''
import sys, gc
fuel = %(fuel)d
calls = []
def L(what):
    if len(calls) < 12: calls.append(what)
def name_of(t): return type.__getattribute__(t, "__name__")
def text(v):
    r = repr(v)
    return r if len(r) < 300 else r[:300] + "...%%d" %% len(r)
def show(v, d=0):
    k = type(v)
    if v is None or v is Ellipsis or v is NotImplemented or k in (bool, float, complex, bytes, bytearray, str, range): return text(v)
    if k is int: return text(v) if v.bit_length() < 900 else "int of %%d bits, %%d" %% (v.bit_length(), v %% 1000003)
    if d > 3: return name_of(k) + "..."
    if k is list: return "[" + ", ".join([show(x, d + 1) for x in v[:12]]) + "]%%d" %% len(v)
    if k is tuple: return "(" + ", ".join([show(x, d + 1) for x in v[:12]]) + ")%%d" %% len(v)
    if k is dict: return "{" + ", ".join([show(x, d + 1) + ": " + show(v[x] if type(x) in (int, str) else 0, d + 1) for x in [*v][:12]]) + "}%%d" %% len(v)
    if k is set or k is frozenset: return name_of(k) + "{" + ", ".join(sorted([show(x, d + 1) for x in v])) + "}"
    if k is slice: return "slice(" + show(v.start, d + 1) + ", " + show(v.stop, d + 1) + ", " + show(v.step, d + 1) + ")"
    if k is memoryview:
        try: return "memoryview(%%r, %%r, %%r, %%r)" %% (v.tobytes(), v.format, v.shape, v.readonly)
        except ValueError as e: return str(e)
    m = type.__getattribute__(k, "__mro__")
    if BaseException in m: return describe(v, d + 1)
    if type in m: return "<class " + name_of(v) + ">"
    if list in m: return name_of(k) + "[" + ", ".join([show(x, d + 1) for x in [*list.__iter__(v)][:12]]) + "]"
    if dict in m and k is not dict: return name_of(k) + "{%%d}" %% dict.__len__(v)
    if tuple in m: return name_of(k) + "(" + ", ".join([show(x, d + 1) for x in [*tuple.__iter__(v)][:12]]) + ")"
    if str in m: return name_of(k) + text(str.__str__(v) if False else str.__getitem__(v, slice(None)))
    if int in m: return name_of(k) + text(int.__add__(v, 0))
    return "<" + name_of(k) + ">"
def describe(e, d=0):
    if d > 3: return name_of(type(e))
    args = BaseException.__getattribute__(e, "args")
    out = name_of(type(e)) + "(" + ", ".join([show(a, d + 1) for a in args]) + ")"
    for link in ("__cause__", "__context__"):
        c = BaseException.__getattribute__(e, link)
        if c is not None: out += " " + link[2] + "=" + describe(c, d + 2)
    if isinstance(e, BaseExceptionGroup): out += " of " + show(list(e.exceptions), d + 1)
    if "__notes__" in BaseException.__getattribute__(e, "__dict__"): out += " notes " + show(BaseException.__getattribute__(e, "__dict__")["__notes__"], d + 1)
    tb, lines = BaseException.__getattribute__(e, "__traceback__"), []
    while tb and d < 2:
        if tb.tb_frame.f_code.co_filename == "fuzz.py": lines.append("%%s:%%d" %% (tb.tb_frame.f_code.co_name, tb.tb_lineno))
        tb = tb.tb_next
    return out + (" at " + " ".join(lines[1:8]) if len(lines) > 1 else "")
def t(n, f):
    calls.clear()
    try: r = show(f())
    except BaseException as e:
        if name_of(type(e)) in ("LimitExceeded", "MemoryError", "RecursionError"): raise
        r = "raised " + describe(e)
    print(n, r, " ".join(calls))
def P(*v): print("   ", *[show(x) for x in v])
def act():
    global fuel
    if fuel <= 0: return
    fuel -= 1
    ACTIONS[(fuel * 5 + len(calls)) %% len(ACTIONS)]()
class Mix(Exception): pass
class Manager:
    def __init__(self, swallow): self.swallow = swallow
    def __enter__(self): L("enter"); act(); return self
    def __exit__(self, k, e, tb): L("exit " + name_of(k) if k else "exit"); act(); return self.swallow
class Data:
    def __set_name__(self, owner, name): L("set_name " + name); self.name = name
    def __get__(self, o, k=None): L("get"); act(); return 5 if o is None else o.__dict__.get("_" + self.name, 7)
    def __set__(self, o, v): L("set"); act(); o.__dict__["_" + self.name] = v
    def __delete__(self, o): L("delete"); o.__dict__.pop("_" + self.name, None)
class Meta(type):
    def __new__(m, name, bases, ns, **k): L("meta new " + name + show(sorted(k))); return super().__new__(m, name, bases, ns)
    def __init__(c, name, bases, ns, **k): L("meta init"); act()
    def __call__(c, *a, **k): L("meta call"); act(); return super().__call__(*a, **k)
    def __instancecheck__(c, o): L("instancecheck"); act(); return type(o) is c
    def __getattr__(c, name): L("meta getattr " + name); raise AttributeError(name)
    @classmethod
    def __prepare__(m, name, bases, **k): L("prepare"); return {"prepared": 1}
def G(n=3):
    try:
        for i in range(n):
            L("yield"); got = yield i
            act()
            if got is not None: L("got"); P(got)
    except GeneratorExit: raise # perhaps because nobody has it any more: Pythons differ in when
    except Mix as e: L("gen mix"); yield e
    except BaseException: L("gen error"); act(); raise
    else: L("gen end"); act()
def GG():
    r = yield from G(2)
    yield r
    yield from [1, 2]
    L("outer end")
    return 9
async def CO(x=1):
    L("co"); act()
    return x
class Later:
    def __await__(self): L("await"); r = yield "later"; act(); return r
async def AG():
    try:
        for i in range(3):
            act(); yield i
            await Later()
    except GeneratorExit: raise
    except BaseException: L("ag end"); raise
def drive(c, *values):
    out = []
    try:
        out.append(c.send(None))
        for v in values: out.append(c.throw(v) if isinstance(v, BaseException) else c.send(v))
    except StopIteration as e: out.append(("stop", e.value))
    finally: c.close()
    return out
class Z:
    def __init__(self, f, v=1): self.f = f; self.v = v; self.times = 2
    def go(self):
        if self.times:
            self.times -= 1
            L("Z"); self.f()
        return self.v
    def __eq__(self, o): return self.go() is o
    def __hash__(self): self.go(); return 1
    def __index__(self): return self.go()
    def __len__(self): return self.go()
    def __iter__(self): yield 1; self.go(); yield 2; self.go(); yield 3
    def __getitem__(self, i): self.go(); return (1, 2)[i]
    def __call__(self, *a): self.go(); return 1
    def __str__(self): self.go(); return "z"
    def __repr__(self): self.go(); return "Z"
    def __format__(self, s): self.go(); return s
    def __contains__(self, x): self.go(); return True
    def __add__(self, o): self.go(); return 7
    __radd__ = __mul__ = __rmul__ = __sub__ = __rsub__ = __or__ = __and__ = __mod__ = __add__
    def __float__(self): self.go(); return 1.5
    def __bytes__(self): self.go(); return b"zz"
    def keys(self): self.go(); return [1, 2][:1]
def F0(*a, **k): L("F0"); act(); return a[0] if a else k
def K0(x): L("K0"); act(); return show(x)
def raise_(e): raise e
def ordered(v): return sorted(v, key=show) if type(v) in (set, frozenset) else v
def number(v): return v if type(v) in (int, float) and v == v else 0
def is_plain(v): return type(v) in (int, bool) or type(v) is float and v == v or type(v) is tuple and all([is_plain(x) for x in v])
def hashed(v): return hash(v) if is_plain(v) else type(hash(v)) # those of texts and of addresses are Python's own affair
'''

# What may stand for <x> in the templates below.
ATOMS = {
    "i": "0 1 -1 2 3 5 7 True 4 10 -3 I0",
    "I": "0 1 -1 2 255 256 2**31 2**63-1 -2**63 2**64 10**30 -10**25 2**200+1 123456789012345678 I0 I1 <i> 3**90",
    "f": "0.0 -0.0 1.5 -2.25 1e300 1e-320 float('inf') float('nan') 3.0 0.1 2.5 -1e16 123456.789 5e-324 X0",
    "s": r"""'' 'a' 'abc' 'Hello World' 'häuser' '😀x' 'a,b,,c' '\tx\n' 'ß' '12' '\u0661\u0662' '\ud800' 'İı' 'tab\tb\nc\r\nd' '{}' '{0!r:>{1}}' '%d|%s' 'ǅx' '-1_0' 'a\x00b' S0 S1 '0x1f' 'nan' 'ﬁ' '%(a)s' '{a[0].b}'""".replace("Hello World", "Hello\x01World"),
    "b": r"b'' b'abc' b'\x00\xff' bytearray(b'xyz') memoryview(b'12345678') B0 b'a,b' b'\t\na\r' B1 W0 b'\xc3\xa9' b'12' b'Hello'",
    "l": "[] [1,2,3] L0 L1 [3,1,2] ['a'] [[1],[2]] [None,1] [1.5,'x'] list(L0) [A0] Q0",
    "t": "() (1,) (1,2) ('a',1) T0 (1,(2,3)) (A0,A1) (None,)*3",
    "d": "{} {1:2} D0 D1 {'a':1,'b':2} {A0:1} dict(D0) {(1,2):[]} {None:0}",
    "e": "set() {1,2} E0 frozenset({1,3}) {1.0,'a'} D0.keys() {2,3,4} E1 set(L1)",
    "o": "A0 A1 A2 A3",
    "c": "len str int F0 (lambda*a:a) act H0 A0 list repr K0 ord float Mix bool (lambda:1) (lambda/,x=1,*,y=2:(x,y)) G",
    "u": "set() {1,2} frozenset({1,3}) {2,3,4} E1 D0.keys()",  # sets whose order is the same everywhere
    "g": "<l> <t> <d> <s> <b> <u> range(<i>) iter(<l>) G() (x\x01for\x01x\x01in\x01<l>) zip(<l>,<t>) map(K0,<l>) enumerate(<s>) reversed(<l>) A0 A1 GG() filter(None,<l>) D0.items() iter(F0,3) iter(D0) R0",
    "x": "Mix(1) ValueError('v') KeyError('k') StopIteration(3) OSError(2,'x') Mix GeneratorExit() ExceptionGroup('g',[Mix(2),ValueError(1)]) TypeError() X1 UnicodeDecodeError('u',b'ab',0,1,'r')",
    "y": "int str list dict tuple H0 H1 Mix object type (int,str) set bytes int|str float K1 Exception",
    "v": "None ... NotImplemented object() slice(1,<i>) range(<i>) <x> <y> <c> 1j -2.5+1e3j range(5,0,-2) type(A0) M0",
    "z": "<i>:<i> : ::<i> <i>: :<i> <i>:<i>:<i> <o>:<i> :<o>: ::<I> <I>:<I>",
    "q": r"'' '>10' '<8' '^7' '08' '+d' 'x' '#b' '_' ',' '.3f' 'e' 'g' '%' 's' '5.1' 'c' 'n' 'r' '=+9' '*^9.2' '.0' '{}' 'z.1f' '#o' '-<3s' '.2147483648f' ' d' '=5' '#.3g' '_x' ',.2f' '\ud800>3'",
    "k": "'utf-8' 'ascii' 'latin-1' 'utf-16' 'utf-8-sig' 'utf-32-le' 'unicode_escape' 'raw_unicode_escape' 'utf-16-be' 'nope' '' 'cp1252'",
    "h": "'strict' 'ignore' 'replace' 'backslashreplace' 'xmlcharrefreplace' 'surrogateescape' 'surrogatepass' 'nope' 'namereplace'",
    "a": "<i> <I> <f> <s> <b> <l> <t> <d> <e> <o> <v> <g> None",
    "n": "'x' '__class__' '__dict__' '__module__' 'real' 'a' '_b' '__len__' 'args' '__name__' 'd' 's' '__eq__' 'append' '__iter__'",
}
ATOMS = {key: [atom.replace("\x01", " ") for atom in atoms.split(" ")] for key, atoms in ATOMS.items()}
EXPRESSIONS = """<I>+<I>|<I>-<I>|<I>*<I>|<I>//<I>|<I>%<I>|divmod(<I>,<I>)|<i>**<i>|pow(<I>,<i>,<I>)|<I><<<i>|<I>>><i>|<I>&<I>|<I>|<I>^<I>|~<I>|-<I>|abs(<I>)|<I>/<I>|<I><<I>|<I>==<f>|<I><<f>|int(<s>)|int(<s>,<i>)|int(<f>)|int(<b>)|int(<a>)
<I>.bit_length()|<I>.bit_count()|<I>.to_bytes(<i>,'big')|(<I>).to_bytes(<i>,<n>,signed=True)|int.from_bytes(<g>,'little')|int.from_bytes(<b>,'big',signed=<i>)|(<I>).as_integer_ratio()|round(<I>,<i>)|round(<f>,<i>)|round(<f>)|bin(<I>)|hex(<I>)|oct(<I>)|chr(<I>)|ord(<s>)|<I>.__format__(<q>)
<f>+<f>|<f>*<I>|<f>/<f>|<f>//<f>|<f>%<f>|divmod(<f>,<f>)|<f>**<i>|<f><<f>|<f>==<f>|(<f>).hex()|float.fromhex(<s>)|(<f>).as_integer_ratio()|(<f>).is_integer()|float(<s>)|float(<a>)|complex(<a>)|complex(<f>,<f>)|complex(<s>)|(<f>)*1j|(1+2j)**<i>|abs(complex(<f>,<f>))|sum(<g>)|sum(<g>,<a>)|sum([<f>,<f>,<I>])|repr(<f>)|min(<f>,<f>)|max(<g>)|hashed(<I>)|hashed(<f>)|hashed((<I>,<I>))
<s>+<s>|<s>*<i>|<s>[<i>]|<s>[<z>]|<s> in <s>|<s><<s>|len(<s>)|<s>%<t>|<s>%<d>|<s>%<a>|'%5.2f|%-4d|%+x|%r|%c'%(<f>,<I>,<I>,<a>,<i>)|'%*d'%(<i>,<I>)|<s>.format(<a>,<a>)|'{0:{1}}{2!r}'.format(<a>,<q>,<a>)|'{:<q>}'.format(<a>)|f'{<a>!r:>12}'|f'{<I>:{<q>}}'|f'{<f>:{<q>}}'|f'{<s>:{<q>}}'|f'{<o>}'|f'{<o>:{<q>}}'|f'{<a>=}'|format(<a>,<q>)|format(<I>,<q>)|format(<f>,<q>)|format(<s>,<q>)|format(<f>*1j,<q>)
<s>.split(<s>)|<s>.split()|<s>.split(<s>,<i>)|<s>.rsplit(<s>,<i>)|<s>.splitlines(<i>)|<s>.partition(<s>)|<s>.rpartition(<s>)|<s>.join(<g>)|<s>.replace(<s>,<s>)|<s>.replace(<s>,<s>,<i>)|<s>.find(<s>,<i>,<i>)|<s>.rfind(<s>)|<s>.index(<s>)|<s>.count(<s>)|<s>.startswith(<s>)|<s>.endswith((<s>,<s>),<i>)|<s>.strip(<s>)|<s>.lstrip()|<s>.center(<i>,<s>)|<s>.ljust(<i>)|<s>.zfill(<i>)|<s>.upper()|<s>.lower()|<s>.title()|<s>.swapcase()|<s>.capitalize()|<s>.casefold()|<s>.expandtabs(<i>)|<s>.translate(<d>)|<s>.translate({97:<a>,98:None})|str.maketrans(<s>,<s>,<s>)|str.maketrans(<d>)|<s>.encode(<k>)|<s>.encode(<k>,<h>)|<s>.isidentifier()|<s>.isdecimal()|<s>.isnumeric()|<s>.isprintable()|<s>.removeprefix(<s>)|ascii(<s>)|repr(<s>)|str(<b>,<k>,<h>)|str(<b>,<k>)|<s>.format_map(<d>)|<s>.isupper()|<s>.istitle()
<b>+<b>|<b>*<i>|<b>[<i>]|<b>[<z>]|<b> in <b>|<i> in <b>|<b>==<b>|<b><<b>|bytes(<a>)|bytearray(<g>)|bytes(<s>,<k>)|bytes(<s>,<k>,<h>)|<b>.decode(<k>,<h>)|<b>.decode(<k>)|<b>.hex()|<b>.hex(<s>,<i>)|bytes.fromhex(<s>)|<b>.split(<b>)|<b>.join(<g>)|<b>.replace(<b>,<b>)|<b>.find(<b>)|<b>.find(<i>)|<b>.strip(<b>)|<b>.translate(None,<b>)|<b>.translate(bytes(range(256)))|<b>.center(<i>)|<b>.upper()|<b>.splitlines()|<b>.partition(<b>)|<b>.startswith(<b>)|<b>.expandtabs()|<b>.zfill(<i>)|<b>.isalpha()|bytes.maketrans(<b>,<b>)|<b>.count(<b>,<i>)|<b>.removesuffix(<b>)|<b>.title()
B0.append(<i>)|B0.extend(<g>)|B0.insert(<i>,<i>)|B0.pop(<i>)|B0.remove(<i>)|B0.reverse()|B0.clear()|B0.__setitem__(<i>,<i>)|B0.__setitem__(slice(<i>,<i>),<b>)|B0.__setitem__(slice(<i>,<i>,<i>),<g>)|B0.__delitem__(slice(<i>,<i>,<i>))|B0.__iadd__(<b>)|B0.__imul__(<i>)|B0.copy()|W0[<z>]|W0[<i>]|W0.__setitem__(<i>,<i>)|W0.__setitem__(slice(<i>,<i>),<b>)|W0.cast(<n>)|W0.cast('B',[2,<i>]).tolist()|W0.cast('h').tolist()|W0.tolist()|W0.release()|W0==<b>|W0.hex()|W0[::-1].tobytes()|W0.toreadonly()|memoryview(<a>)|memoryview(<b>)[<z>].tolist()|W0.nbytes|W0.shape|W0.contiguous|len(W0)|memoryview(bytearray(8)).cast(<s>)|bytes(W0[<z>])
<l>+<l>|<l>*<i>|<l>[<i>]|<l>[<z>]|<a> in <l>|<l>==<l>|<l><<l>|L0.append(<a>)|L0.extend(<g>)|L0.insert(<i>,<a>)|L0.pop()|L0.pop(<i>)|L0.remove(<a>)|L0.index(<a>)|L0.index(<a>,<i>,<i>)|L0.count(<a>)|L0.reverse()|L0.sort(key=K0)|L0.copy()|L0.__setitem__(<i>,<a>)|L0.__setitem__(slice(<i>,<i>),<g>)|L0.__setitem__(slice(<i>,<i>,<i>),<g>)|L0.__delitem__(<i>)|L0.__delitem__(slice(<i>,<i>,<i>))|L0.__iadd__(<g>)|L0.__imul__(<i>)|sorted(<g>,key=K0)|sorted([<I>,<I>,<f>,<i>],key=number)|sorted(<l>,key=K0,reverse=<i>)|list(<g>)|tuple(<g>)|list(reversed(<l>))|[*<g>,*<g>]|L1.__init__(<g>)|L0.clear()|[x for x in <g> if x]|[(x,y) for x in <l> for y in <t>]|(<t>+<t>,<t>*<i>)|<t>[<z>]|<t>.index(<a>)|<t>.count(<a>)|<t>==<t>|<t><<t>|L0==L1|A0 in L0|L1.count(A1)
<d>[<a>]|<d>.get(<a>,<a>)|D0.__setitem__(<a>,<a>)|D0.__delitem__(<a>)|D0.pop(<a>)|D0.pop(<a>,<a>)|D0.popitem()|D0.setdefault(<a>,<a>)|D0.update(<d>)|D0.update(<g>)|D0.update(a=<a>)|D0|<d>|D0.__ior__(<g>)|D0.clear()|D0.copy()|list(D0.items())|list(D0.values())|list(reversed(D0))|D0.keys()&<g>|D0.keys()|<e>|D0.items()-<e>|<a> in D0|D0==<d>|dict(<g>)|dict(<d>,**<d>)|dict.fromkeys(<g>,<a>)|{**<d>,**<d>}|{K0(x):x for x in <g>}|len(D0)|D1.keys()==<e>|D1.items().isdisjoint(<g>)|D0.keys()<=<e>|list(zip(D0,D0.values()))
<e>|<e>|<e>&<e>|<e>-<e>|<e>^<e>|<e><=<e>|<e>==<e>|<a> in <e>|E0.add(<a>)|E0.discard(<a>)|E0.remove(<a>)|E0.update(<g>)|E0.intersection(<g>)|E0.union(<g>,<g>)|E0.difference(<g>)|E0.symmetric_difference(<g>)|E0.issubset(<g>)|E0.issuperset(<g>)|E0.isdisjoint(<g>)|E0.intersection_update(<g>)|E0.difference_update(<g>)|E0.symmetric_difference_update(<g>)|set(<g>)|frozenset(<g>)|E0.copy()|len(E0)|E0.clear()|E0.__ior__(<e>)|E0.__isub__(<e>)|{x for x in <g>}
<o>+<a>|<a>+<o>|<o>*<o>|<o>-<i>|<i>-<o>|<o>/<f>|<o>//<a>|<o>%<a>|divmod(<o>,<a>)|<o>**<i>|pow(<o>,<o>,<i>)|<o><<<i>|<o>&<e>|<o>|<o>|<o>@<o>|-<o>|+<o>|~<o>|abs(<o>)|round(<o>)|round(<o>,<i>)|<o>==<a>|<o>!=<o>|<o><<a>|<a>>=<o>|<o> in <o>|<a> in <o>|<o>[<a>]|<o>[<z>]|<o>(<a>)|<o>(*<g>,**<d>)|len(<o>)|bool(<o>)|not <o>|int(<o>)|float(<o>)|complex(<o>)|str(<o>)|repr(<o>)|bytes(<o>)|list(<o>)|tuple(<o>)|iter(<o>)|next(<o>)|next(<o>,<a>)|reversed(<o>)|list(reversed(<o>))|range(<o>)|<l>[<o>]|<s>*<o>|<l>*<o>|[1,2,3][<o>:<o>]|chr(<o>)|bin(<o>)|format(<o>,<q>)|isinstance(<o>,<y>)|isinstance(<a>,<o>)|issubclass(<y>,<y>)|<o>.x|<o>.d|getattr(<o>,<n>,<a>)|setattr(<o>,<n>,<a>)|delattr(<o>,<n>)|hasattr(<o>,<n>)|<o>.s|vars(<o>) is None|<o>.__len__()|<o>.__eq__(<a>)|<o>.__index__()|<o>.__iter__().__next__()|dict(<o>)|set(<o>)|'%d %s'%(<o>,<o>)|'%x'%<o>|sum(<o>)|zip(<o>,<g>).__next__()|list(map(<o>,<g>))|list(filter(<o>,<g>))|max(<o>,<o>)|min(<g>,key=<c>)|max(<g>,default=<a>)|any(<g>)|all(<g>)|enumerate(<o>,<i>).__next__()|slice(<o>,<o>,<o>).indices(<i>)|int.from_bytes(<o>,'big')|(<I>).to_bytes(<o>,'big')|bytearray(<o>)|memoryview(<o>)|[*<o>]|{**<o>}|F0(*<o>)|F0(**<o>)|<o> is <o>|(<a> if <o> else <a>)|<o> and <a>|<o> or <a>|<a><<o><<a>
list(zip(<g>,<g>))|list(zip(<g>,<g>,strict=True))|list(map(<c>,<g>))|list(map(<c>,<g>,<g>))|list(filter(<c>,<g>))|list(enumerate(<g>,<i>))|any(<g>)|all(<g>)|max(<g>,key=K0)|iter(<a>)|next(iter(<g>))|iter(<c>,<a>)|callable(<a>)|type(<a>)|isinstance(<a>,<y>)|issubclass(<a>,<y>)|len(<a>)|getattr(<a>,<n>)|<c>(<a>)|<c>(<a>,<a>)|<c>()|<c>(*<g>)|<c>(**<d>)|<c>(<a>,x=<a>)|range(<i>,<i>,<i>)|list(range(<i>,<i>,<i>))|range(<I>)[<i>]|range(<i>,<I>,<i>)[<z>]|<a> in range(<i>,<I>,<i>)|range(<i>,<I>,3).index(<a>)|len(range(<I>))|slice(<a>,<a>)==slice(<a>,<a>)|slice(<a>,<a>,<a>).indices(<i>)|eval(<s>)|eval('<i>+<i>')|compile(<s>,'f','eval')|property(<c>).__get__(<o>)|staticmethod(<c>)(<a>)|classmethod(F0).__get__(<o>)(<a>)|type(<s>,<t>,<d>)|type('T',(<y>,),{<n>:<a>})|super(H0,<o>).__init__()|object.__new__(<y>)|<y>.__new__(<y>)|<x>.with_traceback(<a>)|<x>.args|raise_(<x>)|raise_(<a>)|str(<x>)|repr(<x>)|Mix(<a>)==Mix(<a>)|ExceptionGroup(<s>,[<x>])|ExceptionGroup('m',[Mix(1),KeyError(2)]).split(<y>)|ExceptionGroup('m',[Mix(1)]).subgroup(<c>)|int|<y>|<y>[<a>]|list[<y>]==list[<y>]|isinstance(<a>,int|<y>)|M0[<a>]|M0.get(<a>)|type.__call__(<y>,<a>)|object.__eq__(<o>,<a>)|print(<s>,file=None,sep=<a>)|callable(<o>)
next(G0)|G0.send(<a>)|G0.throw(<x>)|G0.close()|list(G0)|G0.gi_running|G0.gi_suspended|next(GX)|GX.send(<a>)|GX.throw(<x>)|GX.close()|list(GG())|drive(CO(<a>))|drive(Later().__await__(),<a>)|drive(AG().asend(None),<a>)|drive(AG().__anext__())|drive(AG().athrow(<x>))|drive(AG().aclose())|[x for x in G(<i>)]|sum(G(<i>))|dict(enumerate(G()))|tuple(x*2 for x in G())|max(G())|''.join(str(x) for x in G())|(lambda:(yield))().send(<a>)|G(<a>).send(None)"""
EXPRESSIONS = [e for line in EXPRESSIONS.split("\n") for e in re.split(r"\|(?=[^|,])", line)]
EXPRESSIONS += ["<I> | <I>", "<e> | <e>", "<d> | <d>", "<o> | <o>", "<a> | <o>", "<y> | <y>", "int | <y>", "D0.keys() | <e>", "'%5.2f|%-4d' % (<f>, <I>)"]


# A container q that changes while it is used: <c> is an object each of whose special methods changes it.
CHANGES = {
    "list": "q.clear|q.pop|lambda: q.append(9)|lambda: q.extend([0] * 40)|lambda: q.__init__([7])|q.reverse|lambda: q.__delitem__(slice(1, None))|lambda: q.__imul__(3)|lambda: q.remove(1)",
    "dict": "q.clear|q.popitem|lambda: q.update({9: 1})|lambda: q.update(dict.fromkeys(range(40)))|lambda: q.__init__([(7, 8)])|lambda: q.pop(1, 0)|lambda: q.setdefault(5, 6)",
    "set": "q.clear|q.pop|lambda: q.add(9)|lambda: q.update(range(40))|lambda: q.__init__([7])|lambda: q.discard(1)|lambda: q.symmetric_difference_update([1, 2])",
    "bytearray": "q.clear|q.pop|lambda: q.append(9)|lambda: q.extend(b'0' * 400)|lambda: q.__init__(b'7')|q.reverse|lambda: q.__delitem__(slice(1, None))",
}
CHANGED = {
    "list": "q.index(<c>)|q.count(<c>)|q.remove(<c>)|<c> in q|q == [<c>] * 3|q != [1, <c>, 3]|q < [<c>, 2]|[<c>, <c>] < q|q[<c>]|q[<c>:<c>]|q[::<c>]|q.insert(<c>, 1)|q.pop(<c>)|q.extend(<c>)|q.sort(key=<c>)|max(q, key=<c>)|sorted(q, key=<c>)|q * <c>|q.__setitem__(<c>, 1)|"
    "q.__setitem__(slice(<c>, <c>), [1, 2, 3])|q.__setitem__(slice(None), <c>)|q.__setitem__(slice(None, None, 2), <c>)|q.__delitem__(<c>)|q.__delitem__(slice(<c>, 9, <c>))|q.__iadd__(<c>)|q.__imul__(<c>)|q + [<c>]|q.index(3, <c>, <c>)|[*map(<c>, q)]|[*filter(<c>, q)]|"
    "any(map(<c>, q))|[x for x in q if <c>(x)]|sum(q, <c>)|min(q, key=<c>)|q.append(<c>) or q.count(5)|q.append(<c>) or q.remove(4)|q.append(<c>) or repr(q)|q.append(<c>) or str(q)|q.append(<c>) or q == [1, 2, 3, 5]|q.append(<c>) or q.index(7)|q.append(<c>) or [1, 2, 3, 5, 5] > q|"
    "q.append(<c>) or 7 in q|q.append(<c>) or tuple(q).count(4)|q.append(<c>) or set(q)|q.append(<c>) or dict.fromkeys(q)|q.append(<c>) or bytes(q)|q.append(<c>) or sum(q)|q.append(<c>) or '{0} {0[3]}'.format(q)|q.append(<c>) or '%s %r' % (q, q)|q.append(<c>) or ''.join(map(str, q))|"
    "q.append(<c>) or dict(zip(q, q))|q.append(<c>) or max(q, key=str)|q.insert(0, <c>) or q.remove(3)|q.insert(0, <c>) or q.count(2)|q.insert(1, <c>) or repr(q)|q.insert(0, <c>) or [*zip(q, <c>)]|q.insert(0, <c>) or q == [2] * 4|q.insert(0, <c>) or bytearray(q)|q.insert(0, <c>) or hashed(tuple(q))|f'{q}{<c>}{q!r:<c>}'".replace(":<c>}", ":>9}"),
    "dict": "q[<c>]|q.get(<c>)|q.pop(<c>, 1)|q.__setitem__(<c>, 1)|q.__delitem__(<c>)|q.setdefault(<c>, 1)|<c> in q|q == {1: <c>, 2: <c>}|q.update(<c>)|q.update([(<c>, 2), (3, <c>)])|q | {<c>: 1}|{**q, <c>: 1}|q.keys() & [<c>]|q.items() ^ [(<c>, 1)]|q.keys() == {<c>, 2}|(1, <c>) in q.items()|<c> in q.values()|"
    "[<c>(x) for x in q]|dict(q, a=<c>)|max(q, key=<c>)|sorted(q, key=<c>)|q.__ior__(<c>)|dict.fromkeys(q, <c>)|[*map(<c>, q.items())]|q.__setitem__(1, <c>) or q == {1: 5, 2: 5}|q.__setitem__(1, <c>) or repr(q)|q.__setitem__(1, <c>) or 5 in q.values()|q.__setitem__(8, <c>) or str([*q.values()])|q.keys() - <c>|q.keys().isdisjoint(<c>)|"
    "q.__setitem__(<c>, 1) or q.get(1)|q.__setitem__(<c>, 1) or q == {1: 2}|'%(a)s' % q|'{0[1]}{1}'.format(q, <c>)|(lambda **k: k)(**q, b=<c>)|q.__setitem__(1, <c>) or q.copy() == q|q.__setitem__(1, <c>) or q == dict(q, x=1)|[k for k in q if <c> in q]|{k: <c>(k) for k in q}",
    "set": "<c> in q|q.add(<c>)|q.discard(<c>)|q.remove(<c>)|q.update(<c>)|q.update([<c>, <c>])|q & [<c>]|q.intersection([<c>, 1])|q.difference([<c>])|q.symmetric_difference([<c>, 1])|q.issubset([<c>])|q.issuperset([<c>, <c>])|q.isdisjoint([<c>])|q == {<c>, 1}|q.intersection_update([<c>, 1])|q.difference_update([<c>, 1])|"
    "q.symmetric_difference_update([<c>, 1])|q | {<c>}|q - {<c>}|q <= {<c>, 1, 2}|q.union(<c>)|q.add(<c>) or {1, 2} == q|q.add(<c>) or q.copy() == q|q.add(<c>) or 1 in q|q.add(<c>) or q & {1, 2}|max(q, key=<c>) is None|len(sorted(q, key=<c>))",
    "bytearray": "q[<c>]|q[<c>:]|q[::<c>]|q.find(<c>)|q.find(b'1', <c>)|q.count(b'1', <c>)|<c> in q|q.append(<c>)|q.extend(<c>)|q.extend([<c>, 2])|q.insert(<c>, 1)|q.insert(1, <c>)|q.pop(<c>)|q.remove(<c>)|q.__setitem__(<c>, 1)|q.__setitem__(1, <c>)|q.__setitem__(slice(<c>, 9), b'ab')|q.__setitem__(slice(None), [<c>, 1])|"
    "q.__setitem__(slice(0, 4, <c>), b'abcd')|q.__delitem__(<c>)|q.__delitem__(slice(<c>, None, <c>))|q.__imul__(<c>)|q * <c>|q.hex('-', <c>)|q.center(<c>)|q.split(None, <c>)|q.replace(b'1', b'22', <c>)|q.startswith(b'1', <c>)|q.expandtabs(<c>)|q.splitlines(<c>)|int.from_bytes(q, 'big') + <c>|q.join([b'1', bytes(<c>)])|q % <c>|memoryview(q)[<c>]|"
    "memoryview(q).__setitem__(0, <c>)|memoryview(q)[<c>:].tolist()|bytes(memoryview(q)[::<c>])|q.ljust(<c>, b'.')|q.zfill(<c>)|q.maketrans(b'1', q) and q.append(<c>)",
}
CHANGES = {key: text.split("|") for key, text in CHANGES.items()}
CHANGED = {key: re.split(r"(?<! )\|(?! )", text) for key, text in CHANGED.items()}
FULL = {"list": "[1, 2, 3, 4]", "dict": "{1: 2, 2: 3, 3: 'a'}", "set": "{1, 2, 3}", "bytearray": "bytearray(b'1234567')"}


def compiles(text: str) -> bool:
    try:
        compile(re.sub(r"<z>", "1:2", text).replace("<q>", "''" if "f'" not in text else "x") and re.sub(r"<\w>", "x", text.replace("<z>", "1:2")), "e", "eval")
        return True
    except SyntaxError:
        return False


EXPRESSIONS = [e for e in EXPRESSIONS if e and compiles(e)]
HIDDEN = "__sizeof__ __hash__ __reduce__ __reduce_ex__ __dir__ __doc__ __class__ __init_subclass__ __subclasshook__ __getstate__ __setstate__ __class_getitem__ __new__ __del__ __dict__ __getnewargs__ sort __buffer__ __release_buffer__ _from_flags __alloc__".split()
# Builtin types have these by themselves in CPython, and from object in Krait: the error of a wrong first argument names another class.
OWN = [("G0", "__init__"), ("<x>", "__getattribute__"), ("<x>", "__setattr__"), ("<x>", "__delattr__")]
RECEIVERS = {"I": int, "f": float, "s": str, "b": bytes, "l": list, "t": tuple, "d": dict, "e": set, "B0": bytearray, "W0": memoryview, "R0": range, "G0": type(x for x in ""), "<x>": Exception, "M0": type(type.__dict__), "<f>*1j": complex, "slice(<a>,<i>)": slice}
METHODS = [(key if len(key) > 1 else f"<{key}>", name) for key, kind in RECEIVERS.items() for name in sorted(dir(kind)) if name not in HIDDEN and (key, name) not in OWN and callable(getattr(kind, name))]
FUNCTIONS = """abs all any ascii bin bool bytearray bytes callable chr classmethod complex delattr dict divmod enumerate filter float format frozenset getattr hasattr hex int isinstance issubclass iter len list map max
memoryview min next oct ord property range repr reversed round set setattr slice sorted staticmethod str sum tuple type vars zip""".split()

ACTIONS = """L0.clear()|L0.append(<a>)|L0[:]=[<a>,<a>]|L1.clear()|L1.extend([1,2,3])|del L1[:2]|D0.clear()|D0[<i>]=<a>|D0.update(D1)|D1.pop('a',None)|D1['n']=<i>|E0.clear()|E0.add(<i>)|E0.update(range(20))|B0.clear()|B0.extend(b'xx')|B0.append(7)|del B0[:3]|next(G0,None)|G0.close()|A0.x=<a>|A1.x=<a>
A0.__dict__.clear()|L0.reverse()|L0.insert(0,<a>)|D0.popitem()|gc.collect()|raise_(Mix('act'))|raise_(<x>)|plain()|plain()|plain()|plain()|H0.x=<a>|H1.extra=<a>|setattr(H0,'d',<a>)|W0.release()|A0.__class__=H1|A1.__class__=H0|H0.__len__=lambda s:<i>|H1.__index__=lambda s:<i>|Q0.clear()|Q0.append(<i>)|L0.pop()|B0.__init__(b'0123')|L0.__init__('ab')|setattr(type(A0),'__eq__',lambda s,o:<i>)|globals().__setitem__('L0',[9,8])|globals().__setitem__('I0',<i>)|plain.__setattr__('__code__',other.__code__)""".replace("\n", "|").split("|")

SENSIBLE = {
    "__len__": "<i>", "__length_hint__": "<i>", "__iter__": "iter([1,'a',<a>])", "__next__": "raise_(StopIteration) if fuel%3==0 else fuel", "__reversed__": "iter('ab')", "__hash__": "<i>", "__bool__": "fuel%2==0", "__repr__": "'<r>'",
    "__str__": "<s>", "__bytes__": "b'by'", "__index__": "<i>", "__int__": "<I>", "__float__": "<f>", "__complex__": "1j", "__neg__": "<a>", "__pos__": "self", "__invert__": "<a>", "__abs__": "<i>", "__eq__": "fuel%2==0", "__ne__": "<a>", "__lt__": "fuel%3==0",
    "__le__": "<i>", "__gt__": "<a>", "__ge__": "True", "__add__": "<a>", "__radd__": "1", "__iadd__": "self", "__sub__": "NotImplemented", "__rsub__": "<i>", "__mul__": "<a>", "__rmul__": "<s>", "__imul__": "<a>", "__matmul__": "<a>", "__truediv__": "<f>", "__floordiv__": "<a>",
    "__mod__": "<a>", "__rmod__": "<s>", "__divmod__": "(1,2)", "__pow__": "<i>", "__rpow__": "<i>", "__lshift__": "<a>", "__rshift__": "<a>", "__and__": "<a>", "__rand__": "<e>", "__or__": "<a>", "__ror__": "<d>", "__ior__": "self", "__xor__": "<a>",
    "__contains__": "fuel%2", "__getitem__": "raise_(IndexError) if fuel%3==0 else <a>", "__setitem__": "None", "__delitem__": "None", "__missing__": "<a>", "__getattr__": "raise_(AttributeError(a[0]))", "__setattr__": "object.__setattr__(self,*a)",
    "__delattr__": "object.__delattr__(self,*a)", "__format__": "<s>", "__round__": "<i>", "__trunc__": "<i>", "__call__": "a", "__enter__": "self", "__exit__": "fuel%2", "__get__": "5", "__set__": "None", "__instancecheck__": "True", "__subclasscheck__": "False",
    "__getattribute__": "object.__getattribute__(self,*a)", "__class_getitem__": "<a>", "keys": "['a','b']", "__copy__": "self", "__iand__": "<a>", "__rlshift__": "<a>", "__aiter__": "self", "__set_name__": "None",
}
QUIET = ("__getattribute__", "__setattr__", "__hash__")  # called from places that Pythons may choose
BASES = ["object"] * 6 + ["list", "dict", "tuple", "str", "int", "Exception", "set", "bytearray", "float"]

BODY = """P(<a>)|act()|L0.append(<a>)|x=<E>|x,*y=<g>|x,y=<g>|(x,y),z=<g>|x=y=<E>|x+=<a>|L0[<i>]=<a>|L0[<z>]=<g>|del L0[<i>]|D0[<a>]=<E>|del D0[<a>]|A0.x=<a>|del A0.x|A0.d=<a>|A0.s=<a>|A0[<a>]=<a>|del A0[<a>]|x=A0;x+=<a>|x=A1;x*=<a>|x=<l>;x+=<g>|x=<e>;x|=<e>|x=<d>;x|=<d>|global I0;I0=<i>|assert <E>,<a>|raise <x>|raise <x> from <x>|raise <a>|return <E>|x:int=<a>|P(x:=<E>)|[P(z) for z in <g>]|P([z for z in <l> if (w:=z)],w)|P(*<g>)|x=lambda a,b=<a>:(a,b);P(x(<a>))|P(f'{<a>!r}{<i>:>{<i>}}')|P(x)|P(y)|B0[<z>]=<b>|W0[<i>]=<i>|L1[<z>]=L1|P(locals().get('x'))""".split("|")
BODY = [b for b in BODY if b]


class Program:
    def __init__(self, seed: int) -> None:
        self.r = random.Random(seed)
        self.depth = 0

    def pick(self, items):
        return items[int(self.r.random() * len(items))]

    def fill(self, template: str) -> str:
        self.depth += 1
        out = re.sub(r"<([iIfsbltdeuocgxyvzqkhanE])>", lambda m: self.atom(m[1]), template)
        self.depth -= 1
        return out

    def atom(self, kind: str) -> str:
        if kind == "E":
            return self.expression()
        if kind not in "zqknh":
            x = self.r.random()
            if x < 0.07 and kind == "g":
                return f"ordered({self.atom(self.pick('aovifsbltde'))})"
            if x < 0.07:
                kind = self.pick("aovifsbltde")
            elif x < 0.14 and self.depth < 4:
                return f"{'ordered' if kind == 'g' else ''}({self.expression()})"
        text = self.fill(self.pick(ATOMS[kind]))
        return text if kind in "zq" or text[0] in "([{'\"" or text.isidentifier() else f"({text})" if kind in "Iif" else text

    def changed(self) -> str:
        kind = self.pick(list(CHANGED))
        text = re.sub("<c>", lambda m: f"Z({self.pick(CHANGES[kind])}, {self.pick([0, 1, 1, 2, -1, 3, 5])})", self.pick(CHANGED[kind]))
        quiet = kind in ("set", "bytearray")  # in which order sets are asked is open; CPython looks at the old bytes of a bytearray
        return f"(lambda q: ({text}, {'calls.clear()' if quiet else 'q'}){'[1]' if quiet else ''})({FULL[kind]})"

    def expression(self) -> str:
        while True:  # CPython 3.13.0 takes the escapes in the text that f"{x=}" shows (mended in 3.13.1)
            text = self.any_expression()
            if "=}" not in text or "\\" not in text:
                return text

    def any_expression(self) -> str:
        x = self.r.random()
        if x < 0.72:
            return self.fill(self.pick(EXPRESSIONS))
        if x < 0.92:
            receiver, name = self.pick(METHODS)
            if name in ("__pow__", "__rpow__", "__lshift__", "__rlshift__", "__mul__", "__rmul__", "__imul__"):
                return self.fill(f"({receiver}).{name}(<i>)")
            return self.fill(f"({receiver}).{name}({','.join(['<a>'] * self.pick([0, 1, 1, 1, 2, 2, 3]))})")
        return self.fill(f"{self.pick(FUNCTIONS)}({','.join(['<a>'] * self.pick([0, 1, 1, 2, 2, 3]))})")

    # ---- Classes

    def method(self, cls: str, name: str) -> list[str]:
        log = [] if name in QUIET else [f"        L('{cls}.{name}')"]
        how = self.r.random()
        answer = SENSIBLE[name] if how < 0.8 or name in QUIET else self.pick(["<a>", "raise_(<x>)", "NotImplemented", "self", "<E>"])
        acts = ["        act()"] if self.r.random() < 0.75 and name not in QUIET else []
        return [f"    def {name}(self, *a, **k):", *log, *acts, f"        return {self.fill(answer)}"]

    def hostile(self, cls: str, base: str) -> list[str]:
        names = list(SENSIBLE)
        self.r.shuffle(names)
        lines = [f"class {cls}({base}):", "    a = 1", "    d = Data()"]
        if self.r.random() < 0.2 and base == "object":
            lines.append("    __slots__ = ('s', 'x', '__dict__')")
        for name in names[: self.r.randint(4, 22)]:
            if name == "__getattribute__" and self.r.random() < 0.8:
                continue
            lines += self.method(cls, name)
        if "__eq__" in str(lines) and "__hash__" not in str(lines) and self.r.random() < 0.9:
            lines.append(f"    def __hash__(self): return {self.r.randint(1, 3)}")  # not 0, which is the hash of an empty text in CPython
        return lines

    # ---- Statements

    def block(self, indent: str, loop: bool = False, level: int = 0) -> list[str]:
        out: list[str] = []
        for _ in range(self.pick([1, 1, 2, 2, 3])):
            if level < 3 and self.r.random() < 0.4:
                out += self.compound(indent, loop, level + 1)
            elif loop and self.r.random() < 0.1:
                out.append(indent + self.pick(["break", "continue"]))
            else:
                text = self.fill(self.pick(BODY))
                if "global" in text:
                    text = self.fill("globals()['I0']=<i>")
                out.append(indent + text)
        return out

    def compound(self, indent: str, loop: bool, level: int) -> list[str]:
        inner = indent + "    "
        body = lambda l=loop: self.block(inner, l, level)  # noqa: E731
        f = self.fill
        kind = self.r.randrange(13)
        if kind == 0:
            return [f(f"{indent}if <E>:"), *body(), f"{indent}else:", *body()]
        if kind == 1:
            return [f"{indent}for x in {f('<g>')}:", f"{inner}if len(calls) > 11: break", *body(True), *([f"{indent}else:", *body()] if self.r.random() < 0.3 else [])]
        if kind == 2:
            return [f"{indent}n{level} = 3", f"{indent}while n{level}:", f"{inner}n{level} -= 1", *body(True)]
        if kind in (3, 4):
            handlers = [line for _ in range(self.pick([1, 1, 2])) for line in (f(f"{indent}except {self.pick(['<y>', 'Mix', 'Exception', '(ValueError, TypeError)', '(Mix, LookupError)', 'LookupError'])} as e:"), f"{inner}P(e)", *body())]
            if self.r.random() < 0.4:
                handlers = []
            tail = [f"{indent}finally:", *body()] if not handlers or self.r.random() < 0.5 else [f"{indent}else:", *body()] if self.r.random() < 0.4 else []
            return [f"{indent}try:", *body(), *handlers, *tail]
        if kind == 5:
            return [f"{indent}try:", *body(False), f(f"{indent}except* {self.pick(['Mix', 'ValueError', 'LookupError', '(Mix, TypeError)'])} as e:"), f"{inner}P(e)", f"{indent}except* Exception as e:", f"{inner}L('star'); P(e)"]
        if kind == 6:
            return [f(f"{indent}with Manager(<i>) as x, {self.pick(['Manager(0)', '<o>', 'Manager(fuel%2)'])}:"), *body()]
        if kind == 7:
            cases = [f"{inner}case {self.pattern()}{self.pick(['', '', f(' if <E>')])}:" for _ in range(3)]
            return [f(f"{indent}match <a>:")] + [line for case in cases for line in (case, *self.block(inner + "    ", loop, level))]
        if kind == 8:
            name = f"f{level}"
            head = self.pick(["*a, **k", "a, b=<a>, /, c=2, *d, e=<i>, **k", "a=<E>, *, b=3", "", "a: <y> = 1"])
            return [f(f"{indent}def {name}({head}):"), *self.block(inner, False, level), f(f"{indent}P({name}({self.pick(['', '<a>', '<a>, <a>', '*<g>', 'a=<a>', '<a>, e=<a>, z=1', '**<d>'])}))")]
        if kind == 9:
            return [f"{indent}def g{level}():", f"{inner}try:", f"{inner}    got = yield 1", f"{inner}    P(got)", *self.block(inner + "    ", False, 3), f"{inner}    yield from {f('<g>')}", f"{inner}finally:", *self.block(inner + "    ", False, 3),
                    f"{indent}x = v{level} = g{level}()", f"{indent}try:", f"{inner}P(next(x))", f(f"{inner}P({self.pick(['x.send(<a>)', 'x.throw(<x>)', 'x.close()', 'list(x)', 'next(x, 0)'])})"), f"{inner}P(x.gi_frame is None)",
                    f"{indent}finally: v{level}.close()"]
        if kind == 10:
            bases = self.pick(["", "H0", "Mix", "list", "metaclass=Meta", "H1, metaclass=Meta, k=1", "int", "<y>", "object, z=<a>"])
            members = [f(f"{inner}{self.pick(['a = <a>', 'd = Data()', 'x: int = <a>', '__slots__ = <g>', 'b = property(F0)', 'c = classmethod(F0)', 'z = __name__', 'P(<a>)', '__match_args__ = <t>', 'a = a if fuel else 2'])}") for _ in range(3)]
            return [f(f"{indent}class C{level}({bases}):"), *members, f"{inner}def __init_subclass__(cls, **k): L('sub'); act()", f"{indent}x = C{level}({f(self.pick(['', '', '<a>']))})", f"{indent}P(x, C{level}.__mro__, {self.pick(['x.a', 'x.b', 'x.c()', 'x.d', 'C%d.d' % level, 'vars(x)'])})"]
        if kind == 11:
            return [f"{indent}async def c{level}():", *self.block(inner, False, 3), f"{inner}async for x in AG(): P(x)", f"{inner}return await Later()", f(f"{indent}P(drive(c{level}(), <a>, {self.pick(['<x>', '<a>'])}))")]
        return [f"{indent}x = {f('<a>')}", f"{indent}def k{level}():", f"{inner}nonlocal x", *self.block(inner, False, 3), f"{inner}x = {f('<a>')}", f"{indent}k{level}(); P(x)"]

    def pattern(self, depth: int = 0) -> str:
        if depth > 2 or self.r.random() < 0.3:
            return self.pick(["_", "w", "1", "-1.5", "'a'", "None", "int()", "str(w)", "Mix()", "b'abc'", "2 | 3 | True", "H0()"])
        inner = lambda: self.pattern(depth + 1)  # noqa: E731
        return self.pick([lambda: f"[{inner()}, *_]", lambda: f"({inner()}, {inner()})", lambda: f"{{'a': {inner()}, **rest}}", lambda: f"{{1: {inner()}}}", lambda: "H0(a=1)", lambda: "H1(x=_)", lambda: f"[{inner()}] | [{self.pick(['1', 'None'])}, _]".replace("w", "_"), lambda: f"[*_, {inner()}]"])()

    def text(self) -> str:
        lines = [PRELUDE % {"fuel": self.r.randint(5, 60)}]
        call = []
        for n in range(2):
            body: list[str] = ["("]
            while not valid("\n".join(body)):
                base = self.pick(BASES)
                body = self.hostile(f"H{n}", base)
            lines += body
            call.append("('h')" if base == "str" else "()")  # the hash of an empty text is 0 in CPython
        lines += ["class K1(H0): pass", "def plain(): pass", "def other(): pass", "ACTIONS = [plain]"]
        lines += [
            "I0 = 2", "I1 = -3 ** 50", "X0 = 2.5", "S0 = 'spam' * 3", "S1 = 'ünï'", "B0 = bytearray(b'0123456789')", "B1 = bytes(range(97, 107))", "W0 = memoryview(B0)[1:9]" if self.r.random() < 0.5 else "W0 = memoryview(bytearray(b'abcdefgh'))",
            "R0 = range(2, 9, 3)", "T0 = (1, 'a', None)", "X1 = Mix(1, 'x')", "M0 = type.__dict__['__dict__'].__get__(Mix)", "G0 = G()", "GX = GG()", "E0 = {1, 2, 'a'}", "E1 = frozenset([3, 4])",
            "L0 = L1 = D0 = D1 = Q0 = []", "A0 = A1 = A2 = A3 = None",
        ]
        for name, value in (("A0", "H0" + call[0]), ("A1", "H1" + call[1]), ("A2", "K1" + call[0]), ("A3", "H0" + call[0]), ("L0", "[1, 'a', A0, 2.5, None]"), ("L1", "[A1, 3, A0, L0]"), ("D0", "{1: 2, 'k': L0, 'a': A1}"), ("D1", "{'a': 1, 'b': A0}"), ("Q0", "[5, 6, 7]")):
            lines.append(f"try: {name} = {value}\nexcept Exception as e: {name} = [1] if {name[0]!r} in 'LQ' else {{}} if {name[0]!r} == 'D' else object(); print('{name}', describe(e))")
        for _ in range(self.r.randint(4, 12)):
            action = self.fill(self.pick(ACTIONS))
            if valid(f"def a():\n    {action}"):
                lines += ["def a():", "    global L0", f"    {action}", "ACTIONS.append(a)"]
        for n in range(self.r.randint(15, 50)):
            if self.r.random() < 0.65:
                text = f"t({n}, lambda: {self.changed() if self.r.random() < 0.25 else self.expression()})"
                lines += [text] if valid(text) else []
            else:
                body = self.block("    ") if self.r.random() < 0.3 else self.compound("    ", False, 1)
                body = [f"def s{n}():", "    x = y = z = w = None", *body, "    return x", f"t({n}, s{n})"]
                lines += body if valid("\n".join(body)) else []
            if self.r.random() < 0.1:
                lines.append(f"fuel += {self.r.randrange(20)}")
        lines += ["for c in (G0, GX): t('end', c.close)"]
        return "\n".join(lines) + "\n"


def valid(text: str) -> bool:
    try:
        compile(text, "fuzz.py", "exec")
        return True
    except (SyntaxError, ValueError, MemoryError):
        return False


def program(seed: int) -> str:
    """The program of a seed. Statements that do not fit together are left out."""
    return Program(seed).text()


def plain(text: str) -> str:
    text = re.sub(r"at 0x[0-9a-f]+", "at 0x", text, flags=re.I)
    return text.replace("str_ascii_iterator", "str_iterator")


def parting(want: str, got: str) -> tuple[str, str, str]:
    """What both print alike, but for addresses, and the first line in which they differ."""
    a, b = plain(want).split("\n"), plain(got).split("\n")
    n = next((i for i, (x, y) in enumerate(zip(a, b)) if x != y), min(len(a), len(b)))
    return "\n".join(a[:n]), "".join(a[n : n + 1]), "".join(b[n : n + 1])


def without(pattern: str, want: str, got: str) -> bool:
    """Is this all that CPython's line has more?"""
    return want != got and re.sub(pattern, "", want) == got


def sets_sorted(text: str) -> str:
    """What is in braces in the order of its characters."""
    return re.sub(r"\{[^{}:]*\}", lambda m: "".join(sorted(m[0])), text)


def statement(text: str, want: str, got: str) -> str:
    """The expression or function of the program to which the first line belongs in which the two differ."""
    before = parting(want, got)[0]
    rest = plain(want).split("\n")[before.count("\n") + bool(before) :]
    number = next((m[1] for line in rest if (m := re.match(r"(\d+) ", line))), "-")
    if m := re.search(rf"^t\({number}, lambda: .*$", text, re.M):
        return m[0]
    m = re.search(rf"^def s{number}\(\):\n((    .*)?\n)*", text, re.M)
    return m[0] if m else ""


def takes_set_apart(code: str, want: str, got: str) -> bool:
    """Are sets in it, and do the lines differ only in which values stand where?"""
    def shape(line: str) -> str:
        return re.sub(r"b?'[^']*'|'\w+' object|-?\d+(\.\d+)?|None|True|False|\w+ object", "#", line)
    return bool(re.search(r"\bE\d\b|set\(|\{[^{}:]+\}|\{x for", code)) and shape(want) == shape(got)


# Differences that are known: the name by which they are counted, what the lines have to be (what was printed before them, CPython's, Krait's), and why.
KNOWN = [
    ("limits", lambda before, want, got: bool(re.search("MemoryError|RecursionError|NotImplementedError|SystemError", before + want + got)) or got == "memory",
     "one of the two has run into a limit of its own, or into what it says that it cannot do; both differ on purpose. SystemError: a fault of CPython's own"),
    ("keyword names", lambda before, want, got: re.search("(unexpected keyword argument|multiple values for argument) 'h'", want + got) is not None or ("argument" in want and without(r" \w+\.__eq__", want, got)),
     "CPython compares keywords that are of classes derived from str by their __eq__, Krait by their text: nothing lets a program count on that"),
    ("counts of arguments", lambda before, want, got: "takes at most" in want and (without(r" takes at most .* given\)", want, re.sub(r" got an unexpected keyword argument '\w*'| expected at most .* got \d+", "", got))),
     "int() and str() of too many arguments: CPython counts keywords before it looks at their names, and has another text for classes derived from them"),
    ("names of sets", lambda before, want, got: re.sub(r"'\w+ expected at most 1 argument", "", want) == re.sub(r"'(frozen)?set expected at most 1 argument", "", got),
     "too many arguments for a class derived from set: CPython names the class, as it does for no other container"),
    ("released views", lambda before, want, got: "operation forbidden on released memoryview" in got and "operation forbidden" not in want,
     "a view that was released: CPython looks at other things first (is it a buffer at all?), Krait says that it was released"),
    ("names of methods", lambda before, want, got: re.sub(r"'\w+\.(\w+\(\) takes)", r"'\1", want) == re.sub(r"'\w+\.(\w+\(\) takes)", r"'\1", got),
     "a method of a builtin type, called with too many arguments on an instance of a derived class: CPython names that class, Krait the one that has the method"),
    ("names of callables", lambda before, want, got: " argument after *" in want and re.sub(r"TypeError\(.* argument after", "", want) == re.sub(r"TypeError\(.* argument after", "", got),
     "what a callable is called in a message when its __qualname__ is no text"),
    ("odd keywords", lambda before, want, got: re.search(r"\w+\(\) takes (no (keyword )?arguments|at most)", want) and "keywords must be strings" in got,
     "a keyword that is no string, to what takes no keywords at all: Krait looks at the keyword first, for every callable alike"),
    ("surrogates", lambda before, want, got: "surrogates not allowed" in got and "raised" not in want,
     "print() of half a surrogate pair: the oracle keeps what is printed as text, the server encodes it"),
    ("own __getattribute__", lambda before, want, got: "raised TypeError" in got and "descriptor '__getattribute__'" in want,
     "object.__getattribute__ called through a builtin type that has one of its own in CPython"),
    ("end of iterators", lambda before, want, got: "raised StopIteration(" in got and "raised StopIteration(" in want,
     "a builtin iterator passes on the StopIteration of the one below it, with its value and traceback, in CPython; in Krait it raises one of its own"),
    ("thrown wrongly", lambda before, want, got: "exceptions must be classes or instances deriving" in got and without(r" \w+:\d+ ?$", want.rstrip(), got.rstrip()),
     "what is no exception, thrown into a generator that delegates: Krait refuses it before it looks inside, so the traceback has no frame of it"),
    ("order of sets", lambda before, want, got: sets_sorted(want) == sets_sorted(got) or re.sub(r"'\w+' object cannot", "", want) == re.sub(r"'\w+' object cannot", "", got) != want,
     "which item of a set comes first"),
]


def known(want: str, got: str, text: str = "") -> str:
    """The name of the known difference by which the two part; empty: it is none. text: the program, if the order of its sets counts."""
    before, a, b = parting(want, got)
    name = next((name for name, holds, why in KNOWN if holds(before, a, b)), "")
    return name or ("order of sets" if text and takes_set_apart(statement(text, want, got), a, b) else "")
