"""URLs (RFC 3986) in their parts, relative ones made absolute, and texts quoted as parts of them."""

import re

__all__ = ["urlparse", "urlunparse", "urljoin", "urldefrag", "urlsplit", "urlunsplit", "urlencode", "parse_qs", "parse_qsl", "quote",
           "quote_plus", "quote_from_bytes", "unquote", "unquote_plus", "unquote_to_bytes", "DefragResult", "ParseResult", "SplitResult",
           "DefragResultBytes", "ParseResultBytes", "SplitResultBytes"]

# "" is there for URLs without a scheme.
uses_relative = ["", "ftp", "http", "gopher", "nntp", "imap", "wais", "file", "https", "shttp", "mms", "prospero", "rtsp", "rtsps", "rtspu",
                 "sftp", "svn", "svn+ssh", "ws", "wss"]
uses_netloc = ["", "ftp", "http", "gopher", "nntp", "telnet", "imap", "wais", "file", "mms", "https", "shttp", "snews", "prospero", "rtsp",
               "rtsps", "rtspu", "rsync", "svn", "svn+ssh", "sftp", "nfs", "git", "git+ssh", "ws", "wss", "itms-services"]
uses_params = ["", "ftp", "hdl", "prospero", "http", "imap", "https", "shttp", "rtsp", "rtsps", "rtspu", "sip", "sips", "mms", "sftp", "tel"]
non_hierarchical = ["gopher", "hdl", "mailto", "news", "telnet", "wais", "imap", "snews", "sip", "sips"]
uses_query = ["", "http", "wais", "imap", "https", "shttp", "mms", "gopher", "rtsp", "rtsps", "rtspu", "sip", "sips"]
uses_fragment = ["", "ftp", "hdl", "http", "gopher", "news", "nntp", "wais", "https", "shttp", "snews", "file", "prospero"]

scheme_chars = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+-."
_WHATWG_C0_CONTROL_OR_SPACE = "".join(map(chr, range(33)))
_UNSAFE_URL_BYTES_TO_REMOVE = ["\t", "\r", "\n"]


def clear_cache():
    """Forget what was found out before."""
    _split.cache_clear()


# ---- str or bytes ----

def _identity(value):
    return value


def _encode_all(value):
    return value.encode("ascii", "strict")


def _as_text(*args):
    """The arguments as str, and what makes results of the kind that they were."""
    is_str = isinstance(args[0], str)
    for arg in args[1:]:
        if arg and isinstance(arg, str) != is_str:
            raise TypeError("Cannot mix str and non-str arguments")
    if is_str:
        return args + (_identity,)
    return tuple(arg.decode("ascii", "strict") if arg else "" for arg in args) + (lambda result: result.encode(),)


class _ResultMixinStr:
    """Results of str."""

    __slots__ = ()

    def encode(self, encoding="ascii", errors="strict"):
        """The same as bytes."""
        return self._encoded_counterpart(*(part.encode(encoding, errors) for part in self))


class _ResultMixinBytes:
    """Results of bytes."""

    __slots__ = ()

    def decode(self, encoding="ascii", errors="strict"):
        """The same as str."""
        return self._decoded_counterpart(*(part.decode(encoding, errors) for part in self))


