"""Configures logging: dictConfig of a dict, fileConfig of an INI file, listen for configurations on a socket."""

import logging
import logging.handlers
import re

DEFAULT_LOGGING_CONFIG_PORT = 9030
RESET_ERROR = 104
IDENTIFIER = re.compile("^[a-z_][a-z0-9_]*$", re.I)
_QUEUE_METHODS = ("empty", "full", "get", "get_nowait", "join", "put", "put_nowait", "qsize", "task_done")  # what a QueueHandler's queue has


def valid_ident(s):
    """True, or ValueError if s is no name."""
    if not IDENTIFIER.match(s):
        raise ValueError("Not a valid Python identifier: %r" % s)
    return True


def _resolve(name):
    """The object that a dotted name means."""
    import importlib
    parts = name.split(".")
    used = parts.pop(0)
    found = importlib.import_module(used)
    for part in parts:
        used += "." + part
        try:
            found = getattr(found, part)
        except AttributeError:
            importlib.import_module(used)
            found = getattr(found, part)
    return found


def _clearExistingHandlers():
    logging._handlers.clear()
    logging.shutdown(logging._handlerList[:])
    del logging._handlerList[:]


def _disable_others(existing, children, disable):
    """Loggers that were there before and are not configured: their children keep their place, the others may be disabled."""
    known = logging.root.manager.loggerDict
    for name in existing:
        logger = known[name]
        if name in children:
            if not isinstance(logger, logging.PlaceHolder):
                logger.setLevel(logging.NOTSET)
                logger.handlers = []
                logger.propagate = True
        else:
            logger.disabled = disable


def _take(name, existing, children):
    """The logger called name is configured: those below it are its children."""
    if name in existing:
        prefix = name + "."
        children.update(each for each in existing if each.startswith(prefix))
        existing.remove(name)


# ---- INI files ----

def fileConfig(fname, defaults=None, disable_existing_loggers=True, encoding=None):
    """Configure logging as an INI file says: its name, an open file, or a ConfigParser."""
    import configparser
    import os
    if isinstance(fname, (str, bytes, os.PathLike)):
        if not os.path.exists(fname):
            raise FileNotFoundError(f"{fname} doesn't exist")
        if not os.path.getsize(fname):
            raise RuntimeError(f"{fname} is an empty file")
    if isinstance(fname, configparser.RawConfigParser):
        cp = fname
    else:
        try:
            cp = configparser.ConfigParser(defaults)
            if hasattr(fname, "readline"):
                cp.read_file(fname)
            else:
                cp.read(fname, encoding=encoding)
        except configparser.ParsingError as e:
            raise RuntimeError(f"{fname} is invalid: {e}")
    formatters = _create_formatters(cp)
    with logging._lock:
        _clearExistingHandlers()
        handlers = _install_handlers(cp, formatters)
        _install_loggers(cp, handlers, disable_existing_loggers)


def _names(text):
    return [each.strip() for each in text.split(",") if each.strip()]


def _create_formatters(cp):
    formatters = {}
    for name in _names(cp["formatters"]["keys"]):
        section = cp["formatter_%s" % name]
        given = {key: section.get(key, raw=True, fallback=None) for key in ("format", "datefmt", "style", "class", "defaults")}
        make = _resolve(given["class"]) if given["class"] else logging.Formatter
        defaults = given["defaults"]
        if defaults is not None:
            defaults = eval(defaults, vars(logging))
            formatters[name] = make(given["format"], given["datefmt"], given["style"] or "%", defaults=defaults)
        else:
            formatters[name] = make(given["format"], given["datefmt"], given["style"] or "%")
    return formatters


def _install_handlers(cp, formatters):
    handlers, late = {}, []
    for name in _names(cp["handlers"]["keys"]):
        section = cp["handler_%s" % name]
        make = section["class"]
        try:
            make = eval(make, vars(logging))
        except (AttributeError, NameError):
            make = _resolve(make)
        args = eval(section.get("args", "()"), vars(logging))
        kwargs = eval(section.get("kwargs", "{}"), vars(logging))
        handler = make(*args, **kwargs)
        handler.name = name
        if "level" in section:
            handler.setLevel(section["level"])
        if section.get("formatter", ""):
            handler.setFormatter(formatters[section["formatter"]])
        if issubclass(make, logging.handlers.MemoryHandler) and section.get("target", ""):
            late.append((handler, section["target"]))
        handlers[name] = handler
    for handler, target in late:
        handler.setTarget(handlers[target])
    return handlers


