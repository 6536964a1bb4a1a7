"""Proxies, as the environment names them."""

import os

from urllib._request_base import BaseHandler
from urllib.parse import _splitpasswd, _splitport, _splittype, _splituser, unquote


def getproxies_environment():
    """The proxies by scheme that variables like http_proxy name; names in small letters rather."""
    found = [(name, name[:-6].lower(), value) for name, value in os.environ.items() if name[-6:].lower() == "_proxy" and len(name) > 6]
    proxies = {scheme: value for _, scheme, value in found if value}
    if "REQUEST_METHOD" in os.environ: # a CGI program, where a header Proxy: sets HTTP_PROXY
        proxies.pop("http", None)
    for name, scheme, value in found:
        if name.endswith("_proxy"):
            if value:
                proxies[scheme] = value
            else:
                proxies.pop(scheme, None)
    return proxies


def proxy_bypass_environment(host, proxies=None):
    """Does no_proxy name this host, or a domain that it is in?"""
    without = (getproxies_environment() if proxies is None else proxies).get("no")
    if without is None:
        return False
    if without == "*":
        return True
    host = host.lower()
    names = (host, _splitport(host)[0])
    for domain in without.split(","):
        domain = domain.strip().lstrip(".").lower()
        if domain and any(name == domain or name.endswith("." + domain) for name in names):
            return True
    return False


def _proxy_bypass_macosx_sysconf(host, proxy_settings):
    """Does a macOS machine's configuration name this host: exclude_simple (names without dot), exceptions (patterns, a.b.c/bits)?"""
    import fnmatch
    import ipaddress
    import re
    name = _splitport(host)[0]
    if "." not in host and proxy_settings["exclude_simple"]:
        return True
    try:
        address = int(ipaddress.IPv4Address(name))
    except ValueError:
        address = None
    for value in proxy_settings.get("exceptions", ()):
        found = re.match(r"(\d+(?:\.\d+)*)(/\d+)?", value or "")
        if found and address is not None:
            numbers = found[1].split(".")
            bits = int(found[2][1:]) if found[2] else 8 * len(numbers)
            base = int(ipaddress.IPv4Address(".".join((numbers + ["0"] * 3)[:4])))
            if 0 <= bits <= 32 and address >> 32 - bits == base >> 32 - bits:
                return True
        elif value and fnmatch.fnmatch(host, value):
            return True
    return False


def _proxy_bypass_winreg_override(host, override):
    """Does a Windows machine's ProxyOverride name this host: patterns with ; between, <local> for names without dot?"""
    import fnmatch
    name = _splitport(host)[0]
    patterns = [pattern.strip() for pattern in override.split(";")]
    return any("." not in name if pattern == "<local>" else fnmatch.fnmatch(name, pattern) for pattern in patterns)


getproxies, proxy_bypass = getproxies_environment, proxy_bypass_environment


def _parse_proxy(proxy):
    """(scheme, user, password, host:port) of a proxy's address; what is not there is None."""
    scheme, rest = _splittype(proxy)
    if not rest.startswith("/"):
        scheme, authority = None, proxy
    elif not rest.startswith("//"):
        raise ValueError(f"proxy URL with no authority: {proxy!r}")
    else:
        end = rest.find("/", max(rest.find("@"), 2))
        authority = rest[2:end] if end >= 0 else rest[2:]
    person, place = _splituser(authority)
    user, password = (None, None) if person is None else _splitpasswd(person)
    return scheme, user, password, place


class ProxyHandler(BaseHandler):
    """Sends requests to proxies. proxies: a mapping of schemes to addresses, else those of the environment."""

    handler_order = 100

    def __init__(self, proxies=None):
        if proxies is None:
            from urllib import request # where tests, and programs, put another getproxies()
            proxies = request.getproxies()
        if not hasattr(proxies, "keys"):
            raise AssertionError("proxies must be a mapping")
        self.proxies = proxies
        for scheme, url in proxies.items():
            scheme = scheme.lower()
            setattr(self, scheme + "_open", lambda req, proxy=url, scheme=scheme: self.proxy_open(req, proxy, scheme))

    def proxy_open(self, req, proxy, type):
        """Make req one for the proxy, and have others open it."""
        from urllib import request
        before = req.type
        scheme, user, password, place = _parse_proxy(proxy)
        scheme = scheme or before
        if req.host and request.proxy_bypass(req.host):
            return None
        if user and password:
            import base64
            who = f"{unquote(user)}:{unquote(password)}"
            req.add_header("Proxy-authorization", "Basic " + base64.b64encode(who.encode()).decode("ascii"))
        req.set_proxy(unquote(place), scheme)
        if before in (scheme, "https"):
            return None
        return self.parent.open(req, timeout=req.timeout)