class _NetlocBase:
    """What the network location is made of."""

    __slots__ = ()

    def _signs(self):
        return ("@", ":", "[", "]", "%") if isinstance(self.netloc, str) else (b"@", b":", b"[", b"]", b"%")

    @property
    def _userinfo(self):
        at, colon, *_rest = self._signs()
        info, have, _host = self.netloc.rpartition(at)
        if not have:
            return None, None
        name, have, password = info.partition(colon)
        return name, password if have else None

    @property
    def _hostinfo(self):
        at, colon, opening, closing, _percent = self._signs()
        place = self.netloc.rpartition(at)[2]
        _before, bracketed, rest = place.partition(opening)
        if bracketed:
            host, _sign, port = rest.partition(closing)
            port = port.partition(colon)[2]
        else:
            host, _sign, port = place.partition(colon)
        return host, port or None

    @property
    def username(self):
        """The user's name, or None."""
        return self._userinfo[0]

    @property
    def password(self):
        """The password, or None."""
        return self._userinfo[1]

    @property
    def hostname(self):
        """The host in lower case, or None."""
        host = self._hostinfo[0]
        if not host:
            return None
        name, percent, zone = host.partition(self._signs()[4])
        return name.lower() + percent + zone

    @property
    def port(self):
        """The port as an int, or None. ValueError: it is none."""
        port = self._hostinfo[1]
        if port is None:
            return None
        if not (port.isdigit() and port.isascii()):
            raise ValueError(f"Port could not be cast to integer value as {port!r}")
        port = int(port)
        if port > 65535:
            raise ValueError("Port out of range 0-65535")
        return port

    def __class_getitem__(cls, item):
        from types import GenericAlias
        return GenericAlias(cls, item)


class _NetlocResultMixinStr(_NetlocBase, _ResultMixinStr):
    __slots__ = ()


class _NetlocResultMixinBytes(_NetlocBase, _ResultMixinBytes):
    __slots__ = ()


from collections import namedtuple

_DefragResultBase = namedtuple("_DefragResultBase", "url fragment")
_SplitResultBase = namedtuple("_SplitResultBase", "scheme netloc path query fragment")
_ParseResultBase = namedtuple("_ParseResultBase", "scheme netloc path params query fragment")
_DefragResultBase.__doc__ = "A URL and its fragment."
_SplitResultBase.__doc__ = "A URL in five parts."
_ParseResultBase.__doc__ = "A URL in six parts."
ResultBase = _NetlocResultMixinStr # an old name


class DefragResult(_DefragResultBase, _ResultMixinStr):
    """urldefrag() of a str."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return self.url + "#" + self.fragment if self.fragment else self.url


class SplitResult(_SplitResultBase, _NetlocResultMixinStr):
    """urlsplit() of a str."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return urlunsplit(self)


class ParseResult(_ParseResultBase, _NetlocResultMixinStr):
    """urlparse() of a str."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return urlunparse(self)


class DefragResultBytes(_DefragResultBase, _ResultMixinBytes):
    """urldefrag() of bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return self.url + b"#" + self.fragment if self.fragment else self.url


class SplitResultBytes(_SplitResultBase, _NetlocResultMixinBytes):
    """urlsplit() of bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return urlunsplit(self)


class ParseResultBytes(_ParseResultBase, _NetlocResultMixinBytes):
    """urlparse() of bytes."""

    __slots__ = ()

    def geturl(self):
        """The URL."""
        return urlunparse(self)


for _text, _bytes in ((DefragResult, DefragResultBytes), (SplitResult, SplitResultBytes), (ParseResult, ParseResultBytes)):
    _text._encoded_counterpart = _bytes
    _bytes._decoded_counterpart = _text
del _text, _bytes


# ---- Taking apart ----

def urlparse(url, scheme="", allow_fragments=True):
    """A URL in six parts: <scheme>://<netloc>/<path>;<params>?<query>#<fragment>."""
    url, scheme, back = _as_text(url, scheme)
    scheme, netloc, path, query, fragment = urlsplit(url, scheme, allow_fragments)
    params = ""
    if scheme in uses_params and ";" in path:
        at = path.find(";", path.rfind("/") + 1) if "/" in path else path.find(";")
        if at >= 0:
            path, params = path[:at], path[at + 1:]
    return back(ParseResult(scheme, netloc, path, params, query, fragment))


