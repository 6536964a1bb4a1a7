"""What a policy is, and the one that behaves as the package always did (compat32)."""

import abc

from email._parameter import has_surrogates

__all__ = ["Policy", "Compat32", "compat32"]


class Policy(metaclass=abc.ABCMeta):
    """What parsers and generators do. Attributes cannot be set: clone() makes another policy, policy + policy joins two.

    max_line_length: of headers; linesep: at the ends of lines; cte_type: '8bit' or '7bit' bodies; raise_on_defect: raise what is wrong
    with a message; mangle_from_: write > before 'From ' in bodies; message_factory: makes messages; verify_generated_headers: raise
    HeaderWriteError rather than write a header that would be read as several.
    """

    raise_on_defect = False
    linesep = "\n"
    cte_type = "8bit"
    max_line_length = 78
    mangle_from_ = False
    message_factory = None
    verify_generated_headers = True

    def __init__(self, **kw):
        for name, value in kw.items():
            if not hasattr(self, name):
                raise TypeError(f"{name!r} is an invalid keyword argument for {type(self).__name__}")
            super().__setattr__(name, value)

    def __repr__(self):
        return f"{type(self).__name__}({', '.join(f'{name}={value!r}' for name, value in vars(self).items())})"

    def __setattr__(self, name, value):
        what = "attribute {!r} is read-only" if hasattr(self, name) else "has no attribute {!r}"
        raise AttributeError(f"{type(self).__name__!r} object {what.format(name)}")

    def clone(self, **kw):
        """A policy like this one, with other attributes."""
        new = type(self).__new__(type(self))
        for name, value in vars(self).items():
            object.__setattr__(new, name, value)
        for name, value in kw.items():
            if not hasattr(self, name):
                raise TypeError(f"{name!r} is an invalid keyword argument for {type(self).__name__}")
            object.__setattr__(new, name, value)
        return new

    def __add__(self, other):
        return self.clone(**vars(other))

    def handle_defect(self, obj, defect):
        """Something is wrong with obj: raise the defect, or register it."""
        if self.raise_on_defect:
            raise defect
        self.register_defect(obj, defect)

    def register_defect(self, obj, defect):
        """Add a defect to obj.defects."""
        obj.defects.append(defect)

    def header_max_count(self, name):
        """How many headers of this name a message may have, or None."""
        return None

    @abc.abstractmethod
    def header_source_parse(self, sourcelines):
        """(name, value) to be stored, for a header's lines as they were parsed."""
        raise NotImplementedError("header_source_parse()")

    @abc.abstractmethod
    def header_store_parse(self, name, value):
        """(name, value) to be stored, for a header that a program sets."""
        raise NotImplementedError("header_store_parse()")

    @abc.abstractmethod
    def header_fetch_parse(self, name, value):
        """The value that a program sees, for a stored one."""
        raise NotImplementedError("header_fetch_parse()")

    @abc.abstractmethod
    def fold(self, name, value):
        """A header's lines, in one str that ends with linesep."""
        raise NotImplementedError("fold()")

    @abc.abstractmethod
    def fold_binary(self, name, value):
        """A header's lines as bytes."""
        raise NotImplementedError("fold_binary()")


def split_source(sourcelines):
    """(name, value) of a header's lines."""
    name, _, first = sourcelines[0].partition(":")
    return name, "".join([first, *sourcelines[1:]]).lstrip(" \t\r\n").rstrip("\r\n")


class Compat32(Policy):
    """Headers are str, or Header if they hold bytes that could not be decoded."""

    mangle_from_ = True

    def header_source_parse(self, sourcelines):
        """The value as it stands, with its line ends inside."""
        return split_source(sourcelines)

    def header_store_parse(self, name, value):
        """The value as it is."""
        return name, value

    def _header(self, name, value):
        from email.charset import UNKNOWN8BIT
        from email.header import Header
        return Header(value, charset=UNKNOWN8BIT, header_name=name)

    def header_fetch_parse(self, name, value):
        """The value, as a Header if it holds bytes that could not be decoded."""
        return self._header(name, value) if isinstance(value, str) and has_surrogates(value) else value

    def fold(self, name, value):
        """Folded at white space; bytes that could not be decoded become words of charset unknown-8bit."""
        return self._fold(name, value, True)

    def fold_binary(self, name, value):
        """As fold(); with cte_type 8bit, bytes stay bytes, and such headers are not folded."""
        return self._fold(name, value, self.cte_type == "7bit").encode("ascii", "surrogateescape")

    def _fold(self, name, value, clean):
        if isinstance(value, str):
            if not has_surrogates(value):
                from email.header import Header
                value = Header(value, header_name=name)
            elif clean:
                value = self._header(name, value)
        if not isinstance(value, str):
            value = value.encode(linesep=self.linesep, maxlinelen=self.max_line_length or 0)
        return f"{name}: {value}{self.linesep}"


compat32 = Compat32()
