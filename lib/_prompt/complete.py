"""What may stand at the cursor: names, attributes, keywords, modules. Nothing is called, and no property is read that was not typed in full."""

import builtins
import keyword
import posix
import sys

_SOURCE = (".py", ".krc")


def word_start(line: str) -> int:
    """Where the dotted word before the end of the line begins."""
    at = len(line)
    while at and (line[at - 1].isalnum() or line[at - 1] in "_."):
        at -= 1
    return at


def complete(line: str, namespace: dict) -> tuple[int, list[str]]:
    """line: up to the cursor. Where the word begins, and what it may become, sorted."""
    start = word_start(line)
    word = line[start:]
    head = line[:start].split()
    try:
        if head and head[0] in ("import", "from") and not any(c in line for c in "'\"#"):
            return start, _for_import(head, word)
        if "." in word:
            return start, _attributes(word, namespace)
        return start, _names(word, namespace) if word else []
    except Exception:  # whatever an object does when it is looked at
        return start, []


def _call(name: str, value: object) -> str:
    return name + "(" if callable(value) else name


def _names(prefix: str, namespace: dict) -> list[str]:
    found = {}
    for word in keyword.kwlist + keyword.softkwlist:
        if word.startswith(prefix):
            space = word not in ("False", "None", "True", "break", "continue", "pass", "_", "else", "finally", "try")
            found[word] = word + (":" if word in ("else", "finally", "try") else " " if space else "")
    for names in (builtins.__dict__ if namespace is None else dict.fromkeys(dir(builtins)), namespace or {}):
        for name in list(names):
            if isinstance(name, str) and name.startswith(prefix) and (prefix.startswith("_") or not name.startswith("_")):
                value = namespace[name] if namespace and name in namespace else getattr(builtins, name, None)
                if name not in found or found[name].strip(" :") == found[name]:
                    found[name] = _call(name, value)
    return sorted(found.values())


def _static(thing: object, name: str) -> object:
    """An attribute as it lies in the object or its classes, without asking the object for it."""
    own = getattr(thing, "__dict__", None)
    if type(own) is dict and name in own:
        return own[name]
    for cls in type(thing).__mro__:
        if name in cls.__dict__:
            value = cls.__dict__[name]
            return None if isinstance(value, property) or (hasattr(type(value), "__get__") and not callable(value)) else value
    if isinstance(thing, type):
        for cls in thing.__mro__:
            if name in cls.__dict__:
                return cls.__dict__[name]
    return getattr(thing, name, None) if type(thing) is type(sys) else None


def _attributes(word: str, namespace: dict) -> list[str]:
    parts = word.split(".")
    if not all(p.isidentifier() for p in parts[:-1]):
        return []
    if parts[0] in namespace:
        thing = namespace[parts[0]]
    elif hasattr(builtins, parts[0]):
        thing = getattr(builtins, parts[0])
    else:
        return []
    for part in parts[1:-1]:
        thing = getattr(thing, part)
    prefix, head = parts[-1], word[:len(word) - len(parts[-1])]
    names = {n for n in dir(thing) if isinstance(n, str) and n.startswith(prefix)}
    names.discard("__builtins__")
    if not prefix:
        names = {n for n in names if not n.startswith("_")} or names
    elif prefix == "_":
        names = {n for n in names if not n.startswith("__")} or names
    return [head + _call(n, _static(thing, n)) for n in sorted(names)]


# ---- Modules ------------------------------------------------------------------------------------------------------------------------


def _for_import(head: list[str], word: str) -> list[str]:
    if head[0] == "from":
        if len(head) == 1:
            return _modules(word) or (["import "] if word and "import".startswith(word) else [])
        if "import" not in head[2:]:
            return ["import "] if "import".startswith(word) and len(head) == 2 else []
        return _members(head[1], word)
    if head[-1] == "as":
        return []
    return _modules(word)


def _modules(word: str) -> list[str]:
    """Names of modules that begin so, one level deeper than what is there."""
    import _krait
    parent, dot, prefix = word.rpartition(".")
    names = set(sys.builtin_module_names) | set(_krait.frozen_names()) | {"os.path"} | {n for n in sys.modules if isinstance(n, str)}
    names.discard("__main__")
    found = {n for n in names if n.startswith(word) and n.rpartition(".")[0] == parent}
    for folder in _folders(parent):
        found.update(parent + dot + n for n in _in_folder(folder) if n.startswith(prefix))
    if not prefix.startswith("_"):
        found = {n for n in found if not n.rpartition(".")[2].startswith("_")}
    return sorted(found)


def _folders(parent: str) -> list[str]:
    loaded = sys.modules.get(parent) if parent else None
    if parent and loaded is not None:
        return [p for p in getattr(loaded, "__path__", ()) if isinstance(p, str)]
    below = "/".join(parent.split("."))
    return [(p.rstrip("/") or ".") + "/" + below if below else p or "." for p in sys.path if isinstance(p, str)]


def _in_folder(folder: str) -> list[str]:
    try:
        names = posix.listdir(folder)
    except (OSError, ValueError):
        return []
    out = []
    for name in names:
        for suffix in _SOURCE:
            if name.endswith(suffix) and name != "__init__" + suffix and name != "__main__" + suffix:
                name = name[:-len(suffix)]
                if name.isidentifier():
                    out.append(name)
                break
        else:
            if name.isidentifier() and any(posix.access(f"{folder}/{name}/__init__{s}", posix.F_OK) for s in _SOURCE):
                out.append(name)
    return out


def _members(module: str, word: str) -> list[str]:
    """After `from module import`: what is in it when it is loaded or part of Krait, and its submodules."""
    import _krait
    known = sys.modules.get(module)
    if known is None and (module in sys.builtin_module_names or _krait.frozen_kind(module)):
        __import__(module)
        known = sys.modules.get(module)
    found = {n.rpartition(".")[2] for n in _modules(module + "." + word)}
    if known is not None:
        found.update(n for n in dir(known) if n.startswith(word) and (word.startswith("_") or not n.startswith("_")))
    return sorted(found)
