"""urllib.parse, ipaddress, uuid, getopt: values and messages."""
import getopt, ipaddress, uuid
from urllib import parse
def show(label, f, *a, **k):
    try:
        print(label, ascii(f(*a, **k)))
    except Exception as e:
        print(label, type(e).__name__, ascii(str(e)))
URLS = ["http://u:p@h.Example:80/a/b;p?q=1&r#f", "//h/p", "mailto:a@b", "http://[::1]:8080/x", "http://[::1/", "http://h:x/", "http://h:99999/", "file:///etc", "?q", "#f", "", "a:b:c", "http://h?q#f?x", "HTTP://H/%7e", "http:///p", "x://h/a b\tc\n", "http://[v1.x]/", "http://[1.2.3.4]/", "svn+ssh://h/p", "http://h/;p;q", "//", "///x", "http:", "1a:b"]
for u in URLS:
    show("split", parse.urlsplit, u)
    show("parse", lambda: tuple(parse.urlparse(u)))
    show("parts", lambda: [getattr(parse.urlsplit(u), n) for n in ("username", "password", "hostname", "port")])
    show("back", lambda: (parse.urlunsplit(parse.urlsplit(u)), parse.urlunparse(parse.urlparse(u)), parse.urldefrag(u)))
    show("bytes", lambda: parse.urlsplit(u.encode()))
    for b in ("http://a/b/c/d;p?q", "file:///x/y", "x:y", ""):
        show("join", parse.urljoin, b, u)
for u in ("g:h", "g", "./g", "g/", "/g", "//g", "?y", "g?y", "#s", ";x", "g;x?y#s", ".", "..", "../", "../g", "../..", "../../g", "../../../g", "/./g", "/../g", "g.", "..g", "./../g", "g/./h", "g;x=1/../y", "g?y/../x", "http:g"):
    print(parse.urljoin("http://a/b/c/d;p?q", u))
for t in ("", "a b/c~d", "\xe9\u20ac", "100%", "a+b&c=d", "\ud800"):
    for safe in ("/", "", " +"):
        show("quote", parse.quote, t, safe)
        show("plus", parse.quote_plus, t, safe)
for t in ("a%20b", "%C3%A9", "%", "%zz%41", "a+b", "%ff", "\xe9%C3%A9", "%u1234"):
    show("unquote", parse.unquote, t)
    show("plus", parse.unquote_plus, t)
    show("bytes", parse.unquote_to_bytes, t)
for q in ("a=1&b=2&a=3", "a", "a=", "=b", "a=1&&b=2", "a;b=1", "a=%20+b", "a=1=2"):
    for kw in ({}, {"keep_blank_values": True}, {"strict_parsing": True}, {"max_num_fields": 1}, {"separator": ";"}):
        show("qsl", parse.parse_qsl, q, **kw)
        show("qs", parse.parse_qs, q.encode(), **kw)
for q in ({"a": 1, "b c": "\xe9"}, [("a", [1, 2]), ("b", "x")], "text", [1], {b"k": b"v"}):
    show("encode", parse.urlencode, q)
    show("seq", parse.urlencode, q, doseq=True)

