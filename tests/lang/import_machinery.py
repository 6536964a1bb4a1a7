# import_machinery.py - importlib: finders, loaders, hooks, what is cached, abstract classes, reload, lazy loading, namespace packages.
# SPDX-License-Identifier: MIT
import sys, os, types
sys.dont_write_bytecode = True
R = os.path.abspath('t')

def w(p, t):
    d = os.path.dirname(p)
    if d and (not os.path.isdir(d)):
        os.makedirs(d)
    with open(p, 'w') as f:
        f.write(t)
import importlib, importlib.util as U, importlib.machinery as M, importlib.abc as A

def e(f, *a, **k):
    try:
        print(f(*a, **k))
    except BaseException as x:
        print(type(x).__name__, x, getattr(x, 'name', None), (getattr(x, 'path', None) or '').replace(R, '.'))
w('t/m1.py', 'v=1\n')
w('t/pkg/__init__.py', 'p=1\n')
w('t/pkg/sub.py', 's=__package__\n')
w('t/n1/nsp/a.py', 'A=1\n')
w('t/n2/nsp/b.py', 'B=1\n')
sys.path.insert(0, R)
s = U.find_spec('m1')
print(s.cached[len(R):].count('__pycache__'))
sp = M.ModuleSpec('x.y', None)
sp.has_location = True
sp.origin = '/q/y.py'
print(sp.cached is not None)

class L:

    def create_module(self, s):
        return None

    def exec_module(self, m):
        m.z = 1

class L3:

    def load_module(self, n):
        m = types.ModuleType(n)
        sys.modules[n] = m
        m.old = 1
        return m

class F:

    @staticmethod
    def find_spec(n, p=None, t=None):
        if n == 'old':
            return M.ModuleSpec('old', L3())
sys.meta_path.insert(0, F)
import old
print(old.old, type(old.__loader__).__name__, old.__spec__.name, repr(old.__package__))
sys.meta_path.remove(F)
print([x.__name__ for x in sys.meta_path], [type(x).__name__ for x in sys.path_hooks])
l = M.SourceFileLoader('m1', R + '/m1.py')
print(l.name, l.path == R + '/m1.py', l.get_filename() == l.path, l.get_filename('m1') == l.path, l.is_package('m1'), l.get_source('m1'), l.get_code('m1').co_name, l.get_data(l.path), l == M.SourceFileLoader('m1', R + '/m1.py'), l == 1, hash(l) == hash(M.SourceFileLoader('m1', R + '/m1.py')))
e(l.get_filename, 'other')
e(l.get_source, 'other')
e(l.load_module, 'other')
print(sorted(l.path_stats(l.path)), l.path_mtime(l.path) == int(l.path_stats(l.path)['mtime']) if hasattr(A.SourceLoader, 'path_mtime') and isinstance(l, A.SourceLoader) and False else 0)
print(l.load_module('m1').v, sys.modules['m1'].v)
for c in (A.Loader, A.MetaPathFinder, A.PathEntryFinder, A.ResourceLoader, A.InspectLoader, A.ExecutionLoader, A.FileLoader, A.SourceLoader):
    print(c.__name__, [x.__name__ for x in c.__mro__], sorted(c.__abstractmethods__), [n for n in dir(c) if not n.startswith('_') and n != 'get_resource_reader'])
    print([issubclass(k, c) for k in (M.BuiltinImporter, M.FrozenImporter, M.PathFinder, M.FileFinder, M.SourceFileLoader, M.SourcelessFileLoader, M.NamespaceLoader)])
