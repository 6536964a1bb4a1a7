"""inspect's Parameter, Signature and BoundArguments: what a callable can be called with, and a call's arguments by parameter."""

import enum
import keyword
from collections import OrderedDict
from types import MappingProxyType


class _empty:
    """Stands for a default or an annotation that there is not."""


_empty.__module__ = "inspect"


class _ParameterKind(enum.IntEnum):
    """Order is the order in which parameters of these kinds may stand."""

    POSITIONAL_ONLY = "positional-only"
    POSITIONAL_OR_KEYWORD = "positional or keyword"
    VAR_POSITIONAL = "variadic positional"
    KEYWORD_ONLY = "keyword-only"
    VAR_KEYWORD = "variadic keyword"

    def __new__(cls, description):
        member = int.__new__(cls, len(cls.__members__))
        member._value_ = len(cls.__members__)
        member.description = description
        return member

    def __str__(self):
        return self.name


_ParameterKind.__module__ = "inspect"
_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD, _VAR_POSITIONAL, _KEYWORD_ONLY, _VAR_KEYWORD = _ParameterKind
_POSITIONAL = (_POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD)
_VARIADIC = (_VAR_POSITIONAL, _VAR_KEYWORD)


def formatannotation(annotation, base_module=None, *, quote_annotation_strings=True):
    """An annotation as text; names of base_module come without it."""
    import types
    if not quote_annotation_strings and isinstance(annotation, str):
        return annotation
    where = getattr(annotation, "__module__", None)
    if where == "typing":
        import re
        return re.sub(r"(?<![\w.])typing\.", "", repr(annotation))
    if isinstance(annotation, types.GenericAlias):
        return str(annotation)
    if isinstance(annotation, type):
        if where in ("builtins", base_module):
            return annotation.__qualname__
        return f"{where}.{annotation.__qualname__}"
    return repr(annotation)


def formatannotationrelativeto(object):
    """A formatannotation for the annotations of object, whose module needs no naming."""
    module = getattr(object, "__module__", None)
    return lambda annotation: formatannotation(annotation, module)


class Parameter:
    """One parameter: name, kind, default and annotation. Immutable; replace() gives another one."""

    __slots__ = ("_name", "_kind", "_default", "_annotation")
    POSITIONAL_ONLY = _POSITIONAL_ONLY
    POSITIONAL_OR_KEYWORD = _POSITIONAL_OR_KEYWORD
    VAR_POSITIONAL = _VAR_POSITIONAL
    KEYWORD_ONLY = _KEYWORD_ONLY
    VAR_KEYWORD = _VAR_KEYWORD
    empty = _empty

    def __init__(self, name, kind, *, default=_empty, annotation=_empty):
        try:
            kind = _ParameterKind(kind)
        except ValueError:
            raise ValueError(f"value {kind!r} is not a valid Parameter.kind") from None
        if default is not _empty and kind in _VARIADIC:
            raise ValueError(f"{kind.description} parameters cannot have default values")
        if name is _empty:
            raise ValueError("name is a required attribute for Parameter")
        if not isinstance(name, str):
            raise TypeError(f"name must be a str, not a {type(name).__name__}")
        if name[:1] == "." and name[1:].isdigit():
            # The iterable of a comprehension's function is called .0; it is shown under a name that can be written.
            if kind != _POSITIONAL_OR_KEYWORD:
                raise ValueError("implicit arguments must be passed as positional or keyword arguments, "
                                 f"not {kind.description}")
            kind, name = _POSITIONAL_ONLY, f"implicit{name[1:]}"
        if (keyword.iskeyword(name) and kind is not _POSITIONAL_ONLY) or not name.isidentifier():
            raise ValueError(f"{name!r} is not a valid parameter name")
        self._name, self._kind, self._default, self._annotation = name, kind, default, annotation

    def __reduce__(self):
        return type(self), (self._name, self._kind), {"_default": self._default, "_annotation": self._annotation}

    def __setstate__(self, state):
        self._default = state["_default"]
        self._annotation = state["_annotation"]

    @property
    def name(self):
        return self._name

    @property
    def default(self):
        return self._default

    @property
    def annotation(self):
        return self._annotation

    @property
    def kind(self):
        return self._kind

    def replace(self, *, name=..., kind=..., annotation=..., default=...):
        """A parameter that differs in what is given."""
        given = [mine if new is ... else new
                 for new, mine in ((name, self._name), (kind, self._kind), (default, self._default), (annotation, self._annotation))]
        return type(self)(given[0], given[1], default=given[2], annotation=given[3])

    __replace__ = replace

    def __str__(self):
        return self._format()

    def _format(self, *, quote_annotation_strings=True):
        stars = {_VAR_POSITIONAL: "*", _VAR_KEYWORD: "**"}.get(self._kind, "")
        text, equals = stars + self._name, "="
        if self._annotation is not _empty:
            text += ": " + formatannotation(self._annotation, quote_annotation_strings=quote_annotation_strings)
            equals = " = "
        return text if self._default is _empty else f"{text}{equals}{self._default!r}"

    def __repr__(self):
        return f'<{type(self).__name__} "{self}">'

    def _key(self):
        return self._name, self._kind, self._default, self._annotation

    def __hash__(self):
        return hash(self._key())

    def __eq__(self, other):
        if self is other:
            return True
        return self._key() == other._key() if isinstance(other, Parameter) else NotImplemented


