# lex_fstrings_pep701.py - f-strings of PEP 701: any quotes, backslashes, comments and newlines inside fields.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def same_quotes():
    names = ["a", "b"]
    print(f"{"x"}", f'{'x'}', f"{"," .join(names)}", f"{f"{f"{f"{1 + 1}"}"}"}", f"""{"""deep"""}""")
    d = {"key": {"in": 3}}
    print(f"{d["key"]["in"]}", f"{d['key']["in"]:{"0"}{"4"}}", f'{"quote" + 'mix'}')
    print(f"{"a" if "b" in "abc" else "c"}", f"{"".join(f"{n!r}" for n in names)}")


@section
def backslashes():
    names = ["a", "b"]
    print(f"{"\n".join(names)}", f"{'\t'}|", f"{'\\'}", f"{"\x41\u0042"}")
    print(f"\{6}" if 0 else f"\x7b{6}\x7d", f"\u007b6\u007d", f"{6}\
{7}", rf"\{6}\n{"\n"}x", fr"{'\x41'}")
    print(rf"\N{1}")


@section
def multiline():
    x = 4
    print(f"{
        x
    }", f"a{  # a comment with 'quotes' and }
        x + 1  # another "one"
    }b")
    print(f"{[
        i * 2 for i in range(3)
        if i
    ]}", f"""{
        x:>5}|{x
               !r}""")
    print(f'''{
x=
}''')
    print(f"{x:>{
        5
    }}|")


@section
def nesting():
    x = 3
    print(f"{f"{f'{x}'}"}", f"{x:{f"{x}"}}", f"{f"{x:{x}}":>{x * 2}}|", f"{(lambda: f"{x}")()}", f"{{{f"{{{x}}}"}}}")
    print(f"{ {"a": f"{x}"}["a"] }", f"{ {x: {x}}[x] }", f"{[{x}]}", f"{({"k": "v"})["k"]!r:>6}")
    print(f"{x!r:^{x * 3}}|", f"{"a":{"*"}^{x}}|", f"{x:{"d"}}", f"{3.14159:{x}.{x}}|{x:{x}{"d"}}")


@section
def walrus_lambda_dict():
    print(f"{(a := 5)} {a}", f"{(lambda x: x * 2)(3)}", f"{(lambda: 1)():>4}", f"{ {1: 2}[1]}", f"{ {1, 1} }", f"{(x for x in [])!r:.9}")
    print(f"{a:=+5}", f"{a if a else 0:>3}", f"{a != 5}", f"{a == 5!r}", f"{a!r}", f"{not a}", f"{a<6}{a>4}", f"{a>>1} {a<<1}")
    print(f"{a['x'] if 0 else a}", f"{a,}", f"{a, a}", f"{(a,)}", f"{a:{a},}" if 0 else f"{a:,}")


@section
def spec_literals():
    class Echo:
        def __format__(self, spec):
            return "[" + spec + "]"
    e = Echo()
    print(f"{e:a'b\"c}", f"{e:\x41}", f"{e:\n}", f"{e:%H:%M:%S}", f"{e:{'{'}}", f"{e:{1}{2}}", f"{e: x }", f"{e:#comment}", rf"{e:\d}", f"{e:é}")
    print(f"""{e:multi}
line {e:"quoted"}""")
    print(f"{e:{e:inner}}", f"{e:{'x'!r}}", f"{e:{1=}}", f"{e!s:.0}", f"{e:{"}"}}")


def parse(source):
    try:
        print(ascii(source), "->", ascii(eval(source)))
    except SyntaxError as e:
        print(ascii(source), "->", e.msg)
    except Exception as e:
        print(ascii(source), "->", type(e).__name__, e)


@section
def errors():
    for source in ("f'{1 # comment}'", "f'{#}'", "f'{a\n#\n}'", "f'''{\n}'''", "f'{1:\n}'", "f'{'a'", "f'{\"}'", "f\"{'\"", "f'''{'''", "f'{f'{}'}'",
                   "f'{lambda:1}'", "f'{lambda x:x}'", "f'{:=5}'", "f'{(a:=)}'", "f'{*a}'", "f'{**a}'", "f'{1;2}'", "f'{pass}'", "f'{import x}'",
                   "f'{1!s!r}'", "f'{1=!}'", "f'\\N{nope}'", "f'\\N'", "f'\\x4'", "f'{\\}'", "f'{1\\}'", "f'{.}'", "f'{a.}'", "f'{1+}'", "f'{[}'", "f'{]}'", "f'{(]}'"):
        parse(source)


@section
def constants_and_types():
    print(type(f""), f"" == "", f"{1}" == "1", {f"{1}": 2}["1"], f"abc"[1], f"{1}{2}".join("xy"), len(f"{12345}"), f"{1}" + f"{2}" * 2)
    print(f"{'a' 'b'}", f"{f'a' 'b' f'{1}'}", "x" f'{1}' r"\n" f"{2}", f"{1}" if f"" else f"{2}")
    print(f"{__name__}", f"{1_000:_}", f"{0x1f:#06x}", f"{1j:.1f}", f"{b'x'}", f"{...}", f"{1 .real}", f"{1.5.real}", f"{-1:d}", f"{+1}", f"{~1}")