def _install_loggers(cp, handlers, disable_existing):
    names = _names(cp["loggers"]["keys"])
    if "root" in names:
        names.remove("root")
    section = cp["logger_root"]
    root = logging.root
    if "level" in section:
        root.setLevel(section["level"])
    for handler in root.handlers[:]:
        root.removeHandler(handler)
    for each in _names(section["handlers"]):
        root.addHandler(handlers[each])
    existing, children = sorted(root.manager.loggerDict.keys()), set()
    for name in names:
        section = cp["logger_%s" % name]
        qualname = section["qualname"]
        logger = logging.getLogger(qualname)
        _take(qualname, existing, children)
        if "level" in section:
            logger.setLevel(section["level"])
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        logger.propagate = section.getint("propagate", fallback=1)
        logger.disabled = False
        for each in _names(section["handlers"]):
            logger.addHandler(handlers[each])
    _disable_others(existing, children, disable_existing)


# ---- Dicts ----

class ConvertingMixin:
    """Containers whose values are converted when they are taken out: cfg://name, ext://name."""

    def convert_with_key(self, key, value, replace=True):
        result = self.configurator.convert(value)
        if value is not result:
            if replace:
                self[key] = result
            if type(result) in (ConvertingDict, ConvertingList, ConvertingTuple):
                result.parent, result.key = self, key
        return result

    def convert(self, value):
        result = self.configurator.convert(value)
        if value is not result and type(result) in (ConvertingDict, ConvertingList, ConvertingTuple):
            result.parent = self
        return result


class ConvertingDict(dict, ConvertingMixin):
    """A dict of them."""

    def __getitem__(self, key):
        return self.convert_with_key(key, dict.__getitem__(self, key))

    def get(self, key, default=None):
        return self.convert_with_key(key, dict.get(self, key, default))

    def pop(self, key, default=None):
        return self.convert_with_key(key, dict.pop(self, key, default), replace=False)


class ConvertingList(list, ConvertingMixin):
    """A list of them."""

    def __getitem__(self, key):
        return self.convert_with_key(key, list.__getitem__(self, key))

    def pop(self, idx=-1):
        return self.convert(list.pop(self, idx))


class ConvertingTuple(tuple, ConvertingMixin):
    """A tuple of them."""

    def __getitem__(self, key):
        return self.convert_with_key(key, tuple.__getitem__(self, key), replace=False)


