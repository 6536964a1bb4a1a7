"""What can be wrong with a configuration."""

MAX_INTERPOLATION_DEPTH = 10
__name__ = "configparser" # where its names belong


class Error(Exception):
    """What all errors here are; message is their text."""

    def __init__(self, msg=""):
        self.message = msg
        Exception.__init__(self, msg)

    def __repr__(self):
        return self.message

    __str__ = __repr__


class NoSectionError(Error):
    """There is no such section."""

    def __init__(self, section):
        Error.__init__(self, "No section: %r" % (section,))
        self.section = section
        self.args = (section,)


def _place(source, lineno, what):
    where = "While reading from " + repr(source)
    if lineno is not None:
        where += " [line {:2d}]".format(lineno)
    return f"{where}: {what}"


class DuplicateSectionError(Error):
    """A section was there before."""

    def __init__(self, section, source=None, lineno=None):
        if source is not None:
            text = _place(source, lineno, "section " + repr(section) + " already exists")
        else:
            text = "Section " + repr(section) + " already exists"
        Error.__init__(self, text)
        self.section, self.source, self.lineno = section, source, lineno
        self.args = (section, source, lineno)


class DuplicateOptionError(Error):
    """An option was there before."""

    def __init__(self, section, option, source=None, lineno=None):
        text = repr(option) + " in section " + repr(section) + " already exists"
        if source is not None:
            text = _place(source, lineno, "option " + text)
        else:
            text = "Option " + text
        Error.__init__(self, text)
        self.section, self.option, self.source, self.lineno = section, option, source, lineno
        self.args = (section, option, source, lineno)


class NoOptionError(Error):
    """There is no such option."""

    def __init__(self, option, section):
        Error.__init__(self, "No option %r in section: %r" % (option, section))
        self.option, self.section = option, section
        self.args = (option, section)


class InterpolationError(Error):
    """A value cannot be put together."""

    def __init__(self, option, section, msg):
        Error.__init__(self, msg)
        self.option, self.section = option, section
        self.args = (option, section, msg)


class InterpolationMissingOptionError(InterpolationError):
    """A value names an option that is not there."""

    def __init__(self, option, section, rawval, reference):
        InterpolationError.__init__(self, option, section,
                                    "Bad value substitution: option {!r} in section {!r} contains an interpolation key {!r} which is not a "
                                    "valid option name. Raw value: {!r}".format(option, section, reference, rawval))
        self.reference = reference
        self.args = (option, section, rawval, reference)


class InterpolationSyntaxError(InterpolationError):
    """A value is not written as interpolation wants it."""


class InterpolationDepthError(InterpolationError):
    """Values name each other for ever."""

    def __init__(self, option, section, rawval):
        InterpolationError.__init__(self, option, section,
                                    "Recursion limit exceeded in value substitution: option {!r} in section {!r} contains an interpolation "
                                    "key which cannot be substituted in {} steps. Raw value: {!r}".format(option, section, MAX_INTERPOLATION_DEPTH, rawval))
        self.args = (option, section, rawval)


class ParsingError(Error):
    """A text is not in the format: errors are pairs of a line's number and its text."""

    def __init__(self, source, *args):
        super().__init__(f"Source contains parsing errors: {source!r}")
        self.source = source
        self.errors = []
        self.args = (source,)
        if args:
            self.append(*args)

    def append(self, lineno, line):
        """Add a line."""
        self.errors.append((lineno, line))
        self.message += "\n\t[line %2d]: %s" % (lineno, repr(line))

    def combine(self, others):
        """Add the lines of others."""
        for other in others:
            for error in other.errors:
                self.append(*error)
        return self

    @staticmethod
    def _raise_all(exceptions):
        exceptions = list(exceptions)
        if exceptions:
            raise exceptions[0].combine(exceptions[1:])


class MissingSectionHeaderError(ParsingError):
    """An option stands before the first section."""

    def __init__(self, filename, lineno, line):
        Error.__init__(self, "File contains no section headers.\nfile: %r, line: %d\n%r" % (filename, lineno, line))
        self.source, self.lineno, self.line = filename, lineno, line
        self.args = (filename, lineno, line)


class MultilineContinuationError(ParsingError):
    """A key without value goes on in the next line."""

    def __init__(self, filename, lineno, line):
        Error.__init__(self, "Key without value continued with an indented line.\nfile: %r, line: %d\n%r" % (filename, lineno, line))
        self.source, self.lineno, self.line = filename, lineno, line
        self.args = (filename, lineno, line)
