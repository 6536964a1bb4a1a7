"""Configuration files in INI format: sections of options, with interpolation of values into values."""

from collections.abc import MutableMapping
import re

from _configparser_error import (DuplicateOptionError, DuplicateSectionError, Error, InterpolationDepthError, InterpolationError,
                                 InterpolationMissingOptionError, InterpolationSyntaxError, MAX_INTERPOLATION_DEPTH, MissingSectionHeaderError,
                                 MultilineContinuationError, NoOptionError, NoSectionError, ParsingError)
from _configparser_interpolation import BasicInterpolation, ExtendedInterpolation, Interpolation

__all__ = ("NoSectionError", "DuplicateOptionError", "DuplicateSectionError", "NoOptionError", "InterpolationError",
           "InterpolationDepthError", "InterpolationMissingOptionError", "InterpolationSyntaxError", "ParsingError",
           "MissingSectionHeaderError", "MultilineContinuationError", "ConfigParser", "RawConfigParser", "Interpolation",
           "BasicInterpolation", "ExtendedInterpolation", "SectionProxy", "ConverterMapping", "DEFAULTSECT", "MAX_INTERPOLATION_DEPTH",
           "UNNAMED_SECTION")

_default_dict = dict
DEFAULTSECT = "DEFAULT"


class _UnnamedSection:
    def __repr__(self):
        return "<UNNAMED_SECTION>"


UNNAMED_SECTION = _UnnamedSection()
_UNSET = object() # no value was given


# ---- Reading ----

class _Reading:
    """A file that is being read, line by line."""

    def __init__(self, parser, name):
        self.parser, self.name = parser, name
        self.seen = set() # sections and (section, option) of this file
        self.section = None # values of the section
        self.section_name = None
        self.option = None
        self.indent = 0 # of the option
        self.errors = []

    def content_of(self, line):
        """A line without comments, and whether there was one."""
        parser = self.parser
        end = len(line)
        for prefix in parser._inline_comment_prefixes:
            at = line.find(prefix)
            while at != -1:
                if at == 0 or line[at - 1].isspace():
                    end = min(end, at)
                    break
                at = line.find(prefix, at + 1)
        if any(line.strip().startswith(prefix) for prefix in parser._comment_prefixes):
            end = 0
        return line[:end].strip(), end != len(line)

    def empty(self, commented):
        """An empty line: part of a value, or its end."""
        if not self.parser._empty_lines_in_values:
            self.indent = float("inf")
        elif not commented and self.section is not None and self.option and self.section[self.option] is not None:
            self.section[self.option].append("")

    def header(self, name, number):
        parser = self.parser
        self.section_name, self.option = name, None
        if name in parser._sections:
            if parser._strict and name in self.seen:
                raise DuplicateSectionError(name, self.name, number)
            self.section = parser._sections[name]
            self.seen.add(name)
        elif name == parser.default_section:
            self.section = parser._defaults
        else:
            self.section = parser._dict()
            parser._sections[name] = self.section
            parser._proxies[name] = SectionProxy(parser, name)
            self.seen.add(name)

    def key(self, text, line, number):
        parser = self.parser
        found = parser._optcre.match(text)
        if not found:
            self.errors.append(ParsingError(self.name, number, line))
            return
        option, _sign, value = found.group("option", "vi", "value")
        if not option:
            self.errors.append(ParsingError(self.name, number, line))
        self.option = option = parser.optionxform(option.rstrip())
        if parser._strict and (self.section_name, option) in self.seen:
            raise DuplicateOptionError(self.section_name, option, self.name, number)
        self.seen.add((self.section_name, option))
        self.section[option] = [value.strip()] if value is not None else None

    def line(self, line, number):
        text, commented = self.content_of(line)
        if not text:
            self.empty(commented)
            return
        start = len(line) - len(line.lstrip())
        if self.section is not None and self.option and start > self.indent:
            if self.section[self.option] is None:
                raise MultilineContinuationError(self.name, number, line)
            self.section[self.option].append(text)
            return
        self.indent = start
        found = self.parser.SECTCRE.match(text)
        if found:
            self.header(found.group("header"), number)
        elif self.section is None:
            raise MissingSectionHeaderError(self.name, number, line)
        else:
            self.key(text, line, number)


