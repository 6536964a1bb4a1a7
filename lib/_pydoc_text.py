"""What pydoc and help() say about an object: its declaration, its docstring, and what a class or a module has in it, as text."""

import builtins
import inspect
import re
import reprlib
import sys
from collections import deque

__name__ = "pydoc"  # where its names belong

# ---- Docstrings and names -----------------------------------------------------------------------------------------------------------

_HIDDEN = frozenset("__author__ __builtins__ __cached__ __credits__ __date__ __doc__ __docformat__ __file__ __firstlineno__ __loader__ __module__ "
                    "__name__ __package__ __path__ __qualname__ __slots__ __spec__ __static_attributes__ __version__".split())


def _getowndoc(obj):
    """The docstring that is the object's, and not its class's."""
    try:
        doc = object.__getattribute__(obj, "__doc__")
        if doc is not None and obj is not type and isinstance(type(obj).__doc__, str) and type(obj).__doc__ == doc:
            return None
        return doc
    except AttributeError:
        return None


def _getdoc(object):
    """The docstring, a method's or a property's from a base if it has none itself."""
    doc = _getowndoc(object)
    if doc is None and not inspect.isclass(object) and not inspect.ismodule(object):
        if inspect.isroutine(object) or inspect.isdatadescriptor(object):
            return inspect.getdoc(object)
        return None
    return inspect.cleandoc(doc) if isinstance(doc, str) else None


def getdoc(object):
    """The docstring or else the comment before the definition; '' if there is neither."""
    text = _getdoc(object) or inspect.getcomments(object)
    return re.sub(r"^ *\n", "", text.rstrip()) if text else ""


def splitdoc(doc):
    """The first line of a docstring, and the rest, if a blank line stands between them."""
    lines = doc.strip().split("\n")
    if len(lines) == 1:
        return lines[0], ""
    if not lines[1].rstrip():
        return lines[0], "\n".join(lines[2:])
    return "", "\n".join(lines)


def classname(object, modname):
    """The name of a class, with its module unless that is modname."""
    name = object.__name__
    return name if object.__module__ == modname else f"{object.__module__}.{name}"


def parentname(object, modname):
    """The name of the class or module that a function is in; None if nobody knows."""
    if "." in object.__qualname__:
        name = object.__qualname__.rpartition(".")[0]
        return f"{object.__module__}.{name}" if object.__module__ not in ("builtins", modname) else name
    return object.__module__ if object.__module__ != modname else None


def isdata(object):
    """Is it neither a module, a class, a function, nor what the interpreter makes of these?"""
    return not (inspect.ismodule(object) or inspect.isclass(object) or inspect.isroutine(object) or inspect.isframe(object)
                or inspect.istraceback(object) or inspect.iscode(object))


def replace(text, *pairs):
    """text with the first of each pair replaced by the second."""
    while pairs:
        text = pairs[1].join(text.split(pairs[0]))
        pairs = pairs[2:]
    return text


