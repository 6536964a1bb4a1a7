"""The layout of optparse's help."""

from gettext import gettext as _
import textwrap


class HelpFormatter:
    """Help as text: options on the left, what they do on the right, wrapped to the width of the terminal."""

    NO_DEFAULT_VALUE = "none"

    def __init__(self, indent_increment, max_help_position, width, short_first):
        self.parser = None
        self.indent_increment = indent_increment
        if width is None:
            import os
            try:
                width = int(os.environ["COLUMNS"])
            except (KeyError, ValueError):
                width = 80
            width -= 2
        self.width = width
        self.help_position = self.max_help_position = min(max_help_position, max(width - 20, indent_increment * 2))
        self.current_indent = self.level = 0
        self.help_width = None  # by store_option_strings()
        self.short_first = short_first
        self.default_tag = "%default"
        self.option_strings = {}
        self.set_short_opt_delimiter(" ")
        self.set_long_opt_delimiter("=")

    def set_parser(self, parser):
        self.parser = parser

    def set_short_opt_delimiter(self, delim):
        """What stands between a short option and its argument: "" or " "."""
        if delim not in ("", " "):
            raise ValueError(f"invalid metavar delimiter for short options: {delim!r}")
        self._short_opt_fmt = "%s" + delim + "%s"

    def set_long_opt_delimiter(self, delim):
        """What stands between a long option and its argument: "=" or " "."""
        if delim not in ("=", " "):
            raise ValueError(f"invalid metavar delimiter for long options: {delim!r}")
        self._long_opt_fmt = "%s" + delim + "%s"

    def indent(self):
        self.current_indent += self.indent_increment
        self.level += 1

    def dedent(self):
        self.current_indent -= self.indent_increment
        assert self.current_indent >= 0, "Indent decreased below 0."
        self.level -= 1

    def format_usage(self, usage):
        raise NotImplementedError("subclasses must implement")

    def format_heading(self, heading):
        raise NotImplementedError("subclasses must implement")

    def _format_text(self, text):
        margin = " " * self.current_indent
        return textwrap.fill(text, max(self.width - self.current_indent, 11), initial_indent=margin, subsequent_indent=margin)

    def format_description(self, description):
        return self._format_text(description) + "\n" if description else ""

    def format_epilog(self, epilog):
        return "\n" + self._format_text(epilog) + "\n" if epilog else ""

    def expand_default(self, option):
        """The help of an option, with its default in place of the default_tag."""
        if self.parser is None or not self.default_tag:
            return option.help
        from optparse import NO_DEFAULT
        value = self.parser.defaults.get(option.dest)
        if value is NO_DEFAULT or value is None:
            value = self.NO_DEFAULT_VALUE
        return option.help.replace(self.default_tag, str(value))

    def format_option(self, option):
        """The lines of an option: its names, and its help beside or below them."""
        names = self.option_strings[option]
        room = self.help_position - self.current_indent - 2
        fits = len(names) <= room
        head = " " * self.current_indent + (names.ljust(room) + "  " if fits else names + "\n")
        if not option.help:
            return head if head.endswith("\n") else head + "\n"
        lines = textwrap.wrap(self.expand_default(option), self.help_width)
        margin = " " * self.help_position
        if lines:
            head += (lines[0] if fits else margin + lines[0]) + "\n"
        return head + "".join([margin + line + "\n" for line in lines[1:]])

    def store_option_strings(self, parser):
        """Note the names of all options, and from that where their help begins."""
        self.indent()
        longest = self._note(parser.option_list)
        self.indent()
        for group in parser.option_groups:
            longest = max(longest, self._note(group.option_list))
        self.dedent()
        self.dedent()
        self.help_position = min(longest + 2, self.max_help_position)
        self.help_width = max(self.width - self.help_position, 11)

    def _note(self, options):
        for option in options:
            self.option_strings[option] = self.format_option_strings(option)
        return max([len(self.option_strings[option]) + self.current_indent for option in options], default=0)

    def format_option_strings(self, option):
        """The names of an option, with its argument: -f FILE, --file=FILE"""
        short, long = option._short_opts, option._long_opts
        if option.takes_value():
            metavar = option.metavar or option.dest.upper()
            short = [self._short_opt_fmt % (name, metavar) for name in short]
            long = [self._long_opt_fmt % (name, metavar) for name in long]
        return ", ".join(short + long if self.short_first else long + short)


class IndentedHelpFormatter(HelpFormatter):
    """Help whose sections are indented."""

    def __init__(self, indent_increment=2, max_help_position=24, width=None, short_first=1):
        HelpFormatter.__init__(self, indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        return _("Usage: %s\n") % usage

    def format_heading(self, heading):
        return f"{'':{self.current_indent}}{heading}:\n"


class TitledHelpFormatter(HelpFormatter):
    """Help whose sections have underlined titles."""

    def __init__(self, indent_increment=0, max_help_position=24, width=None, short_first=0):
        HelpFormatter.__init__(self, indent_increment, max_help_position, width, short_first)

    def format_usage(self, usage):
        return f"{self.format_heading(_('Usage'))}  {usage}\n"

    def format_heading(self, heading):
        return f"{heading}\n{'=-'[self.level] * len(heading)}\n"


for _kind in (HelpFormatter, IndentedHelpFormatter, TitledHelpFormatter):
    _kind.__module__ = "optparse"