def _check_netloc(netloc):
    """Refuses characters that normalization would turn into separators."""
    if not netloc or netloc.isascii():
        return
    try:
        import unicodedata
    except ImportError: # without its tables nothing here turns one character into another
        return
    plain = netloc
    for sign in "@:#?":
        plain = plain.replace(sign, "")
    normal = unicodedata.normalize("NFKC", plain)
    if normal != plain:
        for sign in "/?#@:":
            if sign in normal:
                raise ValueError("netloc '" + netloc + "' contains invalid characters under NFKC normalization")


def _check_brackets(netloc):
    if ("[" in netloc) != ("]" in netloc):
        raise ValueError("Invalid IPv6 URL")
    if "[" not in netloc:
        return
    import ipaddress
    before, have, rest = netloc.rpartition("@")[2].partition("[")
    if have:
        host, _sign, port = rest.partition("]")
        if before or (port and not port.startswith(":")):
            raise ValueError("Invalid IPv6 URL")
    else:
        host, _sign, port = before.partition(":")
    _check_bracketed_host(host)


def _check_bracketed_host(hostname):
    if hostname.startswith("v"):
        if not re.match(r"\Av[a-fA-F0-9]+\..+\z".replace(r"\z", r"\Z"), hostname):
            raise ValueError("IPvFuture address is invalid")
        return
    import ipaddress
    if isinstance(ipaddress.ip_address(hostname), ipaddress.IPv4Address): # ValueError if it is none at all
        raise ValueError("An IPv4 address cannot be in brackets")


def _make_split():
    from functools import lru_cache

    @lru_cache(maxsize=128, typed=True)
    def split(url, scheme, allow_fragments):
        url = url.lstrip(_WHATWG_C0_CONTROL_OR_SPACE)
        scheme = scheme.strip(_WHATWG_C0_CONTROL_OR_SPACE)
        for sign in _UNSAFE_URL_BYTES_TO_REMOVE:
            url = url.replace(sign, "")
            scheme = scheme.replace(sign, "")
        allow_fragments = bool(allow_fragments)
        netloc = query = fragment = ""
        colon = url.find(":")
        if colon > 0 and url[0].isascii() and url[0].isalpha() and all(c in scheme_chars for c in url[:colon]):
            scheme, url = url[:colon].lower(), url[colon + 1:]
        if url[:2] == "//":
            end = min((at for at in map(url.find, "/?#", (2, 2, 2)) if at >= 0), default=len(url))
            netloc, url = url[2:end], url[end:]
            _check_brackets(netloc)
        if allow_fragments and "#" in url:
            url, _sign, fragment = url.partition("#")
        if "?" in url:
            url, _sign, query = url.partition("?")
        _check_netloc(netloc)
        return SplitResult(scheme, netloc, url, query, fragment)

    return split


_split = _make_split()


def urlsplit(url, scheme="", allow_fragments=True):
    """A URL in five parts: <scheme>://<netloc>/<path>?<query>#<fragment>."""
    url, scheme, back = _as_text(url, scheme)
    return back(_split(url, scheme, allow_fragments))


# ---- Putting together ----

def urlunparse(components):
    """A URL of six parts."""
    scheme, netloc, url, params, query, fragment, back = _as_text(*components)
    if params:
        url = "%s;%s" % (url, params)
    return back(urlunsplit((scheme, netloc, url, query, fragment)))


def urlunsplit(components):
    """A URL of five parts."""
    scheme, netloc, url, query, fragment, back = _as_text(*components)
    if netloc:
        if url and url[:1] != "/":
            url = "/" + url
        url = "//" + netloc + url
    elif url[:2] == "//":
        url = "//" + url
    elif scheme and scheme in uses_netloc and (not url or url[:1] == "/"):
        url = "//" + url
    if scheme:
        url = scheme + ":" + url
    if query:
        url = url + "?" + query
    if fragment:
        url = url + "#" + fragment
    return back(url)


