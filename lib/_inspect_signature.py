"""How inspect.signature finds out: what kinds of callables there are, and where each says what it takes."""

import sys
import types

from _inspect_parameter import (Parameter, _KEYWORD_ONLY, _POSITIONAL, _POSITIONAL_ONLY, _POSITIONAL_OR_KEYWORD,
                                _VAR_KEYWORD, _VAR_POSITIONAL, _empty)

_NATIVE = (types.WrapperDescriptorType, types.MethodWrapperType, types.ClassMethodDescriptorType, types.BuiltinFunctionType)
_WITH_TEXT = _NATIVE + (types.MethodDescriptorType,)


def is_function_like(obj):
    """Has it all that a function has, without being one? (What compilers of Python to C make is like that.)"""
    if not callable(obj) or isinstance(obj, type):
        return False
    name, code = getattr(obj, "__name__", None), getattr(obj, "__code__", None)
    defaults, by_name = getattr(obj, "__defaults__", _empty), getattr(obj, "__kwdefaults__", _empty)
    notes = getattr(obj, "__annotations__", None)
    return (isinstance(code, types.CodeType) and isinstance(name, str) and (defaults is None or isinstance(defaults, tuple))
            and (by_name is None or isinstance(by_name, dict)) and (isinstance(notes, dict) or notes is None))


def without_first(signature):
    """The signature of a method that is bound: its first parameter is given."""
    parameters = tuple(signature.parameters.values())
    if not parameters or parameters[0].kind in (_VAR_KEYWORD, _KEYWORD_ONLY):
        raise ValueError("invalid method signature")
    if parameters[0].kind in _POSITIONAL:
        parameters = parameters[1:]
    elif parameters[0].kind is not _VAR_POSITIONAL:
        raise ValueError("invalid argument type")
    return signature.replace(parameters=parameters)


def after_partial(signature, partial, extra=()):
    """The signature that is left of one when a functools.partial has given some of its arguments."""
    keywords = partial.keywords or {}
    try:
        bound = signature.bind_partial(*(extra + (partial.args or ())), **keywords)
    except TypeError as error:
        raise ValueError(f"partial object {partial!r} has incorrect arguments") from error
    out, by_name = [], False
    for name, parameter in signature.parameters.items():
        if name in bound.arguments:
            value = bound.arguments[name]
            if parameter.kind is _POSITIONAL_ONLY:
                continue
            if parameter.kind is _POSITIONAL_OR_KEYWORD:
                if name not in keywords:
                    continue
                by_name = True # it and all that follow can only be given by name
                parameter = parameter.replace(default=value)
            elif parameter.kind is _KEYWORD_ONLY:
                parameter = parameter.replace(default=value)
        if by_name:
            if parameter.kind is _VAR_POSITIONAL:
                continue
            if parameter.kind is _POSITIONAL_OR_KEYWORD:
                parameter = parameter.replace(kind=_KEYWORD_ONLY)
        out.append(parameter)
    return signature.replace(parameters=out)


# ---- Texts of native functions -----------------------------------------------------------------------------------------------------


def _split(text):
    """The parts between commas that stand outside of brackets and quotes."""
    parts, depth, quote, start, i = [], 0, "", 0, 0
    while i < len(text):
        c = text[i]
        if quote:
            if c == "\\":
                i += 1
            elif c == quote:
                quote = ""
        elif c in "'\"":
            quote = c
        elif c in "([{":
            depth += 1
        elif c in ")]}":
            depth -= 1
        elif c == "," and not depth:
            parts.append(text[start:i].strip())
            start = i + 1
        i += 1
    last = text[start:].strip()
    return parts + [last] if last else parts


def _default(text, names):
    """The value of a default: constants, operators between them, and names. Nothing that calls."""
    import re
    if re.search(r"[\w)\]]\s*[(\[]|\b(lambda|for|await|yield)\b|:=|<|>", re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)):
        raise ValueError(text)
    try:
        value = eval(text, {"__builtins__": {}}, names)
    except Exception as error:
        raise ValueError(text) from error
    if value is not None and not isinstance(value, (str, int, float, bytes)):
        raise ValueError(text)
    return value


class _Names(dict):
    """What a default may name: the module that has the function, sys, and other modules that are loaded."""

    def __init__(self, module):
        super().__init__(sys.modules)
        if module is not None:
            self.update(module.__dict__)


