"""Command lines: ArgumentParser().add_argument() says what there may be, parse_args() gives the values, help and messages.

How help looks is in _argparse_help, what arguments do in _argparse_action."""

import os as _os
import re as _re
import sys as _sys
from gettext import gettext as _, ngettext

from _argparse_action import (Action, ArgumentError, ArgumentTypeError, BooleanOptionalAction, FileType, Namespace, _AppendAction,
                              _AppendConstAction, _AttributeHolder, _CountAction, _ExtendAction, _get_action_name, _HelpAction,
                              _StoreAction, _StoreConstAction, _StoreFalseAction, _StoreTrueAction, _SubParsersAction, _VersionAction,
                              _copy_items, _UNRECOGNIZED_ARGS_ATTR)
from _argparse_help import (ArgumentDefaultsHelpFormatter, HelpFormatter, MetavarTypeHelpFormatter, ONE_OR_MORE, OPTIONAL, PARSER,
                            RawDescriptionHelpFormatter, RawTextHelpFormatter, REMAINDER, SUPPRESS, ZERO_OR_MORE)
from _argparse_run import _Run

__all__ = ["ArgumentParser", "ArgumentError", "ArgumentTypeError", "BooleanOptionalAction", "FileType", "HelpFormatter",
           "ArgumentDefaultsHelpFormatter", "RawDescriptionHelpFormatter", "RawTextHelpFormatter", "MetavarTypeHelpFormatter", "Namespace",
           "Action", "ONE_OR_MORE", "OPTIONAL", "PARSER", "REMAINDER", "SUPPRESS", "ZERO_OR_MORE"]

_ACTIONS = {None: _StoreAction, "store": _StoreAction, "store_const": _StoreConstAction, "store_true": _StoreTrueAction,
            "store_false": _StoreFalseAction, "append": _AppendAction, "append_const": _AppendConstAction, "count": _CountAction,
            "help": _HelpAction, "version": _VersionAction, "parsers": _SubParsersAction, "extend": _ExtendAction}
_negative_number = _re.compile(r"^-\d+$|^-\d*\.\d+$")


