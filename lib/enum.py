"""Enumerations: classes whose attributes are their only instances, and flags that combine with the bit operators.

One file, although it is long: EnumType and the classes that it makes (Enum, Flag and theirs) need one another while they are made.
"""

import builtins as _builtins
import sys as _sys
from types import DynamicClassAttribute, MappingProxyType

__all__ = ["EnumType", "EnumMeta", "EnumDict", "Enum", "IntEnum", "StrEnum", "Flag", "IntFlag", "ReprEnum", "auto", "unique", "property", "verify", "member",
           "nonmember", "FlagBoundary", "STRICT", "CONFORM", "EJECT", "KEEP", "global_flag_repr", "global_enum_repr", "global_str", "global_enum", "EnumCheck",
           "CONTINUOUS", "NAMED_FLAGS", "UNIQUE", "pickle_by_global_name", "pickle_by_enum_name"]

# While this module is being built, EnumType asks for these before they are there.
Enum = Flag = EJECT = KEEP = ReprEnum = None

# What stands in a module of its own, imported when it is first asked for.
_SELDOM = {"verify": "_enum_check", "EnumCheck": "_enum_check", "CONTINUOUS": "_enum_check", "NAMED_FLAGS": "_enum_check", "UNIQUE": "_enum_check",
           "_test_simple_enum": "_enum_check", "_old_convert_": "_enum_check"}


def __getattr__(name):
    if name in _SELDOM:
        import _enum_check
        globals().update({each: getattr(_enum_check, each) for each in _SELDOM})
        return globals()[name]
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class nonmember:
    """Keeps a value in the body of an enumeration from becoming a member."""

    def __init__(self, value):
        self.value = value


class member:
    """Makes a value in the body of an enumeration a member that would not be one, such as a function."""

    def __init__(self, value):
        self.value = value


def _is_descriptor(obj):
    return hasattr(obj, "__get__") or hasattr(obj, "__set__") or hasattr(obj, "__delete__")


def _is_dunder(name):
    return len(name) > 4 and name[:2] == name[-2:] == "__" and name[2] != "_" and name[-3] != "_"


def _is_sunder(name):
    return len(name) > 2 and name[0] == name[-1] == "_" and name[1] != "_" and name[-2] != "_"


def _is_private(cls_name, name):
    """Is this a name with two underscores in front, as the compiler has mangled it?"""
    prefix = f"_{cls_name}__"
    return len(name) > len(prefix) and name.startswith(prefix) and (name[-1] != "_" or name[-2] != "_")


def _is_internal_class(cls_name, obj):
    """Is this a class that was written inside the enumeration?"""
    if not isinstance(obj, type):
        return False
    inner = f"{cls_name}.{getattr(obj, '__name__', '')}"
    qualname = getattr(obj, "__qualname__", "")
    return qualname == inner or qualname.endswith("." + inner)


def _is_single_bit(num):
    return num != 0 and num & (num - 1) == 0


def _make_class_unpicklable(obj):
    """Gives a class, or the namespace of one that is being made, a __reduce_ex__ that raises."""
    def _break_on_call_reduce(self, proto):
        raise TypeError("%r cannot be pickled" % self)
    for name, value in (("__reduce_ex__", _break_on_call_reduce), ("__module__", "<unknown>")):
        if isinstance(obj, dict):
            obj[name] = value
        else:
            setattr(obj, name, value)


def _iter_bits_lsb(num):
    """The bits that are set in num, the lowest first."""
    if isinstance(num, Enum):
        num = num.value
    if num < 0:
        raise ValueError("%r is not a positive integer" % num)
    while num:
        bit = num & -num
        yield bit
        num ^= bit


def show_flag_values(value):
    """A list of the bits that are set in value."""
    return list(_iter_bits_lsb(value))


def bin(num, max_bits=None):
    """num in two's complement, the sign bit first: bin(10) is '0b0 1010', bin(~10) is '0b1 0101'."""
    negative = num < 0
    width = num.bit_length()
    digits = format(num & ((1 << width) - 1), f"0{width}b") if width else ""
    if max_bits is not None and len(digits) < max_bits:
        digits = digits.rjust(max_bits, "01"[negative])
    return f"0b{'01'[negative]} {digits}"


class _not_given:
    def __repr__(self):
        return "<not given>"


class _auto_null:
    def __repr__(self):
        return "_auto_null"


_not_given = _not_given()
_auto_null = _auto_null()


class auto:
    """Stands for a value that _generate_next_value_ chooses."""

    def __init__(self, value=_auto_null):
        self.value = value

    def __repr__(self):
        return "auto(%r)" % self.value


