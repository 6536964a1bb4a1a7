"""What help() prints: the signature and the docstring of an object, and what a class or a module has in it."""

import sys

_INDENT = "    "


def show(*args: object) -> None:
    """Print about an object, or about what a text names: a module, or a name in one. Without arguments, say how to ask."""
    if not args:
        text = ("help(object) prints about a module, class, function or any other object; help(\"name\") about what has\n"
                "this name, as help(\"str.join\") or help(\"os.path\").\n")
    elif isinstance(args[0], str) and args[0].replace(".", "").isidentifier():
        found, thing = _find(args[0])
        text = document(thing, args[0]) if found else f"No documentation found for {args[0]!r}.\n"
    else:
        text = document(args[0])
    sys.stdout.write(text)


def _find(name: str) -> tuple[bool, object]:
    """What a dotted name stands for: a builtin first, then modules and what is in them."""
    import builtins
    parts = name.split(".")
    if hasattr(builtins, parts[0]):
        thing, rest = getattr(builtins, parts[0]), parts[1:]
    else:
        thing, rest = None, []
        for i in range(len(parts), 0, -1):
            try:
                __import__(".".join(parts[:i]))
            except ImportError:
                continue
            thing, rest = sys.modules[".".join(parts[:i])], parts[i:]
            break
        else:
            return False, None
    for part in rest:
        if not hasattr(thing, part):
            return False, None
        thing = getattr(thing, part)
    return True, thing


# ---- Signatures ---------------------------------------------------------------------------------------------------------------------


def _annotation(value: object) -> str:
    return value.__name__ if isinstance(value, type) and value.__module__ == "builtins" else repr(value)


def _parameter(name: str, hints: dict, default: tuple) -> str:
    text = name
    if name in hints:
        text += ": " + _annotation(hints[name])
    if default:
        text += (" = " if name in hints else "=") + repr(default[0])
    return text


def _of_code(function: object) -> str:
    code = function.__code__
    hints = function.__annotations__
    names = code.co_varnames
    count, only = code.co_argcount, code.co_kwonlyargcount
    defaults = function.__defaults__ or ()
    keyword_defaults = function.__kwdefaults__ or {}
    out = []
    for i in range(count):
        given = i - (count - len(defaults))
        out.append(_parameter(names[i], hints, defaults[given:given + 1] if given >= 0 else ()))
        if i + 1 == code.co_posonlyargcount:
            out.append("/")
    at = count + only
    if code.co_flags & 4:
        out.append("*" + _parameter(names[at], hints, ()))
        at += 1
    elif only:
        out.append("*")
    for name in names[count:count + only]:
        out.append(_parameter(name, hints, (keyword_defaults[name],) if name in keyword_defaults else ()))
    if code.co_flags & 8:
        out.append("**" + _parameter(names[at], hints, ()))
    result = " -> " + _annotation(hints["return"]) if "return" in hints else ""
    return f"({', '.join(out)}){result}"


def signature(thing: object) -> str:
    """The parameters of a callable as text, "(...)" where they are not known."""
    function = getattr(thing, "__func__", thing)
    if hasattr(function, "__code__"):
        return _of_code(function)
    text = getattr(thing, "__text_signature__", None)
    if not text:
        return "(...)"
    for first in ("$module", "$self", "$type"):
        text = text.replace(f"({first}, /, ", "(").replace(f"({first}, /)", "()").replace(f"({first}, ", "(").replace(f"({first})", "()")
    return text


# ---- Texts --------------------------------------------------------------------------------------------------------------------------


def _doc(thing: object) -> str:
    doc = getattr(thing, "__doc__", None)
    if not isinstance(doc, str):
        return ""
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip()) for line in lines[1:] if line.strip()), default=0)
    return "\n".join([lines[0].strip()] + [line[margin:].rstrip() for line in lines[1:]]).strip("\n")


def _indent(text: str, by: str = _INDENT) -> str:
    return "".join((by + line).rstrip() + "\n" for line in text.split("\n")) if text else ""


def _is_routine(thing: object) -> bool:
    return callable(thing) and not isinstance(thing, type) and hasattr(thing, "__name__")