def cram(text, maxlen):
    """text, its middle left out if it is longer than maxlen."""
    if len(text) <= maxlen:
        return text
    before = max(0, (maxlen - 3) // 2)
    after = max(0, maxlen - 3 - before)
    return text[:before] + "..." + text[len(text) - after:]


def stripid(text):
    """text without the address at the end of a repr()."""
    return re.sub(r" at 0x[0-9a-f]{6,16}(>+)$", r"\1", text, flags=re.IGNORECASE)


def allmethods(cl):
    """The methods of a class and its bases, by name."""
    return {name: getattr(cl, name) for name, _ in inspect.getmembers(cl, inspect.isroutine)}


def visiblename(name, all=None, obj=None):
    """Is the name worth showing? all: the names that are public."""
    if name in _HIDDEN:
        return 0
    if name.startswith("__") and name.endswith("__"):
        return 1
    if name.startswith("_") and hasattr(obj, "_fields"): # a named tuple's own methods
        return True
    if obj is not None and obj is not sys.modules.get("__future__") and type(getattr(obj, name, None)).__name__ == "_Feature":
        return False
    return name in all if all is not None else not name.startswith("_")


def classify_class_attrs(object):
    """As inspect's, data descriptors as a kind of their own, and properties that cannot be set as another."""
    def kind_of(kind, value):
        if not inspect.isdatadescriptor(value):
            return kind
        return "readonly property" if isinstance(value, property) and value.fset is None else "data descriptor"
    return [(name, kind_of(kind, value), cls, value) for name, kind, cls, value in inspect.classify_class_attrs(object)]


def sort_attributes(attrs, object):
    """By name, the fields of a named tuple first and in their order."""
    fields = list(getattr(object, "_fields", []))
    order = {name: i - len(fields) for i, name in enumerate(fields)}
    attrs.sort(key=lambda attr: (order.get(attr[0], 0), attr[0]))


def ispackage(path):
    """Is this folder a package?"""
    import os
    return os.path.isdir(path) and any(os.path.exists(os.path.join(path, "__init__" + suffix)) for suffix in (".py", ".krc"))


def _is_bound_method(fn):
    return inspect.ismethod(fn) or (inspect.isbuiltin(fn) or inspect.ismethodwrapper(fn)) and not (
        inspect.ismodule(fn.__self__) or fn.__self__ is None)


def _getargspec(object):
    try:
        signature = inspect.signature(object)
    except (ValueError, TypeError):
        return None
    name = getattr(object, "__name__", "")
    return signature.format(max_width=None if name == "<lambda>" else 80 - len(name))


# ---- Documents ----------------------------------------------------------------------------------------------------------------------


class Doc:
    """Chooses how an object is documented."""

    PYTHONDOCS = "https://docs.python.org/3.13/library"

    def document(self, object, name=None, *args):
        """The text about an object."""
        args = (object, name, *args)
        if inspect.isgetsetdescriptor(object) or inspect.ismemberdescriptor(object):
            return self.docdata(*args)
        try: # what has a strange __getattr__ may look like one of these and not be it
            if inspect.ismodule(object):
                return self.docmodule(*args)
            if inspect.isclass(object):
                return self.docclass(*args)
            if inspect.isroutine(object):
                return self.docroutine(*args)
        except AttributeError:
            pass
        return self.docdata(*args) if inspect.isdatadescriptor(object) else self.docother(*args)

    def fail(self, object, name=None, *args):
        """TypeError: there is no such document."""
        raise TypeError(f"don't know how to document object{' ' + repr(name) if name else ''} of type {type(object).__name__}")

    docmodule = docclass = docroutine = docother = docproperty = docdata = fail

    def getdocloc(self, object, basedir=None):
        """Where a module's documentation is on the web: not known."""


class TextRepr(reprlib.Repr):
    """Values on one line."""

    def __init__(self):
        super().__init__()
        self.maxlist = self.maxtuple = 20
        self.maxdict = 10
        self.maxstring = self.maxother = 100

    def repr1(self, x, level):
        method = getattr(self, "repr_" + "_".join(type(x).__name__.split()), None)
        return method(x, level) if method is not None else cram(stripid(repr(x)), self.maxother)

    def repr_string(self, x, level):
        """Raw, if that saves backslashes."""
        text = cram(x, self.maxstring)
        shown = repr(text)
        if "\\" in text and "\\" not in shown.replace("\\\\", ""):
            return f"r{shown[0]}{text}{shown[0]}"
        return shown

    repr_str = repr_string

    def repr_instance(self, x, level):
        try:
            return cram(stripid(repr(x)), self.maxstring)
        except Exception:
            return f"<{x.__class__.__name__} instance>"


class TextDoc(Doc):
    """Documents as text, for terminals: titles are struck twice (a, backspace, a)."""

    _repr_instance = TextRepr()
    repr = _repr_instance.repr

    def bold(self, text):
        """text, struck twice."""
        return "".join(ch + "\b" + ch for ch in text)

    def indent(self, text, prefix="    "):
        """text with prefix before each line."""
        return "\n".join((prefix + line).rstrip() for line in text.split("\n")) if text else ""

    def section(self, title, contents):
        """A titled section."""
        return f"{self.bold(title)}\n{self.indent(contents).rstrip()}\n\n"

    def formattree(self, tree, modname, parent=None, prefix=""):
        """The tree that inspect.getclasstree() gave."""
        lines, cls = [], None
        for entry in tree:
            if type(entry) is list:
                lines.append(self.formattree(entry, modname, cls, prefix + "    "))
                continue
            cls, bases = entry
            line = prefix + classname(cls, modname)
            if bases and bases != (parent,):
                line += f"({', '.join(classname(base, modname) for base in bases)})"
            lines.append(line + "\n")
        return "".join(lines)

    # A module

    def docmodule(self, object, name=None, mod=None, *ignored):
        """The text about a module."""
        name = object.__name__
        public = getattr(object, "__all__", None)
        summary, description = splitdoc(getdoc(object))
        out = [self.section("NAME", name + (f" - {summary}" if summary else ""))]
        if (place := self.getdocloc(object)) is not None:
            out.append(self.section("MODULE REFERENCE", place))
        if description:
            out.append(self.section("DESCRIPTION", description))
        for title, lines in self._parts_inside(object, name):
            out.append(self.section(title, "\n".join(lines)))
        classes, functions, data = self._members(object, public)
        if classes:
            tree = self.formattree(inspect.getclasstree([value for _, value in classes], 1), name)
            out.append(self.section("CLASSES", "\n".join([tree, *(self.document(value, key, name) for key, value in classes)])))
        if functions:
            out.append(self.section("FUNCTIONS", "\n".join(self.document(value, key, name) for key, value in functions)))
        if data:
            out.append(self.section("DATA", "\n".join(self.docother(value, key, name, maxlen=70) for key, value in data)))
        for attribute in "version", "date", "author", "credits":
            if hasattr(object, f"__{attribute}__"):
                text = str(getattr(object, f"__{attribute}__"))
                if attribute == "version" and text.startswith("$Revision: ") and text.endswith("$"):
                    text = text[11:-1].strip()
                out.append(self.section(attribute.upper(), text))
        try:
            file = inspect.getabsfile(object)
        except TypeError:
            file = "(built-in)"
        out.append(self.section("FILE", file))
        return "".join(out)

    def _members(self, module, public):
        """Names and values of the classes, the functions and the data that are the module's own, or public."""
        def own(value):
            return public is not None or (inspect.getmodule(value) or module) is module

        def shown(predicate, mine):
            return [(key, value) for key, value in inspect.getmembers(module, predicate) if mine(value) and visiblename(key, public, module)]
        return (shown(inspect.isclass, own),
                shown(inspect.isroutine, lambda value: public is not None or inspect.isbuiltin(value) or inspect.getmodule(value) is module),
                shown(isdata, lambda value: True))

    def _parts_inside(self, module, name):
        """Sections about the modules inside a package."""
        known = set()
        if hasattr(module, "__path__"):
            import pkgutil
            lines = []
            for _, part, package in pkgutil.iter_modules(module.__path__):
                known.add(part)
                lines.append(part + " (package)" if package else part)
            yield "PACKAGE CONTENTS", sorted(lines)
        inside = [key for key, value in inspect.getmembers(module, inspect.ismodule) if value.__name__.startswith(name + ".") and key not in known]
        if inside:
            yield "SUBMODULES", sorted(inside)

    # A class

    _KINDS = (("Methods", "method"), ("Class methods", "class method"), ("Static methods", "static method"),
              ("Readonly properties", "readonly property"), ("Data descriptors", "data descriptor"), ("Data and other attributes", "data"))

    def docclass(self, object, name=None, mod=None, *ignored):
        """The text about a class."""
        real = object.__name__
        name = name or real
        title = "class " + self.bold(real) if name == real else f"{self.bold(name)} = class {real}"
        if object.__bases__:
            title += f"({', '.join(classname(base, object.__module__) for base in object.__bases__)})"
        lines = []
        try:
            signature = str(inspect.signature(object))
        except (ValueError, TypeError):
            signature = "()"
        if signature != "()":
            lines.append(name + signature + "\n")
        if doc := getdoc(object):
            lines.append(doc + "\n")
        mro = deque(inspect.getmro(object))
        if len(mro) > 2:
            lines += ["Method resolution order:", *("    " + classname(base, object.__module__) for base in mro), ""]
        below = sorted((cls.__name__ for cls in type.__subclasses__(object) if not cls.__name__.startswith("_") and cls.__module__ == "builtins"),
                       key=str.lower)
        if below:
            more = [f"    ... and {len(below) - 4} other subclasses"] if len(below) > 4 else []
            lines += ["Built-in subclasses:", *("    " + cls for cls in below[:4]), *more, ""]
        self._class_attributes(object, mod, mro, lines)
        contents = "\n".join(lines)
        return title + "\n" + (self.indent(contents.rstrip(), " |  ") + "\n" if contents else "")

    def _class_attributes(self, object, mod, mro, lines):
        """What is in the class, then in each of its bases."""
        attrs = [attr for attr in classify_class_attrs(object) if visiblename(attr[0], obj=object)]
        rule = False
        while attrs:
            cls = mro.popleft() if mro else attrs[0][2]
            here, attrs = [attr for attr in attrs if attr[2] is cls], [attr for attr in attrs if attr[2] is not cls]
            if cls is builtins.object and object is not builtins.object:
                continue
            where = "defined here" if cls is object else f"inherited from {classname(cls, object.__module__)}"
            sort_attributes(here, object)
            for title, kind in self._KINDS:
                group = [attr for attr in here if attr[1] == kind]
                if group:
                    if rule:
                        lines.append("-" * 70)
                    rule = True
                    lines.append(f"{title} {where}:\n")
                    lines.extend(self._attribute(object, name, kind, home, value, mod) for name, _, home, value in group)

    def _attribute(self, cls, name, kind, home, value, mod):
        if kind in ("readonly property", "data descriptor"):
            return self.docdata(value, name, mod)
        if kind == "data":
            doc = getdoc(value) if callable(value) or inspect.isdatadescriptor(value) else None
            try:
                found = getattr(cls, name)
            except AttributeError:
                found = home.__dict__[name]
            return self.docother(found, name, mod, maxlen=70, doc=doc) + "\n"
        try:
            found = getattr(cls, name)
        except Exception: # a descriptor that fails: shown as what it is
            return self.docdata(value, name, mod)
        return self.document(found, name, mod, cls, home)

    # Functions and values

    def formatvalue(self, object):
        """The default value of an argument."""
        return "=" + self.repr(object)

    def docroutine(self, object, name=None, mod=None, cl=None, homecls=None):
        """The text about a function or a method; cl: the class that it is shown in, homecls: the one that has it."""
        real = object.__name__
        name = name or real
        note = self._origin(object, real, mod, cl, cl if homecls is None else homecls)
        brief, title = False, self.bold(real)
        if name != real:
            if cl is not None and inspect.getattr_static(cl, real, []) is object: # the other name has it all
                brief = True
                note = "" if note.startswith(" from ") else note
            title = f"{self.bold(name)} = {real}"
        arguments = _getargspec(object)
        if arguments and real == "<lambda>":
            title, arguments = self.bold(name) + " lambda ", arguments[1:-1]
        word = "async " if inspect.iscoroutinefunction(object) or inspect.isasyncgenfunction(object) else ""
        text = word + title + (arguments or "(...)") + note + "\n"
        doc = "" if brief else getdoc(object)
        return text + (self.indent(doc).rstrip() + "\n" if doc else "")

    def _origin(self, object, real, mod, cl, home):
        """Where a routine is from, if that is not where it is shown."""
        function, note = object, ""
        if _is_bound_method(object):
            owner, function = object.__self__, None
            if owner is cl:
                function = getattr(object, "__func__", None)
            elif inspect.isclass(owner):
                note = f" class method of {classname(owner, mod)}"
            else:
                note = f" method of {classname(owner.__class__, mod)} instance"
        elif inspect.ismethoddescriptor(object) or inspect.ismethodwrapper(object):
            owner, function = getattr(object, "__objclass__", None), None
            if owner is not None and cl is None:
                note = f" unbound {classname(owner, mod)} method"
            elif owner is not None and owner is not home:
                note = f" from {classname(owner, mod)}"
        if inspect.isfunction(function) and home is not None and (
                function.__module__ != home.__module__ or function.__qualname__ != f"{home.__qualname__}.{real}"):
            parent = parentname(function, mod)
            note = f" from {parent}" if parent else note
        return note

    def docdata(self, object, name=None, mod=None, cl=None, *ignored):
        """The text about a data descriptor."""
        doc = getdoc(object)
        return (self.bold(name) + "\n" if name else "") + (self.indent(doc) + "\n" if doc else "")

    docproperty = docdata

    def docother(self, object, name=None, mod=None, parent=None, *ignored, maxlen=None, doc=None):
        """The text about a value."""
        shown = self.repr(object)
        head = f"{name} = " if name else ""
        if maxlen and len(head) + len(shown) > maxlen:
            shown = shown[:maxlen - len(head) - len(shown)] + "..."
        line = (self.bold(name) + " = " if name else "") + shown
        doc = doc or getdoc(object)
        return line + (f"\n{self.indent(str(doc))}\n" if doc else "")


class _PlainTextDoc(TextDoc):
    """The same with nothing struck twice."""

    def bold(self, text):
        return text


text, plaintext = TextDoc(), _PlainTextDoc()


def describe(thing):
    """What kind of thing it is, and its name."""
    if inspect.ismodule(thing):
        if thing.__name__ in sys.builtin_module_names:
            return "built-in module " + thing.__name__
        return ("package " if hasattr(thing, "__path__") else "module ") + thing.__name__
    if inspect.isbuiltin(thing):
        return "built-in function " + thing.__name__
    for test, kind in (inspect.isgetsetdescriptor, "getset"), (inspect.ismemberdescriptor, "member"):
        if test(thing):
            return f"{kind} descriptor {thing.__objclass__.__module__}.{thing.__objclass__.__name__}.{thing.__name__}"
    for test, kind in (inspect.isclass, "class"), (inspect.isfunction, "function"), (inspect.ismethod, "method"):
        if test(thing):
            return f"{kind} {thing.__name__}"
    if inspect.ismethodwrapper(thing):
        return "method wrapper " + thing.__name__
    return type(thing).__name__