class property(DynamicClassAttribute):
    """A property of the members; the enumeration itself may have a member of the same name."""

    member = None
    _attr_type = None
    _cls_type = None

    def __get__(self, instance, ownerclass=None):
        if instance is None:
            if self.member is not None:
                return self.member
            raise AttributeError("%r has no attribute %r" % (ownerclass, self.name))
        if self.fget is not None:
            return self.fget(instance)
        if self._attr_type == "attr":
            return getattr(self._cls_type, self.name)
        if self._attr_type == "desc":
            return getattr(instance._value_, self.name)
        try:
            return ownerclass._member_map_[self.name]
        except KeyError:
            raise AttributeError("%r has no attribute %r" % (ownerclass, self.name)) from None

    def __set__(self, instance, value):
        if self.fset is None:
            raise AttributeError("<enum %r> cannot set attribute %r" % (self.clsname, self.name))
        return self.fset(instance, value)

    def __delete__(self, instance):
        if self.fdel is None:
            raise AttributeError("<enum %r> cannot delete attribute %r" % (self.clsname, self.name))
        return self.fdel(instance)

    def __set_name__(self, ownerclass, name):
        self.name = name
        self.clsname = ownerclass.__name__


class _proto_member:
    """Stands for a member in the namespace; becomes the member when the class is there, before its __init_subclass__ runs."""

    def __init__(self, value):
        self.value = value

    def __set_name__(self, enum_class, member_name):
        delattr(enum_class, member_name)
        made = self._make(enum_class)
        value = made._value_
        made._name_ = member_name
        made.__objclass__ = enum_class
        made.__init__(*self.args)
        made._sort_order_ = len(enum_class._member_names_)
        is_flag = Flag is not None and issubclass(enum_class, Flag)
        if is_flag and isinstance(value, int):
            enum_class._flag_mask_ |= value
            if _is_single_bit(value):
                enum_class._singles_mask_ |= value
            enum_class._all_bits_ = 2 ** enum_class._flag_mask_.bit_length() - 1
        known = self._find(enum_class, value)
        if known is not None:
            made = known
        elif not is_flag or isinstance(value, int) and _is_single_bit(value):
            enum_class._member_names_.append(member_name)
        enum_class._add_member_(member_name, made)
        try:
            enum_class._value2member_map_.setdefault(value, made)
        except TypeError:
            enum_class._unhashable_values_.append(value)
            enum_class._unhashable_values_map_.setdefault(member_name, []).append(value)

    def _make(self, enum_class):
        """A new member that has its _value_."""
        value = self.value
        data_type = enum_class._member_type_
        self.args = args = value if isinstance(value, tuple) and data_type is not tuple else (value,)
        made = enum_class._new_member_(enum_class, *args) if enum_class._use_args_ else enum_class._new_member_(enum_class)
        if not hasattr(made, "_value_"):
            if data_type is object:
                made._value_ = value
            else:
                try:
                    made._value_ = data_type(*args)
                except Exception as error:
                    failure = TypeError("_value_ not set in __new__, unable to create it")
                    failure.__cause__ = error
                    raise failure
        return made

    @staticmethod
    def _find(enum_class, value):
        """The member that has this value already, or None."""
        try:
            return enum_class._value2member_map_.get(value)
        except TypeError:
            for each in enum_class._member_map_.values():
                if each._value_ == value:
                    return each
        return None


_SUNDER = frozenset(("_order_", "_generate_next_value_", "_numeric_repr_", "_missing_", "_ignore_", "_iter_member_", "_iter_member_by_value_",
                     "_iter_member_by_def_", "_add_alias_", "_add_value_alias_"))