def _resolve(base_path, path):
    """RFC 3986, section 5.2: a path as seen from another, without dots."""
    base = base_path.split("/")
    if base[-1] != "":
        del base[-1] # the document, not a folder
    if path[:1] == "/":
        segments = path.split("/")
    else:
        segments = base + path.split("/")
        segments[1:-1] = filter(None, segments[1:-1])
    resolved = []
    for segment in segments:
        if segment == "..":
            if resolved:
                resolved.pop()
        elif segment != ".":
            resolved.append(segment)
    if segments[-1] in (".", ".."):
        resolved.append("")
    return "/".join(resolved) or "/"


def urljoin(base, url, allow_fragments=True):
    """A URL as it is meant on a page at base."""
    if not base:
        return url
    if not url:
        return base
    base, url, back = _as_text(base, url)
    bscheme, bnetloc, bpath, bparams, bquery, bfragment = urlparse(base, "", allow_fragments)
    scheme, netloc, path, params, query, fragment = urlparse(url, bscheme, allow_fragments)
    if scheme != bscheme or scheme not in uses_relative:
        return back(url)
    if scheme in uses_netloc:
        if netloc:
            return back(urlunparse((scheme, netloc, path, params, query, fragment)))
        netloc = bnetloc
    if not path and not params:
        path, params = bpath, bparams
        if not query:
            query = bquery
        return back(urlunparse((scheme, netloc, path, params, query, fragment)))
    return back(urlunparse((scheme, netloc, _resolve(bpath, path), params, query, fragment)))


def urldefrag(url):
    """A URL without its fragment, and that."""
    url, back = _as_text(url)
    if "#" not in url:
        return back(DefragResult(url, ""))
    scheme, netloc, path, params, query, fragment = urlparse(url)
    return back(DefragResult(urlunparse((scheme, netloc, path, params, query, "")), fragment))


# ---- Quoting ----

_percent = re.compile(rb"%([0-9a-fA-F]{2})")
_ascii_run = re.compile("([\x00-\x7f]+)")


def unquote_to_bytes(string):
    """The bytes that a quoted text stands for."""
    if not string:
        string.split
        return b""
    if isinstance(string, str):
        string = string.encode("utf-8")
    return _percent.sub(lambda found: bytes.fromhex(found[1].decode()), bytes(string))


def unquote(string, encoding="utf-8", errors="replace"):
    """The text that a quoted text stands for."""
    if isinstance(string, bytes):
        return unquote_to_bytes(string).decode(encoding or "utf-8", errors or "replace")
    if "%" not in string:
        string.split
        return string
    return _ascii_run.sub(lambda found: unquote_to_bytes(found[1]).decode(encoding or "utf-8", errors or "replace"), string)


def unquote_plus(string, encoding="utf-8", errors="replace"):
    """unquote(), with spaces for plus signs."""
    return unquote(string.replace("+", " "), encoding, errors)


_ALWAYS_SAFE = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.-~")
_ALWAYS_SAFE_BYTES = bytes(_ALWAYS_SAFE)
_quoters = {}


def quote(string, safe="/", encoding=None, errors=None):
    """A text with %xx for all but letters, digits, _.-~ and what is safe."""
    if isinstance(string, str):
        if not string:
            return string
        string = string.encode(encoding or "utf-8", errors or "strict")
    elif encoding is not None:
        raise TypeError("quote() doesn't support 'encoding' for bytes")
    elif errors is not None:
        raise TypeError("quote() doesn't support 'errors' for bytes")
    return quote_from_bytes(string, safe)


def quote_plus(string, safe="", encoding=None, errors=None):
    """quote(), with plus signs for spaces."""
    space = " " if isinstance(string, str) else b" "
    if space not in string:
        return quote(string, safe, encoding, errors)
    more = " " if isinstance(safe, str) else b" "
    return quote(string, safe + more, encoding, errors).replace(" ", "+")


