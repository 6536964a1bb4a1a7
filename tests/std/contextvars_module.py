# contextvars_module.py - contextvars: variables, tokens, contexts; copies that do not see each other; threads; errors.
# SPDX-License-Identifier: MIT
import contextvars
import re
import threading
from collections.abc import Mapping
from contextvars import Context, ContextVar, Token, copy_context


def show(text, scope=globals()):
    try:
        result = repr(eval(text, scope))
    except BaseException as e:
        result = f"{type(e).__name__}: {e}"
    print(text, "->", re.sub("0x[0-9a-f]+", "0x...", result))


print(contextvars.__all__, Context, ContextVar, Token)
a, b = ContextVar("a"), ContextVar("b", default=[7])
for text in ("a", "b", "a.name", "a.get()", "a.get(3)", "b.get()", "b.get(4)", "ContextVar()", "ContextVar(1)", "ContextVar('x', 1)",
             "ContextVar(name='x')", "ContextVar('x', initial=2)", "Context(1)", "Context(a=1)", "Token()", "setattr(a, 'name', 'c')",
             "setattr(a, 'other', 'c')", "ContextVar[int]", "Token[str]", "type('A', (ContextVar,), {})", "type('A', (Context,), {})",
             "type('A', (Token,), {})", "hash(a) == hash(a)", "hash(Context())", "Token.MISSING", "isinstance(Context(), Mapping)"):
    show(text)

t1 = a.set(1)
t2 = a.set(2)
for text in ("t1.old_value", "t1.old_value is Token.MISSING", "t2.old_value", "t1.var is a", "t2", "a.get()", "a.reset(t2)", "a.get()",
             "a.reset(t2)", "t2", "b.reset(t1)", "a.reset(1)", "Context().run(a.reset, t1)", "a.reset(t1)", "a.get('none')", "hash(t1)"):
    show(text)

a.set("outer")
context = copy_context()


def inside():
    print("inside", a.get(), b.get())
    token = a.set("inner")
    b.set("b")
    print("inside", a.get(), b.get(), len(copy_context()))
    return token


token = context.run(inside)
print(a.get(), b.get(), context[a], context[b], len(context), len(copy_context()))
show("a.reset(token)")
print(context.run(a.get), context.run(a.reset, token), context.run(a.get))
for text in ("context.run()", "context.run(print, 1, 2, sep='-')", "context.run(context.run, print)", "context[1]", "context['a']",
             "context[ContextVar('z')]", "1 in context", "a in context", "ContextVar('z') in context", "context.get(a)",
             "context.get(ContextVar('z'))", "context.get(ContextVar('z'), 9)", "context.get('a')", "sorted(v.name for v in context)",
             "sorted(v.name for v in context.keys())", "sorted(map(str, context.values()))", "len(list(context.items()))",
             "context == context.copy()", "context == Context()", "Context() == Context()", "context != context.copy()", "context == 1",
             "context < context", "context.run(int, 'x')", "context.run(lambda: copy_context() == context)"):
    show(text)

# Copies are apart from then on, and what iterates sees what was there when it began.
c1 = Context()
c1.run(a.set, 1)
c2 = c1.copy()
it = iter(c1)
c1.run(b.set, 2)
c2.run(a.set, 3)
print(c1[a], c1.get(b), c2[a], c2.get(b), [v.name for v in it], len(c1), len(c2))
c3 = c1.copy()
t = c1.run(b.set, 5)
c1.run(b.reset, t)
print(c1 == c3, c1[b], c3[b])

variables = [ContextVar(f"v{i}", default=i) for i in range(300)]
big = Context()
for i, v in enumerate(variables):
    big.run(v.set, i * i)
tokens = [big.run(v.set, -1) for v in variables]
print(sum(big.values()), len(big))
for v, t in zip(variables, tokens):
    big.run(v.reset, t)
print(sum(big.values()) == sum(i * i for i in range(300)), big.run(variables[17].get))

results = []


def thread():
    results.append(a.get("new thread: nothing"))
    a.set("thread")
    results.append(a.get())


t = threading.Thread(target=thread)
t.start()
t.join()
t = threading.Thread(target=copy_context().run, args=(thread,))
t.start()
t.join()
print(results, a.get())


def generator():
    while True:
        yield a.get()


g = generator()
print(next(g), Context().run(a.set, 1).old_value is Token.MISSING, context.run(next, g), next(g))


def failing():
    a.set("lost")
    raise KeyError("x")


show("context.run(failing)")
print(a.get(), context[a])
