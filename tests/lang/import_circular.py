# import_circular.py - circular imports: what is there already, and the messages about what is not.
# SPDX-License-Identifier: MIT
import sys, os

def w(p, t):
    d = os.path.dirname(p)
    if d and (not os.path.isdir(d)):
        os.makedirs(d)
    with open(p, 'w') as f:
        f.write(t)
sys.dont_write_bytecode = True
w('t/ca.py', 'import cb\nx=1\n')
w('t/cb.py', "import ca\ntry: ca.x\nexcept AttributeError as e: print(str(e).replace(ROOT, ''))\ntry:\n  from ca import x\nexcept ImportError as e: print(str(e).replace(ROOT, ''), '|', e.name, (e.path or '').replace(ROOT, ''), getattr(e,'name_from',0))\n")
w('t/pp/__init__.py', 'from . import s1\n')
w('t/pp/s1.py', "import pp\ntry: pp.s1\nexcept AttributeError as e: print(str(e).replace(ROOT, ''))\nimport pp.s2\ntry: pp.s2.zz\nexcept AttributeError as e: print(str(e).replace(ROOT, ''))\ntry:\n  from pp import nix\nexcept ImportError as e: print(str(e).replace(ROOT, ''))\nfrom pp import s1 as me\nprint(me.__name__)\nimport pp.s1 as me2\nprint(me2 is me)\n")
w('t/pp/s2.py', "import pp\ntry: pp.s2\nexcept AttributeError as e: print(str(e).replace(ROOT, ''))\n")
w('t/err.py', 'import err2\n')
w('t/err2.py', 'def f(): 1/0\nf()\n')
w('t/stat2.py', 'import stat2\nstat2.q\n')
import builtins
builtins.ROOT = os.getcwd()
sys.path.insert(0, os.path.abspath('t'))
import ca
import pp
try:
    import stat2
except AttributeError as e:
    print(str(e).replace(ROOT, ''))
try:
    from pp import nope
except ImportError as e:
    print(str(e).replace(ROOT, ''))
try:
    from . import x
except ImportError as e:
    print(type(e), e)
sys.modules['half'] = None
try:
    import half
except ImportError as e:
    print(type(e), e, e.name)
import importlib
try:
    importlib.import_module('.err')
except Exception as e:
    print(type(e), e)