def quote_from_bytes(bs, safe="/"):
    """quote() of bytes."""
    if not isinstance(bs, (bytes, bytearray)):
        raise TypeError("quote_from_bytes() expected bytes")
    if not bs:
        return ""
    if isinstance(safe, str):
        safe = safe.encode("ascii", "ignore")
    else:
        safe = bytes(c for c in safe if c < 128)
    if not bs.rstrip(_ALWAYS_SAFE_BYTES + safe):
        return bs.decode()
    table = _quoters.get(safe)
    if table is None:
        if len(_quoters) > 50:
            _quoters.clear()
        table = _quoters[safe] = [chr(c) if c in _ALWAYS_SAFE or c in safe else f"%{c:02X}" for c in range(256)]
    return "".join([table[c] for c in bs])


# ---- Queries ----

def urlencode(query, doseq=False, safe="", encoding=None, errors=None, quote_via=quote_plus):
    """A query of a mapping, or of pairs; doseq: values are sequences, each item of which makes a pair."""
    if hasattr(query, "items"):
        query = query.items()
    else:
        try: # not a text, and not something without items
            if len(query) and not isinstance(query[0], tuple):
                raise TypeError
        except TypeError as e:
            raise TypeError("not a valid non-string sequence or mapping object") from e

    def text(value):
        if isinstance(value, bytes):
            return quote_via(value, safe)
        return quote_via(value if isinstance(value, str) else str(value), safe, encoding, errors)

    pairs = []
    for key, value in query:
        key = text(key)
        many = False
        if doseq and not isinstance(value, (bytes, str)):
            try:
                len(value)
                many = True
            except TypeError:
                pass
        pairs += [key + "=" + text(each) for each in value] if many else [key + "=" + text(value)]
    return "&".join(pairs)


