# attrs: classes with validators, converters, ordering, slots and frozen ones.
import attr
import attrs


@attr.s(auto_attribs=True, order=True)
class Sensor:
    name: str
    pin: int = attr.ib(converter=int, validator=attr.validators.instance_of(int))
    values: list = attr.ib(factory=list, repr=False, order=False)
    scale: float = attr.ib(default=1.0, validator=[attr.validators.instance_of(float), attr.validators.optional(attr.validators.ge(0))])

    @values.validator
    def _check(self, attribute, value):
        if len(value) > 3:
            raise ValueError(f"{attribute.name}: too many")


@attrs.frozen
class Point:
    x: int
    y: int = attrs.field(default=0, kw_only=True)
    total: int = attrs.field(init=False)

    def __attrs_post_init__(self):
        object.__setattr__(self, "total", self.x + self.y)


@attrs.define
class Slotted:
    a: int = 1
    b: "list[int]" = attrs.field(factory=list, metadata={"unit": "V"})


s = Sensor("t", "4")
print(s, s == Sensor("t", 4), s < Sensor("u", 1), attr.asdict(s), attr.astuple(s), attr.evolve(s, pin="7"))
print(Point(1, y=2), hash(Point(1)) == hash(Point(1)), Point(1).total, attrs.fields(Slotted).b.metadata, Slotted.__slots__, attr.has(Point))
for call in (lambda: Sensor("t", "x"), lambda: Sensor("t", 1, [1, 2, 3, 4]), lambda: Sensor("t", 1, scale=3), lambda: setattr(Point(1), "x", 2), lambda: Point(),
             lambda: Point(1, 2), lambda: setattr(Slotted(), "c", 1), lambda: Sensor("t", 1, scale=-1.0)):
    try:
        print(call())
    except Exception as e:
        print(type(e).__name__, str(e)[:70])
print([a.name for a in attr.fields(Sensor)], attr.filters.exclude(attr.fields(Sensor).pin)(attr.fields(Sensor).pin, 1), attr.make_class("M", ["x", "y"])(1, 2))
print(attr.asdict(Sensor("n", 1, [Point(1)]), filter=lambda a, v: a.name != "scale"))
