"""Options of the command line, the older way: OptionParser with its options. argparse does more.

How help is laid out is in _optparse_help."""

import os
import sys
from gettext import gettext as _, ngettext
from _optparse_help import HelpFormatter, IndentedHelpFormatter, TitledHelpFormatter

__all__ = ["Option", "make_option", "SUPPRESS_HELP", "SUPPRESS_USAGE", "Values", "OptionContainer", "OptionGroup", "OptionParser",
           "HelpFormatter", "IndentedHelpFormatter", "TitledHelpFormatter", "OptParseError", "OptionError", "OptionConflictError",
           "OptionValueError", "BadOptionError", "check_choice"]

NO_DEFAULT = ("NO", "DEFAULT")
SUPPRESS_HELP = "SUPPRESSHELP"
SUPPRESS_USAGE = "SUPPRESSUSAGE"


# ---- Errors ----

class OptParseError(Exception):
    def __init__(self, msg):
        self.msg = msg

    def __str__(self):
        return self.msg


class OptionError(OptParseError):
    """An option is made with arguments that are wrong or contradict each other."""

    def __init__(self, msg, option):
        OptParseError.__init__(self, msg)
        self.option_id = str(option)

    def __str__(self):
        return f"option {self.option_id}: {self.msg}" if self.option_id else self.msg


class OptionConflictError(OptionError):
    """An option is added of which there is one already."""


class OptionValueError(OptParseError):
    """What the command line says is no value of the option."""


class BadOptionError(OptParseError):
    """There is no such option."""

    def __init__(self, opt_str):
        self.opt_str = opt_str

    def __str__(self):
        return _("no such option: %s") % self.opt_str


class AmbiguousOptionError(BadOptionError):
    """Several options begin like that."""

    def __init__(self, opt_str, possibilities):
        BadOptionError.__init__(self, opt_str)
        self.possibilities = possibilities

    def __str__(self):
        return _("ambiguous option: %s (%s?)") % (self.opt_str, ", ".join(self.possibilities))


# ---- Values ----

def _parse_num(val, type):
    """A number as C writes it: 0x10, 010 and 0b11 as well."""
    for prefix, base in (("0x", 16), ("0b", 2), ("0", 8)):
        if val[:len(prefix)].lower() == prefix:
            return type(val[2:] or "0" if base == 2 else val, base)
    return type(val, 10)


def _parse_int(val):
    return _parse_num(val, int)


_builtin_cvt = {"int": (_parse_int, _("integer")), "long": (_parse_int, _("integer")), "float": (float, _("floating-point")),
                "complex": (complex, _("complex"))}


def check_builtin(option, opt, value):
    """The number that a text is; OptionValueError."""
    convert, what = _builtin_cvt[option.type]
    try:
        return convert(value)
    except ValueError:
        raise OptionValueError(_("option %s: invalid %s value: %r") % (opt, what, value)) from None


def check_choice(option, opt, value):
    """The text itself, if it is one of option.choices; OptionValueError."""
    if value in option.choices:
        return value
    choices = ", ".join(map(repr, option.choices))
    raise OptionValueError(_("option %s: invalid choice: %r (choose from %s)") % (opt, value, choices))


class Values:
    """What the options have set: attributes."""

    def __init__(self, defaults=None):
        if defaults:
            vars(self).update(defaults)

    def __str__(self):
        return str(vars(self))

    def __repr__(self):
        return f"<{type(self).__name__} at 0x{id(self):x}: {self}>"

    def __eq__(self, other):
        if isinstance(other, (Values, dict)):
            return vars(self) == (vars(other) if isinstance(other, Values) else other)
        return NotImplemented

    def _update(self, dict, mode):
        if mode == "careful":  # what there is already, unless it is None there
            dict = {name: dict[name] for name in vars(self) if dict.get(name) is not None}
        elif mode != "loose":
            raise ValueError(f"invalid update mode: {mode!r}")
        vars(self).update(dict)

    def read_module(self, modname, mode="careful"):
        """Take the values of a module's variables."""
        from importlib import import_module
        self._update(vars(import_module(modname)), mode)

    def read_file(self, filename, mode="careful"):
        """Take the values of the variables of a Python program."""
        found = {}
        with open(filename) as file:
            exec(file.read(), found)
        self._update(found, mode)

    def ensure_value(self, attr, value):
        """The attribute, which becomes value where there is none or None."""
        if getattr(self, attr, None) is None:
            setattr(self, attr, value)
        return getattr(self, attr)


