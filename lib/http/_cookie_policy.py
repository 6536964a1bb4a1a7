"""Which cookies are taken, and which are sent."""

from http._cookie_text import (_IPV4, DEFAULT_HTTP_PORT, domain_match, eff_request_host, is_third_party, request_path, request_port,
                               user_domain_match)

_SECOND_LEVELS = frozenset("co ac com edu org net gov mil int aero biz cat coop info jobs mobi museum name pro travel eu".split())


class CookiePolicy:
    """What a CookieJar asks."""

    def set_ok(self, cookie, request):
        """Is a cookie to be taken that the response to request sets?"""
        raise NotImplementedError()

    def return_ok(self, cookie, request):
        """Is it to be sent with request?"""
        raise NotImplementedError()

    def domain_return_ok(self, domain, request):
        """May any cookie of this domain be sent with request?"""
        return True

    def path_return_ok(self, path, request):
        """May any cookie of this path be sent with request?"""
        return True


class DefaultCookiePolicy(CookiePolicy):
    """What the protocols say. blocked_domains, allowed_domains: sequences of 'a.b' or '.b' for all below; netscape, rfc2965: which protocols."""

    DomainStrictNoDots, DomainStrictNonDomain, DomainRFC2965Match = 1, 2, 4
    DomainLiberal, DomainStrict = 0, 3

    def __init__(self, blocked_domains=None, allowed_domains=None, netscape=True, rfc2965=False, rfc2109_as_netscape=None,
                 hide_cookie2=False, strict_domain=False, strict_rfc2965_unverifiable=True, strict_ns_unverifiable=False,
                 strict_ns_domain=DomainLiberal, strict_ns_set_initial_dollar=False, strict_ns_set_path=False,
                 secure_protocols=("https", "wss")):
        self.netscape, self.rfc2965, self.rfc2109_as_netscape, self.hide_cookie2 = netscape, rfc2965, rfc2109_as_netscape, hide_cookie2
        self.strict_domain, self.strict_ns_domain = strict_domain, strict_ns_domain
        self.strict_rfc2965_unverifiable, self.strict_ns_unverifiable = strict_rfc2965_unverifiable, strict_ns_unverifiable
        self.strict_ns_set_initial_dollar, self.strict_ns_set_path = strict_ns_set_initial_dollar, strict_ns_set_path
        self.secure_protocols = secure_protocols
        self.set_blocked_domains(blocked_domains or ())
        self.set_allowed_domains(allowed_domains)

    # ---- Domains that the user names ----

    def blocked_domains(self):
        return self._blocked

    def set_blocked_domains(self, blocked_domains):
        self._blocked = tuple(blocked_domains)

    def is_blocked(self, domain):
        """Is it one of the blocked domains?"""
        return any(user_domain_match(domain, blocked) for blocked in self._blocked)

    def allowed_domains(self):
        return self._allowed

    def set_allowed_domains(self, allowed_domains):
        """Only these, or with None, all."""
        self._allowed = None if allowed_domains is None else tuple(allowed_domains)

    def is_not_allowed(self, domain):
        """Are there allowed domains, and it is none of them?"""
        return self._allowed is not None and not any(user_domain_match(domain, allowed) for allowed in self._allowed)

    def _barred(self, domain):
        return self.is_blocked(domain) or self.is_not_allowed(domain)

    # ---- Both ways ----

    def _version_ok(self, cookie):
        return self.rfc2965 if cookie.version > 0 else self.netscape

    def _verifiable(self, cookie, request):
        strict = self.strict_rfc2965_unverifiable if cookie.version > 0 else self.strict_ns_unverifiable
        return not (strict and request.unverifiable and is_third_party(request))

    def _all(self, way, names, cookie, request):
        return all(getattr(self, f"{way}_ok_{name}")(cookie, request) for name in names)

    # ---- Taking ----

    def set_ok(self, cookie, request):
        return self._all("set", ("version", "verifiability", "name", "path", "domain", "port"), cookie, request)

    def set_ok_version(self, cookie, request):
        return cookie.version is not None and self._version_ok(cookie)

    def set_ok_verifiability(self, cookie, request):
        return self._verifiable(cookie, request)

    def set_ok_name(self, cookie, request):
        """Names with $ would be attributes for servers of the other protocol."""
        return not (cookie.version == 0 and self.strict_ns_set_initial_dollar and cookie.name.startswith("$"))

    def set_ok_path(self, cookie, request):
        strict = cookie.version > 0 or self.strict_ns_set_path
        return not (cookie.path_specified and strict and not self.path_return_ok(cookie.path, request))

    def set_ok_domain(self, cookie, request):
        domain = cookie.domain
        if self._barred(domain):
            return False
        if not cookie.domain_specified:
            return True
        host, effective = eff_request_host(request)
        if self.strict_domain and domain.count(".") == 2 and domain[0] == ".":
            second, top = domain[1:].split(".")
            if second.lower() in _SECOND_LEVELS and len(top) == 2: # as .co.uk
                return False
        if "." not in domain.removeprefix(".") and not effective.endswith(".local"):
            return False
        rfc = cookie.version > 0
        if cookie.version == 0 and not any(("." + name).endswith(domain) for name in (host, effective)):
            return False
        if (rfc or self.strict_ns_domain & self.DomainRFC2965Match) and not domain_match(effective, domain):
            return False
        if rfc or self.strict_ns_domain & self.DomainStrictNoDots:
            return "." not in host[:-len(domain)] or bool(_IPV4.search(host))
        return True

    def set_ok_port(self, cookie, request):
        if not cookie.port_specified:
            return True
        wanted = request_port(request) or DEFAULT_HTTP_PORT
        for port in cookie.port.split(","):
            if not port.isdigit():
                return False
            if port == wanted:
                return True
        return False

    # ---- Sending ----

    def return_ok(self, cookie, request):
        return self._all("return", ("version", "verifiability", "secure", "expires", "port", "domain"), cookie, request)

    def return_ok_version(self, cookie, request):
        return self._version_ok(cookie)

    def return_ok_verifiability(self, cookie, request):
        return self._verifiable(cookie, request)

    def return_ok_secure(self, cookie, request):
        return not cookie.secure or request.type in self.secure_protocols

    def return_ok_expires(self, cookie, request):
        return not cookie.is_expired(self._now)

    def return_ok_port(self, cookie, request):
        return not cookie.port or (request_port(request) or DEFAULT_HTTP_PORT) in cookie.port.split(",")

    def return_ok_domain(self, cookie, request):
        domain, effective = cookie.domain, eff_request_host(request)[1]
        if cookie.version > 0:
            return domain_match(effective, domain)
        if self.strict_ns_domain & self.DomainStrictNonDomain and not cookie.domain_specified and domain != effective:
            return False
        return ("." + effective).endswith(_dotted(domain))

    def domain_return_ok(self, domain, request):
        if not any(_dotted(host).endswith(_dotted(domain)) for host in eff_request_host(request)):
            return False
        return not self._barred(domain)

    def path_return_ok(self, path, request):
        asked = request_path(request)
        return asked == path or asked.startswith(path) and (path.endswith("/") or asked[len(path):len(path) + 1] == "/")


def _dotted(domain):
    return "." + domain if domain and not domain.startswith(".") else domain
