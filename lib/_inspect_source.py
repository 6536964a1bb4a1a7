"""inspect's view of source: files, modules, blocks of lines, docstrings and comments."""

import linecache
import os
import sys
import types

_GONE = object()


class EndOfBlock(Exception):
    """The block's last line has been seen."""


class ClassFoundException(Exception):
    """Of older Pythons; nothing raises it."""


# ---- Docstrings ----------------------------------------------------------------------------------------------------------------------


def indentsize(line):
    """How many columns of blanks a line begins with."""
    expanded = line.expandtabs()
    return len(expanded) - len(expanded.lstrip())


def cleandoc(doc):
    """A docstring without the indentation that all lines but the first share, and without blank lines around it."""
    lines = doc.expandtabs().split("\n")
    margin = min((len(line) - len(line.lstrip(" ")) for line in lines[1:] if line.lstrip(" ")), default=0)
    lines = [lines[0].lstrip(" ")] + [line[margin:] for line in lines[1:]]
    while lines and not lines[-1]:
        lines.pop()
    while lines and not lines[0]:
        lines.pop(0)
    return "\n".join(lines)


def _class_of(function):
    """The class that a function stands in, by its qualified name."""
    thing = sys.modules.get(function.__module__)
    for name in function.__qualname__.split(".")[:-1]:
        thing = getattr(thing, name, None)
    return thing if isinstance(thing, type) else None


def _owner(obj):
    """(the class that an attribute belongs to, its name); None where that cannot be known."""
    import functools
    from inspect import ismethoddescriptor, isdatadescriptor
    if isinstance(obj, types.MethodType):
        name, owner = obj.__func__.__name__, obj.__self__
        if isinstance(owner, type) and getattr(getattr(owner, name, None), "__func__", None) is obj.__func__:
            return owner, name
        return owner.__class__, name
    if isinstance(obj, types.FunctionType):
        name, owner = obj.__name__, _class_of(obj)
        return (owner, name) if owner is not None and getattr(owner, name) is obj else None
    if isinstance(obj, types.BuiltinFunctionType):
        name, owner = obj.__name__, obj.__self__
        if isinstance(owner, type) and owner.__qualname__ + "." + name == obj.__qualname__:
            return owner, name
        return owner.__class__, name
    if isinstance(obj, property):
        name, owner = obj.__name__ if obj.fget else None, _class_of(obj.fget) if obj.fget else None
        return (owner, name) if owner is not None and getattr(owner, name) is obj else None
    if isinstance(obj, functools.cached_property):
        owner = _class_of(obj.func)
        return (owner, obj.attrname) if owner is not None and getattr(owner, obj.attrname, None) is obj else None
    if ismethoddescriptor(obj) or isdatadescriptor(obj):
        if not hasattr(obj, "__objclass__") or getattr(obj.__objclass__, obj.__name__, None) is not obj:
            return None
        slots = getattr(obj.__objclass__, "__slots__", None)
        if isinstance(obj, types.MemberDescriptorType) and isinstance(slots, dict) and obj.__name__ in slots:
            return _Told(slots[obj.__name__]), "text"
        return obj.__objclass__, obj.__name__
    return None


class _Told:
    """For a slot whose docstring stands in __slots__: looks like a class with an attribute that has it."""

    def __init__(self, doc):
        self.__mro__ = (self,)
        self.text = type("text", (), {"__doc__": doc})()


def _own_doc(obj):
    """__doc__, unless an instance only shows its class's."""
    try:
        doc = obj.__doc__
    except AttributeError:
        return None
    return doc if isinstance(doc, str) else None


def _inherited_doc(obj):
    if isinstance(obj, type):
        for base in obj.__mro__:
            if base is not object and _class_doc(base) is not None:
                return _class_doc(base)
        return None
    found = _owner(obj)
    if found is None:
        return None
    for base in found[0].__mro__:
        doc = _own_doc(getattr(base, found[1], None)) if hasattr(base, found[1]) else None
        if doc is not None:
            return doc
    return None


def _class_doc(cls):
    doc = cls.__dict__.get("__doc__")
    if doc is not None and not isinstance(doc, str): # native classes compute it
        doc = cls.__doc__
    return doc if isinstance(doc, str) else None


def getdoc(object):
    """The docstring, cleaned; of a class, method or property without one: what it inherits. None: there is none."""
    try:
        doc = object.__doc__
    except AttributeError:
        return None
    if doc is None:
        try:
            doc = _inherited_doc(object)
        except (AttributeError, TypeError):
            return None
    return cleandoc(doc) if isinstance(doc, str) else None


# ---- Files and modules ---------------------------------------------------------------------------------------------------------------