# ---- Options ----

class Option:
    """An option: Option("-f", "--file", action=..., type=..., dest=..., ...)."""

    ATTRS = ["action", "type", "dest", "default", "nargs", "const", "choices", "callback", "callback_args", "callback_kwargs", "help", "metavar"]
    ACTIONS = ("store", "store_const", "store_true", "store_false", "append", "append_const", "count", "callback", "help", "version")
    STORE_ACTIONS = ("store", "store_const", "store_true", "store_false", "append", "append_const", "count")
    TYPED_ACTIONS = ("store", "append", "callback")
    ALWAYS_TYPED_ACTIONS = ("store", "append")
    CONST_ACTIONS = ("store_const", "append_const")
    TYPES = ("string", "int", "long", "float", "complex", "choice")
    TYPE_CHECKER = {"int": check_builtin, "long": check_builtin, "float": check_builtin, "complex": check_builtin, "choice": check_choice}

    def __init__(self, *opts, **attrs):
        self._short_opts, self._long_opts = [], []
        opts = self._check_opt_strings(opts)
        self._set_opt_strings(opts)
        self._set_attrs(attrs)
        for check in self.CHECK_METHODS:
            check(self)

    def _check_opt_strings(self, opts):
        opts = [opt for opt in opts if opt]
        if not opts:
            raise TypeError("at least one option string must be supplied")
        return opts

    def _set_opt_strings(self, opts):
        for opt in opts:
            if len(opt) < 2:
                raise OptionError(f"invalid option string {opt!r}: must be at least two characters long", self)
            if len(opt) == 2:
                if opt[0] != "-" or opt[1] == "-":
                    raise OptionError(f"invalid short option string {opt!r}: must be of the form -x, (x any non-dash char)", self)
                self._short_opts.append(opt)
            else:
                if not opt.startswith("--") or opt[2] == "-":
                    raise OptionError(f"invalid long option string {opt!r}: must start with --, followed by non-dash", self)
                self._long_opts.append(opt)

    def _set_attrs(self, attrs):
        unknown = sorted(set(attrs) - set(self.ATTRS))
        if unknown:
            raise OptionError("invalid keyword arguments: " + ", ".join(unknown), self)
        for name in self.ATTRS:
            setattr(self, name, attrs.get(name, NO_DEFAULT if name == "default" else None))

    # Each of these looks at one thing that can be wrong, in this order (CHECK_METHODS).

    def _check_action(self):
        if self.action is None:
            self.action = "store"
        elif self.action not in self.ACTIONS:
            raise OptionError(f"invalid action: {self.action!r}", self)

    def _check_type(self):
        if self.type is None:
            if self.action in self.ALWAYS_TYPED_ACTIONS:
                self.type = "string" if self.choices is None else "choice"
            return
        name = self.type.__name__ if isinstance(self.type, type) else self.type
        self.type = "string" if name == "str" else name
        if self.type not in self.TYPES:
            raise OptionError(f"invalid option type: {self.type!r}", self)
        if self.action not in self.TYPED_ACTIONS:
            raise OptionError(f"must not supply a type for action {self.action!r}", self)

    def _check_choice(self):
        if self.type != "choice":
            if self.choices is not None:
                raise OptionError(f"must not supply choices for type {self.type!r}", self)
        elif self.choices is None:
            raise OptionError("must supply a list of choices for type 'choice'", self)
        elif not isinstance(self.choices, (tuple, list)):
            raise OptionError(f"choices must be a list of strings ({type(self.choices).__name__!r} supplied)", self)

    def _check_dest(self):
        needs = self.action in self.STORE_ACTIONS or self.type is not None
        if self.dest is None and needs:
            self.dest = self._long_opts[0][2:].replace("-", "_") if self._long_opts else self._short_opts[0][1]

    def _check_const(self):
        if self.const is not None and self.action not in self.CONST_ACTIONS:
            raise OptionError(f"'const' must not be supplied for action {self.action!r}", self)

    def _check_nargs(self):
        if self.action in self.TYPED_ACTIONS:
            if self.nargs is None:
                self.nargs = 1
        elif self.nargs is not None:
            raise OptionError(f"'nargs' must not be supplied for action {self.action!r}", self)

    def _check_callback(self):
        if self.action != "callback":
            if self.callback is not None:
                raise OptionError(f"callback supplied ({self.callback!r}) for non-callback option", self)
            for name in ("callback_args", "callback_kwargs"):
                if getattr(self, name) is not None:
                    raise OptionError(f"{name} supplied for non-callback option", self)
            return
        if not callable(self.callback):
            raise OptionError(f"callback not callable: {self.callback!r}", self)
        for name, kind in (("callback_args", tuple), ("callback_kwargs", dict)):
            value = getattr(self, name)
            if value is not None and not isinstance(value, kind):
                raise OptionError(f"{name}, if supplied, must be a {kind.__name__}: not {value!r}", self)

    CHECK_METHODS = [_check_action, _check_type, _check_choice, _check_dest, _check_const, _check_nargs, _check_callback]

    def __str__(self):
        return "/".join(self._short_opts + self._long_opts)

    def __repr__(self):
        return f"<{type(self).__name__} at 0x{id(self):x}: {self}>"

    def takes_value(self):
        """Does an argument follow it?"""
        return self.type is not None

    def get_opt_string(self):
        """Its first long name, or else its first short one."""
        return (self._long_opts or self._short_opts)[0]

    def check_value(self, opt, value):
        """The text as a value of the option's type."""
        checker = self.TYPE_CHECKER.get(self.type)
        return value if checker is None else checker(self, opt, value)

    def convert_value(self, opt, value):
        """The argument, or the tuple of arguments, as values of the option's type."""
        if value is None:
            return None
        return self.check_value(opt, value) if self.nargs == 1 else tuple([self.check_value(opt, v) for v in value])

    def process(self, opt, value, values, parser):
        """Do what the option is for, with the text that follows it."""
        return self.take_action(self.action, self.dest, opt, self.convert_value(opt, value), values, parser)

    def take_action(self, action, dest, opt, value, values, parser):
        """Do what the option is for, with its value."""
        match action:
            case "store":
                setattr(values, dest, value)
            case "store_const":
                setattr(values, dest, self.const)
            case "store_true" | "store_false":
                setattr(values, dest, action == "store_true")
            case "append" | "append_const":
                values.ensure_value(dest, []).append(value if action == "append" else self.const)
            case "count":
                setattr(values, dest, values.ensure_value(dest, 0) + 1)
            case "callback":
                self.callback(self, opt, value, parser, *(self.callback_args or ()), **(self.callback_kwargs or {}))
            case "help":
                parser.print_help()
                parser.exit()
            case "version":
                parser.print_version()
                parser.exit()
            case _:
                raise ValueError(f"unknown action {self.action!r}")
        return 1


