from dataclasses import FrozenInstanceError, asdict, dataclass, field, replace
@dataclass(order=True)
class P:
    x:int; y:int=2; z:list=field(default_factory=list)
p=P(1); print(p,p==P(1),P(1)<P(2),asdict(p),replace(p,y=5),P.__match_args__)
@dataclass(frozen=True)
class Q:
    a:int
try: Q(1).a=2
except FrozenInstanceError as e: print(e, hash(Q(1))==hash(Q(1)))
