"""doctest's finding: texts to examples, and objects to the docstrings in them."""

import inspect
import re
import types

_EXAMPLE = re.compile(r"""
    (?P<source>
        (?:^(?P<indent>[ ]*) >>> .*)          # PS1 line
        (?:\n           [ ]*  \.\.\. .*)*)     # PS2 lines
    \n?
    (?P<want>(?:(?![ ]*$)                      # not a blank line
                (?![ ]*>>>)                    # not a line that begins the next
                .+$\n?)*)""", re.MULTILINE | re.VERBOSE)
_EXCEPTION = re.compile(r"""
    ^(?P<hdr> Traceback\ \((?: most\ recent\ call\ last | innermost\ last)\) :)
    \s* $
    (?P<stack> .*?)
    ^(?P<msg> \w+ .*)""", re.VERBOSE | re.MULTILINE | re.DOTALL)
_OPTION = re.compile(r"#\s*doctest:\s*([^\n\'\"]*)$", re.MULTILINE)


def _module_name(cls):
    cls.__module__ = "doctest"
    return cls


@_module_name
class Example:
    """One example: source and what it should show (want), both ending with a newline; exc_msg: the exception's line, if it should raise.

    lineno: within the text, from 0; indent: columns before >>>; options: flags that were set or unset behind `# doctest:`.
    """

    def __init__(self, source, want, exc_msg=None, lineno=0, indent=0, options=None):
        def closed(text):
            return text + "\n" if text and not text.endswith("\n") else text
        self.source = closed(source) or "\n"
        self.want = closed(want)
        self.exc_msg = closed(exc_msg) if exc_msg is not None else None
        self.lineno, self.indent, self.options = lineno, indent, {} if options is None else options

    def _key(self):
        return self.source, self.want, self.lineno, self.indent, self.options, self.exc_msg

    def __eq__(self, other):
        return self._key() == other._key() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((self.source, self.want, self.lineno, self.indent, self.exc_msg))


@_module_name
class DocTest:
    """The examples of one docstring, with the globals that they run in, a name, and where they are (lineno from 0)."""

    def __init__(self, examples, globs, name, filename, lineno, docstring):
        assert not isinstance(examples, str), "DocTest no longer accepts str; use DocTestParser instead"
        self.examples, self.globs, self.name = examples, globs.copy(), name
        self.filename, self.lineno, self.docstring = filename, lineno, docstring

    def __repr__(self):
        count = len(self.examples)
        what = "no examples" if not count else "1 example" if count == 1 else f"{count} examples"
        return f"<{type(self).__name__} {self.name} from {self.filename}:{self.lineno} ({what})>"

    def _key(self):
        return self.examples, self.docstring, self.globs, self.name, self.filename, self.lineno

    def __eq__(self, other):
        return self._key() == other._key() if type(self) is type(other) else NotImplemented

    def __hash__(self):
        return hash((self.docstring, self.name, self.filename, self.lineno))

    def __lt__(self, other):
        if not isinstance(other, DocTest):
            return NotImplemented
        mine, others = ((t.name, t.filename, -1 if t.lineno is None else t.lineno, id(t)) for t in (self, other))
        return mine < others


