"""The texts about a package: headers (METADATA, PKG-INFO) and files in sections (entry_points.txt, requires.txt)."""

import re
import textwrap

__name__ = "importlib.metadata"  # where its names belong
_MANY = {"Classifier", "Obsoletes-Dist", "Platform", "Project-URL", "Provides-Dist", "Provides-Extra", "Requires-Dist", "Requires-External",
         "Supported-Platform", "Dynamic", "License-File", "Keywords"}


class PackageMetadata:
    """Headers of a package: like a dict, with names in any case; get_all() for those that come more than once."""

    def __len__(self):
        return len(self._items)

    def __contains__(self, item):
        return any(name.lower() == item.lower() for name, _ in self._items)

    def __getitem__(self, key):
        return self.get(key)

    def __iter__(self):
        return iter(self.keys())

    def get(self, name, failobj=None):
        """The first header of this name."""
        for key, value in self._items:
            if key.lower() == name.lower():
                return value
        return failobj

    def get_all(self, name, failobj=None):
        """All headers of this name."""
        return [value for key, value in self._items if key.lower() == name.lower()] or failobj

    def keys(self):
        """The names, as often as they come."""
        return [key for key, _ in self._items]

    def values(self):
        """The values."""
        return [value for _, value in self._items]

    def items(self):
        """Names and values."""
        return list(self._items)

    @property
    def json(self):
        """The headers as PEP 566 has them in JSON: lists for those that may come more than once."""
        result = {}
        for key in dict.fromkeys(self.keys()):
            value = self.get_all(key) if key in _MANY - {"Keywords"} else self[key]
            if key == "Keywords":
                value = re.split(r"\s+", value)
            result[key.lower().replace("-", "_")] = value
        return result


class Metadata(PackageMetadata):
    """The headers of a text; what follows them is the header Description."""

    def __init__(self, text):
        head, _, body = text.replace("\r\n", "\n").partition("\n\n")
        self._items, self._body = [], body
        for line in head.split("\n"):
            if line[:1] in (" ", "\t") and self._items:
                key, value = self._items[-1]
                self._items[-1] = key, value + "\n" + line
            elif ":" in line:
                key, _, value = line.partition(":")
                self._items.append((key, value.strip()))
        self._items = [(key, _unfolded(value) if "\n" in value else value) for key, value in self._items]
        if body:
            self._items.append(("Description", body))

    def get_payload(self):
        """What follows the headers."""
        return self._body


def _unfolded(value):
    first, _, rest = value.partition("\n")
    rest = re.sub(r"(?m)^ {7}\|", "        ", rest) if "       |" in rest else rest
    return first + "\n" + textwrap.dedent(rest)


def sections(text):
    """(section, line) of each line that is neither empty nor a comment; None before the first [section]."""
    section = None
    for line in map(str.strip, text.splitlines()):
        if line.startswith("[") and line.endswith("]"):
            section = line[1:-1]
        elif line and not line.startswith("#"):
            yield section, line


def requires_of_egg(text):
    """requires.txt, whose sections are [extra:marker], as PEP 508 writes it."""
    for section, line in sections(text):
        extra, _, marker = (section or "").partition(":")
        if extra and marker:
            marker = f"({marker})"
        conditions = " and ".join(filter(None, (marker, extra and f'extra == "{extra}"')))
        yield line + (" " if "@" in line and conditions else "") + (f"; {conditions}" if conditions else "")
