"""Cookies that a client keeps (RFC 6265, and before it RFC 2965 and Netscape's): taken from responses, sent with requests."""

import copy
import re
import threading
import time

from http._cookie_policy import CookiePolicy, DefaultCookiePolicy
from http._cookie_text import (DEFAULT_HTTP_PORT, domain_match, eff_request_host, escape_path, http2time, is_HDN, is_third_party, iso2time,
                               join_header_words, offset_from_tz_string, parse_ns_headers, reach, request_host, request_path, request_port,
                               split_header_words, strip_quotes, time2isoz, time2netscape, user_domain_match)

__all__ = ["Cookie", "CookieJar", "CookiePolicy", "DefaultCookiePolicy", "FileCookieJar", "LWPCookieJar", "LoadError", "MozillaCookieJar"]

_FLAGS = ("discard", "secure")
_VALUES = ("version", "expires", "max-age", "domain", "path", "port", "comment", "commenturl")
_MAY_BE_BARE = ("port", "comment", "commenturl")


class Cookie:
    """A cookie; *_specified tell whether the server named the attribute. value None: it has none; expires: seconds since 1970, or None."""

    def __init__(self, version, name, value, port, port_specified, domain, domain_specified, domain_initial_dot, path, path_specified,
                 secure, expires, discard, comment, comment_url, rest, rfc2109=False):
        if port is None and port_specified is True:
            raise ValueError("if port is None, port_specified must be false")
        self.version = None if version is None else int(version)
        self.name, self.value, self.port, self.port_specified = name, value, port, port_specified
        self.domain, self.domain_specified, self.domain_initial_dot = domain.lower(), domain_specified, domain_initial_dot
        self.path, self.path_specified, self.secure = path, path_specified, secure
        self.expires = None if expires is None else int(float(expires))
        self.discard, self.comment, self.comment_url, self.rfc2109 = discard, comment, comment_url, rfc2109
        self._rest = copy.copy(rest)

    def has_nonstandard_attr(self, name):
        return name in self._rest

    def get_nonstandard_attr(self, name, default=None):
        return self._rest.get(name, default)

    def set_nonstandard_attr(self, name, value):
        self._rest[name] = value

    def is_expired(self, now=None):
        """Is it over, now or at a time?"""
        return self.expires is not None and self.expires <= (time.time() if now is None else now)

    def __str__(self):
        what = self.name if self.value is None else f"{self.name}={self.value}"
        port = "" if self.port is None else f":{self.port}"
        return f"<Cookie {what} for {self.domain}{port}{self.path}>"

    def __repr__(self):
        names = ("version", "name", "value", "port", "port_specified", "domain", "domain_specified", "domain_initial_dot", "path",
                 "path_specified", "secure", "expires", "discard", "comment", "comment_url")
        shown = [f"{name}={getattr(self, name)!r}" for name in names]
        return f"{type(self).__name__}({', '.join(shown)}, rest={self._rest!r}, rfc2109={self.rfc2109!r})"