class BoundArguments:
    """A call's arguments by parameter: what Signature.bind gives. arguments holds those that were given."""

    __slots__ = ("arguments", "_signature", "__weakref__")

    def __init__(self, signature, arguments):
        self.arguments = arguments
        self._signature = signature

    @property
    def signature(self):
        return self._signature

    @property
    def args(self):
        """The positional arguments, up to the first that was left out."""
        out = []
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY) or name not in self.arguments:
                break
            value = self.arguments[name]
            out.extend(value) if parameter.kind == _VAR_POSITIONAL else out.append(value)
        return tuple(out)

    @property
    def kwargs(self):
        """The keyword arguments: what is keyword-only, and what follows a positional argument that was left out."""
        out, by_name = {}, False
        for name, parameter in self._signature.parameters.items():
            if parameter.kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                by_name = True
            elif name not in self.arguments:
                by_name = True
                continue
            if not by_name or name not in self.arguments:
                continue
            if parameter.kind == _VAR_KEYWORD:
                out.update(self.arguments[name])
            else:
                out[name] = self.arguments[name]
        return out

    def apply_defaults(self):
        """Fill in the defaults; what is variadic and was left out becomes empty."""
        filled, known = {}, self.arguments
        for name, parameter in self._signature.parameters.items():
            if name in known:
                filled[name] = known[name]
            elif parameter.default is not _empty:
                filled[name] = parameter.default
            elif parameter.kind is _VAR_POSITIONAL:
                filled[name] = ()
            elif parameter.kind is _VAR_KEYWORD:
                filled[name] = {}
        self.arguments = filled

    def __eq__(self, other):
        if self is other:
            return True
        if not isinstance(other, BoundArguments):
            return NotImplemented
        return self.signature == other.signature and self.arguments == other.arguments

    def __setstate__(self, state):
        self._signature = state["_signature"]
        self.arguments = state["arguments"]

    def __getstate__(self):
        return {"_signature": self._signature, "arguments": self.arguments}

    def __repr__(self):
        return f"<{type(self).__name__} ({', '.join(f'{name}={value!r}' for name, value in self.arguments.items())})>"