def from_text(cls, obj, text, skip_bound=True):
    """The signature that a text gives: "($self, value, start=0, /)". $ marks what a bound method has been given."""
    wrong = ValueError(f"{obj!r} has invalid builtin signature")
    text = text.strip()
    if text[:1] != "(" or text[-1:] != ")":
        raise wrong
    names = _Names(sys.modules.get(getattr(obj, "__module__", None)))
    out, kind, first, self_at = [], _POSITIONAL_OR_KEYWORD, cls._parameter_cls, None
    for part in _split(text[1:-1].replace("\n", " ")):
        name, equals, value = part.partition("=")
        name = name.strip()
        if name == "/":
            out = [p.replace(kind=_POSITIONAL_ONLY) for p in out]
            continue
        if name == "*":
            kind = _KEYWORD_ONLY
            continue
        this, default = kind, _empty
        if name.startswith("**"):
            this, name = _VAR_KEYWORD, name[2:]
        elif name.startswith("*"):
            this, name, kind = _VAR_POSITIONAL, name[1:], _KEYWORD_ONLY
        elif name.startswith("$"):
            name, self_at = name[1:], len(out)
        try:
            if equals:
                default = _default(value.strip(), names)
            out.append(first(name.strip(), this, default=default))
        except ValueError:
            raise wrong from None
    return cls(_with_self(obj, out, self_at, skip_bound), return_annotation=cls.empty)


def _with_self(obj, parameters, at, skip_bound):
    """What $ marks: gone if it is bound, positional-only otherwise."""
    if at is None:
        return parameters
    owner = getattr(obj, "__self__", None)
    if owner is not None and (skip_bound or isinstance(owner, types.ModuleType)):
        return parameters[:at] + parameters[at + 1:]
    if isinstance(obj, type) and skip_bound:
        return parameters[:at] + parameters[at + 1:]
    parameters[at] = parameters[at].replace(kind=_POSITIONAL_ONLY)
    return parameters


# ---- Any callable --------------------------------------------------------------------------------------------------------------------