make_option = Option


# ---- Parsers and groups ----

class OptionContainer:
    """What options are added to."""

    def __init__(self, option_class, conflict_handler, description):
        self._create_option_list()
        self.option_class = option_class
        self.set_conflict_handler(conflict_handler)
        self.set_description(description)

    def _create_option_mappings(self):
        self._short_opt, self._long_opt, self.defaults = {}, {}, {}

    def _share_option_mappings(self, parser):
        self._short_opt, self._long_opt, self.defaults = parser._short_opt, parser._long_opt, parser.defaults

    def set_conflict_handler(self, handler):
        """What happens where an option is added twice: "error", or "resolve", the later one counts."""
        if handler not in ("error", "resolve"):
            raise ValueError(f"invalid conflict_resolution value {handler!r}")
        self.conflict_handler = handler

    def set_description(self, description):
        self.description = description

    def get_description(self):
        return self.description

    def destroy(self):
        """Let go of the options."""
        del self._short_opt, self._long_opt, self.defaults

    def _maps(self, option):
        return [(opt, option._short_opts, self._short_opt) for opt in option._short_opts] + \
               [(opt, option._long_opts, self._long_opt) for opt in option._long_opts]

    def _check_conflict(self, option):
        taken = [(opt, known[opt]) for opt, _names, known in self._maps(option) if opt in known]
        if not taken:
            return
        if self.conflict_handler == "error":
            raise OptionConflictError("conflicting option string(s): " + ", ".join(opt for opt, _other in taken), option)
        for opt, other in taken:
            for name, names, known in self._maps(other):
                if name == opt:
                    names.remove(opt)
                    del known[opt]
            if not other._short_opts and not other._long_opts:
                other.container.option_list.remove(other)

    def add_option(self, *args, **kwargs):
        """Add an Option, or one that is made of the arguments; returns it."""
        if args and isinstance(args[0], str):
            option = self.option_class(*args, **kwargs)
        elif len(args) == 1 and not kwargs:
            option = args[0]
            if not isinstance(option, Option):
                raise TypeError(f"not an Option instance: {option!r}")
        else:
            raise TypeError("invalid arguments")
        self._check_conflict(option)
        self.option_list.append(option)
        option.container = self
        for opt, _names, known in self._maps(option):
            known[opt] = option
        if option.dest is not None:
            if option.default is not NO_DEFAULT:
                self.defaults[option.dest] = option.default
            else:
                self.defaults.setdefault(option.dest, None)
        return option

    def add_options(self, option_list):
        """Add several."""
        for option in option_list:
            self.add_option(option)

    def get_option(self, opt_str):
        """The option of that name, or None."""
        return self._short_opt.get(opt_str) or self._long_opt.get(opt_str)

    def has_option(self, opt_str):
        """Is there an option of that name?"""
        return opt_str in self._short_opt or opt_str in self._long_opt

    def remove_option(self, opt_str):
        """Take an option out, under all its names."""
        option = self.get_option(opt_str)
        if option is None:
            raise ValueError(f"no such option {opt_str!r}")
        for opt, _names, known in self._maps(option):
            del known[opt]
        option.container.option_list.remove(option)

    def format_option_help(self, formatter):
        return "".join([formatter.format_option(option) for option in self.option_list if option.help is not SUPPRESS_HELP])

    def format_description(self, formatter):
        return formatter.format_description(self.get_description())

    def format_help(self, formatter):
        parts = [self.format_description(formatter)] if self.description else []
        return "\n".join(parts + [self.format_option_help(formatter)])


