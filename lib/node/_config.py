"""Configurations in TOML, checked against a description: of what is unknown, missing or wrong, the error says the line, what was expected and what came."""

import re
import tomllib
from collections.abc import Callable, Iterable
from types import SimpleNamespace

_REQUIRED = object()
_HEADER = re.compile(r"\s*(\[\[?)\s*([A-Za-z0-9_.\"' -]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"\s*([A-Za-z0-9_-]+|\"[^\"]*\"|'[^']*')((?:\s*\.\s*[A-Za-z0-9_-]+)*)\s*=")

type Place = tuple[str | int, ...]


class ConfigError(ValueError):
    """A configuration cannot be taken: the text says the file, the line, the key, what was expected and what came."""


class _Wrong(Exception):
    """What is wrong, and where: the place in the tables, and the text."""

    def __init__(self, place: Place, text: str) -> None:
        self.place, self.text = place, text


class Field:
    """What a key may hold. default: what it is where the file says nothing; without one, the file has to say it."""

    expected = "a value"

    def __init__(self, default: object = _REQUIRED) -> None:
        self.default = default

    def missing(self, place: Place) -> object:
        """The value where the file has none."""
        if self.default is _REQUIRED:
            raise _Wrong(place, f"missing: expected {self.expected}")
        return self.default

    def check(self, value: object, place: Place) -> object:
        """The value as the program gets it."""
        if not self.fits(value):
            raise _Wrong(place, f"expected {self.expected}, got {_shown(value)}")
        return value

    def fits(self, value: object) -> bool:
        """Is it one of those that are expected?"""
        raise NotImplementedError(f"{type(self).__name__} does not say what fits")


class Text(Field):
    """A text; pattern: a regular expression that all of it must match, hint: how a message says that."""

    def __init__(self, default: object = _REQUIRED, pattern: str | None = None, hint: str = "a text") -> None:
        super().__init__(default)
        self._pattern = pattern and re.compile(pattern)
        self.expected = hint

    def fits(self, value: object) -> bool:
        return type(value) is str and (self._pattern is None or self._pattern.fullmatch(value) is not None)


class Flag(Field):
    """true or false."""

    expected = "true or false"

    def fits(self, value: object) -> bool:
        return type(value) is bool


class Choice(Field):
    """One of some texts."""

    def __init__(self, *choices: str, default: object = _REQUIRED) -> None:
        super().__init__(default)
        self._choices = choices
        self.expected = "one of " + ", ".join(map(repr, choices))

    def fits(self, value: object) -> bool:
        return type(value) is str and value in self._choices


class Number(Field):
    """A number from low to high; the program gets a float."""

    _kinds: tuple[type, ...] = (int, float)
    _name = "a number"

    def __init__(self, default: object = _REQUIRED, low: float | None = None, high: float | None = None) -> None:
        super().__init__(default)
        self._low, self._high = low, high
        bounds = f" from {low} to {high}" if None not in (low, high) else f" of at least {low}" if low is not None else f" of at most {high}" if high is not None else ""
        self.expected = self._name + bounds

    def fits(self, value: object) -> bool:
        return type(value) in self._kinds and value - value == 0 and (self._low is None or value >= self._low) and (self._high is None or value <= self._high)

    def check(self, value: object, place: Place) -> float:
        return float(super().check(value, place))


class Whole(Number):
    """A whole number from low to high."""

    _kinds = (int,)
    _name = "a whole number"

    def check(self, value: object, place: Place) -> int:
        return Field.check(self, value, place)


class Numbers(Field):
    """A list of so many numbers; the program gets floats."""

    def __init__(self, count: int, default: object = _REQUIRED) -> None:
        super().__init__(default)
        self._count = count
        self.expected = f"a list of {count} numbers"

    def fits(self, value: object) -> bool:
        return type(value) is list and len(value) == self._count and all(type(one) in (int, float) and one - one == 0 for one in value)

    def check(self, value: object, place: Place) -> list[float]:
        return [float(one) for one in super().check(value, place)]


class Table(Field):
    """A table with these keys, of which the program gets the values as attributes. Where the file has no such table, all keys have their defaults.

    check: what is wrong between keys that are right by themselves: it gets the values, and yields places below this table, such as ("sensor", 2, "pin"), with texts.
    """

    expected = "a table"

    def __init__(self, check: Callable[[SimpleNamespace], Iterable[tuple[Place, str]]] | None = None, /, **keys: Field) -> None:
        super().__init__({})
        self.keys = keys
        self._check = check

    def missing(self, place: Place) -> SimpleNamespace:
        return self.check({}, place)

    def fits(self, value: object) -> bool:
        return type(value) is dict

    def check(self, value: object, place: Place) -> SimpleNamespace:
        table = super().check(value, place)
        for name in table:
            if name not in self.keys:
                raise _Wrong((*place, name), f"unknown: expected one of {', '.join(sorted(self.keys))}")
        found = {name: field.check(table[name], (*place, name)) if name in table else field.missing((*place, name)) for name, field in self.keys.items()}
        values = SimpleNamespace(**found)
        for inside, text in self._check(values) if self._check else ():
            raise _Wrong((*place, *inside), text)
        return values


class Maybe(Field):
    """A table that may be left out: None then."""

    def __init__(self, table: Table) -> None:
        super().__init__(None)
        self._table = table

    def check(self, value: object, place: Place) -> object:
        return self._table.check(value, place)


class Tables(Field):
    """Any number of tables with these keys, [[name]] in the file: a list."""

    expected = "tables, which begin with their name in [[ ]]"

    def __init__(self, **keys: Field) -> None:
        super().__init__([])
        self._table = Table(**keys)

    def missing(self, place: Place) -> list:
        return []

    def fits(self, value: object) -> bool:
        return type(value) is list and all(type(one) is dict for one in value)

    def check(self, value: object, place: Place) -> list:
        return [self._table.check(one, (*place, number)) for number, one in enumerate(super().check(value, place), 1)]


class Map(Field):
    """A table of any keys, all of whose values are of one kind: a dict."""

    expected = "a table"

    def __init__(self, value: Field) -> None:
        super().__init__({})
        self._value = value

    def missing(self, place: Place) -> dict:
        return {}

    def fits(self, value: object) -> bool:
        return type(value) is dict

    def check(self, value: object, place: Place) -> dict:
        return {name: self._value.check(one, (*place, name)) for name, one in super().check(value, place).items()}


def load(path: str, table: Table, changes: Iterable[str] = ()) -> SimpleNamespace:
    """The configuration in a file. changes: what is to be different from it, as on a command line: "mqtt.port=0", 'title="Hall 2"'.

    ConfigError: it is not TOML, or not what the table describes; OSError: the file cannot be read.
    """
    with open(path, "rb") as file:
        data = file.read()
    text, changed = "", {}
    try:
        text = data.decode()
        found = tomllib.loads(text)
        for change in changes:
            changed[_change(found, change)] = change
        return table.check(found, ())
    except UnicodeDecodeError as error:
        raise ConfigError(f"{path}, byte {error.start}: expected UTF-8, got 0x{data[error.start]:02x}") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{path}: {error}") from None
    except _Wrong as error:
        line = _line_of(text, error.place)
        where = changed.get(error.place) or (f"{path}, line {line}" if line else path)
        raise ConfigError(f"{where}: {_named(error.place)}: {error.text}") from None


def _change(table: dict, change: str) -> Place:
    """Take one change, KEY=VALUE with a value as in TOML; texts need no quotes. The result is the key's place."""
    name, equals, value = change.partition("=")
    if not equals or not all(re.fullmatch("[A-Za-z0-9_-]+", part) for part in name.split(".")):
        raise ConfigError(f"expected KEY=VALUE such as period=0.5 or mqtt.port=1884, got {change!r}")
    *way, last = name.split(".")
    for part in way:
        table = table.setdefault(part, {})
        if type(table) is not dict:
            raise ConfigError(f"{change}: {part} is no table with keys")
    try:
        table[last] = tomllib.loads(f"x = {value}")["x"]
    except tomllib.TOMLDecodeError:
        table[last] = value
    return (*way, last)


def _shown(value: object) -> str:
    text = "a table" if type(value) is dict else str(value).lower() if type(value) is bool else repr(value)
    return text if len(text) <= 80 else text[:77] + "..."


def _named(place: Place) -> str:
    """As a person would say it: ("sensor", 2, "pin") is "sensor 2, pin"."""
    text = ""
    for part in place:
        text += f" {part}," if type(part) is int else f" {part}" if text.endswith(",") else f".{part}" if text else part
    return text.rstrip(",")


def _parts(text: str) -> list[str]:
    return [part.strip().strip("\"'") for part in text.split(".")]


def _line_of(text: str, place: Place) -> int | None:
    """The line where a place stands, or the innermost table around it that has a line."""
    lines = _lines(text)
    while place and place not in lines:
        place = place[:-1]
    return lines.get(place)


def _lines(text: str) -> dict[Place, int]:
    """The lines of headers and keys. Texts of several lines may hold what looks like a key; the first of equal ones counts, so that this rarely matters."""
    found: dict[Place, int] = {}
    counts: dict[Place, int] = {}
    table: Place = ()
    for number, line in enumerate(text.splitlines(), 1):
        if header := _HEADER.match(line):
            table = ()
            for part in _parts(header[2]):
                table += (part,)
                if table in counts:
                    table += (counts[table],)
            if header[1] == "[[":
                if type(table[-1]) is int:
                    table = table[:-1]
                counts[table] = counts.get(table, 0) + 1
                found.setdefault(table, number)
                table += (counts[table],)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            place = table
            for part in _parts(key[1] + key[2]):
                place += (part,)
                found.setdefault(place, number)
    return found
