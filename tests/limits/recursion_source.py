# stacks: 64 256 8192
# Deeply nested and very long source: an error of the language or a result, never a crash.
def attempt(name, source, mode="eval"):
    try:
        code = compile(source, "s", mode)
        scope = {"a": 1, "b": 2, "f": lambda *x: 1}
        r = eval(code, scope) if mode == "eval" else exec(code, scope)
    except (SyntaxError, RecursionError, MemoryError, OverflowError, ImportError) as e:
        print(name, "refused")
    except Exception as e:
        print(name, type(e).__name__)
    else:
        print(name, "ran")


N = 100_000
for name, open_, close in [("(", "(", ")"), ("[", "[", "]"), ("{", "{", "}"), ("f(", "f(", ")"), ("a[", "a[", "]"), ("-", "-", ""), ("not ", "not ", ""),
                           ("lambda", "lambda:", ""), ("{1:", "{1:", "}"), ("**", "2**", ""), ("if else", "1 if a else ", ""), ("await", "await ", ""),
                           ("~", "~", ""), ("(yield ", "(yield ", ")"), ("*", "*", ""), (":=", "(a:=", ")"), ("comprehension", "[a for a in ", "]"),
                           ("f-string", "f'{", "}'")]:
    attempt("nested " + name, open_ * N + "a" + close * N)
for op in "+-*|&^":
    attempt("chain " + op, ("a" + op) * N + "a")
for op in ["<", "==", " in ", " is "]:
    attempt("comparison chain " + op, ("a" + op) * N + "a")
attempt("and", "a and " * N + "a")
attempt("or", "a or " * N + "a")
attempt("calls", "f" + "(1)" * 50000)
attempt("attributes", "a" + ".real" * N)
attempt("subscripts", "a" + "[0]" * N)
attempt("string parts", "'a' " * N)
attempt("list", "[" + "1," * N + "]")
attempt("arguments", "f(" + "a," * N + ")")
attempt("keywords", "f(" + ",".join("k%d=1" % i for i in range(5000)) + ")")
attempt("if", "".join("\t" * i + "if a:\n" for i in range(2000)) + "\t" * 2000 + "pass\n", "exec")
attempt("for", "".join(" " * i + "for i in [1]:\n" for i in range(500)) + " " * 500 + "pass\n", "exec")
attempt("try", "".join(" " * i + "try:\n" for i in range(500)) + " " * 500 + "pass\n" + "".join(" " * i + "finally: pass\n" for i in range(499, -1, -1)), "exec")
attempt("def", "".join(" " * i + "def f():\n" for i in range(500)) + " " * 500 + "pass\n", "exec")
attempt("class", "".join(" " * i + "class f:\n" for i in range(500)) + " " * 500 + "pass\n", "exec")
attempt("elif", "if b==0: pass\n" + "elif b==3: pass\n" * 20000, "exec")
attempt("with", "with " + ",".join(["a"] * 5000) + ": pass\n", "exec")
attempt("targets", "a=" * 50000 + "1\n", "exec")
attempt("nested targets", "(" * N + "a" + ",)" * N + "=1\n", "exec")
attempt("statements", "a=1\n" * N, "exec")
attempt("one line", "a=1;" * N, "exec")
attempt("locals", "def f():\n" + "".join(" v%d=1\n" % i for i in range(40000)) + " return v1\nf()\n", "exec")
attempt("parameters", "def f(" + ",".join("p%d" % i for i in range(30000)) + "): pass\n", "exec")
attempt("match", "match a:\n case " + "[" * N + "a" + "]" * N + ": pass\n", "exec")
attempt("match or", "match a:\n case " + "1|" * N + "2: pass\n", "exec")
attempt("decorators", "@f\n" * 50000 + "def g(): pass\n", "exec")
attempt("number", "1" * 10000)
attempt("name", "a" * 1000000)
attempt("line joins", "a" + "\\\n" * N + "+a")
attempt("import", "import " + ".".join("a" * 1000) + "\n", "exec")
print("end")