class _ActionsContainer:
    """What arguments can be added to: a parser, or a group of its arguments."""

    def __init__(self, description, prefix_chars, argument_default, conflict_handler):
        self.description = description
        self.argument_default = argument_default
        self.prefix_chars = prefix_chars
        self.conflict_handler = conflict_handler
        self._registries = {}
        for name, action in _ACTIONS.items():
            self.register("action", name, action)
        self._get_handler()
        self._actions = []
        self._option_string_actions = {}
        self._action_groups = []
        self._mutually_exclusive_groups = []
        self._defaults = {}
        self._negative_number_matcher = _negative_number
        self._has_negative_number_optionals = []

    def register(self, registry_name, value, object):
        """Give an action or a type a name."""
        self._registries.setdefault(registry_name, {})[value] = object

    def _registry_get(self, registry_name, value, default=None):
        return self._registries[registry_name].get(value, default)

    def set_defaults(self, **kwargs):
        """Set attributes that are there without an argument."""
        self._defaults.update(kwargs)
        for action in self._actions:
            if action.dest in kwargs:
                action.default = kwargs[action.dest]

    def get_default(self, dest):
        """The default of an attribute."""
        own = [action.default for action in self._actions if action.dest == dest and action.default is not None]
        return own[0] if own else self._defaults.get(dest)

    def add_argument(self, *args, **kwargs):
        """Add an argument: a name, or names of an option; action, nargs, const, default, type, choices, required, help, metavar, dest."""
        chars = self.prefix_chars
        if not args or (len(args) == 1 and args[0][0] not in chars):
            if args and "dest" in kwargs:
                raise ValueError("dest supplied twice for positional argument")
            kwargs = self._get_positional_kwargs(*args, **kwargs)
        else:
            kwargs = self._get_optional_kwargs(*args, **kwargs)
        if "default" not in kwargs:
            if kwargs["dest"] in self._defaults:
                kwargs["default"] = self._defaults[kwargs["dest"]]
            elif self.argument_default is not None:
                kwargs["default"] = self.argument_default
        action_class = self._pop_action_class(kwargs)
        if not callable(action_class):
            raise ValueError('unknown action "%s"' % (action_class,))
        action = action_class(**kwargs)
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise ValueError("%r is not callable" % (convert,))
        if convert is FileType:
            raise ValueError("%r is a FileType class object, instance of it must be passed" % (convert,))
        if hasattr(self, "_get_formatter"): # a tuple of metavars must fit
            try:
                self._get_formatter()._format_args(action, None)
            except TypeError:
                raise ValueError("length of metavar tuple does not match nargs")
        return self._add_action(action)

    def add_argument_group(self, *args, **kwargs):
        """A group of arguments that help shows together: title, description."""
        group = _ArgumentGroup(self, *args, **kwargs)
        self._action_groups.append(group)
        return group

    def add_mutually_exclusive_group(self, **kwargs):
        """A group of which at most one, with required=True exactly one, may be given."""
        group = _MutuallyExclusiveGroup(self, **kwargs)
        self._mutually_exclusive_groups.append(group)
        return group

    def _add_action(self, action):
        self._check_conflict(action)
        self._actions.append(action)
        action.container = self
        for name in action.option_strings:
            self._option_string_actions[name] = action
            if self._negative_number_matcher.match(name) and not self._has_negative_number_optionals:
                self._has_negative_number_optionals.append(True)
        return action

    def _remove_action(self, action):
        self._actions.remove(action)

    def _add_container_actions(self, container):
        """Take over what another container has, in groups with the same titles."""
        titles = {}
        for group in self._action_groups:
            if group.title in titles:
                raise ValueError(_("cannot merge actions - two groups are named %r") % group.title)
            titles[group.title] = group
        homes = {}
        for group in container._action_groups:
            if group.title not in titles:
                titles[group.title] = self.add_argument_group(title=group.title, description=group.description,
                                                              conflict_handler=group.conflict_handler)
            for action in group._group_actions:
                homes[action] = titles[group.title]
        for group in container._mutually_exclusive_groups:
            home = self if group._container is container else titles[group._container.title]
            made = home.add_mutually_exclusive_group(required=group.required)
            for action in group._group_actions:
                homes[action] = made
        for action in container._actions:
            homes.get(action, self)._add_action(action)

    def _get_positional_kwargs(self, dest, **kwargs):
        if "required" in kwargs:
            raise TypeError(_("'required' is an invalid argument for positionals"))
        nargs = kwargs.get("nargs")
        if nargs == 0:
            raise ValueError("nargs for positionals must be != 0")
        if nargs not in (OPTIONAL, ZERO_OR_MORE) or (nargs == ZERO_OR_MORE and "default" not in kwargs):
            kwargs["required"] = True
        return dict(kwargs, dest=dest, option_strings=[])

    def _get_optional_kwargs(self, *args, **kwargs):
        for name in args:
            if name[0] not in self.prefix_chars:
                raise ValueError(_("invalid option string %(option)r: must start with a character %(prefix_chars)r")
                                 % {"option": name, "prefix_chars": self.prefix_chars})
        dest = kwargs.pop("dest", None)
        if dest is None:
            long_names = [name for name in args if len(name) > 1 and name[1] in self.prefix_chars]
            dest = (long_names or args)[0].lstrip(self.prefix_chars)
            if not dest:
                raise ValueError(_("dest= is required for options like %r") % args[0])
            dest = dest.replace("-", "_")
        return dict(kwargs, dest=dest, option_strings=list(args))

    def _pop_action_class(self, kwargs, default=None):
        action = kwargs.pop("action", default)
        return self._registry_get("action", action, action)

    def _get_handler(self):
        try:
            return getattr(self, f"_handle_conflict_{self.conflict_handler}")
        except AttributeError:
            raise ValueError(_("invalid conflict_resolution value: %r") % self.conflict_handler)

    def _check_conflict(self, action):
        known = self._option_string_actions
        conflicts = [(name, known[name]) for name in action.option_strings if name in known]
        if conflicts:
            self._get_handler()(action, conflicts)

    def _handle_conflict_error(self, action, conflicting_actions):
        names = ", ".join(name for name, _other in conflicting_actions)
        raise ArgumentError(action, ngettext("conflicting option string: %s", "conflicting option strings: %s",
                                             len(conflicting_actions)) % names)

    def _handle_conflict_resolve(self, action, conflicting_actions):
        for name, other in conflicting_actions:
            other.option_strings.remove(name)
            self._option_string_actions.pop(name, None)
            if not other.option_strings:
                other.container._remove_action(other)


