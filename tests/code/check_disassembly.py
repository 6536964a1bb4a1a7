# The disassembler prints every instruction that there is, and what it prints of a function is what it should be.
import os
import _krait

source = "".join(open(f"code/seed/{name}").read() for name in sorted(os.listdir("code/seed")) if name.endswith(".py"))
text = _krait.code_text(compile(source, "seed", "exec")) + _krait.code_text(compile("x = [" + ", ".join(f"{i}.5" for i in range(65600)) + "]", "many", "exec"))
printed = {line.split()[1] for line in text.split("\n") if line[:1] == " " and line.split()[0].isdigit()}
known = {line[2:].partition(",")[0] for line in open("../src/code/opcode.def").read().split("\n") if line.startswith("X(")}
print(sorted(known - printed), sorted(printed - known))
example = '''def f(a, *b):
    for x in b:
        try:
            a += x.y * 2
        except TypeError:
            return [i for i in b]
    return lambda: a
'''
print(_krait.code_text(compile(example, "example", "exec")))
try:
    _krait.code_text(5)
except TypeError as e:
    print(e)