class EnumDict(dict):
    """The namespace of the body of an enumeration: knows which names become members, in their order, and lets none be used twice."""

    def __init__(self):
        super().__init__()
        self._member_names = {}
        self._last_values = []
        self._ignore = []
        self._auto_called = False
        self._cls_name = None

    def __setitem__(self, key, value):
        cls_name = self._cls_name
        if cls_name is not None and _is_private(cls_name, key):
            pass
        elif _is_sunder(key):
            value = self._checked_sunder(key, value)
        elif _is_dunder(key):
            if key == "__order__":
                key = "_order_"
        elif key in self._member_names:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        elif key in self._ignore:
            pass
        elif isinstance(value, nonmember):
            value = value.value
        elif not _is_descriptor(value) and not (cls_name is not None and _is_internal_class(cls_name, value)):
            value = self._new_member(key, value)
        super().__setitem__(key, value)

    def _checked_sunder(self, key, value):
        """Names with one underscore on both sides: only those that have a meaning. Gives what is stored."""
        if key not in _SUNDER and not key.startswith("_repr_"):
            raise ValueError("_sunder_ names, such as %r, are reserved for future Enum use" % (key,))
        if key == "_generate_next_value_":
            if self._auto_called:
                raise TypeError("_generate_next_value_ must be defined before members")
            self._generate_next_value = value.__func__ if isinstance(value, staticmethod) else value
        elif key == "_ignore_":
            names = self._ignore = value.replace(",", " ").split() if isinstance(value, str) else list(value)
            already = set(names) & set(self._member_names)
            if already:
                raise ValueError("_ignore_ cannot specify already set names: %r" % (already,))
            value = names
        return value

    def _new_member(self, key, value):
        """Notes a member: gives its value, in which each auto() is replaced."""
        if key in self:
            raise TypeError("%r already defined as %r" % (key, self[key]))
        if isinstance(value, member):
            value = value.value
        if isinstance(value, auto):
            value = self._auto_value(key, value)
        elif isinstance(value, tuple) and any(isinstance(each, auto) for each in value):
            values = [self._auto_value(key, each) if isinstance(each, auto) else each for each in value]
            try:
                value = type(value)(values)
            except TypeError:
                value = type(value)(*values)
        else:
            self._last_values.append(value)
        self._member_names[key] = None
        return value

    def _auto_value(self, key, each):
        if each.value is _auto_null:
            each.value = self._generate_next_value(key, 1, len(self._member_names), self._last_values[:])
            self._auto_called = True
        self._last_values.append(each.value)
        return each.value

    @_builtins.property
    def member_names(self):
        return list(self._member_names)

    def update(self, members, **more_members):
        try:
            for name in members.keys():
                self[name] = members[name]
        except AttributeError:
            for name, value in members:
                self[name] = value
        for name, value in more_members.items():
            self[name] = value