class RawConfigParser(MutableMapping):
    """Sections of options, without interpolation. A mapping of section names to SectionProxy."""

    _SECT_TMPL = r"\[(?P<header>.+)\]"
    _OPT_TMPL = r"(?P<option>.*?)\s*(?:(?P<vi>{delim})\s*(?P<value>.*))$"
    _OPT_NV_TMPL = r"(?P<option>.*?)\s*(?:(?P<vi>{delim})\s*(?P<value>.*))?$"
    _DEFAULT_INTERPOLATION = Interpolation()
    SECTCRE = re.compile(_SECT_TMPL)
    OPTCRE = re.compile(_OPT_TMPL.format(delim="=|:"))
    OPTCRE_NV = re.compile(_OPT_NV_TMPL.format(delim="=|:"))
    NONSPACECRE = re.compile(r"\S")
    BOOLEAN_STATES = {"1": True, "yes": True, "true": True, "on": True, "0": False, "no": False, "false": False, "off": False}

    def __init__(self, defaults=None, dict_type=_default_dict, allow_no_value=False, *, delimiters=("=", ":"), comment_prefixes=("#", ";"),
                 inline_comment_prefixes=None, strict=True, empty_lines_in_values=True, default_section=DEFAULTSECT, interpolation=_UNSET,
                 converters=_UNSET, allow_unnamed_section=False):
        """defaults: options of all sections; converters: names to functions, each of which makes a method get<name>."""
        self._dict = dict_type
        self._sections, self._defaults, self._proxies = dict_type(), dict_type(), dict_type()
        self._converters, self._delimiters = ConverterMapping(self), tuple(delimiters)
        self._proxies[default_section] = SectionProxy(self, default_section)
        if delimiters == ("=", ":"):
            self._optcre = self.OPTCRE_NV if allow_no_value else self.OPTCRE
        else:
            template = self._OPT_NV_TMPL if allow_no_value else self._OPT_TMPL
            self._optcre = re.compile(template.format(delim="|".join(re.escape(each) for each in delimiters)))
        self._comment_prefixes = tuple(comment_prefixes or ())
        self._inline_comment_prefixes = tuple(inline_comment_prefixes or ())
        self._strict, self._allow_no_value, self._empty_lines_in_values = strict, allow_no_value, empty_lines_in_values
        self._allow_unnamed_section, self.default_section = allow_unnamed_section, default_section
        self._interpolation = self._DEFAULT_INTERPOLATION if interpolation is _UNSET else interpolation
        if self._interpolation is None:
            self._interpolation = Interpolation()
        if not isinstance(self._interpolation, Interpolation):
            raise TypeError(f"interpolation= must be None or an instance of Interpolation; got an object of type {type(self._interpolation)}")
        if converters is not _UNSET:
            self._converters.update(converters)
        if defaults:
            self._read_defaults(defaults)

    # ---- Sections and options ----

    def defaults(self):
        """The options of all sections."""
        return self._defaults

    def sections(self):
        """The names of sections, without DEFAULT."""
        return list(self._sections.keys())

    def add_section(self, section):
        """Add a section. DuplicateSectionError: it is there; ValueError: it is DEFAULT."""
        if section == self.default_section:
            raise ValueError("Invalid section name: %r" % section)
        if section in self._sections:
            raise DuplicateSectionError(section)
        self._sections[section] = self._dict()
        self._proxies[section] = SectionProxy(self, section)

    def has_section(self, section):
        """Whether there is a section."""
        return section in self._sections

    def options(self, section):
        """The names of a section's options, with those of DEFAULT."""
        try:
            own = self._sections[section].copy()
        except KeyError:
            raise NoSectionError(section) from None
        own.update(self._defaults)
        return list(own.keys())

    def has_option(self, section, option):
        """Whether a section, or DEFAULT, has an option."""
        if not section or section == self.default_section:
            return self.optionxform(option) in self._defaults
        if section not in self._sections:
            return False
        option = self.optionxform(option)
        return option in self._sections[section] or option in self._defaults

    def remove_option(self, section, option):
        """Take an option away; whether it was there."""
        if not section or section == self.default_section:
            options = self._defaults
        else:
            try:
                options = self._sections[section]
            except KeyError:
                raise NoSectionError(section) from None
        option = self.optionxform(option)
        existed = option in options
        if existed:
            del options[option]
        return existed

    def remove_section(self, section):
        """Take a section away; whether it was there."""
        existed = section in self._sections
        if existed:
            del self._sections[section]
            del self._proxies[section]
        return existed

    def optionxform(self, optionstr):
        """What an option is called inside: in lower case."""
        return optionstr.lower()

    # ---- Reading ----

    def read(self, filenames, encoding=None):
        """Read files; those that cannot be opened are left out. The list of those that were read."""
        from os import PathLike
        if isinstance(filenames, (str, bytes, PathLike)):
            filenames = [filenames]
        done = []
        for filename in filenames:
            try:
                with open(filename, encoding=encoding) as file:
                    self._read(file, filename)
            except OSError:
                continue
            done.append(filename.__fspath__() if isinstance(filename, PathLike) else filename)
        return done

    def read_file(self, f, source=None):
        """Read lines; source: what errors call them."""
        if source is None:
            source = getattr(f, "name", "<???>")
        self._read(f, source)

    def read_string(self, string, source="<string>"):
        """Read a text."""
        import io
        self.read_file(io.StringIO(string), source)

    def read_dict(self, dictionary, source="<dict>"):
        """Read a mapping of sections to mappings of options."""
        seen = set()
        for section, keys in dictionary.items():
            section = str(section)
            try:
                self.add_section(section)
            except (DuplicateSectionError, ValueError):
                if self._strict and section in seen:
                    raise
            seen.add(section)
            for key, value in keys.items():
                key = self.optionxform(str(key))
                if value is not None:
                    value = str(value)
                if self._strict and (section, key) in seen:
                    raise DuplicateOptionError(section, key, source)
                seen.add((section, key))
                self.set(section, key, value)

    def _read(self, fp, fpname):
        reading = _Reading(self, fpname)
        if self._allow_unnamed_section:
            reading.header(UNNAMED_SECTION, 0)
        try:
            for number, line in enumerate(fp, start=1):
                reading.line(line, number)
            ParsingError._raise_all(reading.errors)
        finally:
            self._join_multiline_values()

    def _join_multiline_values(self):
        for section, options in ((self.default_section, self._defaults), *self._sections.items()):
            for name, value in options.items():
                if isinstance(value, list):
                    value = "\n".join(value).rstrip()
                options[name] = self._interpolation.before_read(self, section, name, value)

    def _read_defaults(self, defaults):
        for key, value in defaults.items():
            self._defaults[self.optionxform(key)] = value

    # ---- Values ----

    def _unify_values(self, section, vars):
        """What a section's options are: those of vars, its own, those of DEFAULT."""
        from collections import ChainMap
        own = {}
        try:
            own = self._sections[section]
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section) from None
        given = {}
        for key, value in (vars or {}).items():
            given[self.optionxform(key)] = str(value) if value is not None else None
        return ChainMap(given, own, self._defaults)

    def get(self, section, option, *, raw=False, vars=None, fallback=_UNSET):
        """The value of an option; raw: without interpolation; vars: options that come first; fallback: where there is none."""
        try:
            values = self._unify_values(section, vars)
        except NoSectionError:
            if fallback is _UNSET:
                raise
            return fallback
        option = self.optionxform(option)
        try:
            value = values[option]
        except KeyError:
            if fallback is _UNSET:
                raise NoOptionError(option, section) from None
            return fallback
        if raw or value is None:
            return value
        return self._interpolation.before_get(self, section, option, value, values)

    def _get(self, section, conv, option, **kwargs):
        return conv(self.get(section, option, **kwargs))

    def _get_conv(self, section, option, conv, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        try:
            return self._get(section, conv, option, raw=raw, vars=vars, **kwargs)
        except (NoSectionError, NoOptionError):
            if fallback is _UNSET:
                raise
            return fallback

    def getint(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as an int."""
        return self._get_conv(section, option, int, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getfloat(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as a float."""
        return self._get_conv(section, option, float, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def getboolean(self, section, option, *, raw=False, vars=None, fallback=_UNSET, **kwargs):
        """The value of an option as a bool: 1 yes true on, or 0 no false off."""
        return self._get_conv(section, option, self._convert_to_boolean, raw=raw, vars=vars, fallback=fallback, **kwargs)

    def _convert_to_boolean(self, value):
        if value.lower() not in self.BOOLEAN_STATES:
            raise ValueError("Not a boolean: %s" % value)
        return self.BOOLEAN_STATES[value.lower()]

    def items(self, section=_UNSET, raw=False, vars=None):
        """Pairs of options and values; without a section, pairs of names and sections."""
        if section is _UNSET:
            return super().items()
        values = self._defaults.copy()
        try:
            values.update(self._sections[section])
        except KeyError:
            if section != self.default_section:
                raise NoSectionError(section)
        names = list(values.keys())
        for key, value in (vars or {}).items():
            values[self.optionxform(key)] = value
        if raw:
            return [(name, values[name]) for name in names]
        return [(name, self._interpolation.before_get(self, section, name, values[name], values)) for name in names]

    def popitem(self):
        """Take a section away: (name, section)."""
        for key in self.sections():
            value = self[key]
            del self[key]
            return key, value
        raise KeyError

    def set(self, section, option, value=None):
        """Set an option."""
        if value:
            value = self._interpolation.before_set(self, section, option, value)
        if not section or section == self.default_section:
            options = self._defaults
        else:
            try:
                options = self._sections[section]
            except KeyError:
                raise NoSectionError(section) from None
        options[self.optionxform(option)] = value

    def write(self, fp, space_around_delimiters=True):
        """Write all to a file."""
        sign = f" {self._delimiters[0]} " if space_around_delimiters else self._delimiters[0]
        if self._defaults:
            self._write_section(fp, self.default_section, self._defaults.items(), sign)
        if UNNAMED_SECTION in self._sections:
            self._write_section(fp, UNNAMED_SECTION, self._sections[UNNAMED_SECTION].items(), sign, unnamed=True)
        for section in self._sections:
            if section is not UNNAMED_SECTION:
                self._write_section(fp, section, self._sections[section].items(), sign)

    def _write_section(self, fp, section_name, section_items, delimiter, unnamed=False):
        if not unnamed:
            fp.write(f"[{section_name}]\n")
        for key, value in section_items:
            value = self._interpolation.before_write(self, section_name, key, value)
            if value is not None or not self._allow_no_value:
                value = delimiter + str(value).replace("\n", "\n\t")
            else:
                value = ""
            fp.write(f"{key}{value}\n")
        fp.write("\n")

    def _validate_value_types(self, *, section="", option="", value=""):
        if not isinstance(section, str):
            raise TypeError("section names must be strings")
        if not isinstance(option, str):
            raise TypeError("option keys must be strings")
        if (not self._allow_no_value or value) and not isinstance(value, str):
            raise TypeError("option values must be strings")

    # ---- The mapping ----

    def __getitem__(self, key):
        if key != self.default_section and not self.has_section(key):
            raise KeyError(key)
        return self._proxies[key]

    def __setitem__(self, key, value):
        if key in self and self[key] is value:
            return
        if key == self.default_section:
            self._defaults.clear()
        elif key in self._sections:
            self._sections[key].clear()
        self.read_dict({key: value})

    def __delitem__(self, key):
        if key == self.default_section:
            raise ValueError("Cannot remove the default section.")
        if not self.has_section(key):
            raise KeyError(key)
        self.remove_section(key)

    def __contains__(self, key):
        return key == self.default_section or self.has_section(key)

    def __len__(self):
        return len(self._sections) + 1

    def __iter__(self):
        from itertools import chain
        return chain((self.default_section,), self._sections.keys())

    @property
    def converters(self):
        """The functions that make values of texts, by name."""
        return self._converters


class ConfigParser(RawConfigParser):
    """Sections of options, with interpolation; names and values are str."""

    _DEFAULT_INTERPOLATION = BasicInterpolation()

    def set(self, section, option, value=None):
        """Set an option, which is a str."""
        self._validate_value_types(option=option, value=value)
        super().set(section, option, value)

    def add_section(self, section):
        """Add a section, which is a str."""
        self._validate_value_types(section=section)
        super().add_section(section)

    def _read_defaults(self, defaults):
        hold, self._interpolation = self._interpolation, Interpolation()
        try:
            self.read_dict({self.default_section: defaults})
        finally:
            self._interpolation = hold


class SectionProxy(MutableMapping):
    """A section as a mapping."""

    def __init__(self, parser, name):
        self._parser = parser
        self._name = name
        from functools import partial
        for conv in parser.converters:
            setattr(self, "get" + conv, partial(self.get, _impl=getattr(parser, "get" + conv)))

    def __repr__(self):
        return f"<Section: {self._name}>"

    def __getitem__(self, key):
        if not self._parser.has_option(self._name, key):
            raise KeyError(key)
        return self._parser.get(self._name, key)

    def __setitem__(self, key, value):
        self._parser._validate_value_types(option=key, value=value)
        return self._parser.set(self._name, key, value)

    def __delitem__(self, key):
        if not (self._parser.has_option(self._name, key) and self._parser.remove_option(self._name, key)):
            raise KeyError(key)

    def __contains__(self, key):
        return self._parser.has_option(self._name, key)

    def __len__(self):
        return len(self._options())

    def __iter__(self):
        return self._options().__iter__()

    def _options(self):
        if self._name != self._parser.default_section:
            return self._parser.options(self._name)
        return self._parser.defaults()

    @property
    def parser(self):
        """The parser that the section is part of."""
        return self._parser

    @property
    def name(self):
        """The section's name."""
        return self._name

    def get(self, option, fallback=None, *, raw=False, vars=None, _impl=None, **kwargs):
        """The value of an option; arguments as for the parser's get."""
        return (_impl or self._parser.get)(self._name, option, raw=raw, vars=vars, fallback=fallback, **kwargs)


class ConverterMapping(MutableMapping):
    """Functions that make values of texts, by the names of the methods that use them."""

    GETTERCRE = re.compile(r"^get(?P<name>.+)$")

    def __init__(self, parser):
        self._parser = parser
        self._data = {}
        for getter in dir(parser):
            found = self.GETTERCRE.match(getter)
            if found and callable(getattr(parser, getter)):
                self._data[found.group("name")] = None # a method of the parser

    def __getitem__(self, key):
        return self._data[key]

    def __setitem__(self, key, value):
        name = "get" + key if isinstance(key, str) else None
        if name is None or not self.GETTERCRE.match(name):
            raise ValueError("Incompatible key: {} (type: {})".format(key, type(key)))
        if name == "get":
            raise ValueError('Incompatible key: cannot use "" as a name')
        from functools import partial
        self._data[key] = value
        func = partial(self._parser._get_conv, conv=value)
        func.converter = value
        setattr(self._parser, name, func)
        for proxy in self._parser.values():
            setattr(proxy, name, partial(proxy.get, _impl=func))

    def __delitem__(self, key):
        try:
            name = "get" + (key or None)
        except TypeError:
            raise KeyError(key)
        del self._data[key]
        from itertools import chain
        for owner in chain((self._parser,), self._parser.values()):
            try:
                delattr(owner, name)
            except AttributeError: # it is a method of the class
                continue

    def __iter__(self):
        return iter(self._data)

    def __len__(self):
        return len(self._data)