@_module_name
class DocTestParser:
    """Finds the examples in a text."""

    _EXAMPLE_RE, _EXCEPTION_RE, _OPTION_DIRECTIVE_RE = _EXAMPLE, _EXCEPTION, _OPTION

    def parse(self, string, name="<string>"):
        """The text in turn: Example objects, and what stands between them."""
        string = string.expandtabs()
        margin = min((len(m[1]) for m in re.finditer(r"^([ ]*)(?=\S)", string, re.MULTILINE)), default=0)
        if margin:
            string = "\n".join(line[margin:] for line in string.split("\n"))
        out, at, line = [], 0, 0
        for match in _EXAMPLE.finditer(string):
            out.append(string[at:match.start()])
            line += string.count("\n", at, match.start())
            source, options, want, message = self._parse_example(match, name, line)
            if not re.match(r"[ ]*(#.*)?$", source): # a comment alone is no example
                out.append(Example(source, want, message, lineno=line, indent=margin + len(match["indent"]), options=options))
            line += string.count("\n", match.start(), match.end())
            at = match.end()
        out.append(string[at:])
        return out

    def get_doctest(self, string, globs, name, filename, lineno):
        """A DocTest of the examples in a text."""
        return DocTest(self.get_examples(string, name), globs, name, filename, lineno, string)

    def get_examples(self, string, name="<string>"):
        """The examples in a text."""
        return [piece for piece in self.parse(string, name) if isinstance(piece, Example)]

    def _parse_example(self, match, name, lineno):
        indent = len(match["indent"])
        source_lines = match["source"].split("\n")
        self._check_blank(source_lines, indent, name, lineno)
        self._check_prefix(source_lines[1:], " " * indent + ".", name, lineno)
        source = "\n".join(line[indent + 4:] for line in source_lines)
        want = match["want"]
        want_lines = want.split("\n")
        if len(want_lines) > 1 and re.match(r" *$", want_lines[-1]):
            want_lines.pop()
        self._check_prefix(want_lines, " " * indent, name, lineno + len(source_lines))
        want = "\n".join(line[indent:] for line in want_lines)
        raised = _EXCEPTION.match(want)
        return source, self._find_options(source, name, lineno), want, raised["msg"] if raised else None

    def _find_options(self, source, name, lineno):
        from _doctest_run import OPTIONFLAGS_BY_NAME
        options = {}
        for match in _OPTION.finditer(source):
            for text in match[1].replace(",", " ").split():
                if text[0] not in "+-" or text[1:] not in OPTIONFLAGS_BY_NAME:
                    raise ValueError(f"line {lineno + 1} of the doctest for {name} has an invalid option: {text!r}")
                options[OPTIONFLAGS_BY_NAME[text[1:]]] = text[0] == "+"
        if options and re.match(r"[ ]*(#.*)?$", source):
            raise ValueError(f"line {lineno} of the doctest for {name} has an option directive on a line with no example: {source!r}")
        return options

    def _check_blank(self, lines, indent, name, lineno):
        for i, line in enumerate(lines):
            if len(line) >= indent + 4 and line[indent + 3] != " ":
                raise ValueError(f"line {lineno + i + 1} of the docstring for {name} lacks blank after {line[indent:indent + 3]}: {line!r}")

    def _check_prefix(self, lines, prefix, name, lineno):
        for i, line in enumerate(lines):
            if line and not line.startswith(prefix):
                raise ValueError(f"line {lineno + i + 1} of the docstring for {name} has inconsistent leading whitespace: {line!r}")