class EnumType(type):
    """The metaclass of enumerations."""

    @classmethod
    def __prepare__(metacls, cls, bases, **kwds):
        metacls._check_for_existing_members_(cls, bases)
        namespace = EnumDict()
        namespace._cls_name = cls
        _, first_enum = metacls._get_mixins_(cls, bases)
        if first_enum is not None:
            namespace["_generate_next_value_"] = getattr(first_enum, "_generate_next_value_", None)
        return namespace

    def __new__(metacls, cls, bases, classdict, *, boundary=None, _simple=False, **kwds):
        if _simple:
            return super().__new__(metacls, cls, bases, classdict, **kwds)
        classdict.setdefault("_ignore_", []).append("_ignore_")
        for key in classdict["_ignore_"]:
            classdict.pop(key, None)
        names = classdict._member_names
        invalid = {"mro", ""}.intersection(names)
        if invalid:
            raise ValueError("invalid enum member name(s) %s" % ",".join(repr(name) for name in invalid))
        order = classdict.pop("_order_", None)
        chooser = classdict.get("_generate_next_value_")
        if chooser is not None and type(chooser) is not staticmethod:
            dict.__setitem__(classdict, "_generate_next_value_", staticmethod(chooser))
        member_type, first_enum = metacls._get_mixins_(cls, bases)
        new, save_new, use_args = metacls._find_new_(classdict, member_type, first_enum)
        for name in names:
            dict.__setitem__(classdict, name, _proto_member(classdict[name]))
        dict.update(classdict, _new_member_=new, _use_args_=use_args, _member_names_=[], _member_map_={}, _value2member_map_={}, _unhashable_values_=[],
                    _unhashable_values_map_={}, _member_type_=member_type, _value_repr_=metacls._find_data_repr_(cls, bases),
                    _boundary_=boundary or getattr(first_enum, "_boundary_", None), _flag_mask_=0, _singles_mask_=0, _all_bits_=0, _inverted_=None)
        enum_class = metacls._make_class_(cls, bases, classdict, kwds)
        dict.update(classdict, enum_class.__dict__)
        enum_class._take_methods_(bases, classdict, member_type, first_enum)
        if Enum is not None:
            if save_new:
                enum_class.__new_member__ = new
            enum_class.__new__ = Enum.__new__
        enum_class._check_order_(order)
        return enum_class

    @classmethod
    def _make_class_(metacls, cls, bases, classdict, kwds):
        """The class with its members; while they are made, calls of the enumeration find no members."""
        busy = "_%s__in_progress" % cls
        dict.__setitem__(classdict, busy, True)
        try:
            enum_class = type.__new__(metacls, cls, bases, classdict, **kwds)
        except Exception as error:
            if hasattr(error, "__notes__"):  # "Error calling __set_name__ on '_proto_member'" helps nobody
                del error.__notes__
            raise
        dict.__setitem__(classdict, busy, False)
        delattr(enum_class, busy)
        return enum_class

    def _take_methods_(cls, bases, classdict, member_type, first_enum):
        """Chooses between the methods of the enumeration and those of the data type."""
        if ReprEnum is not None and ReprEnum in bases:
            if member_type is object:
                raise TypeError("ReprEnum subclasses must be mixed with a data type (i.e. int, str, float, etc.)")
            if "__format__" not in classdict:
                cls.__format__ = member_type.__format__
                dict.__setitem__(classdict, "__format__", member_type.__format__)
            if "__str__" not in classdict:
                method = member_type.__str__
                if method is object.__str__:
                    method = member_type.__repr__
                cls.__str__ = method
                dict.__setitem__(classdict, "__str__", method)
        for name in ("__repr__", "__str__", "__format__", "__reduce_ex__"):
            if name not in classdict and getattr(cls, name) in (getattr(member_type, name), getattr(object, name)):
                setattr(cls, name, getattr(first_enum, name))
        if Flag is not None and issubclass(cls, Flag):
            for name in ("__or__", "__and__", "__xor__", "__ror__", "__rand__", "__rxor__", "__invert__"):
                if name not in classdict:
                    setattr(cls, name, getattr(Flag, name))

    def _check_order_(cls, order):
        """Removes what only flags have from other enumerations; compares the members' order with _order_."""
        is_flag = cls.__name__ == "Flag" if Flag is None else issubclass(cls, Flag)
        if not is_flag:
            for name in ("_boundary_", "_flag_mask_", "_singles_mask_", "_all_bits_", "_inverted_"):
                delattr(cls, name)
        elif Flag is not None:
            values = [each._value_ for each in cls]
            if values != sorted(values):
                cls._iter_member_ = cls._iter_member_by_def_
        if not order:
            return
        if isinstance(order, str):
            order = order.replace(",", " ").split()
        names = cls._member_names_
        order = [name for name in order if name in names or name not in cls._member_map_]
        if order != names:
            raise TypeError("member order does not match _order_:\n  %r\n  %r" % (names, order))

    def __bool__(cls):
        return True

    def __call__(cls, value, names=_not_given, *values, module=None, qualname=None, type=None, start=1, boundary=None):
        if cls._member_map_:
            if names is not _not_given:
                value = (value, names) + values
            return cls.__new__(cls, value)
        if names is _not_given and type is None:
            raise TypeError(f"{cls} has no members; specify `names=()` if you meant to create a new, empty, enum")
        return cls._create_(class_name=value, names=None if names is _not_given else names, module=module, qualname=qualname, type=type, start=start,
                            boundary=boundary)

    def __contains__(cls, value):
        if isinstance(value, cls):
            return True
        try:
            return value in cls._value2member_map_
        except TypeError:
            return value in cls._unhashable_values_

    def __delattr__(cls, attr):
        if attr in cls._member_map_:
            raise AttributeError("%r cannot delete member %r." % (cls.__name__, attr))
        super().__delattr__(attr)

    def __dir__(cls):
        names = {"__class__", "__contains__", "__doc__", "__getitem__", "__iter__", "__len__", "__members__", "__module__", "__name__", "__qualname__",
                 "__init_subclass__", *cls._member_names_}
        if cls._new_member_ is not object.__new__:
            names.add("__new__")
        if cls._member_type_ is not object:
            names.update(dir(cls._member_type_))
        return sorted(names)

    def __getitem__(cls, name):
        return cls._member_map_[name]

    def __iter__(cls):
        return (cls._member_map_[name] for name in cls._member_names_)

    def __len__(cls):
        return len(cls._member_names_)

    @_builtins.property
    def __members__(cls):
        return MappingProxyType(cls._member_map_)

    def __repr__(cls):
        kind = "flag" if Flag is not None and issubclass(cls, Flag) else "enum"
        return "<%s %r>" % (kind, cls.__name__)

    def __reversed__(cls):
        return (cls._member_map_[name] for name in reversed(cls._member_names_))

    def __setattr__(cls, name, value):
        if name in cls.__dict__.get("_member_map_", ()):
            raise AttributeError("cannot reassign member %r" % (name,))
        super().__setattr__(name, value)

    def _create_(cls, class_name, names, *, module=None, qualname=None, type=None, start=1, boundary=None):
        """An enumeration from a name and its members: names in a text or sequence, pairs, or a mapping."""
        metacls = cls.__class__
        bases = (cls,) if type is None else (type, cls)
        _, first_enum = cls._get_mixins_(class_name, bases)
        classdict = metacls.__prepare__(class_name, bases)
        if isinstance(names, str):
            names = names.replace(",", " ").split()
        if isinstance(names, (tuple, list)) and names and isinstance(names[0], str):
            given, names, last_values = names, [], []
            for count, name in enumerate(given):
                value = first_enum._generate_next_value_(name, start, count, last_values[:])
                last_values.append(value)
                names.append((name, value))
        for item in () if names is None else names:
            if isinstance(item, str):
                item = item, names[item]
            member_name, member_value = item
            classdict[member_name] = member_value
        if module is None:
            module = _sys._getframemodulename(2)
        if module is None:
            _make_class_unpicklable(classdict)
        else:
            classdict["__module__"] = module
        if qualname is not None:
            classdict["__qualname__"] = qualname
        return metacls.__new__(metacls, class_name, bases, classdict, boundary=boundary)

    def _convert_(cls, name, module, filter, source=None, *, boundary=None, as_global=False):
        """Makes the constants of a module that filter(name) chooses members of an enumeration, and puts it and them into the module."""
        module_globals = _sys.modules[module].__dict__
        source = source.__dict__ if source else module_globals
        members = [(key, value) for key, value in source.items() if filter(key)]
        try:
            members.sort(key=lambda pair: (pair[1], pair[0]))
        except TypeError:
            members.sort(key=lambda pair: pair[0])
        body = dict(members)
        body["__module__"] = module
        made = _simple_enum(etype=cls, boundary=boundary or KEEP)(type(name, (object,), body))
        if as_global:
            global_enum(made)
        else:
            _sys.modules[made.__module__].__dict__.update(made.__members__)
        module_globals[name] = made
        return made

    @classmethod
    def _check_for_existing_members_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType) and base._member_names_:
                    raise TypeError("<enum %r> cannot extend %r" % (class_name, base))

    @classmethod
    def _get_mixins_(mcls, class_name, bases):
        """(data type, enumeration) that a class with these bases is made of."""
        if not bases:
            return object, Enum
        first_enum = bases[-1]
        if not isinstance(first_enum, EnumType):
            raise TypeError("new enumerations should be created as `EnumName([mixin_type, ...] [data_type,] enum_type)`")
        return mcls._find_data_type_(class_name, bases) or object, first_enum

    @classmethod
    def _find_data_repr_(mcls, class_name, bases):
        for chain in bases:
            for base in chain.__mro__:
                if isinstance(base, EnumType):
                    return base._value_repr_
                own = base.__dict__
                if base is object or "__repr__" not in own:
                    continue
                if "__dataclass_fields__" in own and "__dataclass_params__" in own and own["__dataclass_params__"].repr:
                    return _dataclass_repr
                return own["__repr__"]
        return None

    @classmethod
    def _find_data_type_(mcls, class_name, bases):
        found = set()
        for chain in bases:
            candidate = None
            for base in chain.__mro__:
                if base is object:
                    continue
                if isinstance(base, EnumType):
                    if base._member_type_ is not object:
                        found.add(base._member_type_)
                        break
                elif "__new__" in base.__dict__ or "__dataclass_fields__" in base.__dict__:
                    found.add(candidate or base)
                    break
                else:
                    candidate = candidate or base
        if len(found) > 1:
            raise TypeError("too many data types for %r: %r" % (class_name, found))
        return found.pop() if found else None

    @classmethod
    def _find_new_(mcls, classdict, member_type, first_enum):
        """(the __new__ that makes members, whether it is the class's own, whether it takes the value)."""
        own = classdict.get("__new__")
        plain = (None, object.__new__) if Enum is None else (None, object.__new__, Enum.__new__)
        new = own
        if new is None:
            tried = (getattr(each, name, None) for name in ("__new_member__", "__new__") for each in (member_type, first_enum))
            new = next((each for each in tried if each not in plain), object.__new__)
        return new, first_enum is not None and own is not None, first_enum is not None and new not in plain

    def _add_member_(cls, name, member):
        """Binds a name to a member; what the bases have under that name stays what instances see."""
        if name in cls._member_map_:
            if cls._member_map_[name] is not member:
                raise NameError("%r is already bound: %r" % (name, cls._member_map_[name]))
            return
        found = kind = owner = None
        for base in cls.__mro__[1:]:
            attr = base.__dict__.get(name)
            if attr is None:
                continue
            if isinstance(attr, (property, DynamicClassAttribute)):
                found, kind, owner = attr, "enum", base
                break
            if _is_descriptor(attr):
                found, kind, owner = attr, kind or "desc", owner or base
            else:
                kind, owner = "attr", base
        if found is None:
            setattr(cls, name, member)
        else:
            redirect = property()
            redirect.member = member
            redirect.__set_name__(cls, name)
            if kind in ("enum", "desc"):
                redirect.fget = getattr(found, "fget", None)
                redirect.fset = getattr(found, "fset", None)
                redirect.fdel = getattr(found, "fdel", None)
            redirect._attr_type = kind
            redirect._cls_type = owner
            setattr(cls, name, redirect)
        cls._member_map_[name] = member


