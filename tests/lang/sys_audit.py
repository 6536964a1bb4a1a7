# sys_audit.py - audit hooks and events, coroutine origins, functions of sys that look into the interpreter.
# SPDX-License-Identifier: MIT
import sys
log = []

def hook(event, args):
    if event in ('compile', 'exec', 'open', 'builtins.breakpoint', 'sys._getframe', 'sys.settrace', 'sys.setprofile', 'sys.addaudithook', 'my.event') and on:
        log.append((event, tuple((type(a).__name__ if event in ('exec',) else a for a in args))[:3]))
    if event == 'import' and on:
        log.append((event, args[0], args[1], type(args[2]).__name__))
on = False
print(sys.addaudithook(hook))
on = True
compile('1', 'f', 'eval')
exec('x = 1')
eval('2')
exec(compile('1', 'g', 'exec'))
try:
    open('none.txt')
except OSError:
    pass
try:
    open(b'none.txt', 'rb')
except OSError:
    pass
sys._getframe()
sys.settrace(None)
sys.setprofile(None)
sys.audit('my.event', 1, 'two')
sys.audit('other')
try:
    import nosuch
except ImportError:
    pass
on = False
for e in log:
    print(e if e[0] != 'sys._getframe' else e[0])

def refuse(event, args):
    if event == 'sys.addaudithook':
        raise RuntimeError('no more')
    if event == 'stop':
        raise ValueError('stopped', args)
sys.addaudithook(refuse)
print(sys.addaudithook(lambda e, a: print('never')))
try:
    sys.audit('stop', 3)
except ValueError as e:
    print(e)
for a in ((3,), (None, 1)):
    try:
        sys.audit(*a)
    except TypeError as e:
        print(e)

async def f():
    pass

def make():
    return f()
print(sys.get_coroutine_origin_tracking_depth(), make().close(), 0)
sys.set_coroutine_origin_tracking_depth(2)
c = make()
print([(l, n) for _, l, n in c.cr_origin])
c.close()
sys.set_coroutine_origin_tracking_depth(depth=0)
try:
    sys.set_coroutine_origin_tracking_depth(-1)
except ValueError as e:
    print(e)
print(sys.deactivate_stack_trampoline(), sys._is_gil_enabled(), sys._is_interned('abc'), sys._is_interned('a b c'[::2] * 40))
print(list(sys._current_frames().values())[0] is sys._getframe(), sys._current_exceptions().keys() == sys._current_frames().keys(), type(sys.getallocatedblocks()), sys.getunicodeinternedsize() > 0, len(sys.thread_info), type(sys._git), sys._framework, sys._clear_type_cache(), sys._get_cpu_count_config())