class _ArgumentGroup(_ActionsContainer):
    def __init__(self, container, title=None, description=None, **kwargs):
        if "prefix_chars" in kwargs:
            import warnings
            warnings.warn("The use of the undocumented 'prefix_chars' parameter in ArgumentParser.add_argument_group() is deprecated.",
                          DeprecationWarning, stacklevel=3)
        for name in ("conflict_handler", "prefix_chars", "argument_default"):
            kwargs.setdefault(name, getattr(container, name))
        super().__init__(description=description, **kwargs)
        self.title = title
        self._group_actions = []
        for name in ("_registries", "_actions", "_option_string_actions", "_defaults", "_has_negative_number_optionals",
                     "_mutually_exclusive_groups"):
            setattr(self, name, getattr(container, name)) # one for all

    def _add_action(self, action):
        action = super()._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        super()._remove_action(action)
        self._group_actions.remove(action)

    def add_argument_group(self, *args, **kwargs):
        import warnings
        warnings.warn("Nesting argument groups is deprecated.", category=DeprecationWarning, stacklevel=2)
        return super().add_argument_group(*args, **kwargs)


class _MutuallyExclusiveGroup(_ArgumentGroup):
    def __init__(self, container, required=False):
        super().__init__(container)
        self.required = required
        self._container = container

    def _add_action(self, action):
        if action.required:
            raise ValueError(_("mutually exclusive arguments must be optional"))
        action = self._container._add_action(action)
        self._group_actions.append(action)
        return action

    def _remove_action(self, action):
        self._container._remove_action(action)
        self._group_actions.remove(action)

    def add_mutually_exclusive_group(self, **kwargs):
        import warnings
        warnings.warn("Nesting mutually exclusive groups is deprecated.", category=DeprecationWarning, stacklevel=2)
        return super().add_mutually_exclusive_group(**kwargs)