EnumMeta = EnumType


class Enum(metaclass=EnumType):
    """Base of enumerations: each name that its body binds is a member, with a name and a value."""

    @classmethod
    def __signature__(cls):
        if cls._member_names_:
            return "(*values)"
        return "(new_class_name, /, names, *, module=None, qualname=None, type=None, start=1, boundary=None)"

    def __new__(cls, value):
        if type(value) is cls:
            return value
        try:
            return cls._value2member_map_[value]
        except KeyError:
            pass
        except TypeError:
            for name, values in cls._unhashable_values_map_.items():
                if value in values:
                    return cls[name]
            for each in cls._member_map_.values():
                if value == each._value_:
                    return each
        if cls.__dict__.get("_%s__in_progress" % cls.__name__, False):
            raise TypeError("do not use `super().__new__; call the appropriate __new__ directly") from None
        if not cls._member_map_:
            raise TypeError("%r has no members defined" % cls)
        try:
            result, error = cls._missing_(value), None
        except Exception as raised:
            result, error = None, raised
        if isinstance(result, cls) or Flag is not None and issubclass(cls, Flag) and cls._boundary_ is EJECT and isinstance(result, int):
            return result
        invalid = ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        if error is None:
            if result is None:
                raise invalid
            error = TypeError("error in %s._missing_: returned %r instead of None or a valid member" % (cls.__name__, result))
        if not isinstance(error, ValueError):
            error.__context__ = invalid
        try:
            raise error
        finally:
            error = invalid = None

    def __init__(self, *args, **kwds):
        pass

    def _add_alias_(self, name):
        self.__class__._add_member_(name, self)

    def _add_value_alias_(self, value):
        cls = self.__class__
        try:
            known = cls._value2member_map_.get(value)
        except TypeError:
            known = next((each for each in cls._member_map_.values() if each._value_ == value), None)
        if known is not None:
            if known is not self:
                raise ValueError("%r is already bound: %r" % (value, known))
            return
        try:
            cls._value2member_map_[value] = self
        except TypeError:
            cls._unhashable_values_.append(value)
            cls._unhashable_values_map_.setdefault(self.name, []).append(value)

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): one more than the greatest so far."""
        if not last_values:
            return start
        try:
            last = sorted(last_values).pop()
        except TypeError:
            raise TypeError("unable to sort non-numeric values") from None
        try:
            return last + 1
        except TypeError:
            raise TypeError("unable to increment %r" % (last,)) from None

    @classmethod
    def _missing_(cls, value):
        return None

    def __repr__(self):
        show = self.__class__._value_repr_ or repr
        return "<%s.%s: %s>" % (self.__class__.__name__, self._name_, show(self._value_))

    def __str__(self):
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __dir__(self):
        names = {"__class__", "__doc__", "__eq__", "__hash__", "__module__"}
        members = self._member_map_
        if self.__class__._member_type_ is not object:
            names = set(object.__dir__(self))
        names.update(name for name in getattr(self, "__dict__", ()) if name[0] != "_" and name not in members)
        for cls in self.__class__.mro():
            for name, obj in cls.__dict__.items():
                if name[0] == "_":
                    continue
                if name not in members or isinstance(obj, property) and obj.fget is not None:
                    names.add(name)
                elif isinstance(obj, property):
                    names.discard(name)
        return sorted(names)

    def __format__(self, format_spec):
        return str.__format__(str(self), format_spec)

    def __hash__(self):
        return hash(self._name_)

    def __reduce_ex__(self, proto):
        return self.__class__, (self._value_,)

    def __deepcopy__(self, memo):
        return self

    def __copy__(self):
        return self

    @property
    def name(self):
        """What the member is called."""
        return self._name_

    @property
    def value(self):
        """What the member stands for."""
        return self._value_


class ReprEnum(Enum):
    """An enumeration that has repr() of its own, and str() and format() of its data type."""


class IntEnum(int, ReprEnum):
    """An enumeration whose members are ints."""


class StrEnum(str, ReprEnum):
    """An enumeration whose members are texts."""

    def __new__(cls, *values):
        if len(values) > 3:
            raise TypeError("too many arguments for str(): %r" % (values,))
        if len(values) == 1 and not isinstance(values[0], str):
            raise TypeError("%r is not a string" % (values[0],))
        if len(values) >= 2 and not isinstance(values[1], str):
            raise TypeError("encoding must be a string, not %r" % (values[1],))
        if len(values) == 3 and not isinstance(values[2], str):
            raise TypeError("errors must be a string, not %r" % values[2])
        value = str(*values)
        made = str.__new__(cls, value)
        made._value_ = value
        return made

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): the name in lower case."""
        return name.lower()


