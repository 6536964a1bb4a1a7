# run_command.sh - the interpreter given as $1, in ways other than with a file: -c, standard input, the prompt, shadowed modules, colours, odd files.
# SPDX-License-Identifier: MIT
X=$1
export NO_COLOR=1
run() { # prints what it runs, then its output and exit code
    echo "## $*" | sed "s#$X#python#g"
    timeout 20 "$@" 2>&1 </dev/null
    echo "exit $?"
}
file() { # title, text for printf: a program in m.py
    echo "## $1"
    printf "$2" >m.py
    timeout 20 $X m.py 2>&1 </dev/null
    echo "exit $?"
}

run $X -c '1/0'
run $X -c 'def f():
  x = 1
  x / 0
f()'
run $X -c 'eval("1/0")'
run $X -c 'x=1
exec("def f(): 1/0\nf()")'
run $X -c 'import os; os.nothing'
run $X -c 'x = (1 +
  "a")'
run $X -c 'raise SystemExit("bye")'
run $X -c 'import sys; sys.exit(3)'
echo '1/0' >p.py
run $X p.py
run $X ./p.py
run $X ../here/p.py
run $X $PWD/p.py
mkdir d
echo 'import p' >d/q.py
run $X d/q.py
cp p.py d/p.py
run $X d/q.py
rm -r d
echo '## program on standard input'
printf 'def f():\n  1/0\nf()\n' | $X 2>&1
echo '## program on standard input, -'
printf 'x = 1\nx.y\n' | $X - 2>&1

echo '## prompt'
$X -q -i 2>&1 <<'END'
1/0
x = 5
def f(a):
    return a / 0

f(x)
foo
import os
os.foo
(1 +
 "a")
raise ExceptionGroup("g", [ValueError(1)])
f(
  2)
def g():
  "multi"
  f(1)

g()
x.y.z
x = = 1
import sys
sys.last_exc.msg, sys.last_type, sys.last_value is sys.last_exc
sys.excepthook = lambda *a: print("hook", a[1])
1/0
def h(*a): raise KeyError(1)

sys.excepthook = h
1/0
del sys.excepthook
1/0
def h(*a): raise SystemExit(3)

sys.excepthook = h
1/0
print("not reached")
END
echo "exit $?"

mkdir shadow
cd shadow || exit 1
printf 'import turtle\nprint(turtle.forward(1, 2))' >main.py
echo 'x = 1' >turtle.py
run $X main.py
echo 'from turtle import forward' >main2.py
run $X main2.py
echo 'import turtle; turtle.foo' >turtle.py
run $X turtle.py
echo 'import loc; loc.foo' >main3.py
echo 'x = 1' >loc.py
run $X main3.py
echo 'import cyc2; cyc2.foo' >cyc1.py
printf 'import cyc1\ncyc1.bar' >cyc2.py
run $X cyc1.py
echo 'import cyc4' >cyc3.py
echo 'from cyc3 import bar' >cyc4.py
echo 'import cyc3' >main4.py
run $X main4.py
mkdir pk
echo '' >pk/__init__.py
echo 'import pk.b' >pk/a.py
printf 'import pk.a\npk.a.zz' >pk/b.py
echo 'import pk.a' >main5.py
run $X main5.py
echo 'from pk import a, zz' >main6.py
run $X main6.py
echo 'import pk.b as q' >pk/a.py
echo 'from pk.a import zz' >pk/b.py
run $X ./main5.py
mkdir turtledemo
touch turtledemo/__init__.py
echo 'import turtledemo; turtledemo.foo' >main7.py
run $X main7.py
cd ..
rm -r shadow

