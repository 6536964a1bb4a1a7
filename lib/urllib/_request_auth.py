"""Passwords, and the handlers that send them (RFC 7617 Basic, RFC 7616 Digest)."""

import os
import re
import time

from urllib._request_base import BaseHandler
from urllib.error import HTTPError, URLError
from urllib.parse import _splitport, urlsplit


def parse_keqv_list(l):
    """['a=b', 'c="d"'] as a dict."""
    pairs = (item.split("=", 1) for item in l)
    return {name: value[1:-1] if value[:1] == value[-1:] == '"' else value for name, value in pairs}


def parse_http_list(s):
    """The items of a header that has commas between them; those in quotes do not count, and quoted characters lose their backslash."""
    items, item, quoted, escaped = [], "", False, False
    for c in s:
        if escaped:
            escaped = False
        elif quoted and c == "\\":
            escaped = True
            continue
        elif c == '"':
            quoted = not quoted
        elif c == "," and not quoted:
            items.append(item.strip())
            item = ""
            continue
        item += c
    return [*items, item.strip()] if item else items


class HTTPPasswordMgr:
    """User and password by realm and address."""

    def __init__(self):
        self.passwd = {}

    def add_password(self, realm, uri, user, passwd):
        """For uri, or several, and all below."""
        table = self.passwd.setdefault(realm, {})
        uris = [uri] if isinstance(uri, str) else uri
        for default_port in (True, False):
            table[tuple([self.reduce_uri(one, default_port) for one in uris])] = user, passwd

    def find_user_password(self, realm, authuri):
        """(user, password) for an address, or (None, None)."""
        table = self.passwd.get(realm, {})
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uris, found in table.items():
                if any(self.is_suburi(uri, wanted) for uri in uris):
                    return found
        return None, None

    def reduce_uri(self, uri, default_port=True):
        """(host:port, path) of an address or a host; default_port: add the scheme's port."""
        parts = urlsplit(uri)
        if not parts.netloc:
            return uri, "/"
        host = parts.netloc
        port = {"http": 80, "https": 443}.get(parts.scheme)
        if default_port and port and _splitport(host)[1] is None:
            host = f"{host}:{port}"
        return host, parts.path or "/"

    def is_suburi(self, base, test):
        """Is test the same as base, or below it?"""
        return base == test or base[0] == test[0] and test[1].startswith(base[1] if base[1][-1:] == "/" else base[1] + "/")


class HTTPPasswordMgrWithDefaultRealm(HTTPPasswordMgr):
    """What is added for the realm None is for all."""

    def find_user_password(self, realm, authuri):
        found = super().find_user_password(realm, authuri)
        return super().find_user_password(None, authuri) if found[0] is None else found


class HTTPPasswordMgrWithPriorAuth(HTTPPasswordMgrWithDefaultRealm):
    """Knows where the password is to be sent before the server asks for it."""

    def __init__(self):
        self.authenticated = {}
        super().__init__()

    def add_password(self, realm, uri, user, passwd, is_authenticated=False):
        self.update_authenticated(uri, is_authenticated)
        if realm is not None:
            super().add_password(None, uri, user, passwd)
        super().add_password(realm, uri, user, passwd)

    def update_authenticated(self, uri, is_authenticated=False):
        """Send it (or not) to uri, or several, and all below."""
        for one in [uri] if isinstance(uri, str) else uri:
            for default_port in (True, False):
                self.authenticated[self.reduce_uri(one, default_port)] = is_authenticated

    def is_authenticated(self, authuri):
        """Is it to be sent? None: nothing is known."""
        for default_port in (True, False):
            wanted = self.reduce_uri(authuri, default_port)
            for uri, known in self.authenticated.items():
                if self.is_suburi(uri, wanted):
                    return known
        return None


def _basic(user, password):
    import base64
    return "Basic " + base64.b64encode(f"{user}:{password}".encode()).decode("ascii")


class AbstractBasicAuthHandler:
    """Basic: the password as it is."""

    _challenge = re.compile(r"(?:^|,)[ \t]*([^ \t,]+)[ \t]+realm=([\"']?)([^\"']*)\2", re.I)

    def __init__(self, password_mgr=None):
        self.passwd = HTTPPasswordMgr() if password_mgr is None else password_mgr
        self.add_password = self.passwd.add_password

    def _challenges(self, header):
        """(scheme, realm) of each challenge in a header; realm None: it has none."""
        found = self._challenge.findall(header)
        for scheme, mark, realm in found:
            if not mark:
                import warnings
                warnings.warn("Basic Auth Realm was unquoted", UserWarning, 3)
            yield scheme, realm
        if not found:
            yield (header.split() or [""])[0], None

    def http_error_auth_reqed(self, authreq, host, req, headers):
        """The server asks: try again with the password of the first realm."""
        other = None
        for header in headers.get_all(authreq) or ():
            for scheme, realm in self._challenges(header):
                if scheme.lower() != "basic":
                    other = scheme
                elif realm is not None:
                    return self.retry_http_basic_auth(host, req, realm)
        if other is not None:
            raise ValueError(f"AbstractBasicAuthHandler does not support the following scheme: {other!r}")
        return None

    def retry_http_basic_auth(self, host, req, realm):
        """Try again, unless the same was sent before."""
        user, password = self.passwd.find_user_password(realm, host)
        if password is None:
            return None
        value = _basic(user, password)
        if req.get_header(self.auth_header, None) == value:
            return None
        req.add_unredirected_header(self.auth_header, value)
        return self.parent.open(req, timeout=req.timeout)

    def http_request(self, req):
        known = getattr(self.passwd, "is_authenticated", None)
        if known and known(req.full_url) and not req.has_header("Authorization"):
            req.add_unredirected_header("Authorization", _basic(*self.passwd.find_user_password(None, req.full_url)))
        return req

    def http_response(self, req, response):
        if hasattr(self.passwd, "is_authenticated"):
            self.passwd.update_authenticated(req.full_url, 200 <= response.code < 300)
        return response

    https_request, https_response = http_request, http_response


class HTTPBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Basic, for servers."""

    auth_header = "Authorization"

    def http_error_401(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("www-authenticate", req.full_url, req, headers)


class ProxyBasicAuthHandler(AbstractBasicAuthHandler, BaseHandler):
    """Basic, for proxies."""

    auth_header = "Proxy-authorization"

    def http_error_407(self, req, fp, code, msg, headers):
        return self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)


class AbstractDigestAuthHandler:
    """Digest: a hash of the password and what the server sends."""

    def __init__(self, passwd=None):
        self.passwd = HTTPPasswordMgr() if passwd is None else passwd
        self.add_password = self.passwd.add_password
        self.retried = self.nonce_count = 0
        self.last_nonce = None

    def reset_retry_count(self):
        self.retried = 0

    def http_error_auth_reqed(self, auth_header, host, req, headers):
        """The server asks: try again."""
        if self.retried > 5: # it asks again and again
            raise HTTPError(req.full_url, 401, "digest auth failed", headers, None)
        self.retried += 1
        asked = headers.get(auth_header, None)
        scheme = asked.split()[0].lower() if asked and asked.split() else ""
        if scheme == "digest":
            return self.retry_http_digest_auth(req, asked)
        if scheme and scheme != "basic":
            raise ValueError(f"AbstractDigestAuthHandler does not support the following scheme: '{asked.split()[0]}'")
        return None

    def retry_http_digest_auth(self, req, auth):
        """Try again, unless the same was sent before."""
        challenge = parse_keqv_list(filter(None, parse_http_list(auth.partition(" ")[2])))
        answer = self.get_authorization(req, challenge)
        if not answer or req.headers.get(self.auth_header, None) == "Digest " + answer:
            return None
        req.add_unredirected_header(self.auth_header, "Digest " + answer)
        return self.parent.open(req, timeout=req.timeout)

    def get_cnonce(self, nonce):
        """Something that nobody can guess."""
        import hashlib
        seed = f"{self.nonce_count}:{nonce}:{time.ctime()}:".encode() + os.urandom(8)
        return hashlib.sha1(seed).hexdigest()[:16]

    def get_authorization(self, req, chal):
        """The answer to a challenge; None if there is no password for it."""
        if "realm" not in chal or "nonce" not in chal:
            return None
        realm, nonce, qop = chal["realm"], chal["nonce"], chal.get("qop")
        name = chal.get("algorithm", "MD5")
        digest, keyed = self.get_algorithm_impls(name)
        user, password = self.passwd.find_user_password(realm, req.full_url)
        if user is None:
            return None
        secret, what = digest(f"{user}:{realm}:{password}"), digest(f"{req.get_method()}:{req.selector}")
        tail = ""
        if qop is None:
            answer = keyed(secret, f"{nonce}:{what}")
        elif "auth" in [word.strip() for word in qop.split(",")]:
            self.nonce_count = self.nonce_count + 1 if nonce == self.last_nonce else 1
            self.last_nonce = nonce
            count, own = f"{self.nonce_count:08x}", self.get_cnonce(nonce)
            answer = keyed(secret, f"{nonce}:{count}:{own}:auth:{what}")
            tail = f', qop=auth, nc={count}, cnonce="{own}"'
        else:
            raise URLError(f"qop '{qop}' is not supported.")
        opaque = f', opaque="{chal["opaque"]}"' if chal.get("opaque") else ""
        return (f'username="{user}", realm="{realm}", nonce="{nonce}", uri="{req.selector}", response="{answer}"{opaque}, '
                f'algorithm="{name}"{tail}')

    def get_algorithm_impls(self, algorithm):
        """The functions H and KD of an algorithm's name: MD5 or SHA."""
        import hashlib
        make = {"MD5": hashlib.md5, "SHA": hashlib.sha1}.get(algorithm)
        if make is None:
            raise ValueError(f"Unsupported digest authentication algorithm {algorithm!r}")

        def digest(text):
            return make(text.encode()).hexdigest()
        return digest, lambda secret, data: digest(f"{secret}:{data}")


class HTTPDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Digest, for servers; asked before Basic."""

    auth_header = "Authorization"
    handler_order = 490

    def http_error_401(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed("www-authenticate", urlsplit(req.full_url).netloc, req, headers)
        self.reset_retry_count()
        return answer


class ProxyDigestAuthHandler(BaseHandler, AbstractDigestAuthHandler):
    """Digest, for proxies."""

    auth_header = "Proxy-Authorization"
    handler_order = 490

    def http_error_407(self, req, fp, code, msg, headers):
        answer = self.http_error_auth_reqed("proxy-authenticate", req.host, req, headers)
        self.reset_retry_count()
        return answer
