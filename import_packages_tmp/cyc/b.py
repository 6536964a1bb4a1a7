import cyc.a
from . import a
y = 'b.y'
early = hasattr(a, 'x')
def g(): return a.x
