class Pt:
    __match_args__ = ("x", "y")
    def __init__(self, x, y): self.x, self.y = x, y
def m(v):
    match v:
        case 1 | 2: return "small"
        case "a" as s: return s
        case None: return "none"
        case [a, 1, *rest]: return a, rest
        case [_, *_, 9 as z]: return z
        case (x, y): return x, y
        case {"k": k, 5: 6, **more}: return k, more
        case {}: return "dict"
        case Pt(0, y=q) if q: return q
        case Pt(x=a, y=b) | [[b, a]]: return a, b
        case int() | float(): return "num"
        case _: return "other"
for v in (1, "a", None, [4, 1, 5], [3, 4, 9], (7, 8), {"k": 1, 5: 6, 7: 8}, {}, Pt(0, 5), Pt(3, 4), 5, 1.5, [1]): print(m(v))
