"""The file ~/.netrc: names and passwords for hosts."""

import os
import stat

__all__ = ["netrc", "NetrcParseError"]


class NetrcParseError(Exception):
    """What is wrong with the file, with its name (filename) and the line (lineno)."""

    def __init__(self, msg, filename=None, lineno=None):
        self.msg, self.filename, self.lineno = msg, filename, lineno
        Exception.__init__(self, msg)

    def __str__(self):
        return f"{self.msg} ({self.filename}, line {self.lineno})"


class _Words:
    """The words of a text: between white space, or in quotes; a backslash takes the next character as it is."""

    def __init__(self, text):
        self.text, self.at = text, 0

    @property
    def line(self):
        return self.text.count("\n", 0, self.at) + 1

    def peek(self):
        """The next word, which stays the next; "" at the end."""
        at, line = self.at, self.next()
        self.at = at
        return line

    def next(self):
        text = self.text
        while self.at < len(text) and text[self.at] in " \t\r\n":
            self.at += 1
        word, quoted = "", self.at < len(text) and text[self.at] == '"'
        self.at += quoted
        while self.at < len(text):
            c = text[self.at]
            if c in ('"' if quoted else " \t\r\n"):
                self.at += quoted
                break
            if c == "\\" and self.at + 1 < len(text):
                self.at += 1
                c = text[self.at]
            word += c
            self.at += 1
        return word

    def skip_line(self):
        """Go to the end of the line."""
        end = self.text.find("\n", self.at)
        self.at = len(self.text) if end < 0 else end

    def lines_to_empty(self):
        """The lines behind this one, up to an empty one; None: there is none that is empty."""
        self.skip_line()
        found = []
        self.at += 1
        while self.at < len(self.text):
            end = self.text.find("\n", self.at)
            end = len(self.text) if end < 0 else end + 1
            line, self.at = self.text[self.at:end], end
            if line == "\n":
                return found
            found.append(line)
        return None


class netrc:
    """What a file says, by default ~/.netrc: hosts (name -> (login, account, password)) and macros (name -> list of lines).

    NetrcParseError; also where ~/.netrc has passwords and others may read it."""

    def __init__(self, file=None):
        is_default = file is None
        if is_default:
            file = os.path.join(os.path.expanduser("~"), ".netrc")
        self.hosts, self.macros = {}, {}
        try:
            with open(file, encoding="utf-8") as fp:
                text = fp.read()
        except UnicodeDecodeError:
            with open(file, encoding="locale") as fp:
                text = fp.read()
        self._parse(file, _Words(text), is_default)

    def _parse(self, file, words, is_default):
        while word := words.next():
            if word == "machine":
                name = words.next()
                if not name:
                    raise NetrcParseError(f"missing {word!r} name", file, words.line)
                self._parse_host(file, words, name, is_default)
            elif word == "default":
                self._parse_host(file, words, word, is_default)
            elif word == "macdef":
                name = words.next()
                lines = words.lines_to_empty()
                if lines is None:
                    raise NetrcParseError("Macro definition missing null line terminator.", file, words.line)
                self.macros[name] = lines
            elif word[0] == "#":
                words.skip_line()
            else:
                raise NetrcParseError(f"bad toplevel token {word!r}", file, words.line)

    def _parse_host(self, file, words, name, is_default):
        found = {"login": "", "account": "", "password": ""}
        while (word := words.peek()) not in ("", "machine", "default", "macdef"):
            words.next()
            if word[0] == "#":
                words.skip_line()
                continue
            key = "login" if word == "user" else word
            if key not in found:
                raise NetrcParseError(f"bad follower token {word!r}", file, words.line)
            found[key] = words.next()
        if is_default and found["login"] != "anonymous" and found["password"]:
            self._check_owner(file)
        self.hosts[name] = found["login"], found["account"], found["password"]

    def _check_owner(self, file):
        info = os.stat(file)
        if info.st_uid != os.getuid():
            names = [_user_name(uid) for uid in (info.st_uid, os.getuid())]
            raise NetrcParseError("~/.netrc file owner (%s) does not match current user (%s)" % tuple(names))
        if info.st_mode & (stat.S_IRWXG | stat.S_IRWXO):
            raise NetrcParseError("~/.netrc access too permissive: access permissions must restrict access to only the owner")

    def authenticators(self, host):
        """(login, account, password) of a host, or of "default"; None: the file has neither."""
        return self.hosts.get(host) or self.hosts.get("default")

    def __repr__(self):
        """The file again, as far as it matters."""
        parts = []
        for name, (login, account, password) in self.hosts.items():
            parts.append(f"machine {name}\n\tlogin {login}\n" + (f"\taccount {account}\n" if account else "") + f"\tpassword {password}\n")
        for name, lines in self.macros.items():
            parts.append(f"macdef {name}\n" + "".join(lines) + "\n")
        return "".join(parts)


def _user_name(uid):
    try:
        from pwd import getpwuid
        return getpwuid(uid)[0]
    except (ImportError, LookupError):
        return f"uid {uid}"