class CookieJar:
    """Cookies, as policy wants them; iterating gives them all."""

    def __init__(self, policy=None):
        self._policy = DefaultCookiePolicy() if policy is None else policy
        self._cookies_lock = threading.RLock()
        self._cookies = {} # by domain, path and name

    def set_policy(self, policy):
        self._policy = policy

    def __iter__(self):
        for paths in list(self._cookies.values()):
            for names in list(paths.values()):
                yield from list(names.values())

    def __len__(self):
        return sum(1 for _ in self)

    def __repr__(self):
        return f"<{type(self).__name__}[{', '.join(map(repr, self))}]>"

    def __str__(self):
        return f"<{type(self).__name__}[{', '.join(map(str, self))}]>"

    def _start(self):
        self._policy._now = self._now = int(time.time())

    # ---- Sending ----

    def _cookies_for_request(self, request):
        policy, found = self._policy, []
        for domain, paths in self._cookies.items():
            if policy.domain_return_ok(domain, request):
                for path, names in paths.items():
                    if policy.path_return_ok(path, request):
                        found += [cookie for cookie in names.values() if policy.return_ok(cookie, request)]
        return found

    def _cookie_attrs(self, cookies):
        """The parts of the header Cookie, of the longest paths first."""
        cookies.sort(key=lambda cookie: len(cookie.path), reverse=True)
        parts = [f"$Version={cookie.version}" for cookie in cookies[:1] if cookie.version > 0]
        for cookie in cookies:
            value = cookie.value
            if value is None:
                parts.append(cookie.name)
            else:
                if cookie.version > 0 and re.search(r"\W", value):
                    value = re.sub(r'(["\\])', r"\\\1", value)
                parts.append(f"{cookie.name}={value}")
            if cookie.version > 0:
                parts += _rfc2965_parts(cookie)
        return parts

    def add_cookie_header(self, request):
        """Add the cookies that belong to a request to it."""
        with self._cookies_lock:
            self._start()
            cookies = self._cookies_for_request(request)
            parts = self._cookie_attrs(cookies)
            if parts and not request.has_header("Cookie"):
                request.add_unredirected_header("Cookie", "; ".join(parts))
            policy = self._policy
            if policy.rfc2965 and not policy.hide_cookie2 and not request.has_header("Cookie2") and any(c.version != 1 for c in cookies):
                request.add_unredirected_header("Cookie2", '$Version="1"')
        self.clear_expired_cookies()

    # ---- Taking ----

    def _normalized(self, attrs_set):
        """(name, value, known attributes, others) of what was parsed; what is not valid is left out."""
        for (name, value), *attrs in attrs_set:
            known, others = {}, {}
            if self._take_attributes(attrs, known, others):
                yield name, value, known, others

    def _take_attributes(self, attrs, known, others):
        aged = False
        for name, value in attrs:
            lower = name.lower()
            if lower not in _VALUES and lower not in _FLAGS:
                others[name] = value
                continue
            name = lower
            if name in _FLAGS and value is None:
                value = True
            if name in known:
                continue
            if name == "domain" and value is not None:
                value = value.lower()
            elif name == "expires" and (aged or value is None):
                continue
            elif name == "max-age":
                aged = True
                try:
                    name, value = "expires", self._now + int(value)
                except (TypeError, ValueError):
                    return False
            if value is None and name not in _MAY_BE_BARE:
                return False
            known[name] = value
        return True

    def _cookie(self, name, value, known, others, request):
        """The Cookie of one tuple of _normalized(); None if it is not valid, or takes a cookie away."""
        version = known.get("version")
        if version is not None:
            try:
                version = int(version)
            except ValueError:
                return None
        path, path_specified = known.get("path"), bool(known.get("path"))
        if path_specified:
            path = escape_path(path)
        else:
            whole = request_path(request)
            end = whole.rfind("/")
            path = whole[:end + (version != 0)] or "/"
        domain, named = known.get("domain"), "domain" in known
        if not named:
            domain = eff_request_host(request)[1]
        dotted = named and domain.startswith(".")
        if named and not dotted:
            domain = "." + domain
        port = known.get("port")
        port_specified = port is not None
        if port_specified:
            port = re.sub(r"\s+", "", port)
        elif "port" in known:
            port = request_port(request)
        expires, discard = known.get("expires"), known.get("discard", False)
        if expires is None:
            discard = True
        elif expires <= self._now:
            try:
                self.clear(domain, path, name)
            except KeyError:
                pass
            return None
        return Cookie(version, name, value, port, port_specified, domain, named, dotted, path, path_specified, known.get("secure", False),
                      expires, discard, known.get("comment"), known.get("commenturl"), others)

    def _cookies_of(self, parse, headers, request):
        try:
            made = [self._cookie(*parts, request) for parts in self._normalized(parse(headers))]
        except Exception:
            import traceback
            import warnings
            warnings.warn(f"http.cookiejar bug!\n{traceback.format_exc()}", stacklevel=3)
            return []
        return [cookie for cookie in made if cookie]

    def make_cookies(self, response, request):
        """The cookies that a response sets, as a list."""
        headers, policy = response.info(), self._policy
        with self._cookies_lock:
            self._start()
            new = headers.get_all("Set-Cookie2", [])
            cookies = self._cookies_of(split_header_words, new, request) if new and policy.rfc2965 else []
            if policy.netscape:
                plain = self._cookies_of(parse_ns_headers, headers.get_all("Set-Cookie", []), request)
                self._process_rfc2109_cookies(plain)
                have = {(cookie.domain, cookie.path, cookie.name) for cookie in cookies}
                cookies += [cookie for cookie in plain if (cookie.domain, cookie.path, cookie.name) not in have]
            return cookies

    def _process_rfc2109_cookies(self, cookies):
        as_netscape = getattr(self._policy, "rfc2109_as_netscape", None)
        if as_netscape is None:
            as_netscape = not self._policy.rfc2965
        for cookie in cookies:
            if cookie.version == 1:
                cookie.rfc2109 = True
                if as_netscape:
                    cookie.version = 0

    def set_cookie_if_ok(self, cookie, request):
        """Take a cookie if the policy lets it."""
        with self._cookies_lock:
            self._start()
            if self._policy.set_ok(cookie, request):
                self.set_cookie(cookie)

    def set_cookie(self, cookie):
        """Take a cookie."""
        with self._cookies_lock:
            self._cookies.setdefault(cookie.domain, {}).setdefault(cookie.path, {})[cookie.name] = cookie

    def extract_cookies(self, response, request):
        """Take the cookies of a response that the policy lets in."""
        with self._cookies_lock:
            for cookie in self.make_cookies(response, request):
                if self._policy.set_ok(cookie, request):
                    self.set_cookie(cookie)

    # ---- Forgetting ----

    def clear(self, domain=None, path=None, name=None):
        """Forget one cookie, or those of a path, of a domain, or all. KeyError if there is none."""
        if name is not None:
            if domain is None or path is None:
                raise ValueError("domain and path must be given to remove a cookie by name")
            del self._cookies[domain][path][name]
        elif path is not None:
            if domain is None:
                raise ValueError("domain must be given to remove cookies by path")
            del self._cookies[domain][path]
        elif domain is not None:
            del self._cookies[domain]
        else:
            self._cookies = {}

    def _forget(self, unwanted):
        with self._cookies_lock:
            for cookie in self:
                if unwanted(cookie):
                    self.clear(cookie.domain, cookie.path, cookie.name)

    def clear_session_cookies(self):
        """Forget the cookies that were for this session."""
        self._forget(lambda cookie: cookie.discard)

    def clear_expired_cookies(self):
        """Forget the cookies that are over."""
        now = time.time()
        self._forget(lambda cookie: cookie.is_expired(now))


def _rfc2965_parts(cookie):
    if cookie.path_specified:
        yield f'$Path="{cookie.path}"'
    if cookie.domain.startswith("."):
        yield f'$Domain="{cookie.domain if cookie.domain_initial_dot else cookie.domain[1:]}"'
    if cookie.port is not None:
        yield f'$Port="{cookie.port}"' if cookie.port_specified else "$Port"


def __getattr__(name):
    if name in ("FileCookieJar", "LWPCookieJar", "MozillaCookieJar", "LoadError", "lwp_cookie_str"):
        from http import _cookie_file
        return getattr(_cookie_file, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


for _class in (CookiePolicy, DefaultCookiePolicy):
    _class.__module__ = __name__
