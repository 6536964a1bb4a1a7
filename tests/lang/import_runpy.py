# import_runpy.py - runpy: modules, packages, folders, zip files and scripts run as programs.
# SPDX-License-Identifier: MIT
import runpy
import sys
from posix import getcwd, mkdir  # os leaves less memory on a device
sys.dont_write_bytecode = True
HERE = getcwd()

def w(p, t):
    with open(p, 'w') as f:
        f.write(t)

def show(d):
    s = d.get('__spec__')
    print({k: v.replace(HERE, '.') if isinstance(v, str) else v for k, v in sorted(d.items()) if k not in ('__builtins__', '__loader__', '__spec__', '__cached__', 'sys', '__doc__', 'beside')}, s and (s.name, s.parent), type(d.get('__loader__')).__name__)

def error(f, *a, **k):
    try:
        f(*a, **k)
        print('no error')
    except BaseException as e:
        print(type(e).__name__, str(e).replace(HERE, '.'))
SRC = "import sys\nname = __name__\npackage = __package__\nargv0 = sys.argv[0]\nhere = sys.modules.get(__name__) is not None and sys.modules[__name__].__dict__ is globals()\npre = globals().get('given')\n"
for folder in ('rp', 'rp/pk', 'rp/nopk', 'rp/dir', 'rp/empty', 'rp/nsp'):
    mkdir(folder)
w('rp/mod.py', SRC)
w('rp/pk/__init__.py', 'init = 1\n')
w('rp/pk/__main__.py', SRC)
w('rp/pk/sub.py', SRC + 'from . import init\n')
w('rp/nopk/__init__.py', '')
w('rp/fails.py', '1/0\n')
w('rp/dir/__main__.py', SRC + 'import beside\nb = beside.q\n')
w('rp/dir/beside.py', 'q = 3\n')
w('rp/script.py', SRC)
w('rp/empty/x.txt', '')
w('rp/nsp/m.py', SRC)
sys.path.insert(0, HERE + '/rp')
sys.argv[0] = 'ARGV0'
show(runpy.run_module('mod'))
show(runpy.run_module('mod', {'given': 5}, 'other'))
show(runpy.run_module('mod', run_name='__main__', alter_sys=True))
print(sys.argv[0], sys.modules['__main__'].__dict__ is globals())
show(runpy.run_module('pk'))
show(runpy.run_module('pk.sub'))
show(runpy.run_module('pk.sub', alter_sys=True))
show(runpy.run_module('nsp.m'))
for n in ('nopk', 'none', 'pk.none', '.mod', 'nsp', 'sys', 'none.sub', 'mod.x', 'pk.__main__.x'):
    error(runpy.run_module, n)
error(runpy.run_module, 'fails')
error(runpy.run_module, '')
show(runpy.run_path('rp/script.py'))
show(runpy.run_path('rp/script.py', {'given': 7}, 'a.b'))
show(runpy.run_path(HERE + '/rp/dir'))
show(runpy.run_path('rp/dir', run_name='__main__'))
print(sys.path[0] == HERE + '/rp', sys.argv[0], 'beside' in sys.modules)
for n in ('rp/empty', 'rp/none.py', 'rp/fails.py'):
    error(runpy.run_path, n)
with open('rp/z.zip', 'wb') as f:
    f.write(bytes.fromhex('504b030414000000000083182258798b0f602f0000002f0000000b0000005f5f6d61696e5f5f2e7079696d706f7274207379730a6e616d65203d205f5f6e616d655f5f0a7061746830203d207379732e706174685b305d0a504b0102140314000000000083182258798b0f602f0000002f0000000b00000000000000000000008001000000005f5f6d61696e5f5f2e7079504b0506000000000100010039000000580000000000'))
show(runpy.run_path('rp/z.zip'))
print(sorted(runpy.__all__))