for t in ("1.2.3.4", "01.2.3.4", "1.2.3", "256.1.1.1", "1.2.3.x", "", "::", "::1", "1::", "2001:db8::1", "fe80::1%eth0", "fe80::1%", "::ffff:1.2.3.4", "1:2:3:4:5:6:7:8", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1::2::3", "g::", "12345::", ":::", "1.2.3.4/24", 0, 2**32 - 1, 2**32, -1, 2**128, b"\1\2\3\4", b"\0" * 16, b"x", None):
    for cls in (ipaddress.ip_address, ipaddress.IPv4Address, ipaddress.IPv6Address):
        show(str(t), cls, t)
    if t != "fe80::1%eth0": # CPython 3.13.0 fails
        show("all", lambda: [getattr(ipaddress.ip_address(t), n) for n in ("exploded", "compressed", "reverse_pointer", "packed", "is_global", "is_private", "is_multicast", "is_reserved", "is_loopback", "is_link_local", "is_unspecified", "version", "max_prefixlen")])
for t in ("10.0.0.0/8", "10.0.0.1/8", "1.2.3.4", "1.2.3.0/255.255.255.0", "1.2.3.0/0.0.0.255", "1.2.3.0/255.0.255.0", "1.2.3.0/33", "1.2.3.0/x", "1.2.3.0/24/3", "2001:db8::/32", "::/0", "::1/128", "2001:db8::/129", ("10.0.0.0", 8), (1, 32), "1.2.3.4/31"):
    show("net", ipaddress.ip_network, t)
    show("lax", ipaddress.ip_network, t, strict=False)
    show("interface", ipaddress.ip_interface, t)
    def net():
        n = ipaddress.ip_network(t, strict=False)
        return n.netmask, n.hostmask, n.broadcast_address, n.num_addresses, n.with_netmask, n.with_hostmask, list(n.subnets())[:2], n.supernet(), n[0], n[-1], [h for h, i in zip(n.hosts(), range(3))], n.is_private, n.reverse_pointer
    show("net", net)
N = ipaddress.ip_network
show("exclude", lambda: list(N("10.0.0.0/29").address_exclude(N("10.0.0.3/32"))))
show("collapse", lambda: list(ipaddress.collapse_addresses([N("10.0.0.0/25"), N("10.0.0.128/25"), ipaddress.ip_address("10.0.1.0")])))
show("range", lambda: list(ipaddress.summarize_address_range(ipaddress.ip_address("1.1.1.0"), ipaddress.ip_address("1.1.1.130"))))
show("compare", lambda: N("1.0.0.0/8") < N("::/0"))
show("in", lambda: (ipaddress.ip_address("10.1.1.1") in N("10.0.0.0/8"), N("10.0.0.0/9").subnet_of(N("10.0.0.0/8")), N("10.0.0.0/8").overlaps(N("10.1.0.0/16"))))
for f in ("", "s", "b", "#b", "_x", "#_X", "n", ">20", "q"):
    show("format", format, ipaddress.ip_address("1.2.3.4"), f)

for a in (dict(hex="12345678123456781234567812345678"), dict(hex="{urn:uuid:12345678-1234-5678-1234-567812345678}"), dict(hex="x"), dict(int=5), dict(int=-1), dict(int=2**128), dict(bytes=b"x" * 16), dict(bytes=b"x"), dict(bytes_le=bytes(range(16))), dict(fields=(1, 2, 3, 4, 5, 6)), dict(fields=(1, 2)), dict(fields=(2**32, 0, 0, 0, 0, 0)), dict(int=5, version=4), dict(int=5, version=9), {}, dict(int=1, hex="")):
    show("uuid", lambda: (u := uuid.UUID(**a), u.fields, u.bytes, u.bytes_le, u.variant, u.version, u.time, u.clock_seq, u.urn, hash(u) == hash(u.int), int(u))[0:11])
print(uuid.uuid3(uuid.NAMESPACE_DNS, "python.org"), uuid.uuid5(uuid.NAMESPACE_URL, "http://python.org/"), uuid.uuid4().version, uuid.uuid1().version, uuid.uuid4() != uuid.uuid4(), uuid.uuid1(5, 6).node, 0 <= uuid.getnode() < 1 << 48)
show("set", setattr, uuid.UUID(int=1), "int", 2)

for args in ("-a -b val --long --name=v x y", "-ab", "-bval -a", "x -a", "-- -a", "-z", "-b", "--nam=1", "--n", "--long=1", "--name", "-", "--lo"):
    for f in (getopt.getopt, getopt.gnu_getopt):
        show(args, f, args.split(), "ab:", ["long", "name=", "longer"])