class BaseConfigurator:
    """Makes objects of what a dict says."""

    CONVERT_PATTERN = re.compile(r"^(?P<prefix>[a-z]+)://(?P<suffix>.*)$")
    WORD_PATTERN = re.compile(r"^\s*(\w+)\s*")
    DOT_PATTERN = re.compile(r"^\.\s*(\w+)\s*")
    INDEX_PATTERN = re.compile(r"^\[([^\[\]]*)\]\s*")
    DIGIT_PATTERN = re.compile(r"^\d+$")
    value_converters = {"ext": "ext_convert", "cfg": "cfg_convert"}
    importer = staticmethod(__import__)

    def __init__(self, config):
        self.config = ConvertingDict(config)
        self.config.configurator = self

    def resolve(self, s):
        """The object that a dotted name means."""
        parts = s.split(".")
        used = parts.pop(0)
        try:
            found = self.importer(used)
            for part in parts:
                used += "." + part
                try:
                    found = getattr(found, part)
                except AttributeError:
                    self.importer(used)
                    found = getattr(found, part)
            return found
        except ImportError as e:
            raise ValueError("Cannot resolve %r: %s" % (s, e)) from e

    def ext_convert(self, value):
        """ext://name: an object of a module."""
        return self.resolve(value)

    def cfg_convert(self, value):
        """cfg://name.name[index]: another part of the dict."""
        found = self.WORD_PATTERN.match(value)
        if found is None:
            raise ValueError("Unable to convert %r" % value)
        rest = value[found.end():]
        here = self.config[found[1]]
        while rest:
            found = self.DOT_PATTERN.match(rest)
            if found:
                here = here[found[1]]
            else:
                found = self.INDEX_PATTERN.match(rest)
                if found is None:
                    raise ValueError("Unable to convert %r at %r" % (value, rest))
                index = found[1]
                if not self.DIGIT_PATTERN.match(index):
                    here = here[index]
                else:
                    try:
                        here = here[int(index)]
                    except TypeError:
                        here = here[index]
            rest = rest[found.end():]
        return here

    def convert(self, value):
        """A value as it is meant."""
        if isinstance(value, (ConvertingDict, ConvertingList, ConvertingTuple)):
            return value
        if isinstance(value, dict):
            value = ConvertingDict(value)
        elif isinstance(value, list):
            value = ConvertingList(value)
        elif isinstance(value, tuple) and not hasattr(value, "_fields"):
            value = ConvertingTuple(value)
        else:
            if isinstance(value, str):
                found = self.CONVERT_PATTERN.match(value)
                converter = self.value_converters.get(found["prefix"]) if found else None
                if converter:
                    value = getattr(self, converter)(found["suffix"])
            return value
        value.configurator = self
        return value

    def configure_custom(self, config):
        """An object made by the factory under "()"."""
        factory = config.pop("()")
        if not callable(factory):
            factory = self.resolve(factory)
        attributes = config.pop(".", None)
        made = factory(**{key: config[key] for key in config if valid_ident(key)})
        for name, value in (attributes or {}).items():
            setattr(made, name, value)
        return made

    def as_tuple(self, value):
        """A list as a tuple."""
        return tuple(value) if isinstance(value, list) else value


