"""Values that contain other values."""

import re

from _configparser_error import (MAX_INTERPOLATION_DEPTH, InterpolationDepthError, InterpolationMissingOptionError, InterpolationSyntaxError,
                                 NoOptionError, NoSectionError)

__name__ = "configparser" # where its names belong


class Interpolation:
    """Values as they are."""

    def before_get(self, parser, section, option, value, defaults):
        return value

    def before_set(self, parser, section, option, value):
        return value

    def before_read(self, parser, section, option, value):
        return value

    def before_write(self, parser, section, option, value):
        return value


class _SignInterpolation(Interpolation):
    """A sign before a name in brackets stands for the value of that option; the sign twice for itself."""

    def before_get(self, parser, section, option, value, defaults):
        pieces = []
        self._put(parser, option, pieces, value, section, defaults, 1)
        return "".join(pieces)

    def before_set(self, parser, section, option, value):
        rest = self._KEYCRE.sub("", value.replace(self._sign * 2, ""))
        if self._sign in rest:
            raise ValueError("invalid interpolation syntax in %r at position %d" % (value, rest.find(self._sign)))
        return value

    def _put(self, parser, option, pieces, rest, section, values, depth):
        raw = parser.get(section, option, raw=True, fallback=rest)
        if depth > MAX_INTERPOLATION_DEPTH:
            raise InterpolationDepthError(option, section, raw)
        sign = self._sign
        while rest:
            plain, found, rest = rest.partition(sign)
            pieces.append(plain)
            if found and rest[:1] == sign:
                pieces.append(sign)
                rest = rest[1:]
            elif found:
                reference, rest = self._split_reference(option, section, sign + rest)
                path = self._path(parser, reference)
                try:
                    where, name, value = self._look_up(parser, section, option, path, values, rest)
                except (KeyError, NoSectionError, NoOptionError):
                    raise InterpolationMissingOptionError(option, section, raw, ":".join(path)) from None
                if sign in value:
                    self._put(parser, name, pieces, value, where, self._values_of(parser, where, values), depth + 1)
                else:
                    pieces.append(value)

    def _split_reference(self, option, section, text):
        """(what stands in the brackets at the beginning of text, what follows them)."""
        sign, bracket = self._sign, self._bracket
        if text[1:2] != bracket:
            raise InterpolationSyntaxError(option, section, f"'{sign}' must be followed by '{sign}' or '{bracket}', found: {text!r}")
        found = self._KEYCRE.match(text)
        if found is None:
            raise InterpolationSyntaxError(option, section, f"bad interpolation variable reference {text!r}")
        return found.group(1), text[found.end():]


class BasicInterpolation(_SignInterpolation):
    """%(name)s stands for an option of the section or of DEFAULT, %% for a percent sign."""

    _KEYCRE = re.compile(r"%\(([^)]+)\)s")
    _sign, _bracket = "%("

    def _path(self, parser, reference):
        return [parser.optionxform(reference)]

    def _look_up(self, parser, section, option, path, values, rest):
        """(section, option, value) of what a reference stands for."""
        return section, option, values[path[0]]

    def _values_of(self, parser, section, values):
        return values


class ExtendedInterpolation(_SignInterpolation):
    """${name} stands for an option of the section, ${section:name} for one of another, $$ for a dollar sign."""

    _KEYCRE = re.compile(r"\$\{([^}]+)\}")
    _sign, _bracket = "${"

    def _path(self, parser, reference):
        return reference.split(":")

    def _look_up(self, parser, section, option, path, values, rest):
        if len(path) > 2:
            raise InterpolationSyntaxError(option, section, "More than one ':' found: %r" % (rest,))
        name = parser.optionxform(path[-1])
        if len(path) == 1:
            value = values[name]
        else:
            section = path[0]
            value = parser.get(section, name, raw=True)
        return section, name, "" if value is None else value

    def _values_of(self, parser, section, values):
        return dict(parser.items(section, raw=True))
