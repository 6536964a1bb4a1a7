# The verifier accepts whatever the compiler makes: of all tests, of the library, and the frozen modules as they stand in the binary.
import os
import sys
import _krait


def files(folder):
    for name in sorted(os.listdir(folder)):
        path = folder + "/" + name
        if os.path.isdir(path):
            yield from files(path)
        elif name.endswith(".py"):
            yield path


import warnings
warnings.simplefilter("ignore")
accepted = 0
for folder in ("lang", "types", "limits", "code", "../lib", "../bench", "../examples"):
    for path in files(folder):
        with open(path) as f:
            try:
                code = compile(f.read(), path, "exec")
            except (SyntaxError, UnicodeDecodeError):
                continue # tests of errors
        try:
            for lines in (True, False):
                _krait.code_load(_krait.code_save(code, lines))
        except ImportError as e:
            print(path, e)
        accepted += 1
for name in _krait.frozen_names():
    _krait.code_verify(_krait.frozen_code(name))
    accepted += 1
print("accepted:", "many" if accepted > 200 else accepted)

# Shapes that no test may have: deep nesting, many registers, long jumps, many constants.
def check(source, **names):
    code = _krait.code_load(_krait.code_save(compile(source, "made", "exec")))
    exec(code, names)
    return names


print(check("x = [" + ", ".join(f"{i}.5" for i in range(70000)) + "]")["x"][-1])
depth = 18 # 20 is the language's own limit
source = "".join("    " * i + ("for a in b:\n" if i % 2 else "try:\n") for i in range(depth)) + "    " * depth + "b\n"
source += "".join("    " * i + "finally: c = b\n" for i in range(depth - 2, -1, -2))
print(check(source, b=[])["b"])
print(check("def f(a):\n" + "".join(f"    if a == {i}: return {i}\n" for i in range(5000)))["f"](4999))
print(check("x = " + "[" * 50 + "i" + "".join(f" for i in range({n % 3 + 1})]" for n in range(50)) if False else "x = [[[i for i in range(k)] for k in range(j)] for j in range(3)]")["x"])
print(check("def f():\n" + "".join(f"    def g{i}(): return g{(i * 7) % 50}\n" for i in range(50)) + "    return g3")["f"]()().__name__)