def getfile(object):
    """The name of the file in which an object was defined. TypeError: it is built in."""
    if isinstance(object, types.ModuleType):
        if getattr(object, "__file__", None):
            return object.__file__
        raise TypeError(f"{object!r} is a built-in module")
    if isinstance(object, type):
        if hasattr(object, "__module__"):
            module = sys.modules.get(object.__module__)
            if getattr(module, "__file__", None):
                return module.__file__
            if object.__module__ == "__main__":
                raise OSError("source code not available")
        raise TypeError(f"{object!r} is a built-in class")
    if isinstance(object, types.MethodType):
        object = object.__func__
    if isinstance(object, types.FunctionType):
        object = object.__code__
    if isinstance(object, types.TracebackType):
        object = object.tb_frame
    if isinstance(object, types.FrameType):
        object = object.f_code
    if isinstance(object, types.CodeType):
        return object.co_filename
    raise TypeError("module, class, method, function, traceback, frame, or code object was expected, "
                    f"got {type(object).__name__}")


def getmodulename(path):
    """The name of the module in a file with this name; None: no module's."""
    from importlib.machinery import all_suffixes
    name = os.path.basename(path)
    for suffix in sorted(all_suffixes(), key=len, reverse=True):
        if name.endswith(suffix):
            return name[:-len(suffix)]
    return None


def getsourcefile(object):
    """The name of the file with the object's source, or None."""
    from importlib import machinery
    filename = getfile(object)
    for suffix in machinery.DEBUG_BYTECODE_SUFFIXES + machinery.OPTIMIZED_BYTECODE_SUFFIXES:
        if filename.endswith(suffix):
            filename = os.path.splitext(filename)[0] + machinery.SOURCE_SUFFIXES[0]
            break
    else:
        if any(filename.endswith(suffix) for suffix in machinery.EXTENSION_SUFFIXES):
            return None
    if filename in linecache.cache or os.path.exists(filename):
        return filename
    module = getmodule(object, filename)
    if getattr(module, "__loader__", None) is not None or getattr(getattr(module, "__spec__", None), "loader", None) is not None:
        return filename
    return None


def getabsfile(object, _filename=None):
    """The absolute, normalised name of the file of an object: the same for the same file."""
    if _filename is None:
        _filename = getsourcefile(object) or getfile(object)
    return os.path.normcase(os.path.abspath(_filename))


_known = {} # module name -> file name by which it is in inspect.modulesbyfile


def _by_file(table, path):
    for name, module in list(sys.modules.items()):
        if not isinstance(module, types.ModuleType) or not hasattr(module, "__file__"):
            continue
        file = module.__file__
        if _known.get(name, "") == file or file is None:
            continue
        _known[name] = file
        absolute = getabsfile(module)
        table[absolute] = table[os.path.realpath(absolute)] = module.__name__
    return sys.modules.get(table[path]) if path in table else None


def getmodule(object, _filename=None):
    """The module in which an object was defined, or None."""
    from inspect import modulesbyfile
    if isinstance(object, types.ModuleType):
        return object
    if hasattr(object, "__module__"):
        return sys.modules.get(object.__module__)
    if _filename is not None and _filename in modulesbyfile:
        return sys.modules.get(modulesbyfile[_filename])
    try:
        import inspect
        path = inspect.getabsfile(object, _filename)
    except (TypeError, FileNotFoundError):
        return None
    if path in modulesbyfile:
        return sys.modules.get(modulesbyfile[path])
    found = _by_file(modulesbyfile, path)
    if found is not None:
        return found
    name = getattr(object, "__name__", None)
    if name is None:
        return None
    for place in ("__main__", "builtins"):
        if getattr(sys.modules[place], name, _GONE) is object:
            return sys.modules[place]
    return None


# ---- Source --------------------------------------------------------------------------------------------------------------------------


def _lines_of(object):
    file = getsourcefile(object)
    if file:
        linecache.checkcache(file)
    else:
        file = getfile(object)
        if not (file.startswith("<") and file.endswith(">")):
            raise OSError("source code not available")
    module = getmodule(object, file)
    lines = linecache.getlines(file, module.__dict__) if module else linecache.getlines(file)
    if not lines:
        raise OSError("could not get source code")
    return lines


def findsource(object):
    """All lines of the file with an object, and the index of the object's first. OSError: there is no source."""
    lines = _lines_of(object)
    if isinstance(object, types.ModuleType):
        return lines, 0
    if isinstance(object, type):
        first = vars(object).get("__firstlineno__")
        if first is None:
            raise OSError("source code not available")
        if first > len(lines):
            raise OSError("lineno is out of bounds")
        return lines, first - 1
    if isinstance(object, types.MethodType):
        object = object.__func__
    if isinstance(object, types.FunctionType):
        object = object.__code__
    if isinstance(object, types.TracebackType):
        object = object.tb_frame
    if isinstance(object, types.FrameType):
        object = object.f_code
    if not isinstance(object, types.CodeType):
        raise OSError("could not find code object")
    if not hasattr(object, "co_firstlineno"):
        raise OSError("could not find function definition")
    if object.co_firstlineno > len(lines):
        raise OSError("lineno is out of bounds")
    return lines, object.co_firstlineno - 1


def _is_comment(line):
    return line.lstrip()[:1] == "#"


