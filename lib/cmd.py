"""A loop that reads commands: a line "word rest" calls the method do_word("rest")."""

import string
import sys

__all__ = ["Cmd"]
PROMPT = "(Cmd) "
IDENTCHARS = string.ascii_letters + string.digits + "_"


class Cmd:
    """Derive from it, with methods do_NAME(line), which end the loop by giving something true, and help_NAME()."""

    prompt = PROMPT
    identchars = IDENTCHARS
    ruler = "="
    lastcmd = ""
    intro = None
    doc_leader = ""
    doc_header = "Documented commands (type help <topic>):"
    misc_header = "Miscellaneous help topics:"
    undoc_header = "Undocumented commands:"
    nohelp = "*** No help on %s"
    use_rawinput = 1

    def __init__(self, completekey="tab", stdin=None, stdout=None):
        self.stdin = sys.stdin if stdin is None else stdin
        self.stdout = sys.stdout if stdout is None else stdout
        self.cmdqueue = []
        self.completekey = completekey

    def cmdloop(self, intro=None):
        """Read commands and run them, until one ends the loop; EOF is the command "EOF"."""
        self.preloop()
        readline = self._begin_completion()
        try:
            if intro is not None:
                self.intro = intro
            if self.intro:
                self.stdout.write(str(self.intro) + "\n")
            stop = None
            while not stop:
                line = self.cmdqueue.pop(0) if self.cmdqueue else self._read()
                line = self.precmd(line)
                stop = self.onecmd(line)
                stop = self.postcmd(stop, line)
            self.postloop()
        finally:
            if readline is not None:
                readline.set_completer(self.old_completer)

    def _begin_completion(self):
        if not self.use_rawinput or not self.completekey:
            return None
        try:
            import readline
        except ImportError:
            return None
        self.old_completer = readline.get_completer()
        readline.set_completer(self.complete)
        readline.parse_and_bind(f"{self.completekey}: complete")
        return readline

    def _read(self):
        if self.use_rawinput:
            try:
                return input(self.prompt)
            except EOFError:
                return "EOF"
        self.stdout.write(self.prompt)
        self.stdout.flush()
        line = self.stdin.readline()
        return line.rstrip("\r\n") if line else "EOF"

    def precmd(self, line):
        """Called with each line before it is run; gives the line to run."""
        return line

    def postcmd(self, stop, line):
        """Called after each command; says whether to stop."""
        return stop

    def preloop(self):
        """Called when the loop begins."""

    def postloop(self):
        """Called when it ends."""

    def parseline(self, line):
        """(command, rest, line); ? stands for help, ! for shell."""
        line = line.strip()
        if not line:
            return None, None, line
        if line[0] == "?":
            line = "help " + line[1:]
        elif line[0] == "!":
            if not hasattr(self, "do_shell"):
                return None, None, line
            line = "shell " + line[1:]
        i = 0
        while i < len(line) and line[i] in self.identchars:
            i += 1
        return line[:i], line[i:].strip(), line

    def onecmd(self, line):
        """Run one line; what its method gives."""
        command, rest, line = self.parseline(line)
        if not line:
            return self.emptyline()
        if command is None:
            return self.default(line)
        self.lastcmd = "" if line == "EOF" else line
        method = getattr(self, "do_" + command, None) if command else None
        return self.default(line) if method is None else method(rest)

    def emptyline(self):
        """An empty line: the last command once more."""
        if self.lastcmd:
            return self.onecmd(self.lastcmd)

    def default(self, line):
        """A line without a method."""
        self.stdout.write("*** Unknown syntax: %s\n" % line)

    def completedefault(self, *ignored):
        """How to complete arguments of commands without complete_NAME."""
        return []

    def completenames(self, text, *ignored):
        return [name[3:] for name in self.get_names() if name.startswith("do_" + text)]

    def complete(self, text, state):
        """For readline: the state-th way to complete text."""
        if state == 0:
            import readline
            original = readline.get_line_buffer()
            line = original.lstrip()
            stripped = len(original) - len(line)
            begin, end = readline.get_begidx() - stripped, readline.get_endidx() - stripped
            find = self.completenames
            if begin > 0:
                command = self.parseline(line)[0]
                find = self.completedefault if not command else getattr(self, "complete_" + command, self.completedefault)
            self.completion_matches = find(text, line, begin, end)
        try:
            return self.completion_matches[state]
        except IndexError:
            return None

    def get_names(self):
        return dir(self.__class__)

    def complete_help(self, *args):
        commands = set(self.completenames(*args))
        return list(commands | {name[5:] for name in self.get_names() if name.startswith("help_" + args[0])})

    def do_help(self, arg):
        """List the commands (help), or explain one (help COMMAND)."""
        if arg:
            self._help_on(arg)
            return
        names = sorted(set(self.get_names()))
        topics = {name[5:] for name in names if name.startswith("help_")}
        documented, undocumented = [], []
        for name in names:
            if not name.startswith("do_"):
                continue
            command = name[3:]
            if command in topics:
                documented.append(command)
                topics.discard(command)
            elif getattr(self, name).__doc__:
                documented.append(command)
            else:
                undocumented.append(command)
        self.stdout.write("%s\n" % str(self.doc_leader))
        self.print_topics(self.doc_header, documented, 15, 80)
        self.print_topics(self.misc_header, sorted(topics), 15, 80)
        self.print_topics(self.undoc_header, undocumented, 15, 80)

    def _help_on(self, arg):
        helper = getattr(self, "help_" + arg, None)
        if helper is not None:
            helper()
            return
        from inspect import cleandoc
        method = getattr(self, "do_" + arg, None)
        doc = None if method is None else method.__doc__
        text = cleandoc(doc) if doc else ""
        self.stdout.write("%s\n" % (text if text else self.nohelp % (arg,)))

    def print_topics(self, header, cmds, cmdlen, maxcol):
        if cmds:
            self.stdout.write("%s\n" % str(header))
            if self.ruler:
                self.stdout.write("%s\n" % str(self.ruler * len(header)))
            self.columnize(cmds, maxcol - 1)
            self.stdout.write("\n")

    def columnize(self, list, displaywidth=80):
        """Write texts in columns, filled from top to bottom, in as few rows as fit the width."""
        if not list:
            self.stdout.write("<empty>\n")
            return
        wrong = [i for i in range(len(list)) if not isinstance(list[i], str)]
        if wrong:
            raise TypeError("list[i] not a string for i in %s" % ", ".join(map(str, wrong)))
        count = len(list)
        if count == 1:
            self.stdout.write("%s\n" % str(list[0]))
            return
        for rows in range(1, count + 1):
            columns = [list[i:i + rows] for i in range(0, count, rows)]
            widths = [max(map(len, column)) for column in columns]
            if sum(widths) + 2 * (len(widths) - 1) <= displaywidth or rows == count:
                break
        for row in range(rows):
            texts = [column[row] if row < len(column) else "" for column in columns]
            while texts and not texts[-1]:
                texts.pop()
            self.stdout.write("%s\n" % "  ".join(text.ljust(width) for text, width in zip(texts, widths)))
