"""Enumerations: Enum, IntEnum, StrEnum, Flag, IntFlag, auto and unique."""


class auto:
    """A value that is given out: the next number, the next bit of a flag, the name of a StrEnum's member in lower case."""


class _Namespace(dict):
    """The body of an enumeration: which names are members, in order."""

    def __init__(self, kind):
        super().__init__()
        self.kind, self.members = kind, []

    def __setitem__(self, name, value):
        if not (name.startswith("_") or hasattr(value, "__get__")):
            if name in self.members:
                raise TypeError(f"{name!r} already defined as {self[name]!r}")
            if isinstance(value, auto):
                value = self.kind._next(name, [self[each] for each in self.members])
            self.members.append(name)
        super().__setitem__(name, value)


class EnumType(type):
    """The class of enumerations."""

    @classmethod
    def __prepare__(meta, name, bases, **kwds):
        kinds = [base for base in bases if isinstance(base, EnumType)]
        return _Namespace(kinds[-1] if kinds else None)

    def __new__(meta, name, bases, namespace, **kwds):
        values = {each: namespace[each] for each in namespace.members}
        for base in bases:
            if isinstance(base, EnumType) and base._member_map_:
                raise TypeError(f"{name} cannot extend {base!r}")
        cls = super().__new__(meta, name, bases, {key: value for key, value in namespace.items() if key not in values})
        cls._member_map_, cls._value2member_map_ = {}, {}
        for each, value in values.items():
            cls._add(each, value)
        return cls

    def _add(cls, name, value):
        member = cls._value2member_map_.get(value)
        if member is None:
            member = cls._make(name, value)
            cls._value2member_map_[member._value_] = member
        cls._member_map_[name] = member
        super().__setattr__(name, member)

    def _make(cls, name, value):
        arguments = value if isinstance(value, tuple) else (value,)
        plain = cls.__new__ is object.__new__
        member = object.__new__(cls) if plain else cls.__new__(cls, *arguments)
        if "_value_" not in member.__dict__:
            member._value_ = value
        member._name_ = name
        if cls.__init__ is not object.__init__:
            member.__init__(*arguments)
        return member

    def __call__(cls, value, names=None, **kwds):
        if names is not None or not cls._member_map_:
            namespace = EnumType.__prepare__(value, (cls,))
            for name in names.replace(",", " ").split() if isinstance(names, str) else names:
                namespace[name] = auto()
            return EnumType(value, (cls,), namespace)
        if isinstance(value, cls):
            return value
        member = cls._value2member_map_.get(value)
        return cls._missing_(value) if member is None else member

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError(f"cannot reassign member {name!r}")
        super().__setattr__(name, value)

    def _own(cls):
        return [member for name, member in cls._member_map_.items() if member._name_ == name]

    def __iter__(cls):
        return iter(cls._own())

    def __len__(cls):
        return len(cls._own())

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __contains__(cls, value):
        return isinstance(value, cls) or value in cls._value2member_map_

    def __bool__(cls):
        return True

    def __repr__(cls):
        return f"<enum {cls.__name__!r}>"

    __members__ = property(lambda cls: dict(cls._member_map_))


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """Names for values."""

    name = property(lambda self: self._name_)
    value = property(lambda self: self._value_)

    @staticmethod
    def _next(name, before):
        return max(before) + 1 if before else 1

    @classmethod
    def _missing_(cls, value):
        raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")

    def __repr__(self):
        return f"<{type(self).__name__}.{self._name_}: {self._value_!r}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}"

    def __hash__(self):
        return hash(self._name_)

    def __eq__(self, other):
        return self is other

    def __reduce_ex__(self, protocol):
        return type(self), (self._value_,)


class IntEnum(int, Enum):
    """Names for ints, which they are."""

    __str__, __hash__, __eq__ = int.__repr__, int.__hash__, int.__eq__


class StrEnum(str, Enum):
    """Names for texts, which they are."""

    __str__, __hash__, __eq__ = str.__str__, str.__hash__, str.__eq__

    @staticmethod
    def _next(name, before):
        return name.lower()


class Flag(Enum):
    """Names for bits, which | & ^ ~ combine."""

    @staticmethod
    def _next(name, before):
        return 1 << max(before, default=0).bit_length()

    @classmethod
    def _missing_(cls, value):
        if not isinstance(value, int) or (value < 0 and not cls._member_map_):
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        bits = 0
        for member in cls._member_map_.values():
            bits |= member._value_
        if value < 0:
            value &= bits
        if value & ~bits:
            raise ValueError(f"{value!r} is not a valid {cls.__qualname__}")
        known = cls._value2member_map_.get(value)
        if known is None:
            known = cls._make(None, value)
            known._name_ = "|".join([m._name_ for m in cls._own() if m._value_ and m._value_ & value == m._value_]) or None
            cls._value2member_map_[value] = known
        return known

    def _other(self, other):
        return other._value_ if isinstance(other, type(self)) else other if isinstance(other, int) and isinstance(self, int) else None

    def __or__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else type(self)(self._value_ | bits)

    def __and__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else type(self)(self._value_ & bits)

    def __xor__(self, other):
        bits = self._other(other)
        return NotImplemented if bits is None else type(self)(self._value_ ^ bits)

    __ror__, __rand__, __rxor__ = __or__, __and__, __xor__

    def __invert__(self):
        return type(self)(~self._value_)

    def __contains__(self, other):
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        return (m for m in type(self)._own() if m._value_ and m._value_ & self._value_ == m._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __bool__(self):
        return bool(self._value_)

    def __repr__(self):
        shown = f".{self._name_}" if self._name_ else ""
        return f"<{type(self).__name__}{shown}: {self._value_!r}>"

    def __str__(self):
        return f"{type(self).__name__}.{self._name_}" if self._name_ else f"{type(self).__name__}({self._value_})"


class IntFlag(int, Flag):
    """Names for bits of ints, which they are."""

    __str__, __hash__, __eq__ = int.__repr__, int.__hash__, int.__eq__


def unique(enumeration):
    """Class decorator: no two names for one value."""
    for name, member in enumeration._member_map_.items():
        if name != member._name_:
            raise ValueError(f"duplicate values found in {enumeration!r}: {name} -> {member._name_}")
    return enumeration
