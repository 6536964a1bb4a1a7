"""Which handler a path and a method lead to."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import NamedTuple

Handler = Callable[..., object]

_CONVERTERS: dict[str, tuple[str, Callable[[str], object]]] = {
    "str": (r"[^/]+", str),
    "int": (r"[0-9]{1,18}", int),
    "float": (r"[0-9]{1,18}(?:\.[0-9]{1,18})?", float),
    "path": (r".+", str),
}
_BRACES = re.compile(r"\{([A-Za-z_][A-Za-z0-9_]*)(?::([a-z]+))?\}")


class Pattern(NamedTuple):
    """A path with braces, ready to be matched."""

    match: Callable[[str], re.Match[str] | None]
    convert: dict[str, Callable[[str], object]]


def compile(path: str) -> Pattern | None:
    """The pattern of a path such as "/sensors/{name}/{count:int}"; None: it has no braces. ValueError says what is wrong with it."""
    if not path.startswith("/"):
        raise ValueError(f"a path begins with /, {path!r} does not")
    if "{" not in path and "}" not in path:
        return None
    text, at, convert = [], 0, {}
    for braces in _BRACES.finditer(path):
        name, kind = braces[1], braces[2] or "str"
        if kind not in _CONVERTERS:
            raise ValueError(f"{path!r}: {{{name}:...}} is one of {', '.join(_CONVERTERS)}, not {kind!r}")
        if name in convert:
            raise ValueError(f"{path!r}: {{{name}}} is there twice")
        text += [re.escape(path[at:braces.start()]), f"(?P<{name}>{_CONVERTERS[kind][0]})"]
        convert[name], at = _CONVERTERS[kind][1], braces.end()
    if "{" in path[at:] or "}" in path[at:]:
        raise ValueError(f"{path!r}: braces are {{name}} or {{name:kind}}")
    return Pattern(re.compile("".join(text) + re.escape(path[at:])).fullmatch, convert)


class Routes:
    """Handlers by path and method. Paths without braces come first, then those with, in the order in which they were added."""

    def __init__(self) -> None:
        self._plain: dict[str, dict[str, Handler]] = {}
        self._patterns: list[tuple[Pattern, dict[str, Handler]]] = []
        self._by_text: dict[str, dict[str, Handler]] = {}

    def add(self, path: str, methods: tuple[str, ...], handler: Handler) -> None:
        """ValueError: the path and a method have a handler already, or the path is none."""
        pattern = compile(path)
        handlers = self._by_text.get(path)
        if handlers is None:
            handlers = self._by_text[path] = {}
            if pattern is None:
                self._plain[path] = handlers
            else:
                self._patterns.append((pattern, handlers))
        for method in methods:
            if method in handlers:
                raise ValueError(f"{method} {path} has a handler already")
            handlers[method] = handler

    def find(self, path: str) -> tuple[dict[str, Handler], dict[str, object]] | None:
        """The handlers of a path by method, and what its braces have matched."""
        handlers = self._plain.get(path)
        if handlers is not None:
            return handlers, {}
        for pattern, handlers in self._patterns:
            match = pattern.match(path)
            if match is not None:
                return handlers, {name: pattern.convert[name](text) for name, text in match.groupdict().items()}
        return None