class Reader:
    """Finds the signature of callables, as cls; the options are those of inspect.signature.

    bound: leave out what is bound already, as signature() does and getfullargspec() does not.
    """

    def __init__(self, cls, follow=True, bound=True, globals=None, locals=None, eval_str=False):
        self.cls, self.follow, self.bound = cls, follow, bound
        self.globals, self.locals, self.eval_str = globals, locals, eval_str

    def read(self, obj):
        if not callable(obj):
            raise TypeError(f"{obj!r} is not a callable object")
        if isinstance(obj, types.MethodType):
            return self._method(obj)
        if self.follow:
            obj = self._unwrapped(obj)
            if isinstance(obj, types.MethodType):
                return self.read(obj)
        for step in (self._told, self._partial_method, self._function, self._native, self._partial, self._class):
            found = step(obj)
            if found is not None:
                return found
        return self._instance(obj)

    def _unwrapped(self, obj):
        from inspect import unwrap
        return unwrap(obj, stop=lambda f: hasattr(f, "__signature__") or isinstance(f, types.MethodType))

    def _method(self, obj):
        found = self.read(obj.__func__)
        return without_first(found) if self.bound else found

    def _told(self, obj):
        """By its attribute __signature__: one, its text, or a function that gives either."""
        given = told = getattr(obj, "__signature__", None)
        if told is None:
            return None
        if not isinstance(told, (_signature_class(), str)) and callable(told):
            told = told()
        if isinstance(told, str):
            return from_text(self.cls, obj, told)
        if not isinstance(told, _signature_class()):
            raise TypeError(f"unexpected object {given!r} in __signature__ attribute")
        return told

    def _partial_method(self, obj):
        import functools
        partial = getattr(obj, "__partialmethod__", None)
        if not isinstance(partial, functools.partialmethod):
            return None
        whole = self.read(partial.func)
        rest = after_partial(whole, partial, (None,))
        first = next(iter(whole.parameters.values()), None)
        if first is None or first.kind is _VAR_POSITIONAL:
            return rest
        return rest.replace(parameters=(first,) + tuple(rest.parameters.values()))

    def _function(self, obj):
        if not isinstance(obj, types.FunctionType) and not is_function_like(obj):
            return None
        text = getattr(obj, "__text_signature__", None)
        if text:
            return from_text(self.cls, obj, text, self.bound)
        from inspect import get_annotations
        hints = get_annotations(obj, globals=self.globals, locals=self.locals, eval_str=self.eval_str)
        return self.cls(self._of_code(obj, hints), return_annotation=hints.get("return", _empty), __validate_parameters__=not isinstance(obj, types.FunctionType))

    def _of_code(self, function, hints):
        code, make = function.__code__, self.cls._parameter_cls
        names, count = code.co_varnames, code.co_argcount
        defaults, by_name = function.__defaults__ or (), function.__kwdefaults__ or {}
        out = []
        for i, name in enumerate(names[:count]):
            given = i - (count - len(defaults))
            out.append(make(name, _POSITIONAL_ONLY if i < code.co_posonlyargcount else _POSITIONAL_OR_KEYWORD,
                            annotation=hints.get(name, _empty), default=defaults[given] if given >= 0 else _empty))
        at = count + code.co_kwonlyargcount
        if code.co_flags & 4:
            out.append(make(names[at], _VAR_POSITIONAL, annotation=hints.get(names[at], _empty)))
            at += 1
        for name in names[count:count + code.co_kwonlyargcount]:
            out.append(make(name, _KEYWORD_ONLY, annotation=hints.get(name, _empty), default=by_name.get(name, _empty)))
        if code.co_flags & 8:
            out.append(make(names[at], _VAR_KEYWORD, annotation=hints.get(names[at], _empty)))
        return out

    def _native(self, obj):
        from inspect import ismethoddescriptor, isbuiltin
        if not (isbuiltin(obj) or isinstance(obj, _WITH_TEXT) or (ismethoddescriptor(obj) and not isinstance(obj, type) and hasattr(obj, "__text_signature__"))):
            return None
        text = getattr(obj, "__text_signature__", None)
        if not text:
            raise ValueError(f"no signature found for builtin {obj!r}")
        return from_text(self.cls, obj, text, self.bound)

    def _partial(self, obj):
        import functools
        return after_partial(self.read(obj.func), obj) if isinstance(obj, functools.partial) else None

    # Classes.

    def _own(self, cls, name):
        """A method of a class that is not native, as the class would call it; or None."""
        from inspect import getattr_static
        method = getattr(cls, name, None) if name == "__new__" else getattr_static(cls, name, None)
        if method is None or isinstance(method, _NATIVE):
            return None
        return method


    def _class(self, obj):
        if not isinstance(obj, type):
            return None
        call = self._own(type(obj), "__call__")
        if call is not None:
            return self.read(_descriptor_get(call, obj))
        new, init = self._own(obj, "__new__"), self._own(obj, "__init__")
        for base in obj.__mro__:
            if new is not None and "__new__" in base.__dict__:
                found = self.read(new)
                return without_first(found) if self.bound else found
            if init is not None and "__init__" in base.__dict__:
                return self.read(_descriptor_get(init, obj))
        return self._native_class(obj)

    def _native_class(self, obj):
        for base in obj.__mro__[:-1]:
            text = getattr(base, "__text_signature__", None)
            if text:
                return from_text(self.cls, base, text)
        if obj is type:
            raise ValueError(f"no signature found for builtin {obj!r}")
        if type in obj.__mro__:
            raise ValueError(f"callable {obj!r} is not supported by signature")
        if obj.__init__ is object.__init__ and obj.__new__ is object.__new__:
            return self.cls()
        raise ValueError(f"no signature found for builtin type {obj!r}")

    def _instance(self, obj):
        from inspect import getattr_static
        call = getattr_static(type(obj), "__call__", None)
        if call is None:
            raise ValueError(f"callable {obj!r} is not supported by signature")
        text = getattr(obj, "__text_signature__", None)
        if text:
            return from_text(self.cls, obj, text)
        return self.read(_descriptor_get(call, obj))


def _descriptor_get(method, obj):
    """What obj.method would be. Of a class and its __init__: the function bound to it, so that self is left out."""
    if isinstance(method, type):
        return method
    get = getattr(type(method), "__get__", None)
    return method if get is None else get(method, obj, type(obj))


def _signature_class():
    from _inspect_parameter import Signature
    return Signature