class DictConfigurator(BaseConfigurator):
    """Configures logging as a dict says."""

    def configure(self):
        """Do it."""
        config = self.config
        if "version" not in config:
            raise ValueError("dictionary doesn't specify a version")
        if config["version"] != 1:
            raise ValueError("Unsupported version: %s" % config["version"])
        with logging._lock:
            if config.pop("incremental", False):
                self._change(config)
            else:
                self._build(config)

    def _change(self, config):
        """Only levels."""
        for name, given in config.get("handlers", {}).items():
            if name not in logging._handlers:
                raise ValueError("No handler found with name %r" % name)
            try:
                level = given.get("level", None)
                if level:
                    logging._handlers[name].setLevel(logging._checkLevel(level))
            except Exception as e:
                raise ValueError("Unable to configure handler %r" % name) from e
        for name, given in config.get("loggers", {}).items():
            try:
                self.configure_logger(name, given, True)
            except Exception as e:
                raise ValueError("Unable to configure logger %r" % name) from e
        root = config.get("root", None)
        if root:
            try:
                self.configure_root(root, True)
            except Exception as e:
                raise ValueError("Unable to configure root logger") from e

    def _build(self, config):
        _clearExistingHandlers()
        for kind, make in (("formatter", self.configure_formatter), ("filter", self.configure_filter)):
            made = config.get(kind + "s", {})
            for name in made:
                try:
                    made[name] = make(made[name])
                except Exception as e:
                    raise ValueError("Unable to configure %s %r" % (kind, name)) from e
        self._build_handlers(config.get("handlers", {}))
        root = logging.root
        existing, children = sorted(root.manager.loggerDict.keys()), set()
        loggers = config.get("loggers", {})
        for name in loggers:
            _take(name, existing, children)
            try:
                self.configure_logger(name, loggers[name])
            except Exception as e:
                raise ValueError("Unable to configure logger %r" % name) from e
        _disable_others(existing, children, config.pop("disable_existing_loggers", True))
        root = config.get("root", None)
        if root:
            try:
                self.configure_root(root)
            except Exception as e:
                raise ValueError("Unable to configure root logger") from e

    def _build_handlers(self, handlers):
        """In the order of their names; those whose target is not there yet come last."""
        late = []
        for final in (False, True):
            for name in late if final else sorted(handlers):
                try:
                    handler = self.configure_handler(handlers[name])
                    handler.name = name
                    handlers[name] = handler
                except Exception as e:
                    if not final and " not configured yet" in str(e.__cause__):
                        late.append(name)
                    else:
                        raise ValueError("Unable to configure handler %r" % name) from e

    def configure_formatter(self, config):
        """A formatter."""
        if "()" in config:
            factory, attributes = config["()"], config.get(".")
            try:
                return self.configure_custom(config)
            except TypeError as e:
                if "'format'" not in str(e):
                    raise
                config["fmt"] = config.pop("format") # as constructors call it
                config["()"] = factory
                if attributes is not None:
                    config["."] = attributes
                return self.configure_custom(config)
        make = config.get("class", None)
        make = _resolve(make) if make else logging.Formatter
        more = {name: config[name] for name in ("validate", "defaults") if name in config}
        return make(config.get("format", None), config.get("datefmt", None), config.get("style", "%"), **more)

    def configure_filter(self, config):
        """A filter."""
        return self.configure_custom(config) if "()" in config else logging.Filter(config.get("name", ""))

    def add_filters(self, filterer, filters):
        """Add filters to a logger or a handler."""
        for each in filters:
            try:
                filterer.addFilter(each if callable(each) or callable(getattr(each, "filter", None)) else self.config["filters"][each])
            except Exception as e:
                raise ValueError("Unable to add filter %r" % each) from e

    def _configure_queue_handler(self, klass, **kwargs):
        import queue
        q = kwargs.pop("queue", None) or queue.Queue()
        listener = kwargs.pop("listener", None) or logging.handlers.QueueListener
        handlers = kwargs.pop("handlers", [])
        respect = kwargs.pop("respect_handler_level", False)
        made = listener(q, *handlers, respect_handler_level=respect)
        handler = klass(q, **kwargs)
        handler.listener = made
        return handler

    def _queue_options(self, config):
        """What a QueueHandler needs, as objects."""
        spec = config.get("queue")
        if isinstance(spec, str):
            config["queue"] = self.resolve(spec)()
        elif isinstance(spec, dict):
            if "()" not in spec:
                raise TypeError("Invalid queue specifier %r" % spec)
            config["queue"] = self.configure_custom(dict(spec))
        elif spec is not None and not all(callable(getattr(spec, name, None)) for name in _QUEUE_METHODS):
            raise TypeError("Invalid queue specifier %r" % spec)
        spec = config.get("listener")
        if isinstance(spec, str):
            config["listener"] = self.resolve(spec)
        elif isinstance(spec, dict):
            if "()" not in spec:
                raise TypeError("Invalid listener specifier %r" % spec)
            config["listener"] = self.configure_custom(dict(spec))
        elif isinstance(spec, type):
            if not issubclass(spec, logging.handlers.QueueListener):
                raise TypeError("Invalid listener specifier %r" % spec)
        elif spec is not None:
            raise TypeError("Invalid listener specifier %r" % spec)
        handlers = []
        for name in config.get("handlers", ()):
            handler = self.config["handlers"][name]
            if not isinstance(handler, logging.Handler):
                raise TypeError("Required handler %r is not configured yet" % name)
            handlers.append(handler)
        if "handlers" in config:
            config["handlers"] = handlers

    def configure_handler(self, config):
        """A handler."""
        again = dict(config)
        formatter = config.get("formatter", None)
        if formatter:
            try:
                formatter = self.config["formatters"][formatter]
            except Exception as e:
                raise ValueError("Unable to set formatter %r" % formatter) from e
        config.pop("formatter", None)
        level = config.pop("level", None)
        filters = config.pop("filters", None)
        if "()" in config:
            make = config.pop("()")
            factory = make if callable(make) else self.resolve(make)
        else:
            name = config.pop("class")
            make = name if callable(name) else self.resolve(name)
            factory = make
            if issubclass(make, logging.handlers.MemoryHandler):
                if "flushLevel" in config:
                    config["flushLevel"] = logging._checkLevel(config["flushLevel"])
                if config.get("target"):
                    try:
                        target = self.config["handlers"][config["target"]]
                        if not isinstance(target, logging.Handler):
                            config.update(again)
                            raise TypeError("target not configured yet")
                        config["target"] = target
                    except Exception as e:
                        raise ValueError("Unable to set target handler %r" % config["target"]) from e
            elif issubclass(make, logging.handlers.QueueHandler):
                try:
                    self._queue_options(config)
                except Exception as e:
                    if " not configured yet" in str(e):
                        config.update(again)
                    raise ValueError("Unable to set required handler" if " not configured yet" in str(e) else str(e)) from e
                from functools import partial
                factory = partial(self._configure_queue_handler, make)
            elif issubclass(make, logging.handlers.SMTPHandler) and "mailhost" in config:
                config["mailhost"] = self.as_tuple(config["mailhost"])
            elif issubclass(make, logging.handlers.SysLogHandler) and "address" in config:
                config["address"] = self.as_tuple(config["address"])
        attributes = config.pop(".", None)
        kwargs = {key: config[key] for key in config if valid_ident(key)}
        try:
            handler = factory(**kwargs)
        except TypeError as e:
            if "'stream'" not in str(e):
                raise
            kwargs["strm"] = kwargs.pop("stream") # what it was called once
            handler = factory(**kwargs)
        if formatter:
            handler.setFormatter(formatter)
        if level is not None:
            handler.setLevel(logging._checkLevel(level))
        if filters:
            self.add_filters(handler, filters)
        for name, value in (attributes or {}).items():
            setattr(handler, name, value)
        return handler

    def add_handlers(self, logger, handlers):
        """Add handlers to a logger."""
        for name in handlers:
            try:
                logger.addHandler(self.config["handlers"][name])
            except Exception as e:
                raise ValueError("Unable to add handler %r" % name) from e

    def common_logger_config(self, logger, config, incremental=False):
        """What the root and other loggers have."""
        level = config.get("level", None)
        if level is not None:
            logger.setLevel(logging._checkLevel(level))
        if incremental:
            return
        for handler in logger.handlers[:]:
            logger.removeHandler(handler)
        if config.get("handlers", None):
            self.add_handlers(logger, config.get("handlers"))
        if config.get("filters", None):
            self.add_filters(logger, config.get("filters"))

    def configure_logger(self, name, config, incremental=False):
        """A logger."""
        logger = logging.getLogger(name)
        self.common_logger_config(logger, config, incremental)
        logger.disabled = False
        propagate = config.get("propagate", None)
        if propagate is not None:
            logger.propagate = propagate

    def configure_root(self, config, incremental=False):
        """The root logger."""
        self.common_logger_config(logging.getLogger(), config, incremental)


