"""Regular expressions. The engine is C (modules/std/re_*.c): matching takes time that grows with the text, not with the ways to match it."""

import _re
from _re import Match, Pattern

__all__ = ["match", "fullmatch", "search", "sub", "subn", "split", "findall", "finditer", "compile", "purge", "escape", "error", "Pattern",
           "Match", "A", "I", "L", "M", "S", "X", "U", "ASCII", "IGNORECASE", "LOCALE", "MULTILINE", "DOTALL", "VERBOSE", "UNICODE",
           "NOFLAG", "RegexFlag", "PatternError"]

__version__ = "2.2.1"


class PatternError(Exception):
    """A pattern that is no regular expression.

    msg: the message without its place; pattern: the pattern; pos: the index where it is wrong, or None; lineno, colno: of pos, from 1.
    """

    __module__ = "re"

    def __init__(self, msg, pattern=None, pos=None):
        self.msg = msg
        self.pattern = pattern
        self.pos = pos
        if pattern is None or pos is None:
            self.lineno = self.colno = None
            super().__init__(msg)
            return
        newline = "\n" if isinstance(pattern, str) else b"\n"
        self.lineno = pattern.count(newline, 0, pos) + 1
        self.colno = pos - pattern.rfind(newline, 0, pos)
        msg = f"{msg} at position {pos}"
        if newline in pattern:
            msg = f"{msg} (line {self.lineno}, column {self.colno})"
        super().__init__(msg)


error = _re.error = PatternError


class RegexFlag(int):
    """Flags of a pattern: ints that keep their names in repr()."""

    __slots__ = ()

    @property
    def value(self):
        return int(self)

    @property
    def name(self):
        names, rest = self._split()
        if rest:
            names.append(hex(rest))
        return "|".join(names) or None

    def _split(self):
        names, rest = [], int(self)
        for bit, name in _names.items():
            if rest & bit:
                names.append(name)
                rest &= ~bit
        return names, rest

    def __repr__(self):
        names, rest = self._split()
        if not names and not rest:
            return "re.NOFLAG"
        shown = ["re." + name for name in names]
        if rest:
            shown.append(hex(rest))
        return "|".join(shown)

    __str__ = object.__str__

    def __format__(self, spec):
        return format(repr(self) if not spec or spec[-1] == "s" else int(self), spec)

    def __and__(self, other):
        return RegexFlag(int(self) & int(other)) if isinstance(other, int) else NotImplemented

    def __or__(self, other):
        return RegexFlag(int(self) | int(other)) if isinstance(other, int) else NotImplemented

    def __xor__(self, other):
        return RegexFlag(int(self) ^ int(other)) if isinstance(other, int) else NotImplemented

    def __invert__(self):
        return RegexFlag(~int(self) & 0x1FE)

    def __contains__(self, other):
        return int(self) & int(other) == int(other)

    __rand__, __ror__, __rxor__ = __and__, __or__, __xor__

    def __reduce__(self):
        return RegexFlag, (int(self),)


_names = {2: "IGNORECASE", 4: "LOCALE", 8: "MULTILINE", 16: "DOTALL", 32: "UNICODE", 64: "VERBOSE", 128: "DEBUG", 256: "ASCII"}
NOFLAG = RegexFlag(0)
I = IGNORECASE = RegexFlag(2)
L = LOCALE = RegexFlag(4)
M = MULTILINE = RegexFlag(8)
S = DOTALL = RegexFlag(16)
U = UNICODE = RegexFlag(32)
X = VERBOSE = RegexFlag(64)
DEBUG = RegexFlag(128)
A = ASCII = RegexFlag(256)
for _flag in (NOFLAG, I, L, M, S, U, X, DEBUG, A):
    setattr(RegexFlag, _names.get(int(_flag), "NOFLAG"), _flag)
del _flag

_CACHED = 512
_cache = {}


def _compile(pattern, flags):
    flags = int(flags)
    key = type(pattern), pattern, flags
    try:
        return _cache[key]
    except KeyError:
        pass
    if isinstance(pattern, Pattern):
        if flags:
            raise ValueError("cannot process flags argument with a compiled pattern")
        return pattern
    p = _re.compile(pattern, flags)
    if not flags & 128:
        if len(_cache) >= _CACHED:
            del _cache[next(iter(_cache))]
        _cache[key] = p
    return p


