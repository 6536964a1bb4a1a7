"""Names for groups of ASCII characters, templates with $-substitution, and str.format() as a class."""

__all__ = ["ascii_letters", "ascii_lowercase", "ascii_uppercase", "capwords", "digits", "hexdigits", "octdigits", "printable", "punctuation", "whitespace",
           "Formatter", "Template"]

whitespace = " \t\n\r\v\f"
ascii_lowercase = "abcdefghijklmnopqrstuvwxyz"
ascii_uppercase = ascii_lowercase.upper()
ascii_letters = ascii_lowercase + ascii_uppercase
digits = "0123456789"
hexdigits = digits + "abcdef" + "ABCDEF"
octdigits = "01234567"
punctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"
printable = digits + ascii_letters + punctuation + whitespace


def capwords(s, sep=None):
    """The words of s, each with a capital first and small letters behind it; sep cuts and joins them, without it white space and one blank."""
    return (sep or " ").join(map(str.capitalize, s.split(sep)))


class _Pattern:
    """Template.pattern: compiled when it is first needed."""

    def __get__(self, instance, cls):
        cls.pattern = pattern = _compiled(cls)
        return pattern


def _compiled(cls):
    """The pattern of a template class; of its own making or from its delimiter and identifiers."""
    import re
    pattern = cls.__dict__.get("pattern", "")
    if not isinstance(pattern, _Pattern) and "pattern" in cls.__dict__:
        return re.compile(pattern, cls.flags | re.VERBOSE)
    delimiter = re.escape(cls.delimiter)
    named, braced = cls.idpattern, cls.braceidpattern or cls.idpattern
    alternatives = f"(?P<escaped>{delimiter})", f"(?P<named>{named})", f"{{(?P<braced>{braced})}}", "(?P<invalid>)"
    return re.compile(f"{delimiter}(?:{'|'.join(alternatives)})", cls.flags | re.VERBOSE)


class _Flags:
    """Template.flags: re.IGNORECASE, without importing re for it."""

    def __get__(self, instance, cls):
        import re
        Template.flags = re.IGNORECASE
        return re.IGNORECASE


_NOT_GIVEN = {}


class Template:
    """A text in which $name and ${name} stand for values, and $$ for a dollar sign."""

    delimiter = "$"
    idpattern = r"(?a:[_a-z][_a-z0-9]*)"
    braceidpattern = None
    flags = _Flags()
    pattern = _Pattern()

    def __init_subclass__(cls):
        super().__init_subclass__()
        if not isinstance(cls.__dict__.get("pattern"), _Pattern):
            cls.pattern = _compiled(cls)

    def __init__(self, template):
        self.template = template

    def _invalid(self, mo):
        i = mo.start("invalid")
        lines = self.template[:i].splitlines(keepends=True)
        if lines:
            column, line = i - len("".join(lines[:-1])), len(lines)
        else:
            column = line = 1
        raise ValueError("Invalid placeholder in string: line %d, col %d" % (line, column))

    @staticmethod
    def _kind(mo):
        """('name', the name), ('escaped', None) or ('invalid', None)."""
        name = mo.group("named") or mo.group("braced")
        if name is not None:
            return "name", name
        for kind in ("escaped", "invalid"):
            if mo.group(kind) is not None:
                return kind, None
        return None, None

    def _unrecognized(self):
        return ValueError("Unrecognized named group in pattern", self.pattern)

    def substitute(self, mapping=_NOT_GIVEN, /, **kws):
        """The text with the values in place; KeyError where one is absent, ValueError for a lone dollar sign."""
        values = _values(mapping, kws)

        def convert(mo):
            kind, name = self._kind(mo)
            if kind == "name":
                return str(values[name])
            if kind == "escaped":
                return self.delimiter
            if kind == "invalid":
                self._invalid(mo)
            raise self._unrecognized()
        return self.pattern.sub(convert, self.template)

    def safe_substitute(self, mapping=_NOT_GIVEN, /, **kws):
        """The text with the values that there are in place; what has none stays as it is."""
        values = _values(mapping, kws)

        def convert(mo):
            kind, name = self._kind(mo)
            if kind == "name":
                try:
                    return str(values[name])
                except KeyError:
                    return mo.group()
            if kind == "escaped":
                return self.delimiter
            if kind == "invalid":
                return mo.group()
            raise self._unrecognized()
        return self.pattern.sub(convert, self.template)

    def is_valid(self):
        """Is there no lone dollar sign?"""
        for mo in self.pattern.finditer(self.template):
            kind, _ = self._kind(mo)
            if kind == "invalid":
                return False
            if kind is None:
                raise self._unrecognized()
        return True

    def get_identifiers(self):
        """The names in the order in which they first occur."""
        names = {}
        for mo in self.pattern.finditer(self.template):
            kind, name = self._kind(mo)
            if kind == "name":
                names[name] = None
            elif kind is None:
                raise self._unrecognized()
        return list(names)