class OptionGroup(OptionContainer):
    """Options of a parser that stand together in its help."""

    def __init__(self, parser, title, description=None):
        self.parser = parser
        OptionContainer.__init__(self, parser.option_class, parser.conflict_handler, description)
        self.title = title

    def _create_option_list(self):
        self.option_list = []
        self._share_option_mappings(self.parser)

    def set_title(self, title):
        self.title = title

    def destroy(self):
        """Let go of the options."""
        OptionContainer.destroy(self)
        del self.option_list

    def format_help(self, formatter):
        heading = formatter.format_heading(self.title)
        formatter.indent()
        text = OptionContainer.format_help(self, formatter)
        formatter.dedent()
        return heading + text


def _match_abbrev(s, wordmap):
    """The one word that begins with s, or is s; AmbiguousOptionError, BadOptionError."""
    if s in wordmap:
        return s
    found = sorted(word for word in wordmap if word.startswith(s))
    if len(found) == 1:
        return found[0]
    raise AmbiguousOptionError(s, found) if found else BadOptionError(s)


class OptionParser(OptionContainer):
    """Reads a command line: parse_args() gives (values, arguments)."""

    standard_option_list = []

    def __init__(self, usage=None, option_list=None, option_class=Option, version=None, conflict_handler="error", description=None,
                 formatter=None, add_help_option=True, prog=None, epilog=None):
        OptionContainer.__init__(self, option_class, conflict_handler, description)
        self.set_usage(usage)
        self.prog, self.version, self.epilog = prog, version, epilog
        self.allow_interspersed_args = True
        self.process_default_values = True
        self.formatter = IndentedHelpFormatter() if formatter is None else formatter
        self.formatter.set_parser(self)
        self._populate_option_list(option_list, add_help_option)
        self._init_parsing_state()

    def destroy(self):
        """Let go of the options and groups."""
        OptionContainer.destroy(self)
        for group in self.option_groups:
            group.destroy()
        del self.option_list, self.option_groups, self.formatter

    def _create_option_list(self):
        self.option_list, self.option_groups = [], []
        self._create_option_mappings()

    def _add_help_option(self):
        self.add_option("-h", "--help", action="help", help=_("show this help message and exit"))

    def _add_version_option(self):
        self.add_option("--version", action="version", help=_("show program's version number and exit"))

    def _populate_option_list(self, option_list, add_help=True):
        self.add_options([*self.standard_option_list, *(option_list or ())])
        if self.version:
            self._add_version_option()
        if add_help:
            self._add_help_option()

    def _init_parsing_state(self):
        self.rargs = self.largs = self.values = None

    # ---- Settings ----

    def set_usage(self, usage):
        if usage is None:
            self.usage = _("%prog [options]")
        elif usage is SUPPRESS_USAGE:
            self.usage = None
        elif usage.lower().startswith("usage: "):
            self.usage = usage[len("usage: "):]
        else:
            self.usage = usage

    def enable_interspersed_args(self):
        """Options may stand behind arguments: so it is in the beginning."""
        self.allow_interspersed_args = True

    def disable_interspersed_args(self):
        """With the first argument, options end."""
        self.allow_interspersed_args = False

    def set_process_default_values(self, process):
        self.process_default_values = process

    def set_default(self, dest, value):
        self.defaults[dest] = value

    def set_defaults(self, **kwargs):
        self.defaults.update(kwargs)

    def _get_all_options(self):
        return [*self.option_list, *(option for group in self.option_groups for option in group.option_list)]

    def get_default_values(self):
        """Values as they are before the command line is read; texts are converted."""
        if not self.process_default_values:
            return Values(self.defaults)
        defaults = self.defaults.copy()
        for option in self._get_all_options():
            value = defaults.get(option.dest)
            if isinstance(value, str):
                defaults[option.dest] = option.check_value(option.get_opt_string(), value)
        return Values(defaults)

    def add_option_group(self, *args, **kwargs):
        """Add an OptionGroup, or one that is made of the arguments; returns it."""
        if args and isinstance(args[0], str):
            group = OptionGroup(self, *args, **kwargs)
        elif len(args) == 1 and not kwargs:
            group = args[0]
            if not isinstance(group, OptionGroup):
                raise TypeError(f"not an OptionGroup instance: {group!r}")
            if group.parser is not self:
                raise ValueError("invalid OptionGroup (wrong parser)")
        else:
            raise TypeError("invalid arguments")
        self.option_groups.append(group)
        return group

    def get_option_group(self, opt_str):
        """The group of an option; None: it has none, or there is no such option."""
        option = self.get_option(opt_str)
        return option.container if option and option.container is not self else None

    # ---- Reading ----

    def _get_args(self, args):
        return list(sys.argv[1:] if args is None else args)

    def parse_args(self, args=None, values=None):
        """(values, arguments) of a command line, by default sys.argv[1:]."""
        rest = self._get_args(args)
        if values is None:
            values = self.get_default_values()
        self.rargs, self.largs, self.values = rest, [], values
        largs = self.largs
        try:
            self._process_args(largs, rest, values)
        except (BadOptionError, OptionValueError) as e:
            self.error(str(e))
        return self.check_values(values, largs + rest)

    def check_values(self, values, args):
        """For subclasses: look at what was read."""
        return values, args

    def _process_args(self, largs, rargs, values):
        while rargs:
            arg = rargs[0]
            if arg == "--":
                del rargs[0]
                return
            if arg[:2] == "--":
                self._process_long_opt(rargs, values)
            elif arg[:1] == "-" and len(arg) > 1:
                self._process_short_opts(rargs, values)
            elif self.allow_interspersed_args:
                largs.append(rargs.pop(0))
            else:
                return

    def _match_long_opt(self, opt):
        return _match_abbrev(opt, self._long_opt)

    def _take_values(self, opt, option, rargs):
        """What follows an option that takes arguments: a text, or a tuple of them."""
        count = option.nargs
        if len(rargs) < count:
            self.error(ngettext("%(option)s option requires %(number)d argument", "%(option)s option requires %(number)d arguments", count)
                       % {"option": opt, "number": count})
        taken = rargs[:count]
        del rargs[:count]
        return taken[0] if count == 1 else tuple(taken)

    def _process_long_opt(self, rargs, values):
        opt, equals, joined = rargs.pop(0).partition("=")
        if equals:
            rargs.insert(0, joined)
        opt = self._match_long_opt(opt)
        option = self._long_opt[opt]
        value = None
        if option.takes_value():
            value = self._take_values(opt, option, rargs)
        elif equals:
            self.error(_("%s option does not take a value") % opt)
        option.process(opt, value, values, self)

    def _process_short_opts(self, rargs, values):
        arg = rargs.pop(0)
        for place, letter in enumerate(arg[1:], 2):
            opt = "-" + letter
            option = self._short_opt.get(opt)
            if not option:
                raise BadOptionError(opt)
            if not option.takes_value():
                option.process(opt, None, values, self)
                continue
            if place < len(arg):
                rargs.insert(0, arg[place:])
            option.process(opt, self._take_values(opt, option, rargs), values, self)
            break

    # ---- Telling ----

    def get_prog_name(self):
        return os.path.basename(sys.argv[0]) if self.prog is None else self.prog

    def expand_prog_name(self, s):
        return s.replace("%prog", self.get_prog_name())

    def get_description(self):
        return self.expand_prog_name(self.description)

    def exit(self, status=0, msg=None):
        """End the program, after a message to sys.stderr."""
        if msg:
            sys.stderr.write(msg)
        sys.exit(status)

    def error(self, msg):
        """End the program with status 2, after the usage and a message. Subclasses may raise an exception instead."""
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.get_prog_name()}: error: {msg}\n")

    def get_usage(self):
        return self.formatter.format_usage(self.expand_prog_name(self.usage)) if self.usage else ""

    def print_usage(self, file=None):
        if self.usage:
            print(self.get_usage(), file=file)

    def get_version(self):
        return self.expand_prog_name(self.version) if self.version else ""

    def print_version(self, file=None):
        if self.version:
            print(self.get_version(), file=file)

    def format_option_help(self, formatter=None):
        formatter = formatter or self.formatter
        formatter.store_option_strings(self)
        parts = [formatter.format_heading(_("Options"))]
        formatter.indent()
        if self.option_list:
            parts += [OptionContainer.format_option_help(self, formatter), "\n"]
        for group in self.option_groups:
            parts += [group.format_help(formatter), "\n"]
        formatter.dedent()
        return "".join(parts[:-1])

    def format_epilog(self, formatter):
        return formatter.format_epilog(self.epilog)

    def format_help(self, formatter=None):
        formatter = formatter or self.formatter
        parts = [self.get_usage() + "\n"] if self.usage else []
        if self.description:
            parts.append(self.format_description(formatter) + "\n")
        return "".join(parts + [self.format_option_help(formatter), self.format_epilog(formatter)])

    def print_help(self, file=None):
        (sys.stdout if file is None else file).write(self.format_help())
