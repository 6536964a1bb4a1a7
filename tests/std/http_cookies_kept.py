# http.cookiejar: cookies taken, kept, sent and refused; dates, files; http.cookies is in http_modules.py.
import os
import tempfile
import time
import urllib.request
from email import message_from_string
from http.cookiejar import (Cookie, CookieJar, CookiePolicy, DefaultCookiePolicy, FileCookieJar, LWPCookieJar, LoadError, MozillaCookieJar,
                            domain_match, escape_path, http2time, is_HDN, iso2time, join_header_words, parse_ns_headers, reach, request_host,
                            request_path, request_port, split_header_words, time2isoz, time2netscape, user_domain_match)


def fails(function, *args, **kwargs):
    try:
        print(repr(function(*args, **kwargs)))
    except Exception as e:
        print(type(e).__name__, e)


class Response:
    def __init__(self, *headers):
        self.headers = message_from_string("".join(header + "\n" for header in headers) + "\n")

    def info(self):
        return self.headers


def visit(jar, url, *cookies, name="Set-Cookie", **kwargs):
    """Ask for url, and take these cookies; what was sent."""
    request = urllib.request.Request(url, **kwargs)
    jar.add_cookie_header(request)
    jar.extract_cookies(Response(*[f"{name}: {cookie}" for cookie in cookies]), request)
    return request.get_header("Cookie"), request.get_header("Cookie2")


print(time2isoz(0), time2netscape(0), time2isoz(1e9))
for text in ("Wed, 09 Feb 1994 22:23:32 GMT", "Tuesday, 08-Feb-94 14:15:29 GMT", "03/Feb/1994:17:03:55 -0700", "09 Feb 1994", "Feb 3 1994", "bad", "",
             "1 Jan 70 00:00:00", "Wed, 09 Feb 1994 25:23:32 GMT", "9-2-1994 1:2:3 EST"):
    print(text, http2time(text))
for text in ("1994-02-03 14:15:29 -0100", "19940203T141529Z", "1994-02-03", "94-02-03", "1994-13-03"):
    print(text, iso2time(text))
for values in (['a=b; c, d="e\\"f"'], ["a, b"], [""], ["a=;b"], [",,a=1"]):
    print(split_header_words(values), join_header_words(split_header_words(values)), parse_ns_headers(values))
print(parse_ns_headers(["n=v; Expires=Wed, 09 Feb 1994 22:23:32 GMT; Path=/; Secure; version=\"1\"", "=x", "a; domain"]))
print(domain_match("x.y.com", ".y.com"), domain_match("x.y.com", "y.com"), domain_match("1.2.3.4", ".3.4"), user_domain_match("a.b", ".b"),
      is_HDN("a.b"), is_HDN("1.2"), reach("www.acme.com"), reach("acme.com"), reach("acme.local"), escape_path("/a b%2f/ü"))
r = urllib.request.Request("http://Host.com:81/p q?x")
print(request_host(r), request_port(r), request_path(r))

jar = CookieJar()
url = "http://www.acme.com/shop/cart"
print(visit(jar, url, "a=1", "b=2; path=/", "c=3; domain=.acme.com; path=/shop", "d=4; secure", "e", "f=x; max-age=0", "g=y; max-age=100", "h=z; expires=Wed, 09 Feb 1994 22:23:32 GMT"))
print([str(c) for c in jar], len(jar))
for place in (url, "http://www.acme.com/", "http://other.acme.com/shop/", "https://www.acme.com/shop/", "http://acme.com/shop/", "http://www.evil.com/"):
    print(place, visit(jar, place))
for bad in ("x=1; domain=.evil.com", "x=1; domain=.com", "x=1; domain=evil", "x=1; port=\"80,8x\"", "x=1; max-age=bad", "x=1; version=bad", "=1", ";"):
    visit(jar, url, bad)
print(sorted(c.name for c in jar))
visit(jar, url, "a=; max-age=0")
fails(jar.clear, name="b")
fails(jar.clear, path="/")
fails(jar.clear, "www.acme.com", "/", "none")
jar.clear("www.acme.com", "/", "b")
jar.clear_session_cookies()
print(sorted(c.name for c in jar), jar.__class__.__name__)
jar.clear()
print(len(jar), repr(jar))

jar = CookieJar(DefaultCookiePolicy(rfc2965=True, blocked_domains=[".bad.com", "worse.org"], strict_ns_domain=DefaultCookiePolicy.DomainStrict))
print(visit(jar, url, 'n="v w"; Version="1"; Path="/shop"; Port="80"; Discard; Comment="c"', name="Set-Cookie2"), visit(jar, url))
visit(jar, "http://x.bad.com/", "a=1")
visit(jar, "http://worse.org/", "a=1")
visit(jar, "http://a.b.acme.com/", "a=1; domain=.acme.com")
print([repr(c) for c in jar])
policy = DefaultCookiePolicy(allowed_domains=["acme.com"], strict_domain=True, strict_ns_set_path=True, strict_ns_set_initial_dollar=True)
print(policy.is_blocked("a"), policy.is_not_allowed("a"), policy.is_not_allowed("acme.com"), policy.allowed_domains(), policy.blocked_domains())
jar = CookieJar(policy)
print(visit(jar, "http://acme.com/a/", "x=1; path=/b", "$y=1", "z=1; domain=.acme.com"), sorted(c.name for c in jar))
r = urllib.request.Request("http://acme.com/", origin_req_host="other.org", unverifiable=True)
print(policy.set_ok_verifiability(Cookie(0, "n", "v", None, False, "acme.com", False, False, "/", False, False, None, True, None, None, {}), r))
fails(CookiePolicy().set_ok, None, None)

c = Cookie("1", "n", None, "80", True, ".A.b", True, True, "/", True, False, "99.5", False, "c", "u", {"x": "y"})
print(repr(c), str(c), c.is_expired(99), c.is_expired(98), c.has_nonstandard_attr("x"), c.get_nonstandard_attr("z", 1))
fails(Cookie, 0, "n", "v", None, True, "d", False, False, "/", False, False, None, True, None, None, {})

with tempfile.TemporaryDirectory() as folder:
    path = os.path.join(folder, "jar")
    later = time2netscape(4000000000)
    for cls in LWPCookieJar, MozillaCookieJar:
        jar = cls(path)
        visit(jar, url, f"a=1; expires={later}", "b=2", f"c=\"x y\"; domain=.acme.com; path=/; secure; HttpOnly; expires={later}", f"e; expires={later}")
        jar.save(ignore_discard=True)
        print(oct(os.stat(path).st_mode & 0o777), open(path).read())
        again = cls()
        again.load(path, ignore_discard=True)
        print(sorted(map(str, again)) == sorted(map(str, jar)), len(again))
        again.revert(path)
        print(sorted(c.name for c in again))
        fails(again.save)
        try:
            cls(os.path.join(folder, "none")).load()
        except FileNotFoundError as e:
            print(e.strerror)
        with open(path, "w") as file:
            file.write("nothing\n")
        try:
            again.load(path)
        except LoadError as e:
            print(str(e).replace(repr(path), "FILE"), isinstance(e, OSError))
    fails(FileCookieJar(path).save)
