"""ZoneInfo: a time zone with its past and its rules."""

from bisect import bisect_right
from datetime import datetime, timedelta, tzinfo
from weakref import WeakValueDictionary

from . import _file, _tzpath

_STRONG = 8  # zones of a class that are kept although nobody else does
_EPOCH = 719163  # the ordinal of 1970-01-01


class _Type:
    """An offset with a name: what utcoffset(), dst() and tzname() give."""

    __slots__ = ("offset", "dst", "name", "seconds")

    def __init__(self, seconds, dst, name):
        self.seconds = seconds
        self.offset, self.dst, self.name = timedelta(seconds=seconds), timedelta(seconds=dst), name


_nothing = _Type(0, 0, None)
_nothing.offset = _nothing.dst = None


def _summer_offsets(numbers, types):
    """By how much each type is ahead of standard time: the neighbours of its transitions tell, or it is an hour."""
    found = [0] * len(types)
    for i in range(1, len(numbers)):
        number = numbers[i]
        if not types[number][1] or found[number]:
            continue
        beside = [numbers[i - 1]]
        if number < len(types) - 1 and i + 1 < len(numbers):
            beside.append(numbers[i + 1])
        for other in beside:
            if not found[number] and not types[other][1]:
                found[number] = types[number][0] - types[other][0]
    return [3600 if kind[1] and not offset else offset for kind, offset in zip(types, found)]


class ZoneInfo(tzinfo):
    """The time zone with this key, such as "Europe/Berlin": the same object each time. ZoneInfoNotFoundError if there is none."""

    _cache = WeakValueDictionary()
    _recent = {}
    __module__ = "zoneinfo"

    def __init_subclass__(cls):
        cls._cache, cls._recent = WeakValueDictionary(), {}

    def __new__(cls, key):
        found = cls._cache.get(key)
        if found is None:
            found = cls._cache.setdefault(key, cls._read(key))
            found._cached = True
        recent = cls._recent
        recent[key] = recent.pop(key, found)
        if len(recent) > _STRONG:
            del recent[next(iter(recent))]
        return found

    @classmethod
    def no_cache(cls, key):
        """A new object each time."""
        made = cls._read(key)
        made._cached = False
        return made

    @classmethod
    def from_file(cls, fobj, /, key=None):
        """The zone of an open TZif file."""
        made = super().__new__(cls)
        made._load(fobj)
        made._key, made._cached, made._origin = key, False, repr(fobj)
        return made

    @classmethod
    def clear_cache(cls, *, only_keys=None):
        """Forget the objects of all keys, or of these."""
        if only_keys is None:
            cls._cache.clear()
            cls._recent.clear()
        else:
            for key in only_keys:
                cls._cache.pop(key, None)
                cls._recent.pop(key, None)

    @classmethod
    def _read(cls, key):
        made = super().__new__(cls)
        with _tzpath.open_key(key) as file:
            made._load(file)
        made._key, made._origin = key, None
        return made

    @property
    def key(self):
        """What the zone was asked for with; None of a file without one."""
        return self._key

    def _load(self, file):
        times, numbers, raw, rules = _file.read(file)
        types = [_Type(offset, dst, name) for (offset, _, name), dst in zip(raw, _summer_offsets(numbers, raw))]
        self._times = times
        self._types = [types[number] for number in numbers]
        self._before = next((kind for kind, (_, summer, _) in zip(types, raw) if not summer), self._types[0] if self._types else types[0])
        first, second = [], []
        offset = self._before.seconds
        if raw and not numbers:
            offset = types[0].seconds
        for at, kind in zip(times, self._types):
            first.append(at + max(offset, kind.seconds))
            second.append(at + min(offset, kind.seconds))
            offset = kind.seconds
        self._walls = first, second
        self._rules = None
        if rules:
            parsed = _file.Rules(rules.decode("ascii"))
            if parsed.changes:
                self._rules = parsed
                ahead = parsed.summer[0] - parsed.standard[0]
                self._of_rule = {parsed.standard: _Type(parsed.standard[0], 0, parsed.standard[2]),
                                 parsed.summer: _Type(parsed.summer[0], ahead, parsed.summer[2])}
            self._after = _Type(parsed.standard[0], 0, parsed.standard[2])
        else:
            self._after = self._types[-1] if self._types else types[-1]
        same = [(kind.seconds, kind.name, kind.dst) for kind in (*types, self._after)]
        self._fixed = self._rules is None and len(set(same)) == 1

    def _find(self, dt):
        if dt is None:
            return self._after if self._fixed else _nothing
        at = ((dt.toordinal() - _EPOCH) * 24 + dt.hour) * 3600 + dt.minute * 60 + dt.second
        walls = self._walls[dt.fold]
        if walls and at < walls[0]:
            return self._before
        if not walls or at > walls[-1]:
            if self._rules:
                return self._of_rule[self._rules.at_local(at, dt.year, dt.fold)]
            return self._after
        return self._types[bisect_right(walls, at) - 1]

    def utcoffset(self, dt, /):
        """The offset from UTC."""
        return self._find(dt).offset

    def dst(self, dt, /):
        """By how much clocks are put forward."""
        return self._find(dt).dst

    def tzname(self, dt, /):
        """The name of the offset, such as "CET"."""
        return self._find(dt).name

    def _at_utc(self, at, year):
        """(type, fold) at a moment."""
        times = self._times
        if not times or at > times[-1]:
            if self._rules:
                kind, fold = self._rules.at_utc(at, year)
                return self._of_rule[kind], fold
            if not times:
                return self._after, 0
        i = bisect_right(times, at)
        if i == 0:
            return self._before, 0
        before = self._types[i - 2] if i > 1 else self._before
        now = self._types[i - 1]
        if at > times[-1]:
            before, now = self._types[-1], self._after
        return now, int(before.seconds - now.seconds > at - times[i - 1])

    def fromutc(self, dt, /):
        """A datetime whose fields are in UTC as one in this zone."""
        if not isinstance(dt, datetime):
            raise TypeError("fromutc: argument must be a datetime")
        if dt.tzinfo is not self:
            raise ValueError("fromutc: dt.tzinfo is not self")
        at = ((dt.toordinal() - _EPOCH) * 24 + dt.hour) * 3600 + dt.minute * 60 + dt.second
        kind, fold = self._at_utc(at, dt.year)
        dt += kind.offset
        return dt.replace(fold=1) if fold else dt

    def __str__(self):
        return self._key if self._key is not None else repr(self)

    def __repr__(self):
        name = f"{type(self).__module__}.{type(self).__qualname__}"
        return f"{name}(key={self._key!r})" if self._key is not None else f"{name}.from_file({self._origin})"

    def __reduce__(self):
        if self._origin is not None:
            import pickle
            raise pickle.PicklingError("Cannot pickle a ZoneInfo file from a file stream.")
        return type(self)._unpickle, (self._key, self._cached)

    @classmethod
    def _unpickle(cls, key, from_cache, /):
        return cls(key) if from_cache else cls.no_cache(key)