def parse_qs(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    """A query as a dict of lists."""
    result = {}
    for name, value in parse_qsl(qs, keep_blank_values, strict_parsing, encoding=encoding, errors=errors, max_num_fields=max_num_fields,
                                 separator=separator):
        result.setdefault(name, []).append(value)
    return result


def parse_qsl(qs, keep_blank_values=False, strict_parsing=False, encoding="utf-8", errors="replace", max_num_fields=None, separator="&"):
    """A query as a list of pairs. strict_parsing: ValueError for what is no pair; max_num_fields: ValueError if there are more."""
    if not separator or not isinstance(separator, (str, bytes)):
        raise ValueError("Separator must be of type string or bytes.")
    if isinstance(qs, str):
        if not isinstance(separator, str):
            separator = str(separator, "ascii")
        equals = "="

        def text(value):
            return unquote_plus(value, encoding=encoding, errors=errors)
    else:
        if not qs:
            return []
        qs = bytes(memoryview(qs))
        if isinstance(separator, str):
            separator = bytes(separator, "ascii")
        equals = b"="

        def text(value):
            return unquote_to_bytes(value.replace(b"+", b" "))
    if not qs:
        return []
    if max_num_fields is not None and max_num_fields < 1 + qs.count(separator):
        raise ValueError("Max number of fields exceeded")
    result = []
    for pair in qs.split(separator):
        if not pair and not strict_parsing:
            continue
        name, sign, value = pair.partition(equals)
        if not sign and strict_parsing:
            raise ValueError("bad query field: %r" % (pair,))
        if value or (keep_blank_values and (sign or keep_blank_values)):
            result.append((text(name), text(value)))
    return result


# ---- Old functions ----

def unwrap(url):
    """The URL in <URL:scheme://host/path>."""
    url = str(url).strip()
    if url[:1] == "<" and url[-1:] == ">":
        url = url[1:-1].strip()
    return url[4:].strip() if url[:4] == "URL:" else url


def _old(name, instead):
    import warnings
    warnings.warn(f"urllib.parse.{name}() is deprecated as of 3.8, use {instead} instead", DeprecationWarning, stacklevel=3)


def to_bytes(url):
    """The URL as ASCII text; deprecated."""
    import warnings
    warnings.warn("urllib.parse.to_bytes() is deprecated as of 3.8", DeprecationWarning, stacklevel=2)
    return _to_bytes(url)


def _to_bytes(url):
    if isinstance(url, str):
        try:
            url = url.encode("ASCII").decode()
        except UnicodeError:
            raise UnicodeError("URL " + repr(url) + " contains non-ASCII characters")
    return url


def splittype(url):
    """(scheme, rest); deprecated."""
    _old("splittype", "urllib.parse.urlparse()")
    return _splittype(url)


def _splittype(url):
    found = re.match("([^/:]+):(.*)", url, re.DOTALL)
    return (found[1].lower(), found[2]) if found else (None, url)


def splithost(url):
    """(host, path); deprecated."""
    _old("splithost", "urllib.parse.urlparse()")
    return _splithost(url)


def _splithost(url):
    found = re.match("//([^/#?]*)(.*)", url, re.DOTALL)
    if not found:
        return None, url
    host, path = found.groups()
    return host, "/" + path if path and path[0] != "/" else path


def splituser(host):
    """(user, host); deprecated."""
    _old("splituser", "urllib.parse.urlparse()")
    return _splituser(host)


def _splituser(host):
    user, sign, host = host.rpartition("@")
    return user if sign else None, host


def splitpasswd(user):
    """(user, password); deprecated."""
    _old("splitpasswd", "urllib.parse.urlparse()")
    return _splitpasswd(user)


def _splitpasswd(user):
    user, sign, password = user.partition(":")
    return user, password if sign else None


def splitport(host):
    """(host, port); deprecated."""
    _old("splitport", "urllib.parse.urlparse()")
    return _splitport(host)


def _splitport(host):
    found = re.fullmatch("(.*):([0-9]*)", host, re.DOTALL)
    return (found[1], found[2] or None) if found else (host, None)


def splitnport(host, defport=-1):
    """(host, port as an int); deprecated."""
    _old("splitnport", "urllib.parse.urlparse()")
    return _splitnport(host, defport)


def _splitnport(host, defport=-1):
    host, sign, port = host.rpartition(":")
    if not sign:
        return port, defport
    return host, int(port) if port.isdigit() and port.isascii() else None if port else defport


def splitquery(url):
    """(path, query); deprecated."""
    _old("splitquery", "urllib.parse.urlparse()")
    return _splitquery(url)


def _splitquery(url):
    path, sign, query = url.rpartition("?")
    return (path, query) if sign else (url, None)


def splittag(url):
    """(path, tag); deprecated."""
    _old("splittag", "urllib.parse.urlparse()")
    return _splittag(url)


def _splittag(url):
    path, sign, tag = url.rpartition("#")
    return (path, tag) if sign else (url, None)


def splitattr(url):
    """(path, [attributes]); deprecated."""
    _old("splitattr", "urllib.parse.urlparse()")
    return _splitattr(url)


def _splitattr(url):
    path, *attributes = url.split(";")
    return path, attributes


def splitvalue(attr):
    """(attribute, value); deprecated."""
    _old("splitvalue", "urllib.parse.parse_qsl()")
    return _splitvalue(attr)


def _splitvalue(attr):
    attr, sign, value = attr.partition("=")
    return attr, value if sign else None


def __getattr__(name):
    if name == "Quoter":
        import warnings
        warnings.warn("Deprecated in 3.11. urllib.parse.Quoter will be removed in Python 3.14. It was not intended to be a public API.",
                      DeprecationWarning, stacklevel=2)
        return _Quoter
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


class _Quoter(dict):
    """Quoted texts of bytes."""

    def __init__(self, safe):
        self.safe = _ALWAYS_SAFE.union(safe)

    def __repr__(self):
        return f"<Quoter {dict(self)!r}>"

    def __missing__(self, b):
        result = self[b] = chr(b) if b in self.safe else "%{:02X}".format(b)
        return result
