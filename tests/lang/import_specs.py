# import_specs.py - importlib: specs of modules that are found, of files, and of loaders; modules made from them; names that begin with dots.
# SPDX-License-Identifier: MIT
import sys, os
sys.dont_write_bytecode = True
R = os.path.abspath('t')

def w(p, t):
    d = os.path.dirname(p)
    if not os.path.isdir(d):
        os.makedirs(d)
    with open(p, 'w') as f:
        f.write(t)
import importlib.util as U
from importlib.machinery import ModuleSpec

def e(f, *a, **k):
    try:
        print(f(*a, **k))
    except BaseException as x:
        print(type(x).__name__, x, getattr(x, 'name', None), (getattr(x, 'path', None) or '').replace(R, '.'))
w('t/m1.py', 'v=1\n')
w('t/pkg/__init__.py', 'p=1\n')
w('t/pkg/sub.py', 's=__package__\n')
sys.path.insert(0, R)
s = U.find_spec('m1')
print(s.name, s.loader.__class__.__name__, s.origin[len(R):], s.parent, s.has_location, s.submodule_search_locations)
s2 = U.find_spec('m1')
print(s == s2, s != s2, s is s2, s == 1)
m = U.module_from_spec(s)
print(m.__name__, m.__file__[len(R):], m.__package__, m.__loader__ is s.loader, m.__spec__ is s, hasattr(m, 'v'))
s.loader.exec_module(m)
print(m.v, 'm1' in sys.modules)
for n in ('pkg', 'sys', 'nosuch', 'builtins', 'pkg.nosuch'):
    e(lambda: (lambda q: q and (q.name, q.origin if not q.has_location else q.origin[len(R):], q.parent, q.has_location))(U.find_spec(n)))
e(U.find_spec, 'm1.sub')
e(U.find_spec, '__main__')
e(lambda: U.find_spec('.sub', 'pkg').name)
e(U.find_spec, '.sub')
for a in (('a.b', None), ('.b', 'a'), ('..b', 'a'), ('..b', 'a.c'), ('.b', ''), ('.b', None), ('...b', 'a.b.c'), ('.', 'a')):
    e(U.resolve_name, *a)
sp = ModuleSpec('x.y', None)
print(sp, sp.parent, sp.cached, sp.has_location, sp.loader_state)
sp.has_location = True
sp.origin = '/q/y.py'
print(sp.has_location)
sp.cached = 'zz'
print(sp.cached)
e(setattr, sp, 'parent', 1)
sp.submodule_search_locations = []
print(sp.parent, sp)
print(ModuleSpec('a', 'L', origin='o', loader_state=3, is_package=True))
e(U.spec_from_file_location, 'zz')
e(lambda: U.spec_from_file_location('zz', 't/zz.txt'))
q = U.spec_from_file_location('zz', 't/zz.py')
print(q.origin == R + '/zz.py', type(q.loader).__name__, q.submodule_search_locations)
q = U.spec_from_file_location('zz', 't/zz/__init__.py')
print(q.submodule_search_locations == [R + '/zz'], q.parent)
q = U.spec_from_file_location('zz', 't/zz.py', submodule_search_locations=[])
print(q.submodule_search_locations == [R])

class L:

    def create_module(self, s):
        return None

    def exec_module(self, m):
        m.z = 1

    def is_package(self, n):
        return n == 'P'
print(U.spec_from_loader('P', L()).submodule_search_locations, U.spec_from_loader('Q', L()).submodule_search_locations, U.spec_from_loader('Q', L(), is_package=True, origin='oo').origin)
e(U.spec_from_loader, 'nm', None)

class L2:

    def exec_module(self, m):
        pass
e(lambda: U.module_from_spec(U.spec_from_loader('q', L2())))

class F:

    @staticmethod
    def find_spec(n, p=None, t=None):
        if n == 'noload':
            return ModuleSpec('noload', None)
        if n == 'nocreate':
            return ModuleSpec('nocreate', L2())
sys.meta_path.insert(0, F)
e(__import__, 'noload')
e(__import__, 'nocreate')
sys.meta_path.remove(F)
