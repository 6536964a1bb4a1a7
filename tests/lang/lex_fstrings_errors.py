# lex_fstrings_errors.py - what is wrong with an f-string, and what the message says.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


def parse(source):
    try:
        print(ascii(source), "->", ascii(eval(source)))
    except SyntaxError as e:
        print(ascii(source), "->", e.msg, e.lineno, e.offset)
    except Exception as e:
        print(ascii(source), "->", type(e).__name__, e)


@section
def fields():
    for source in ("f'{}'", "f'{ }'", "f'{'", "f'}'", "f'{1'", "f'{1!}'", "f'{1!x}'", "f'{1!rr}'", "f'{1! r}'", "f'{1!r }'", "f'{!r}'",
                   "f'{:x}'", "f'{=}'", "f'{a b}'", "f'{1 2}'", "f'{*}'", "f'{lambda x: 1}'", "f'{1:{2:{3:{4}}}}'", "f'{1:{}}'", "f'{a $ b}'",
                   "f'{1}}'", "f'{{1}'", "f'{)}'", "f'{(}'", "f'{3:x'", "f'{undefined}'", "f'{1:d}' b''", "f'{1:q}'", "f'{\"a\":d}'", "f'{yield}'", "f'{x:=5}'", "f'{a = b}'"):
        parse(source)


@section
def nested():
    for source in ("f'{1 # comment}'", "f'{#}'", "f'{a\n#\n}'", "f'''{\n}'''", "f'{'a'", "f'{\"}'", "f\"{'\"", "f'''{'''", "f'{f'{}'}'",
                   "f'{lambda:1}'", "f'{lambda x:x}'", "f'{:=5}'", "f'{(a:=)}'", "f'{*a}'", "f'{**a}'", "f'{1;2}'", "f'{pass}'", "f'{import x}'",
                   "f'{1!s!r}'", "f'{1=!}'", "f'\\N{nope}'", "f'\\N'", "f'\\x4'", "f'{\\}'", "f'{1\\}'", "f'{.}'", "f'{a.}'", "f'{1+}'", "f'{[}'", "f'{]}'", "f'{(]}'"):
        parse(source)


@section
def in_statements():
    for source in ("f'{a}' = 1", "f'' = 1", "for f'{x}' in y: pass", "del f'x'", "f'{x}' += 1", "import f'x'", "def f'x'(): pass", "f'{x' 'y}'", "x = f'''{\n1\n2}'''",
                   "f'''\n\n{a b}'''", "(f'{x}' f'{')", "f'{(x:=1}'", "f'{x!r:{y!z}}'", "f'a' 'b{' f'}'", "f'abc", "f'''abc", "f'{1}\n'", "f'{\\'a\\'}'", "match x:\n case f'{x}': pass",
                   "f'{x for x in y}'", "f'{await x}'", "f'{not}'", "f'{a:{b}'", "f'{a:b}}'", "f'{a:{{b}}}'", "f'{a!r:{b:c'", "lambda f'x': 1", "f'{print 1}'", "f'{x=!}'", "f'{if x}'"):
        try:
            compile(source, "<test>", "exec")
            print(ascii(source), "-> fine")
        except SyntaxError as e:
            print(ascii(source), "->", type(e).__name__, e.msg, e.lineno, e.offset)