@_module_name
class DocTestFinder:
    """Finds the docstrings with examples: of an object, and of what is in it."""

    def __init__(self, verbose=False, parser=DocTestParser(), recurse=True, exclude_empty=True):
        self._parser, self._verbose, self._recurse, self._exclude_empty = parser, verbose, recurse, exclude_empty

    def find(self, obj, name=None, module=None, globs=None, extraglobs=None):
        """DocTests of obj and what is in it, sorted by name. module: where it is from (False: anywhere); globs: default, its module's."""
        if name is None:
            name = getattr(obj, "__name__", None)
            if name is None:
                raise ValueError(f"DocTestFinder.find: name must be given when obj.__name__ doesn't exist: {type(obj)!r}")
        if module is False:
            module = None
        elif module is None:
            module = inspect.getmodule(obj)
        space = (module.__dict__.copy() if module is not None else {}) if globs is None else globs.copy()
        space.update(extraglobs or {})
        space.setdefault("__name__", "__main__")
        tests = []
        self._find(tests, obj, name, module, self._source_lines(obj, module), space, {})
        tests.sort()
        return tests

    def _source_lines(self, obj, module):
        import linecache
        try:
            file = inspect.getsourcefile(obj)
        except TypeError:
            return None
        if not file:
            file = inspect.getfile(obj)
            if not file[0] + file[-2:] == "<]>":
                return None
        lines = linecache.getlines(file) if module is None else linecache.getlines(file, module.__dict__)
        return lines or None

    def _from_module(self, module, obj):
        """Was the object defined in this module?"""
        if module is None:
            return True
        if inspect.getmodule(obj) is not None and not inspect.isroutine(obj) and not inspect.isclass(obj):
            return module is inspect.getmodule(obj)
        if inspect.isfunction(obj):
            return module.__dict__ is obj.__globals__
        if inspect.ismethoddescriptor(obj) or inspect.ismethodwrapper(obj):
            owner = getattr(obj, "__objclass__", None)
            name = owner.__module__ if owner is not None else getattr(obj, "__module__", module.__name__)
            return module.__name__ == name
        if hasattr(obj, "__module__"):
            return module.__name__ == obj.__module__
        if isinstance(obj, property):
            return True # there is nothing to tell
        if inspect.isclass(obj):
            return module.__name__ == obj.__module__
        raise ValueError("object must be a class or function")

    def _is_routine(self, obj):
        try:
            obj = inspect.unwrap(obj)
        except ValueError:
            pass
        return inspect.isroutine(obj)

    def _find(self, tests, obj, name, module, lines, globs, seen):
        if self._verbose:
            print(f"Finding tests in {name}")
        if id(obj) in seen:
            return
        seen[id(obj)] = 1
        test = self._get_test(obj, name, module, globs, lines)
        if test is not None:
            tests.append(test)
        if not self._recurse:
            return
        if inspect.ismodule(obj):
            for key, value in obj.__dict__.items():
                if (self._is_routine(value) or inspect.isclass(value)) and self._from_module(module, value):
                    self._find(tests, value, f"{name}.{key}", module, lines, globs, seen)
            for key, value in getattr(obj, "__test__", {}).items():
                self._check_test(key, value)
                self._find(tests, value, f"{name}.__test__.{key}", module, lines, globs, seen)
        if inspect.isclass(obj):
            for key, value in obj.__dict__.items():
                if isinstance(value, (staticmethod, classmethod)):
                    value = value.__func__
                if (self._is_routine(value) or inspect.isclass(value) or isinstance(value, property)) and self._from_module(module, value):
                    self._find(tests, value, f"{name}.{key}", module, lines, globs, seen)

    def _check_test(self, key, value):
        if not isinstance(key, str):
            raise ValueError(f"DocTestFinder.find: __test__ keys must be strings: {type(key)!r}")
        if not (inspect.isroutine(value) or inspect.isclass(value) or inspect.ismodule(value) or isinstance(value, str)):
            raise ValueError(f"DocTestFinder.find: __test__ values must be strings, functions, methods, classes, or modules: {type(value)!r}")

    def _get_test(self, obj, name, module, globs, lines):
        if isinstance(obj, str):
            doc = obj
        else:
            doc = getattr(obj, "__doc__", None)
            doc = "" if doc is None else doc if isinstance(doc, str) else str(doc)
        line = self._find_lineno(obj, lines)
        if self._exclude_empty and not doc:
            return None
        if module is None:
            filename = None
        else:
            filename = getattr(module, "__file__", None) or module.__name__
            filename = filename[:-1] if filename[-4:] == ".pyc" else filename
        test = self._parser.get_doctest(doc, globs, name, filename, line)
        return None if self._exclude_empty and not test.examples else test

    def _find_lineno(self, obj, lines):
        """The line of the docstring, from 0; None: not known."""
        line, doc = None, getattr(obj, "__doc__", None)
        if inspect.ismodule(obj) and doc is not None:
            line = 0
        if inspect.isclass(obj) and doc is not None:
            if lines is None:
                return None
            first = obj.__dict__.get("__firstlineno__")
            line = first - 1 if first is not None else None
        if inspect.ismethod(obj):
            obj = obj.__func__
        if isinstance(obj, property):
            obj = obj.fget
        if inspect.isroutine(obj) and getattr(obj, "__doc__", None):
            try:
                obj = inspect.unwrap(obj)
            except ValueError:
                pass
            obj = getattr(obj, "__code__", None)
            obj = obj if obj is not None else None
        if inspect.istraceback(obj):
            obj = obj.tb_frame
        if inspect.isframe(obj):
            obj = obj.f_code
        if inspect.iscode(obj):
            line = obj.co_firstlineno - 1
        if line is None or lines is None:
            return line
        begin = re.compile(r"(^|.*:)\s*\w*(\"|')")
        if line == 0 and not inspect.iscode(obj) and not inspect.isclass(obj):
            return 0
        for i in range(line, len(lines)):
            if begin.match(lines[i]):
                return i
        return None