class _Binding:
    """The work of one bind(): positional arguments first, then keywords, parameter by parameter."""

    def __init__(self, parameters, args, kwargs, partial):
        self.left = list(parameters)
        self.values = list(args)
        self.keywords = kwargs
        self.partial = partial
        self.bound = {}
        self.misused = [] # positional-only parameters that came as keywords

    def run(self):
        self._positional()
        self._by_name()
        return self.bound

    def _positional(self):
        while self.values:
            if not self.left or self.left[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
                raise TypeError("too many positional arguments")
            parameter = self.left.pop(0)
            if parameter.kind == _VAR_POSITIONAL:
                self.bound[parameter.name] = tuple(self.values)
                self.values = []
                return
            if parameter.name in self.keywords and parameter.kind != _POSITIONAL_ONLY:
                raise TypeError(f"multiple values for argument {parameter.name!r}")
            self.bound[parameter.name] = self.values.pop(0)

    def _by_name(self):
        rest = None
        for i, parameter in enumerate(self.left):
            name, kind = parameter.name, parameter.kind
            if kind == _VAR_KEYWORD:
                rest = parameter
            elif kind == _VAR_POSITIONAL:
                continue
            elif kind == _POSITIONAL_ONLY and name in self.keywords:
                self.misused.append(name)
            elif name in self.keywords:
                self.bound[name] = self.keywords.pop(name)
            elif not self.partial and parameter.default is _empty:
                words = " keyword-only" if kind == _KEYWORD_ONLY and i == 0 else ""
                raise TypeError(f"missing a required{words} argument: {name!r}")
        self._end(rest)

    def _end(self, rest):
        if not self.keywords:
            return
        if rest is not None:
            self.bound[rest.name] = self.keywords
        elif self.misused:
            names = ", ".join(self.misused)
            raise TypeError(f"got some positional-only arguments passed as keyword arguments: {names!r}")
        else:
            raise TypeError(f"got an unexpected keyword argument {next(iter(self.keywords))!r}")


def _ordered(parameters):
    """The parameters by name; ValueError if they cannot stand in this order."""
    out, top, with_default = OrderedDict(), _POSITIONAL_ONLY, False
    for parameter in parameters:
        kind, name = parameter.kind, parameter.name
        if kind < top:
            raise ValueError(f"wrong parameter order: {top.description} parameter before {kind.description} parameter")
        top = kind
        if kind in _POSITIONAL:
            if parameter.default is not _empty:
                with_default = True
            elif with_default:
                raise ValueError("non-default argument follows default argument")
        if name in out:
            raise ValueError(f"duplicate parameter name: {name!r}")
        out[name] = parameter
    return out


class Signature:
    """What a callable can be called with: its parameters by name, and the annotation of what it returns. Immutable."""

    __slots__ = ("_return_annotation", "_parameters")
    _parameter_cls = Parameter
    _bound_arguments_cls = BoundArguments
    empty = _empty

    def __init__(self, parameters=None, *, return_annotation=_empty, __validate_parameters__=True):
        if parameters is None:
            known = OrderedDict()
        elif __validate_parameters__:
            known = _ordered(parameters)
        else:
            known = OrderedDict((parameter.name, parameter) for parameter in parameters)
        self._parameters = MappingProxyType(known)
        self._return_annotation = return_annotation

    @classmethod
    def from_callable(cls, obj, *, follow_wrapped=True, globals=None, locals=None, eval_str=False):
        """The signature of a callable object."""
        from _inspect_signature import Reader
        return Reader(cls, follow_wrapped, globals=globals, locals=locals, eval_str=eval_str).read(obj)

    @property
    def parameters(self):
        return self._parameters

    @property
    def return_annotation(self):
        return self._return_annotation

    def replace(self, *, parameters=..., return_annotation=...):
        """A signature that differs in what is given."""
        return type(self)(self.parameters.values() if parameters is ... else parameters,
                          return_annotation=self._return_annotation if return_annotation is ... else return_annotation)

    __replace__ = replace

    def _key(self):
        ordered = tuple(p for p in self.parameters.values() if p.kind != _KEYWORD_ONLY)
        by_name = {p.name: p for p in self.parameters.values() if p.kind == _KEYWORD_ONLY}
        return ordered, by_name, self.return_annotation

    def __hash__(self):
        ordered, by_name, result = self._key()
        return hash((ordered, frozenset(by_name.values()), result))

    def __eq__(self, other):
        if self is other:
            return True
        return self._key() == other._key() if isinstance(other, Signature) else NotImplemented

    def bind(self, /, *args, **kwargs):
        """BoundArguments of a call with these arguments; TypeError if it could not be made."""
        return self._bound_arguments_cls(self, _Binding(self.parameters.values(), args, kwargs, False).run())

    def bind_partial(self, /, *args, **kwargs):
        """As bind, but arguments may be missing."""
        return self._bound_arguments_cls(self, _Binding(self.parameters.values(), args, kwargs, True).run())

    def __reduce__(self):
        return type(self), (tuple(self._parameters.values()),), {"_return_annotation": self._return_annotation}

    def __setstate__(self, state):
        self._return_annotation = state["_return_annotation"]

    def __repr__(self):
        return f"<{type(self).__name__} {self}>"

    def __str__(self):
        return self.format()

    def format(self, *, max_width=None, quote_annotation_strings=True):
        """The signature as text; wider than max_width: a line for each parameter."""
        parts, slash, star = [], False, True
        for parameter in self.parameters.values():
            kind = parameter.kind
            if kind == _POSITIONAL_ONLY:
                slash = True
            elif slash:
                parts.append("/")
                slash = False
            if kind == _VAR_POSITIONAL:
                star = False
            elif kind == _KEYWORD_ONLY and star:
                parts.append("*")
                star = False
            parts.append(parameter._format(quote_annotation_strings=quote_annotation_strings))
        if slash:
            parts.append("/")
        text = f"({', '.join(parts)})"
        if max_width is not None and len(text) > max_width:
            text = "(\n    " + ",\n    ".join(parts) + "\n)"
        if self.return_annotation is not _empty:
            text += " -> " + formatannotation(self.return_annotation, quote_annotation_strings=quote_annotation_strings)
        return text


for _thing in (Parameter, BoundArguments, Signature, formatannotation, formatannotationrelativeto):
    _thing.__module__ = "inspect"
