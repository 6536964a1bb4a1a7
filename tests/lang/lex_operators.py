# lex_operators.py - operators and delimiters: spacing, longest match, every token in use.
# SPDX-License-Identifier: MIT


def section(f):
    print("==", f.__name__)
    try:
        f()
    except BaseException as e:
        print("UNEXPECTED", type(e).__name__, e)


@section
def spacing():
    a, b = 7, 2
    print(a+b, a -b, a* b, a//b, a  %  b, a**b, a<<b, a>>b, a&b, a|b, a^b, ~a, a@b if 0 else "")
    print(a<b, a>b, a<=b, a>=b, a==b, a!=b, not(a), (a)and(b), (a)or(b), a is(b), a is not(b), a in(1, 7), a not   in(1,))
    print(-a**-b, -a ** b, a--b, a-- -b, a+-+b, not-a, ~-a, -~a, - - a, not not a, ~~a)
    print(a if(b)else(3), [a]if b else[b], (lambda:a)(), (lambda x:x)(1), {1:a}[1], {a}, (a), (a,))
    print(1if a else 2, "x"if a else"y", [1,2][0]if(1)else(2), a .real, a. real, a . real)


@section
def longest_match():
    a, b = 3, 2
    print(a**b, a// b, a>>b>1, a<<b<20, a<-b, a>-b, a==-b, a!=-b, a>=-b, a<=-b)
    x = 5
    x-=1; x+=2; x*=3; x//=2; x**=2; x%=50; x<<=3; x>>=1; x&=0xff; x|=1; x^=3
    print(x)
    x/=2
    print(x)
    print((y:=4), y, [z:=1, z], x if(w:=x)else 0)


@section
def slices_and_colons():
    s = "abcdef"
    print(s[1:2], s[:], s[::], s[::-1], s[1:], s[:2], s[-2:], s[:-2:2], s[ 1 : 3 ], s[1:3:1])
    print((lambda:0)(), (lambda x:{x:x})(1), {1:2,3:4}, [lambda x:x for _ in (1,)][0](2), s[(lambda:1)():])
    d = {"a":lambda:1,"b":lambda x=2:x}
    print(d["a"](), d["b"]())


@section
def dots():
    print(..., ... is Ellipsis, 1..real, 1. .real, [1][0].real, "a".upper().lower(), (1).real, [...][0])
    x = ...
    print(x, type(x).__name__, f"{...}")


@section
def arrows_and_annotations():
    def f(a:int=1,*b:str,c:"x"=2,**d:None)->dict[str,int]:return a
    print(f(), sorted(f.__annotations__))
    x:int=5
    y:"anything goes"
    (z):int=6
    print(x, z)


class Recorder:
    def __init__(self, name):
        self.name = name

    def __matmul__(self, other):
        return Recorder(f"({self.name} @ {other.name})")

    def __imatmul__(self, other):
        return Recorder(f"[{self.name} @= {other.name}]")

    def __rmatmul__(self, other):
        return Recorder(f"({other} @r {self.name})")

@section
def matmul():
    a, b, c = Recorder("a"), Recorder("b"), Recorder("c")
    print((a @ b).name, (a@b@c).name, (a @ (b @ c)).name, (1 @ a).name)
    a @= b
    print(a.name)
    try:
        1 @ 2
    except TypeError as e:
        print(e)
    try:
        x = 1
        x @= 2
    except TypeError as e:
        print(e)


def parse(source):
    try:
        print(source, "->", eval(source, {"a": 5, "b": 2}))
    except SyntaxError as e:
        print(source, "->", e.msg, e.offset)
    except Exception as e:
        print(source, "->", type(e).__name__, e)


@section
def not_operators():
    for source in ("a <> b", "a === b", "a ! b", "a =< b", "a => b", "a++", "++a", "a--", "a && b", "a || b", "!a", "a ** ** b", "a * * b", "a // / b", "a < > b",
                   "a not b", "a is is b", "a in in b", "a not not in b", "not", "a +", "* a", "a ->b", "a := 1", "a : b", "@a", "a.1", "a..b", "a. .b", "a?.b", "-", "a, , b", "(,)", "[,]", "{,}", "a if b",
                   "a if else b", "a =", "= a", "a == = b", "lambda", "lambda:", "lambda x", "(a b)", "a b", "[a b]", "{a b}", "f(a b)", "a[b c]"):
        parse(source)
