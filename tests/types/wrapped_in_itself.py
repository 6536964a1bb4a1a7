# Wrappers that wrap themselves, and objects that only the interpreter may make.
import re


def attempt(name, f):
    try: print(name, f())
    except (RecursionError, TypeError) as e: print(name, type(e).__name__)


for kind in (staticmethod, classmethod, property):
    wrapped = kind(len)
    wrapped.__init__(wrapped)
    attempt(kind.__name__, lambda: wrapped.__isabstractmethod__)
wrapped = staticmethod(len)
wrapped.__init__(wrapped)
attempt("call", lambda: wrapped())
for kind in (type(iter([])), type(iter({})), re.Pattern, type(re.match("", "")), type(lambda: 1), list):
    attempt(kind.__name__, lambda: object.__new__(kind))