def _routine(thing: object, name: str) -> str:
    return f"{name}{signature(thing)}\n" + _indent(_doc(thing))


def _short(value: object) -> str:
    try:
        text = repr(value)
    except Exception:
        text = object.__repr__(value)
    return text if len(text) <= 70 else text[:67] + "..."


def _class(cls: type, name: str) -> str:
    bases = ", ".join(b.__name__ for b in cls.__bases__ if b is not object)
    out = [f"class {name}({bases})\n" if bases else f"class {name}(builtins.object)\n"]
    body = _doc(cls) + "\n" if _doc(cls) else ""
    order = [c.__name__ for c in cls.__mro__]
    if len(order) > 2:
        body += "\nMethod resolution order:\n" + _indent("\n".join(order))
    groups = ("Methods defined here:", []), ("Class methods defined here:", []), ("Data descriptors defined here:", []), (
        "Data and other attributes defined here:", [])
    for key, value in sorted(cls.__dict__.items()):
        if key in ("__doc__", "__dict__", "__weakref__", "__module__", "__annotations__", "__firstlineno__", "__static_attributes__"):
            continue
        if isinstance(value, (classmethod, staticmethod)) or type(value).__name__ == "classmethod_descriptor":
            groups[1][1].append(_routine(getattr(cls, key), key))
        elif _is_routine(value):
            groups[0][1].append(_routine(value, key))
        elif hasattr(value, "__get__"):
            groups[2][1].append(key + "\n" + _indent(_doc(value)))
        else:
            groups[3][1].append(f"{key} = {_short(value)}\n")
    for title, entries in groups:
        if entries:
            body += "\n" + title + "\n\n" + "\n".join(entries)
    out.append(_indent(body.strip("\n"), " |  "))
    return "".join(out)


def _module(module: object) -> str:
    doc = _doc(module)
    first, _, rest = doc.partition("\n")
    out = "NAME\n" + _INDENT + module.__name__ + (f" - {first}" if first else "") + "\n"
    if rest.strip():
        out += "\nDESCRIPTION\n" + _indent(rest.strip("\n"))
    public = getattr(module, "__all__", None)
    classes, functions, data = [], [], []
    for name in sorted(public if public is not None else [n for n in dir(module) if not n.startswith("_")]):
        try:
            value = getattr(module, name)
        except AttributeError:
            continue
        if public is None and getattr(value, "__module__", module.__name__) != module.__name__:
            continue
        if isinstance(value, type):
            classes.append(f"{name}\n" + _indent(_doc(value).partition("\n")[0]))
        elif _is_routine(value):
            functions.append(_routine(value, name))
        elif type(value) is not type(sys):
            data.append(f"{name} = {_short(value)}\n")
    for title, entries in (("CLASSES", classes), ("FUNCTIONS", functions)):
        if entries:
            out += f"\n{title}\n" + _indent("\n".join(entries).rstrip("\n"))
    if data:
        out += "\nDATA\n" + _indent("".join(data).rstrip("\n"))
    return out + "\nFILE\n" + _INDENT + getattr(module, "__file__", "(built-in)") + "\n"


def document(thing: object, name: str | None = None) -> str:
    """The whole text about an object; name: how it was asked for."""
    if type(thing) is type(sys):
        return f"Help on module {thing.__name__}:\n\n{_module(thing)}\n"
    own = getattr(thing, "__name__", None)
    if not isinstance(own, str):
        what, thing_class = f"{type(thing).__name__} object", type(thing)
        doc = _doc(thing) if thing.__doc__ is not thing_class.__doc__ else ""
        head = f"Help on {what}" + (f" {name}" if name else "") + ":\n\n"
        return head + (doc + "\n\n" if doc else "") + _class(thing_class, thing_class.__name__) + "\n"
    where = getattr(thing, "__module__", None)
    if isinstance(thing, type):
        kind, text = "class", _class(thing, own)
    else:
        routine = type(thing).__name__
        kind = {"builtin_function_or_method": "built-in function"}.get(routine, routine.replace("_", " "))
        text = _routine(thing, own)
    return f"Help on {kind} {own}" + (f" in module {where}" if isinstance(where, str) else "") + f":\n\n{text}\n"