def pickle_by_global_name(self, proto):
    """A __reduce_ex__ for members that are variables of their module."""
    return self.name


_reduce_ex_by_global_name = pickle_by_global_name


def pickle_by_enum_name(self, proto):
    """A __reduce_ex__ that keeps the name, not the value."""
    return getattr, (self.__class__, self._name_)


class FlagBoundary(StrEnum):
    """What becomes of bits that no member has: strict raises, conform drops them, eject gives an int, keep keeps them."""

    STRICT = auto()
    CONFORM = auto()
    EJECT = auto()
    KEEP = auto()


STRICT, CONFORM, EJECT, KEEP = FlagBoundary


class Flag(Enum, boundary=STRICT):
    """An enumeration whose members combine with |, & and ^."""

    _numeric_repr_ = repr

    @staticmethod
    def _generate_next_value_(name, start, count, last_values):
        """The value of auto(): the bit above the highest so far."""
        if not last_values:
            return start if start is not None else 1
        last = max(last_values)
        try:
            return 2 ** (_high_bit(last) + 1)
        except Exception:
            raise TypeError("invalid flag value %r" % last) from None

    @classmethod
    def _iter_member_by_value_(cls, value):
        for bit in _iter_bits_lsb(value & cls._flag_mask_):
            yield cls._value2member_map_.get(bit)

    _iter_member_ = _iter_member_by_value_

    @classmethod
    def _iter_member_by_def_(cls, value):
        yield from sorted(cls._iter_member_by_value_(value), key=lambda each: each._sort_order_)

    @classmethod
    def _missing_(cls, value):
        """The pseudo-member for a combination of members, or for bits that the boundary lets through."""
        if not isinstance(value, int):
            raise ValueError("%r is not a valid %s" % (value, cls.__qualname__))
        given = value
        mask, all_bits, boundary = cls._flag_mask_, cls._all_bits_, cls._boundary_
        if not ~all_bits <= value <= all_bits or value & (all_bits ^ mask):
            if boundary is STRICT:
                width = max(value.bit_length(), mask.bit_length())
                raise ValueError("%r invalid value %r\n    given %s\n  allowed %s" % (cls, value, bin(value, width), bin(mask, width)))
            if boundary is CONFORM:
                value &= mask
            elif boundary is EJECT:
                return value
            elif boundary is not KEEP:
                raise ValueError("%r unknown flag boundary %r" % (cls, boundary))
            elif value < 0:
                value += max(all_bits + 1, 2 ** value.bit_length())
        negative = value if value < 0 else None
        if value < 0:
            value = value + all_bits + 1 if boundary in (EJECT, KEEP) else value & cls._singles_mask_
        unknown = value & ~mask
        if unknown and boundary is not KEEP:
            raise ValueError("%s(%r) -->  unknown values %r [%s]" % (cls.__name__, value, unknown, bin(unknown)))
        made = object.__new__(cls) if cls._member_type_ is object else cls._member_type_.__new__(cls, value)
        if not hasattr(made, "_value_"):
            made._value_ = value
        made._name_ = cls._combined_name(value)
        made = cls._value2member_map_.setdefault(value, made)
        if negative is not None:
            cls._value2member_map_[negative] = made
        return made

    @classmethod
    def _combined_name(cls, value):
        """The names of the members that make up value, with | between them; None without any."""
        singles = cls._singles_mask_
        if not value:
            return None
        parts = list(cls._iter_member_(value & singles))
        combined = value & singles
        if value & ~singles:
            for each in cls._member_map_.values():
                bits = each._value_
                if each not in parts and bits and bits & value == bits:
                    parts.append(each)
                    combined |= bits
        rest = value ^ combined
        if not combined:
            return None
        name = "|".join([each._name_ for each in parts])
        if rest and cls._boundary_ is STRICT:
            raise ValueError("%r: no members with value %r" % (cls, rest))
        return name + "|%s" % cls._numeric_repr_(rest) if rest else name

    def __contains__(self, other):
        if not isinstance(other, self.__class__):
            raise TypeError("unsupported operand type(s) for 'in': %r and %r" % (type(other).__qualname__, self.__class__.__qualname__))
        return other._value_ & self._value_ == other._value_

    def __iter__(self):
        yield from self._iter_member_(self._value_)

    def __len__(self):
        return self._value_.bit_count()

    def __repr__(self):
        cls = self.__class__
        value = (cls._value_repr_ or repr)(self._value_)
        return "<%s: %s>" % (cls.__name__, value) if self._name_ is None else "<%s.%s: %s>" % (cls.__name__, self._name_, value)

    def __str__(self):
        if self._name_ is None:
            return "%s(%r)" % (self.__class__.__name__, self._value_)
        return "%s.%s" % (self.__class__.__name__, self._name_)

    def __bool__(self):
        return bool(self._value_)

    def _get_value(self, flag):
        if isinstance(flag, self.__class__):
            return flag._value_
        if self._member_type_ is not object and isinstance(flag, self._member_type_):
            return flag
        return NotImplemented

    def _operand(self, other, sign):
        """The value of the other operand, or NotImplemented; neither value may be None."""
        value = self._get_value(other)
        if value is not NotImplemented:
            for flag in self, other:
                if self._get_value(flag) is None:
                    raise TypeError(f"'{flag}' cannot be combined with other flags with {sign}")
        return value

    def __or__(self, other):
        value = self._operand(other, "|")
        return value if value is NotImplemented else self.__class__(self._value_ | value)

    def __and__(self, other):
        value = self._operand(other, "&")
        return value if value is NotImplemented else self.__class__(self._value_ & value)

    def __xor__(self, other):
        value = self._operand(other, "^")
        return value if value is NotImplemented else self.__class__(self._value_ ^ value)

    def __invert__(self):
        if self._get_value(self) is None:
            raise TypeError(f"'{self}' cannot be inverted")
        if self._inverted_ is None:
            rest = ~self._value_
            if self._boundary_ not in (EJECT, KEEP):
                rest &= self._singles_mask_
            self._inverted_ = self.__class__(rest)
        return self._inverted_

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__