print(M.SOURCE_SUFFIXES, len(M.BYTECODE_SUFFIXES), M.all_suffixes()[:1])
print(sorted((n for n in importlib.__all__)), sorted(A.__all__))
sys.path[:0] = [R + '/n1', R + '/n2']
import nsp.a, nsp.b
print(nsp.a.A, nsp.b.B, len(nsp.__path__), [p[len(R):] for p in nsp.__path__], type(nsp.__path__).__name__, repr(nsp).replace(R, ''), nsp.__loader__.is_package('nsp'), repr(nsp.__loader__.get_source('nsp')), nsp.__spec__.loader is nsp.__loader__, nsp.__file__)
w('t/n3/nsp/c.py', 'C=1\n')
sys.path.append(R + '/n3')
import nsp.c
print(nsp.c.C, len(nsp.__path__))
e(importlib.reload, nsp) if 0 else None
pk = importlib.import_module('pkg')
print(importlib.import_module('.sub', 'pkg').s, importlib.import_module('pkg.sub') is pk.sub)
e(importlib.import_module, '.sub')
e(importlib.import_module, '..sub', 'pkg')
e(importlib.import_module, '')
e(importlib.import_module, 3)
w('t/m2.py', "import sys\nx=globals().get('x',0)+1\n")
import m2
print(m2.x, importlib.reload(m2) is m2, m2.x)
e(importlib.reload, 'm2')
del sys.modules['m2']
e(importlib.reload, m2)
os.remove('t/m2.py')
sys.modules['m2'] = m2
importlib.invalidate_caches()
e(importlib.reload, m2)
e(importlib.reload, types.ModuleType('zzz'))
w('t/lz.py', "print('running lz')\ny=5\nz=__name__\n")
sp = U.find_spec('lz')
lo = U.LazyLoader(sp.loader)
sp.loader = lo
mm = U.module_from_spec(sp)
sys.modules['lz'] = mm
lo.exec_module(mm)
print('made', type(object.__getattribute__(mm, '__class__')).__name__)
mm.extra = 1
print(mm.y, mm.z, mm.extra, type(mm).__name__)
e(U.LazyLoader, object())
print(callable(U.LazyLoader.factory(M.SourceFileLoader)))
print(U.decode_source(b'\xef\xbb\xbfx=1\r\ny=2\r\n'), U.decode_source("# -*- coding: latin-1 -*-\nx='é'".encode('latin-1')), len(U.MAGIC_NUMBER), len(U.source_hash(b'x')), U.source_hash(b'x') != U.source_hash(b'y'))
for p in ('a.py', '/x/y/z.py', '/x/.hid'):
    print(U.cache_from_source(p, optimization='').replace(sys.implementation.cache_tag, 'TAG').rpartition('.')[0], U.source_from_cache(U.cache_from_source(p, optimization='')))
e(lambda: U.cache_from_source('a.py', optimization=2).replace(sys.implementation.cache_tag, 'TAG').rpartition('.')[0])
e(U.cache_from_source, 'a.py', optimization='!')
e(U.source_from_cache, 'a.pyc')
e(U.source_from_cache, '/x/__pycache__/a.pyc')
e(U.source_from_cache, '/x/__pycache__/a.q.z-1.pyc')
e(U.source_from_cache, '/x/__pycache__/a.b.c.d.e')
B = M.BuiltinImporter
print(B.find_spec('sys'), B.find_spec('nosys'), B.get_code('sys'), B.get_source('sys'), B.is_package('sys'))
e(B.get_code, 'q')
e(B.is_package, 'q')
e(B.create_module, M.ModuleSpec('q', B))
e(B.load_module, 'q')
f = M.FileFinder(R, (M.SourceFileLoader, ['.py']))
print(repr(f) == f'FileFinder({R!r})', f.find_spec('m1').origin == R + '/m1.py', f.find_spec('nsp'), f.find_spec('n1').loader, f.find_spec('zip'))
h = M.FileFinder.path_hook((M.SourceFileLoader, ['.txt']))
e(h, R + '/m1.py')
print(type(h(R)).__name__)
w('t/tx.txt', "T='from txt'\n")
sys.path_hooks.insert(0, h)
sys.path_importer_cache.clear()
import tx
print(tx.T, tx.__file__ == R + '/tx.txt')
e(__import__, 'm9')
sys.path_hooks.remove(h)
sys.path_importer_cache.clear()

class PH:

    def __init__(self, p):
        if not p.startswith('mem:'):
            raise ImportError

    def find_spec(self, n, t=None):
        return M.ModuleSpec(n, L()) if n.startswith('mem') else None
sys.path_hooks.append(PH)
sys.path.append('mem:1')
import memq
print(memq.z, type(sys.path_importer_cache['mem:1']).__name__, repr(memq).split(' (')[0])
e(__import__, 'nomem')
sys.path_importer_cache['mem:1'] = None
e(__import__, 'memr')
print(M.PathFinder.find_spec('m1').name, M.PathFinder.find_spec('m1', []), M.PathFinder.find_spec('m1', [R]).name)
saved = sys.meta_path[:]
sys.meta_path.clear()
e(__import__, 'm8')
import sys
sys.meta_path[:] = saved
sys.meta_path = None
e(__import__, 'm8')
sys.meta_path = saved