color() { # environment...
    run env -u NO_COLOR "$@" $X p.py
}
color FORCE_COLOR=1
color PYTHON_COLORS=1
color PYTHON_COLORS=0 FORCE_COLOR=1
color NO_COLOR=1 PYTHON_COLORS=1
color NO_COLOR=1 FORCE_COLOR=1
color FORCE_COLOR=1 TERM=dumb
color PYTHON_COLORS=7
export FORCE_COLOR=1
unset NO_COLOR
file 'colour, several lines' 'x = (1 +\n  2 +\n "é" + 3)\n'
file 'colour, subscript' 'x = [1][2] + foo(1)\n'
file 'colour, SyntaxError' 'x = = 2\n'
file 'colour, group' 'raise ExceptionGroup("g", [ValueError(1), KeyError()])\n'
file 'colour, chain' 'try: 1/0\nexcept Exception as e:\n  e.add_note("n"); raise KeyError("") from e\n'
unset FORCE_COLOR
terminal() { # title, environment...: what a terminal gets
    command -v script >/dev/null || return
    echo "## terminal $1"
    shift
    env "$@" script -qec "$X p.py" /dev/null 2>&1 </dev/null
}
terminal colours TERM=xterm
terminal dumb TERM=dumb
terminal NO_COLOR TERM=xterm NO_COLOR=1
terminal 'empty NO_COLOR' TERM=xterm NO_COLOR=
export NO_COLOR=1

file 'form feed' 'x = 1\n\f1/0\n'
file 'form feed, indented' 'if 1:\n\f  1/0\n'
file 'latin-1' '# coding: latin-1\nx = "\351" + 1\n'
file 'byte order mark' '\357\273\2771/0\n'
file 'no newline at the end' '1/0'
file 'CR LF' 'x = 1\r\n1/0\r\n'
file 'CR' 'x = 1\r1/0\r'
file 'tabs' 'def f():\n\tif 1:\n\t\treturn [\n\t\t\t1,\n  2/0]\nf()\n'
file 'wide characters' 'x = "\360\237\230\200\346\227\245" + foo + 1\n'
file 'long line' 'x = "%%s" %% "%900s" + 1\n'
file 'buffered output comes first' 'import sys\nsys.stdout.write("out ")\nsys.stdout.flush()\n1/0\n'
file 'repeated frames' 'def f(n):\n  if n: f(n-1)\n  else: 1/0\nf(500)\n'
file '__getattr__ that gives anything' 'class A:\n  def __getattr__(s, n): return 5\n  def m(self): return zork\nA().m()\n'
file '__dir__ that raises' 'class A:\n  def __dir__(s): raise ValueError\nA().zork\n'
file '__dir__ of its own' 'class A:\n  def __dir__(s): return ["zorc", 5]\nA().zork\n'
file 'private, from inside' 'class A:\n  _abcd = 1\n  def m(self): return self.abcd\nA().m()\n'
file 'private, from outside' 'class A:\n  _abcd = 1\nA().abcd\n'
file 'a name of an outer function' 'def f():\n  abcde = 1\n  return [abcd for _ in [1]]\nf()\n'

echo '## circular and shadowed modules'
mkdir circle && cd circle || exit 2
echo 'from b import g' >a.py; echo 'from a import f' >b.py
run $X -c 'import a'
echo 'import d
x = d.y' >c.py; echo 'import c
y = c.x' >d.py
run $X -c 'import c'
echo 'x = 1' >turtle.py; echo 'import turtle
turtle.randint(1, 2)' >use.py
run $X -c 'import turtle; turtle.randint(1, 2)'
run $X use.py
echo 'from . import x' >relative.py
run $X relative.py
mkdir p; echo >p/__init__.py; echo 'from ..x import y' >p/n.py
run $X -c 'import p; p.m'
run $X -c 'import p.n'
cd ..
echo '## prompt: mistakes'
$X -q -i 2>&1 <<'END'
if 1:
print(2)
if 1:
    x = 1
print(x)

def f():
return 1
class A:
pass
while True: break
else:
  print("e")

@property
x = 1
try:
  1
y = 3

if 1:
    pass
  z = 1
a = (1,
b = 2)
"abc
  indented = 1
END
