import cyc.b
from . import b
x = 'a.x'
def f(): return cyc.b.y
