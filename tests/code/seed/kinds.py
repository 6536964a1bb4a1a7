import sys, collections.abc as ca
from itertools import count as c
type Alias[T] = list[T]
def ident[T: int, *Ts, **P](x: T, *a: *Ts) -> T: return x
class Box[T = int](ca.Sized):
    x: int = 1
    y: "str"
    def get(self) -> T: return self.x
    def __len__(self): return 1
    class Inner: pass
@property
def deco(f): return f
def ann(a: int, /, b: str = "s", *, c: float = 1.0) -> None: pass
print(ident(3), Box().get(), Alias.__name__, ann.__annotations__, Box.__annotations__, Box.__type_params__)
def unbound(q):
    if q: v = 1
    try: return v
    except UnboundLocalError as e: return str(e)
    finally: del q
print(unbound(1), unbound(0))
global_value = 5
def glob():
    global global_value, made
    made = global_value
    del global_value
    try: return global_value
    except NameError as e: return str(e)
print(glob(), made, ca.Iterable.__name__, next(c(3)))
exec("a = 1\nb: int = a\nprint(a, __annotations__)", {})
print(eval("[i for i in range(3)]"), (lambda *a, k=1: (a, k))(2))