class ArgumentParser(_AttributeHolder, _ActionsContainer):
    """A command line's description."""

    def __init__(self, prog=None, usage=None, description=None, epilog=None, parents=[], formatter_class=HelpFormatter, prefix_chars="-",
                 fromfile_prefix_chars=None, argument_default=None, conflict_handler="error", add_help=True, allow_abbrev=True,
                 exit_on_error=True):
        """prog: the program's name; usage, description, epilog: texts of the help; parents: parsers whose arguments this one has too;
        fromfile_prefix_chars: what begins the name of a file with arguments; exit_on_error=False: ArgumentError instead of the end."""
        super().__init__(description=description, prefix_chars=prefix_chars, argument_default=argument_default,
                         conflict_handler=conflict_handler)
        self.prog = _os.path.basename(_sys.argv[0]) if prog is None else prog
        self.usage = usage
        self.epilog = epilog
        self.formatter_class = formatter_class
        self.fromfile_prefix_chars = fromfile_prefix_chars
        self.add_help = add_help
        self.allow_abbrev = allow_abbrev
        self.exit_on_error = exit_on_error
        self._positionals = self.add_argument_group(_("positional arguments"))
        self._optionals = self.add_argument_group(_("options"))
        self._subparsers = None

        def identity(string):
            return string

        self.register("type", None, identity)
        if self.add_help:
            char = "-" if "-" in prefix_chars else prefix_chars[0]
            self.add_argument(char + "h", char * 2 + "help", action="help", default=SUPPRESS, help=_("show this help message and exit"))
        for parent in parents:
            if not isinstance(parent, ArgumentParser):
                raise TypeError("parents must be a list of ArgumentParser")
            self._add_container_actions(parent)
            self._defaults.update(parent._defaults)

    def _get_kwargs(self):
        return [(name, getattr(self, name)) for name in ("prog", "usage", "description", "formatter_class", "conflict_handler", "add_help")]

    # ---- Adding ----

    def add_subparsers(self, **kwargs):
        """Commands: an object whose add_parser() makes the parser of each."""
        if self._subparsers is not None:
            raise ArgumentError(None, _("cannot have multiple subparser arguments"))
        kwargs.setdefault("parser_class", type(self))
        if "title" in kwargs or "description" in kwargs:
            self._subparsers = self.add_argument_group(kwargs.pop("title", _("subcommands")), kwargs.pop("description", None))
        else:
            self._subparsers = self._positionals
        if kwargs.get("prog") is None:
            formatter = self._get_formatter()
            formatter.add_usage(self.usage, self._get_positional_actions(), self._mutually_exclusive_groups, "")
            kwargs["prog"] = formatter.format_help().strip()
        parsers_class = self._pop_action_class(kwargs, "parsers")
        action = parsers_class(option_strings=[], **kwargs)
        self._subparsers._add_action(action)
        return action

    def _add_action(self, action):
        (self._optionals if action.option_strings else self._positionals)._add_action(action)
        return action

    def _get_optional_actions(self):
        return [action for action in self._actions if action.option_strings]

    def _get_positional_actions(self):
        return [action for action in self._actions if not action.option_strings]

    # ---- Parsing ----

    def parse_args(self, args=None, namespace=None):
        """The values of the arguments; without args those of the command."""
        args, rest = self.parse_known_args(args, namespace)
        self._refuse(rest)
        return args

    def _refuse(self, rest):
        if rest:
            message = _("unrecognized arguments: %s") % " ".join(rest)
            if self.exit_on_error:
                self.error(message)
            raise ArgumentError(None, message)

    def parse_known_args(self, args=None, namespace=None):
        """(the values of the arguments that are known, a list of the others)."""
        args = _sys.argv[1:] if args is None else list(args)
        if namespace is None:
            namespace = Namespace()
        for action in self._actions:
            if action.dest is not SUPPRESS and action.default is not SUPPRESS and not hasattr(namespace, action.dest):
                setattr(namespace, action.dest, action.default)
        for dest in self._defaults:
            if not hasattr(namespace, dest):
                setattr(namespace, dest, self._defaults[dest])
        if self.exit_on_error:
            try:
                namespace, rest = self._parse_known_args(args, namespace)
            except ArgumentError as e:
                self.error(str(e))
        else:
            namespace, rest = self._parse_known_args(args, namespace)
        if hasattr(namespace, _UNRECOGNIZED_ARGS_ATTR):
            rest.extend(getattr(namespace, _UNRECOGNIZED_ARGS_ATTR))
            delattr(namespace, _UNRECOGNIZED_ARGS_ATTR)
        return namespace, rest

    def parse_intermixed_args(self, args=None, namespace=None):
        """parse_args() for positionals with options between them."""
        args, rest = self.parse_known_intermixed_args(args, namespace)
        self._refuse(rest)
        return args

    def parse_known_intermixed_args(self, args=None, namespace=None):
        """parse_known_args() for positionals with options between them."""
        positionals = self._get_positional_actions()
        for action in positionals:
            if action.nargs in (PARSER, REMAINDER):
                raise TypeError("parse_intermixed_args: positional arg with nargs=%s" % action.nargs)
        groups = self._mutually_exclusive_groups
        if any(action in positionals for group in groups for action in group._group_actions):
            raise TypeError("parse_intermixed_args: positional in mutuallyExclusiveGroup")
        usage = self.usage
        try:
            if usage is None: # of messages: the positionals are hidden now
                self.usage = self.format_usage()[7:]
            namespace, rest = self._parse_without(positionals, args, namespace)
            needed = [each for each in (*self._get_optional_actions(), *groups) if each.required]
            for each in needed:
                each.required = False
            try:
                return self.parse_known_args(rest, namespace)
            finally:
                for each in needed:
                    each.required = True
        finally:
            self.usage = usage

    def _parse_without(self, positionals, args, namespace):
        """parse_known_args() for the options alone."""
        before = [(action, action.nargs, action.default) for action in positionals]
        try:
            for action in positionals:
                action.nargs = action.default = SUPPRESS
            namespace, rest = self.parse_known_args(args, namespace)
            for action in positionals:
                if getattr(namespace, action.dest, None) == []:
                    import warnings
                    warnings.warn("Do not expect %s in %s" % (action.dest, namespace))
                    delattr(namespace, action.dest)
        finally:
            for action, action.nargs, action.default in before:
                pass
        return namespace, rest

    def _parse_known_args(self, arg_strings, namespace):
        if self.fromfile_prefix_chars is not None:
            arg_strings = self._read_args_from_files(arg_strings)
        run = _Run(self, arg_strings, namespace)
        run.go()
        run.check()
        return namespace, run.extras

    def _read_args_from_files(self, arg_strings):
        result = []
        for string in arg_strings:
            if not string or string[0] not in self.fromfile_prefix_chars:
                result.append(string)
                continue
            try:
                with open(string[1:], encoding=_sys.getfilesystemencoding(), errors=_sys.getfilesystemencodeerrors()) as file:
                    lines = file.read().splitlines()
            except OSError as e:
                raise ArgumentError(None, str(e))
            result += self._read_args_from_files([arg for line in lines for arg in self.convert_arg_line_to_args(line)])
        return result

    def convert_arg_line_to_args(self, arg_line):
        """The arguments in a line of a file: the whole line is one."""
        return [arg_line]

    def _match_argument(self, action, arg_strings_pattern):
        found = _re.match(self._get_nargs_pattern(action), arg_strings_pattern)
        if found is None:
            messages = {None: _("expected one argument"), OPTIONAL: _("expected at most one argument"),
                        ONE_OR_MORE: _("expected at least one argument")}
            message = messages.get(action.nargs)
            if message is None:
                message = ngettext("expected %s argument", "expected %s arguments", action.nargs) % action.nargs
            raise ArgumentError(action, message)
        return len(found.group(1))

    def _match_arguments_partial(self, actions, arg_strings_pattern):
        """How many strings each of the first actions takes, for as many actions as fit."""
        for count in range(len(actions), 0, -1):
            pattern = "".join(self._get_nargs_pattern(action) for action in actions[:count])
            found = _re.match(pattern, arg_strings_pattern)
            if found is not None:
                return [len(string) for string in found.groups()]
        return []

    def _parse_optional(self, arg_string):
        """None: a positional. Otherwise (action or None, option string, separator or None, explicit argument or None)."""
        if not arg_string or arg_string[0] not in self.prefix_chars:
            return None
        known = self._option_string_actions
        if arg_string in known:
            return known[arg_string], arg_string, None, None
        if len(arg_string) == 1:
            return None
        name, sep, explicit = arg_string.partition("=")
        if sep and name in known:
            return known[name], name, sep, explicit
        found = self._get_option_tuples(arg_string)
        if len(found) > 1:
            raise ArgumentError(None, _("ambiguous option: %(option)s could match %(matches)s")
                                % {"option": arg_string, "matches": ", ".join(each[1] for each in found)})
        if found:
            return found[0]
        if self._negative_number_matcher.match(arg_string) and not self._has_negative_number_optionals:
            return None
        if " " in arg_string:
            return None
        return None, arg_string, None, None

    def _get_option_tuples(self, option_string):
        """What the beginning of an option's name, or a short name and its value, may mean."""
        result = []
        chars = self.prefix_chars
        known = self._option_string_actions
        if option_string[0] in chars and option_string[1] in chars:
            if self.allow_abbrev:
                prefix, sep, explicit = option_string.partition("=")
                if not sep:
                    sep = explicit = None
                result = [(action, name, sep, explicit) for name, action in known.items() if name.startswith(prefix)]
        elif option_string[0] in chars:
            short, short_explicit = option_string[:2], option_string[2:]
            for name, action in known.items():
                if name == short:
                    if short_explicit.startswith("="): # -x=value
                        result.append((action, name, "=", short_explicit[1:]))
                    else:
                        result.append((action, name, "", short_explicit))
                elif self.allow_abbrev and name.startswith(option_string):
                    result.append((action, name, None, None))
        else:
            raise ArgumentError(None, _("unexpected option string: %s") % option_string)
        return result

    def _get_nargs_pattern(self, action):
        nargs = action.nargs
        option = bool(action.option_strings)
        if nargs is None:
            pattern = "([A])" if option else "(-*A-*)"
        elif nargs == OPTIONAL:
            pattern = "(A?)" if option else "(-*A?-*)"
        elif nargs == ZERO_OR_MORE:
            pattern = "(A*)" if option else "(-*[A-]*)"
        elif nargs == ONE_OR_MORE:
            pattern = "(A+)" if option else "(-*A[A-]*)"
        elif nargs == REMAINDER:
            pattern = "([AO]*)" if option else "(.*)"
        elif nargs == PARSER:
            pattern = "(A[AO]*)" if option else "(-*A[-AO]*)"
        elif nargs == SUPPRESS:
            pattern = "()" if option else "(-*)"
        else:
            pattern = "(%s)" % ("A" * nargs if option else "-*" + "-*".join("A" * nargs) + ("-*" if nargs else ""))
        return pattern

    # ---- Values ----

    def _get_values(self, action, arg_strings):
        nargs = action.nargs
        if not arg_strings and nargs == OPTIONAL:
            value = action.const if action.option_strings else action.default
            if isinstance(value, str) and value is not SUPPRESS:
                value = self._get_value(action, value)
                self._check_value(action, value)
        elif not arg_strings and nargs == ZERO_OR_MORE and not action.option_strings:
            value = action.default if action.default is not None else []
            if action.default is not None:
                self._check_value(action, value)
        elif len(arg_strings) == 1 and nargs in (None, OPTIONAL):
            value = self._get_value(action, arg_strings[0])
            self._check_value(action, value)
        elif nargs == REMAINDER:
            value = [self._get_value(action, string) for string in arg_strings]
        elif nargs == PARSER:
            value = [self._get_value(action, string) for string in arg_strings]
            self._check_value(action, value[0])
        elif nargs == SUPPRESS:
            value = SUPPRESS
        else:
            value = [self._get_value(action, string) for string in arg_strings]
            for each in value:
                self._check_value(action, each)
        return value

    def _get_value(self, action, arg_string):
        convert = self._registry_get("type", action.type, action.type)
        if not callable(convert):
            raise ArgumentError(action, _("%r is not callable") % (convert,))
        try:
            return convert(arg_string)
        except ArgumentTypeError as e:
            raise ArgumentError(action, str(e))
        except (TypeError, ValueError):
            name = getattr(action.type, "__name__", repr(action.type))
            raise ArgumentError(action, _("invalid %(type)s value: %(value)r") % {"type": name, "value": arg_string})

    def _check_value(self, action, value):
        if action.choices is not None and value not in action.choices:
            raise ArgumentError(action, _("invalid choice: %(value)r (choose from %(choices)s)")
                                % {"value": value, "choices": ", ".join(map(repr, action.choices))})

    # ---- Help ----

    def format_usage(self):
        """The usage as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        return formatter.format_help()

    def format_help(self):
        """The whole help as text."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups)
        formatter.add_text(self.description)
        for group in self._action_groups:
            formatter.start_section(group.title)
            formatter.add_text(group.description)
            formatter.add_arguments(group._group_actions)
            formatter.end_section()
        formatter.add_text(self.epilog)
        return formatter.format_help()

    def _get_formatter(self):
        return self.formatter_class(prog=self.prog)

    def print_usage(self, file=None):
        """Print the usage, to standard output if file is None."""
        self._print_message(self.format_usage(), _sys.stdout if file is None else file)

    def print_help(self, file=None):
        """Print the help, to standard output if file is None."""
        self._print_message(self.format_help(), _sys.stdout if file is None else file)

    def _print_message(self, message, file=None):
        if message:
            try:
                (file or _sys.stderr).write(message)
            except (AttributeError, OSError):
                pass

    def exit(self, status=0, message=None):
        """End the program, with a message to standard error."""
        if message:
            self._print_message(message, _sys.stderr)
        _sys.exit(status)

    def error(self, message):
        """Print the usage and a message, and end the program with code 2."""
        self.print_usage(_sys.stderr)
        self.exit(2, _("%(prog)s: error: %(message)s\n") % {"prog": self.prog, "message": message})

    def _warning(self, message):
        self._print_message(_("%(prog)s: warning: %(message)s\n") % {"prog": self.prog, "message": message}, _sys.stderr)
