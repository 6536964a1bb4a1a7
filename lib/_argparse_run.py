"""Matching what stands on a command line with what a parser knows."""

from gettext import gettext as _

from _argparse_action import ArgumentError, _get_action_name
from _argparse_help import PARSER, REMAINDER, SUPPRESS


class _Run:
    """One command line on its way: which arguments were met, and what is left."""

    def __init__(self, parser, strings, namespace):
        self.parser, self.strings, self.namespace = parser, strings, namespace
        self.extras = []
        self.seen, self.seen_non_default = set(), set()
        self.warned = set()
        self.positionals = parser._get_positional_actions()
        self.conflicts = {}
        for group in parser._mutually_exclusive_groups:
            members = group._group_actions
            for i, action in enumerate(members):
                self.conflicts.setdefault(action, []).extend(members[:i] + members[i + 1:])
        self.options = {} # index -> what _parse_optional found
        kinds = []
        rest = False
        for i, string in enumerate(strings):
            if rest:
                kinds.append("A")
            elif string == "--":
                kinds.append("-")
                rest = True
            else:
                found = parser._parse_optional(string)
                if found is None:
                    kinds.append("A")
                else:
                    self.options[i] = found
                    kinds.append("O")
        self.pattern = "".join(kinds)

    def take(self, action, strings, option_string=None):
        """Do what the action does with its strings."""
        self.seen.add(action)
        values = self.parser._get_values(action, strings)
        if values is not action.default: # a default does not count against others of a group
            self.seen_non_default.add(action)
            for other in self.conflicts.get(action, ()):
                if other in self.seen_non_default:
                    raise ArgumentError(action, _("not allowed with argument %s") % _get_action_name(other))
        if values is not SUPPRESS:
            action(self.parser, self.namespace, values, option_string)

    def leave(self, index, string=None):
        self.extras.append(self.strings[index] if string is None else string)

    def take_optional(self, start):
        """The option at start, and others in the same string; returns where it ends."""
        parser = self.parser
        action, option_string, sep, explicit = self.options[start]
        done = []
        while True:
            if action is None: # unknown
                self.leave(start)
                stop = start + 1
                break
            if explicit is not None:
                count = parser._match_argument(action, "A")
                short = option_string[1] not in parser.prefix_chars if len(option_string) > 1 else False
                if count == 0 and short and explicit != "":
                    if sep or explicit[0] in parser.prefix_chars:
                        raise ArgumentError(action, _("ignored explicit argument %r") % explicit)
                    done.append((action, [], option_string))
                    char = option_string[0]
                    option_string = char + explicit[0]
                    following = parser._option_string_actions
                    if option_string in following:
                        action, explicit = following[option_string], explicit[1:]
                        if not explicit:
                            sep = explicit = None
                        elif explicit[0] == "=":
                            sep, explicit = "=", explicit[1:]
                        else:
                            sep = ""
                        continue
                    self.leave(start, string=char + explicit)
                    stop = start + 1
                    break
                if count == 1:
                    done.append((action, [explicit], option_string))
                    stop = start + 1
                    break
                raise ArgumentError(action, _("ignored explicit argument %r") % explicit)
            begin = start + 1
            count = parser._match_argument(action, self.pattern[begin:])
            stop = begin + count
            done.append((action, self.strings[begin:stop], option_string))
            break
        for action, strings, option_string in done:
            if action.deprecated and option_string not in self.warned:
                parser._warning(_("option '%(option)s' is deprecated") % {"option": option_string})
                self.warned.add(option_string)
            self.take(action, strings, option_string)
        return stop

    def take_positionals(self, start):
        """As many positionals as the strings from start on fit; returns where they end."""
        parser = self.parser
        counts = parser._match_arguments_partial(self.positionals, self.pattern[start:])
        for action, count in zip(self.positionals, counts):
            strings = self.strings[start:start + count]
            if action.nargs not in (PARSER, REMAINDER) and "--" in strings:
                strings.remove("--")
            start += count
            if action.deprecated and strings and action.dest not in self.warned:
                parser._warning(_("argument '%(argument_name)s' is deprecated") % {"argument_name": action.dest})
                self.warned.add(action.dest)
            self.take(action, strings)
        self.positionals = self.positionals[len(counts):]
        return start

    def go(self):
        """All strings; what is not known stays in extras."""
        at = 0
        last_option = max(self.options, default=-1)
        while at <= last_option:
            next_option = min(index for index in self.options if index >= at)
            if at != next_option:
                after = self.take_positionals(at)
                if after > at:
                    at = after
                    continue
                at = after
            if at not in self.options:
                for i in range(at, next_option):
                    self.leave(i)
                at = next_option
            at = self.take_optional(at)
        at = self.take_positionals(at)
        for i in range(at, len(self.strings)):
            self.leave(i)

    def check(self):
        """What had to be there was there; defaults that are text become values."""
        parser, missing = self.parser, []
        for action in parser._actions:
            if action in self.seen:
                continue
            if action.required:
                missing.append(_get_action_name(action))
            elif (action.default is not None and isinstance(action.default, str) and hasattr(self.namespace, action.dest)
                    and action.default is getattr(self.namespace, action.dest)):
                setattr(self.namespace, action.dest, parser._get_value(action, action.default))
        if missing:
            raise ArgumentError(None, _("the following arguments are required: %s") % ", ".join(missing))
        for group in parser._mutually_exclusive_groups:
            if group.required and not any(action in self.seen_non_default for action in group._group_actions):
                names = [_get_action_name(action) for action in group._group_actions if action.help is not SUPPRESS]
                raise ArgumentError(None, _("one of the arguments %s is required") % " ".join(names))
