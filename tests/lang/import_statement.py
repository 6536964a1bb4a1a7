# import_statement.py - __import__, packages of globals, hooks, star imports, __path__, attributes and classes of modules.
# SPDX-License-Identifier: MIT
import builtins, os, sys, types, warnings
sys.dont_write_bytecode = True
HERE = os.getcwd()

def w(p, t):
    d = os.path.dirname(p)
    if d and (not os.path.isdir(d)):
        os.makedirs(d)
    with open(p, 'w') as f:
        f.write(t)

def error(f, *a, **k):
    with warnings.catch_warnings(record=True) as ws:
        warnings.simplefilter('always')
        try:
            r = f(*a, **k)
            print('gives', r.__name__ if isinstance(r, types.ModuleType) else r)
        except BaseException as e:
            print(type(e).__name__, str(e).replace(HERE, '.'), getattr(e, 'name', None))
    for x in ws:
        print('  ', x.category.__name__, x.message)
w('ed/pk/__init__.py', "__all__ = ['a', 'v', 'sub']\nv = 1\ndef __getattr__(n):\n    if n == 'made': return 'made up'\n    raise AttributeError(f'no {n}')\ndef __dir__(): return ['x', 'b', 'a']\n")
w('ed/pk/a.py', "n = 'a'\n")
w('ed/pk/sub/__init__.py', 'from . import leaf\n')
w('ed/pk/sub/leaf.py', 'from ..a import n\nfrom ... import q\n' if 0 else 'from ..a import n\n')
w('ed/badall.py', "__all__ = ['x', 3]\nx = 1\n")
w('ed/missall.py', "__all__ = ['nope']\n")
w('ed/star.py', '_p = 1\nq = 2\nimport os as _os\n')
w('ed/pathy/__init__.py', "__path__.append(__path__[0] + '/more')\nimport sys\n")
w('ed/pathy/more/extra.py', "e = 'extra'\n")
w('ed/nopath.py', '__path__ = 3\n')
sys.path.insert(0, HERE + '/ed')
import pk
print(dir(pk), pk.made)
error(lambda: pk.other)
error(exec, 'from pk import made, nix')
ns = {}
exec('from pk import *', ns)
print(sorted((k for k in ns if k != '__builtins__')), pk.sub.leaf.n)
error(exec, 'from badall import *')
error(exec, 'from missall import *')
ns = {}
exec('from star import *', ns)
print(sorted((k for k in ns if k != '__builtins__')))
import pathy.extra
print(pathy.extra.e, len(pathy.__path__))
error(__import__, 'nopath.x')
pathy.__path__ = []
error(__import__, 'pathy.nothing')
del pathy.__path__
error(__import__, 'pathy.nothing2')

def I(g, name='', level=1, froml=('a',)):
    return lambda: __import__(name, g, None, froml, level)
spec = types.SimpleNamespace(parent='pk')
error(I({'__package__': 'pk'}))
error(I({'__package__': 'pk', '__spec__': types.SimpleNamespace(parent='other')}))
error(I({'__spec__': spec}))
error(I({'__name__': 'pk', '__path__': []}))
error(I({'__name__': 'pk.a'}))
error(I({'__name__': 'pk.a', '__package__': None, '__spec__': None}))
error(I({}))
error(I({'__name__': 'toplevel'}))
error(I({'__package__': 3}))
error(I({'__package__': ''}))
error(I({'__package__': 'pk'}, level=2))
error(I({'__package__': 'pk.sub'}, level=2))
error(I({'__package__': 'pk'}, level=-1))
error(I({'__package__': 'gone'}))
error(I({'__package__': 'gone.sub'}, level=1))
error(I({'__name__': 3}))
error(I({'__spec__': types.SimpleNamespace(parent=3)}))
error(I(5))
error(I({'__package__': 'pk'}, name=7))
error(I({'__package__': 'pk'}, froml=(1,)))
error(I({'__package__': 'pk'}, froml=5))
error(I(None, name='pk', level=0))
error(I(None, level=0))
error(I({'__package__': 'pk'}, name='a', froml=()))
error(I({'__package__': 'pk'}, name='sub.leaf', froml=()))
error(__import__, 'pk.sub.leaf')
error(__import__, 'pk.sub.leaf', None, None, ['n'])
error(__import__, 'pk', fromlist=['a', '*'])
error(__import__, name='pk')
error(__import__)
error(__import__, 'pk\x00x')
calls = []
real = builtins.__import__

def hook(name, globals=None, locals=None, fromlist=(), level=0):
    calls.append((name, fromlist, level, globals is not None))
    return real(name, globals, locals, fromlist, level)
builtins.__import__ = hook
try:
    import pk.a
    from pk import a as b, v
    import pk.sub.leaf as lf
    exec('from . import a', {'__package__': 'pk', '__name__': 'pk.z'})
    exec('import pk', {'__builtins__': {'__import__': lambda *a: print(a[0], a[3], a[4])}})
finally:
    builtins.__import__ = real
print(calls)
error(exec, 'import pk', {'__builtins__': {}})
error(exec, 'from pk import a', {'__builtins__': {'__import__': lambda *a: 5}})

class M(types.ModuleType):

    @property
    def prop(self):
        return 'prop of ' + self.__name__

    def __repr__(self):
        return '<M>'
pk.__class__ = M
print(pk.prop, pk, pk.v, pk.made, type(pk) is M)
error(setattr, pk, '__class__', int)
error(setattr, pk, 'prop', 1)
error(setattr, types.ModuleType('q'), '__class__', type('X', (), {}))
pk.__class__ = types.ModuleType
error(lambda: pk.prop)
m = types.ModuleType('mm', 'doc')
print(m, m.__doc__, sorted(vars(m)), m.__dict__ is vars(m))
error(setattr, m, '__dict__', {})
error(delattr, m, 'zz')
m.__name__ = 5
print(m)
error(lambda: m.zz)
del m.__name__
error(lambda: m.zz)
print(m)
error(types.ModuleType)
error(types.ModuleType, 3)
m.__getattr__ = 5
error(lambda: m.yy)
m.__dir__ = lambda: [2, 1]
error(dir, m)
m2 = types.ModuleType.__new__(types.ModuleType)
print(m2.__dict__ if hasattr(m2, '__dict__') else None)
error(repr, m2)
sys.modules['obj'] = types.SimpleNamespace(sub=1)
import obj
error(__import__, 'obj.sub')
error(exec, 'from obj import zip_')
error(exec, 'from obj import *')
sys.modules['obj.sub'] = 7
error(exec, 'import obj.sub as z\nprint(z)')
sys.modules['none'] = None
error(__import__, 'none')
error(__import__, 'none.x')
error(exec, 'from none import x')