def compile(pattern, flags=0):
    """The Pattern of a regular expression, to use it often."""
    return _compile(pattern, flags)


def match(pattern, string, flags=0):
    """Try to apply the pattern at the start of the string: a Match, or None."""
    return _compile(pattern, flags).match(string)


def fullmatch(pattern, string, flags=0):
    """Try to apply the pattern to all of the string: a Match, or None."""
    return _compile(pattern, flags).fullmatch(string)


def search(pattern, string, flags=0):
    """Look for the first match of the pattern anywhere in the string: a Match, or None."""
    return _compile(pattern, flags).search(string)


def findall(pattern, string, flags=0):
    """A list of all matches that do not overlap: their texts, or their groups where the pattern has some."""
    return _compile(pattern, flags).findall(string)


def finditer(pattern, string, flags=0):
    """An iterator over the Match objects of all matches that do not overlap."""
    return _compile(pattern, flags).finditer(string)


class _Zero(int):
    __slots__ = ()


_zero = _Zero()  # an argument that was not given


def _by_position(function, args, names, values):
    """The values of two arguments that may still be given by position, with a warning."""
    import warnings
    if len(args) > len(names):
        given = len(args) + (3 if function != "split" else 2)
        most = 5 if function != "split" else 4
        raise TypeError(f"{function}() takes from {most - 2} to {most} positional arguments but {given} were given")
    for name, value, arg in zip(names, values, args):
        if value is not _zero:
            raise TypeError(f"{function}() got multiple values for argument '{name}'")
    warnings.warn(f"'{names[0]}' is passed as positional argument", DeprecationWarning, stacklevel=3)
    return tuple(args) + tuple(values[len(args):])


def sub(pattern, repl, string, *args, count=_zero, flags=_zero):
    """The string with all matches replaced by repl: a text in which \\1 and \\g<name> stand for groups, or a function of the Match."""
    if args:
        count, flags = _by_position("sub", args, ("count", "flags"), (count, flags))
    return _compile(pattern, flags).sub(repl, string, count)


def subn(pattern, repl, string, *args, count=_zero, flags=_zero):
    """As sub(), but the result is (new string, number of replacements)."""
    if args:
        count, flags = _by_position("subn", args, ("count", "flags"), (count, flags))
    return _compile(pattern, flags).subn(repl, string, count)


def split(pattern, string, *args, maxsplit=_zero, flags=_zero):
    """The parts of the string between the matches, with the groups of the matches between them; at most maxsplit cuts unless it is 0."""
    if args:
        maxsplit, flags = _by_position("split", args, ("maxsplit", "flags"), (maxsplit, flags))
    return _compile(pattern, flags).split(string, maxsplit)


sub.__text_signature__ = subn.__text_signature__ = "(pattern, repl, string, count=0, flags=0)"
split.__text_signature__ = "(pattern, string, maxsplit=0, flags=0)"


def purge():
    """Forget the patterns that were compiled."""
    _cache.clear()


_special = {ord(c): "\\" + c for c in "()[]{}?*+-|^$\\.&~# \t\n\r\v\f"}


def escape(pattern):
    """A pattern that matches just this text."""
    if isinstance(pattern, str):
        return pattern.translate(_special)
    pattern = str(pattern, "latin1")
    return pattern.translate(_special).encode("latin1")


class Scanner:
    """Cuts a text into tokens: lexicon is a list of (pattern, action); action is called with the scanner and the text, or is the token."""

    def __init__(self, lexicon, flags=0):
        self.lexicon = lexicon
        self.flags = flags
        for phrase, _ in lexicon:
            if not isinstance(phrase, str):
                raise TypeError("expected str patterns, got %s" % type(phrase).__name__)
        self._patterns = [_re.compile(phrase, int(flags)) for phrase, _ in lexicon]

    def scan(self, string):
        result, at = [], 0
        while True:
            for pattern, (_, action) in zip(self._patterns, self.lexicon):
                m = pattern.match(string, at)
                if m:
                    break
            else:
                return result, string[at:]
            if m.end() == at:
                return result, string[at:]
            if callable(action):
                self.match = m
                action = action(self, m.group())
            if action is not None:
                result.append(action)
            at = m.end()


def _pickle(p):
    return _compile, (p.pattern, p.flags)


import copyreg
copyreg.pickle(Pattern, _pickle, _compile)
del copyreg
