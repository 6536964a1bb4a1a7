# Every kind of constant goes through a code file unchanged; strings and names are shared and interned as they were.
import _krait


def again(value):
    code = compile("x = 1", "c.py", "exec")
    return exec_value(_krait.code_load(_krait.code_save(compile(f"x = {value}", "c.py", "exec"))))


def exec_value(code):
    names = {}
    exec(code, names)
    return names["x"]


def same(a, b):
    return type(a) is type(b) and repr(a) == repr(b) and (not isinstance(a, tuple) or all(map(same, a, b)))


texts = ["None", "True", "False", "...", "0", "-1", "127", "32767", "32768", "-32769", "2**29", "2**30", "-2**30", "-2**30-1", "2**46", "2**47", "-2**47", "2**48", "2**62",
         "2**63-1", "2**63", "-2**63", "2**64", "10**30", "-10**30", "0xFF" + "00" * 100, "0.0", "-0.0", "1.5", "1e400", "-1e400", "1e400-1e400", "5e-324", "1.7976931348623157e308",
         "0j", "-0j", "1.5j", "''", "'a'", "'name'", "'two words'", "'\\0x\\0'", "'é'", "'\\U0001F600'", "'\\ud800'", "'\\udfff\\ud800'", "'\\ud83d\\ude00'", "b''", "b'\\0\\xff'", "()", "(1,)",
         "(1, 2.5, 'a', b'b', None, True, ..., (3, (4, ())))", "(0.0, -0.0)", "'x' * 3"]
for text in texts:
    want = eval(text)
    got = again(text)
    if not same(got, want):
        print(text, "became", repr(got)[:100])

# A frozenset, which the compiler does not make, and code with attributes of its own.
code = compile("def f(a, /, b, *c, d=1, **e):\n    'doc'\n    g = [a for a in c]\n    return lambda: (a, g)\nclass C[T]: x: T", "name of file", "exec")
loaded = _krait.code_load(_krait.code_save(code))
print(code == loaded, hash(code) == hash(loaded), loaded.co_filename, list(code.co_positions()) == list(loaded.co_positions()))
f = [k for k in loaded.co_consts if hasattr(k, 'co_name') and k.co_name == 'f'][0]
print(f.co_name, f.co_argcount, f.co_posonlyargcount, f.co_kwonlyargcount, f.co_flags == f.__class__.replace(f).co_flags, f.co_consts[0], f.co_cellvars, f.co_firstlineno)
print(_krait.code_save(loaded) == _krait.code_save(code))
bare = _krait.code_load(_krait.code_save(code, False))
print(list(bare.co_positions())[0], bare.co_firstlineno, len(_krait.code_save(code, False)) < len(_krait.code_save(code)))
names = {}
exec(bare, names)
print(names["f"](1, 2, 3, 4)())
import sys
print(all(name is sys.intern(str(name)) for name in f.co_varnames))

for value in (object(), [1], {}, 1 .__class__):
    try:
        _krait.code_save(value)
    except TypeError as e:
        print(e)