class IntFlag(int, ReprEnum, Flag, boundary=KEEP):
    """Flags that are ints."""


def _high_bit(value):
    """The index of the highest bit that is set, -1 without one."""
    return value.bit_length() - 1


def unique(enumeration):
    """Class decorator: no two names may stand for one member."""
    doubles = [(name, each.name) for name, each in enumeration.__members__.items() if name != each.name]
    if doubles:
        raise ValueError("duplicate values found in %r: %s" % (enumeration, ", ".join(["%s -> %s" % pair for pair in doubles])))
    return enumeration


def _dataclass_repr(self):
    fields = self.__dataclass_fields__
    return ", ".join("%s=%r" % (name, getattr(self, name)) for name in fields if fields[name].repr)


def global_enum_repr(self):
    """A __repr__ for members that are variables of their module: module.NAME."""
    return "%s.%s" % (self.__class__.__module__.split(".")[-1], self._name_)


def global_flag_repr(self):
    """A __repr__ for flags that are variables of their module: module.NAME|module.NAME."""
    module = self.__class__.__module__.split(".")[-1]
    if self._name_ is None:
        return "%s.%s(%r)" % (module, self.__class__.__name__, self._value_)
    return "|".join([name if name[0].isdigit() else "%s.%s" % (module, name) for name in self._name_.split("|")])


def global_str(self):
    """A __str__ for members that are variables of their module: the name."""
    return "%s(%r)" % (self.__class__.__name__, self._value_) if self._name_ is None else self._name_


def global_enum(cls, update_str=False):
    """Class decorator: puts the members into the module, and shows them as its variables."""
    cls.__repr__ = global_flag_repr if issubclass(cls, Flag) else global_enum_repr
    if not issubclass(cls, ReprEnum) or update_str:
        cls.__str__ = global_str
    _sys.modules[cls.__module__].__dict__.update(cls.__members__)
    return cls


def _simple_enum(etype=Enum, *, boundary=None, use_args=None):
    """Class decorator: makes an ordinary class an enumeration."""
    def convert_class(cls):
        metacls = type(etype)
        namespace = metacls.__prepare__(cls.__name__, (etype,))
        own = {name: value for name, value in cls.__dict__.items() if name not in ("__dict__", "__weakref__")}
        for name in ("_ignore_", "_generate_next_value_"):
            if name in own:
                namespace[name] = own.pop(name)
        if own.get("__doc__") is None:
            own["__doc__"] = "An enumeration."
        namespace.update(own)
        return metacls(cls.__name__, (etype,), namespace, boundary=boundary)
    return convert_class
