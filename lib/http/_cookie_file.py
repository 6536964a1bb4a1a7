"""Cookies in files: of libwww-perl (Set-Cookie3) and of Netscape, Mozilla and curl (cookies.txt)."""

import copy
import os
import re
import time

from http._cookie_text import iso2time, join_header_words, split_header_words, time2isoz
from http.cookiejar import Cookie, CookieJar

_NO_NAME = "a filename was not supplied (nor was the CookieJar instance initialised with one)"
_FLAGS = ("port_spec", "path_spec", "domain_dot", "secure", "discard")
_VALUES = ("version", "port", "path", "domain", "expires", "comment", "commenturl")
_HTTP_ONLY = "#HttpOnly_"


class LoadError(OSError):
    """A file does not hold cookies of the expected form."""


class FileCookieJar(CookieJar):
    """Cookies that can be loaded and saved; delayload is not used."""

    def __init__(self, filename=None, delayload=False, policy=None):
        super().__init__(policy)
        self.filename = None if filename is None else os.fspath(filename)
        self.delayload = bool(delayload)

    def _name(self, filename):
        if filename is None and self.filename is None:
            raise ValueError(_NO_NAME)
        return self.filename if filename is None else filename

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Write the cookies; ignore_discard, ignore_expires: also those of the session, and those that are over."""
        raise NotImplementedError()

    def _save(self, filename, text):
        name = self._name(filename) # passwords may be inside: only for this user
        with os.fdopen(os.open(name, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600), "w") as file:
            file.write(text)

    def load(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Add the cookies of a file. LoadError if it is none."""
        name = self._name(filename)
        with open(name) as file:
            self._really_load(file, name, ignore_discard, ignore_expires)

    def revert(self, filename=None, ignore_discard=False, ignore_expires=False):
        """Forget all cookies and load those of a file; if that fails, nothing is changed."""
        name = self._name(filename)
        with self._cookies_lock:
            before = copy.deepcopy(self._cookies)
            self._cookies = {}
            try:
                self.load(name, ignore_discard, ignore_expires)
            except OSError:
                self._cookies = before
                raise

    def _wanted(self, ignore_discard, ignore_expires):
        now = time.time()
        return [cookie for cookie in self if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now))]

    def _add(self, cookie, ignore_discard, ignore_expires, now):
        if (ignore_discard or not cookie.discard) and (ignore_expires or not cookie.is_expired(now)):
            self.set_cookie(cookie)


def lwp_cookie_str(cookie):
    """A cookie as Set-Cookie3 has it."""
    pairs = [(cookie.name, cookie.value), ("path", cookie.path), ("domain", cookie.domain), ("port", cookie.port)]
    pairs = [pair for i, pair in enumerate(pairs) if i < 3 or pair[1] is not None]
    flags = {"path_spec": cookie.path_specified, "port_spec": cookie.port_specified, "domain_dot": cookie.domain_initial_dot,
             "secure": cookie.secure}
    pairs += [(name, None) for name, set_ in flags.items() if set_]
    if cookie.expires:
        pairs.append(("expires", time2isoz(float(cookie.expires))))
    if cookie.discard:
        pairs.append(("discard", None))
    pairs += [(name, text) for name, text in (("comment", cookie.comment), ("commenturl", cookie.comment_url)) if text]
    pairs += [(name, str(cookie._rest[name])) for name in sorted(cookie._rest)]
    return join_header_words([[*pairs, ("version", str(cookie.version))]])


class LWPCookieJar(FileCookieJar):
    """Cookies in files of libwww-perl."""

    def as_lwp_str(self, ignore_discard=True, ignore_expires=True):
        """The cookies as lines."""
        return "\n".join([f"Set-Cookie3: {lwp_cookie_str(cookie)}" for cookie in self._wanted(ignore_discard, ignore_expires)] + [""])

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        self._save(filename, "#LWP-Cookies-2.0\n" + self.as_lwp_str(ignore_discard, ignore_expires))

    def _really_load(self, file, filename, ignore_discard, ignore_expires):
        if not re.match(r"#LWP-Cookies-(\d+\.\d+)", file.readline()):
            raise LoadError(f"{filename!r} does not look like a Set-Cookie3 (LWP) format file")
        now = time.time()
        for line in file:
            if not line.startswith("Set-Cookie3:"):
                continue
            try:
                for words in split_header_words([line[len("Set-Cookie3:"):].strip()]):
                    self._add(_lwp_cookie(words), ignore_discard, ignore_expires, now)
            except (AttributeError, TypeError, ValueError):
                raise LoadError(f"invalid Set-Cookie3 format file {filename!r}: {line!r}") from None


def _lwp_cookie(words):
    (name, value), *attributes = words
    known, rest = dict.fromkeys(_FLAGS, False), {}
    for key, text in attributes:
        lower = key.lower()
        if lower in _FLAGS:
            known[lower] = True if text is None else text
        elif lower in _VALUES:
            known[lower] = text
        else:
            rest[key] = text
    get = known.get
    expires, discard, domain = get("expires"), get("discard"), get("domain")
    if expires is not None:
        expires = iso2time(expires)
        discard = discard or expires is None
    else:
        discard = True if not discard else discard
    return Cookie(get("version"), name, value, get("port"), get("port_spec"), domain, domain.startswith("."), get("domain_dot"), get("path"),
                  get("path_spec"), get("secure"), expires, discard, get("comment"), get("commenturl"), rest)


class MozillaCookieJar(FileCookieJar):
    """Cookies in files as browsers and curl have them."""

    def _really_load(self, file, filename, ignore_discard, ignore_expires):
        if not re.match("#( Netscape)? HTTP Cookie File", file.readline()):
            raise LoadError(f"{filename!r} does not look like a Netscape format cookies file")
        now = time.time()
        for line in file:
            rest = {}
            if line.startswith(_HTTP_ONLY):
                rest["HTTPOnly"] = ""
                line = line[len(_HTTP_ONLY):]
            line = line.removesuffix("\n")
            if not line.strip() or line.strip()[0] in "#$":
                continue
            try:
                domain, below, path, secure, expires, name, value = line.split("\t")
            except ValueError:
                raise LoadError(f"invalid Netscape format cookies file {filename!r}: {line!r}") from None
            if not name: # here a cookie without value has no name
                name, value = value, None
            cookie = Cookie(0, name, value, None, False, domain, below == "TRUE", domain.startswith("."), path, False, secure == "TRUE",
                            expires or None, not expires, None, None, rest)
            self._add(cookie, ignore_discard, ignore_expires, now)

    def save(self, filename=None, ignore_discard=False, ignore_expires=False):
        lines = ["# Netscape HTTP Cookie File", "# http://curl.haxx.se/rfc/cookie_spec.html", "# This is a generated file!  Do not edit.", ""]
        for cookie in self._wanted(ignore_discard, ignore_expires):
            domain, name, value = cookie.domain, cookie.name, cookie.value
            if value is None:
                name, value = "", name
            mark = _HTTP_ONLY if cookie.has_nonstandard_attr("HTTPOnly") else ""
            fields = (mark + domain, str(domain.startswith(".")).upper(), cookie.path, str(bool(cookie.secure)).upper(),
                      "" if cookie.expires is None else str(cookie.expires), name, value)
            lines.append("\t".join(fields))
        self._save(filename, "\n".join(lines) + "\n")


for _class in (LoadError, FileCookieJar, LWPCookieJar, MozillaCookieJar):
    _class.__module__ = "http.cookiejar"