def _values(mapping, kws):
    if mapping is _NOT_GIVEN:
        return kws
    if not kws:
        return mapping
    from collections import ChainMap
    return ChainMap(kws, mapping)


class Formatter:
    """What str.format() does, in methods that a subclass can replace."""

    def format(self, format_string, /, *args, **kwargs):
        return self.vformat(format_string, args, kwargs)

    def vformat(self, format_string, args, kwargs):
        used = set()
        result, _ = self._vformat(format_string, args, kwargs, used, 2)
        self.check_unused_args(used, args, kwargs)
        return result

    def _vformat(self, format_string, args, kwargs, used_args, recursion_depth, auto_arg_index=0):
        """(the text, the number of the next field without a name)."""
        if recursion_depth < 0:
            raise ValueError("Max string recursion exceeded")
        result = []
        for literal, name, spec, conversion in self.parse(format_string):
            if literal:
                result.append(literal)
            if name is None:
                continue
            from _string import formatter_field_name_split
            first, _ = formatter_field_name_split(name)
            if first == "":
                if auto_arg_index is False:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                name = str(auto_arg_index) + name
                auto_arg_index += 1
            elif isinstance(first, int):
                if auto_arg_index:
                    raise ValueError("cannot switch from manual field specification to automatic field numbering")
                auto_arg_index = False  # from here on, every field has to have a number
            obj, used = self.get_field(name, args, kwargs)
            used_args.add(used)
            obj = self.convert_field(obj, conversion)
            spec, auto_arg_index = self._vformat(spec, args, kwargs, used_args, recursion_depth - 1, auto_arg_index=auto_arg_index)
            result.append(self.format_field(obj, spec))
        return "".join(result), auto_arg_index

    def get_value(self, key, args, kwargs):
        return args[key] if isinstance(key, int) else kwargs[key]

    def check_unused_args(self, used_args, args, kwargs):
        pass

    def format_field(self, value, format_spec):
        return format(value, format_spec)

    def convert_field(self, value, conversion):
        if conversion is None:
            return value
        if conversion == "s":
            return str(value)
        if conversion == "r":
            return repr(value)
        if conversion == "a":
            return ascii(value)
        raise ValueError("Unknown conversion specifier {0!s}".format(conversion))

    def parse(self, format_string):
        """An iterator over (literal text, field name, format spec, conversion); the last three are None behind the last field."""
        from _string import formatter_parser
        return formatter_parser(format_string)

    def get_field(self, field_name, args, kwargs):
        """(the object that a name such as '0.x[y]' stands for, the argument's number or name)."""
        from _string import formatter_field_name_split
        first, rest = formatter_field_name_split(field_name)
        obj = self.get_value(first, args, kwargs)
        for is_attr, key in rest:
            obj = getattr(obj, key) if is_attr else obj[key]
        return obj, first