dictConfigClass = DictConfigurator


def dictConfig(config):
    """Configure logging as a dict says (version 1)."""
    dictConfigClass(config).configure()


# ---- A socket ----

_listener = None


def listen(port=DEFAULT_LOGGING_CONFIG_PORT, verify=None):
    """A thread that takes configurations, JSON or INI, on a port of this machine; verify(bytes) may refuse or change them."""
    import threading

    class Server(threading.Thread):
        def __init__(self):
            super().__init__()
            self.port = port
            self.ready = threading.Event()
            self.stopping = False

        def run(self):
            global _listener
            import socket
            with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as server:
                server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
                server.bind(("localhost", port))
                server.listen()
                server.settimeout(0.5)
                self.port = server.getsockname()[1]
                self.ready.set()
                with logging._lock:
                    _listener = self
                while not self.stopping:
                    try:
                        connection, _address = server.accept()
                    except TimeoutError:
                        continue
                    with connection:
                        _receive(connection, verify)

    return Server()


def _receive(connection, verify):
    """One configuration: its length in four bytes, and its text."""
    import struct
    connection.settimeout(5)

    def exactly(size):
        data = b""
        while len(data) < size:
            piece = connection.recv(size - len(data))
            if not piece:
                return None
            data += piece
        return data

    try:
        head = exactly(4)
        data = exactly(struct.unpack(">L", head)[0]) if head else None
        if data is not None and verify is not None:
            data = verify(data)
        if data is None:
            return
        text = data.decode("utf-8")
        try:
            import json
            dictConfig(json.loads(text))
        except Exception:
            import io
            fileConfig(io.StringIO(text))
    except OSError:
        pass
    except Exception:
        import traceback
        traceback.print_exc()


def stopListening():
    """End the thread that listen() made."""
    global _listener
    with logging._lock:
        if _listener:
            _listener.stopping = True
            _listener = None