def _comments_before(lines, at):
    """The comment lines that end before line at and have its indentation."""
    out, start = [], at - 1
    while start >= 0 and _is_comment(lines[start]) and indentsize(lines[start]) == indentsize(lines[at]):
        out.append(lines[start].expandtabs().lstrip())
        start -= 1
    return out[::-1]


def getcomments(object):
    """The comment lines right before an object, or at the head of a module's file; None without any."""
    try:
        lines, at = findsource(object)
    except (OSError, TypeError):
        return None
    if isinstance(object, types.ModuleType):
        start = 1 if lines and lines[0][:2] == "#!" else 0
        while start < len(lines) and lines[start].strip() in ("", "#"):
            start += 1
        out = []
        while start < len(lines) and lines[start][:1] == "#":
            out.append(lines[start].expandtabs())
            start += 1
        return "".join(out) or None
    if at == 0:
        return None
    return "".join(_comments_before(lines, at)) or None


class BlockFinder:
    """Fed with a block's tokens from its first line on; raises EndOfBlock at its end. last: number of lines in it."""

    def __init__(self):
        self.indent = 0
        self.islambda = False
        self.started = False
        self.passline = False
        self.indecorator = False
        self.last = 1
        self.body_col0 = None

    def tokeneater(self, type, token, srowcol, erowcol, line):
        import tokenize
        if not self.started and not self.indecorator:
            self._head(token)
        elif type == tokenize.NEWLINE:
            self._line_end(srowcol[0])
        elif self.passline:
            pass
        elif type == tokenize.INDENT:
            if self.body_col0 is None and self.started:
                self.body_col0 = erowcol[1]
            self.indent += 1
            self.passline = True
        elif type == tokenize.DEDENT:
            self.indent -= 1
            if self.indent <= 0: # the blocks that tokens of the same line would close are closed as well
                raise EndOfBlock
        elif type == tokenize.COMMENT:
            if self.body_col0 is not None and srowcol[1] >= self.body_col0:
                self.last = srowcol[0] # a comment at the end of the body belongs to it
        elif self.indent == 0 and type not in (tokenize.COMMENT, tokenize.NL):
            raise EndOfBlock # the next statement of the same indentation

    def _head(self, token):
        if token == "@":
            self.indecorator = True
        elif token in ("def", "class", "lambda"):
            self.islambda = token == "lambda"
            self.started = True
        self.passline = True # up to the end of this line

    def _line_end(self, row):
        self.passline = False
        self.last = row
        if self.islambda:
            raise EndOfBlock
        if self.indecorator:
            self.indecorator = False # another decorator, or what is decorated


def getblock(lines):
    """The lines of the block at the head of lines."""
    import tokenize
    finder = BlockFinder()
    try:
        for token in tokenize.generate_tokens(iter(lines).__next__):
            finder.tokeneater(*token)
    except (EndOfBlock, IndentationError):
        pass
    except SyntaxError as error:
        if "unmatched" not in error.msg:
            raise
        # A bracket that was opened before these lines, as of a lambda among arguments.
        finder.last = max(finder.last, error.args[1][1])
    return lines[:finder.last]


def getsourcelines(object):
    """The lines of an object's source and the number of the first; of a module (and its frame): all lines, and 0."""
    from inspect import unwrap
    object = unwrap(object)
    lines, at = findsource(object)
    if isinstance(object, types.TracebackType):
        object = object.tb_frame
    if isinstance(object, types.ModuleType) or (isinstance(object, types.FrameType) and object.f_code.co_name == "<module>"):
        return lines, 0
    return getblock(lines[at:]), at + 1


def getsource(object):
    """The text of an object's source. OSError: it cannot be got; TypeError: the object is built in."""
    return "".join(getsourcelines(object)[0])


def show():
    """python -m inspect [--details] MODULE[:NAME]: print the source of it."""
    import argparse
    import importlib
    parser = argparse.ArgumentParser(prog="python -m inspect")
    parser.add_argument("object", help="The object to be analysed. It supports the 'module:qualname' syntax")
    parser.add_argument("-d", "--details", action="store_true", help="Display info about the module rather than its source code")
    args = parser.parse_args()
    name, has_attributes, attributes = args.object.partition(":")
    try:
        thing = module = importlib.import_module(name)
    except Exception as error:
        print(f"Failed to import {name} ({type(error).__name__}: {error})", file=sys.stderr)
        sys.exit(2)
    for part in attributes.split(".") if has_attributes else ():
        thing = getattr(thing, part)
    if module.__name__ in sys.builtin_module_names:
        print("Can't get info for builtin modules.", file=sys.stderr)
        sys.exit(1)
    if not args.details:
        print(getsource(thing))
        return
    print(f"Target: {args.object}")
    print(f"Origin: {getsourcefile(module)}")
    print(f"Cached: {module.__cached__}")
    if thing is module:
        print(f"Loader: {module.__loader__!r}")
        if hasattr(module, "__path__"):
            print(f"Submodule search path: {module.__path__}")
    else:
        try:
            print(f"Line: {findsource(thing)[1]}")
        except OSError:
            pass
    print()
