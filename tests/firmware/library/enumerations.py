from enum import Enum, Flag, IntEnum, StrEnum, auto
class C(Enum):
    R=1;G=auto();B=auto();X=1
class F(Flag):
    A=auto();B=auto()
class I(IntEnum):
    a=3
print(list(C),C.R,repr(C.X),C(2),C["B"],F.A|F.B,~F.A,F(3),F.A in F(3),I.a+1,I(3),StrEnum("S","x y").x, len(C), C.R.name)
try: C(9)
except ValueError as e: print(e)
