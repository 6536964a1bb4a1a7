"""What an X.509 certificate says (RFC 5280), from its bytes (DER). Module _ssl calls info(), text() and pem()."""

import _ssl

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_ALPHABETS = {12: "utf-8", 18: "ascii", 19: "ascii", 20: "latin-1", 22: "latin-1", 26: "ascii", 28: "utf-32-be", 30: "utf-16-be"}
_CONSTRUCTED, _MINE = 0x20, 0x80  # bits of tags
_OTHER, _EMAIL, _DNS, _X400, _FOLDER, _EDI, _URI, _IP, _OID = range(9)  # kinds of general names
_SAN, _CRL, _ACCESS = "2.5.29.17", "2.5.29.31", "1.3.6.1.5.5.7.1.1"
_ACCESS_KINDS = {"1.3.6.1.5.5.7.48.1": "OCSP", "1.3.6.1.5.5.7.48.2": "caIssuers"}


def _parts(data):
    """The values one behind the other in data: (tag, content) of each. ValueError: they are none."""
    parts, at = [], 0
    while at < len(data):
        tag, length, at = data[at], data[at + 1] if at + 1 < len(data) else 0xFF, at + 2
        if tag & 0x1F == 0x1F or length in (0x80, 0xFF):
            raise ValueError("damaged certificate: a tag or a length is not one of DER")
        if length & 0x80:
            count = length & 0x7F
            length, at = int.from_bytes(data[at:at + count]), at + count
        if at + length > len(data):
            raise ValueError("damaged certificate: it ends too soon")
        parts.append((tag, data[at:at + length]))
        at += length
    return parts


def _inside(data):
    """The values in the one that data is."""
    [(_, content)] = _parts(data)
    return _parts(content)


def _oid(content):
    """The dotted numbers of an object identifier."""
    numbers, value = [], 0
    for byte in content:
        value = value << 7 | byte & 0x7F
        if not byte & 0x80:
            numbers.append(value)
            value = 0
    if not numbers:
        raise ValueError("damaged certificate: an empty OID")
    first = min(numbers[0] // 40, 2)
    return ".".join(map(str, [first, numbers[0] - 40 * first, *numbers[1:]]))


def _known(oid, field):
    """The short (1) or long (2) name of an object; those that OpenSSL does not know keep their numbers."""
    try:
        number, *names = _ssl.txt2obj(oid)
    except ValueError:
        return oid
    return names[field - 1] if number else oid


def _string(tag, content):
    return str(content, _ALPHABETS.get(tag, "latin-1"), "replace")


def _pairs(content):
    """The name in content as lists of (OID, text): each list is for one place, and has mostly one pair."""
    found = []
    for _, place in _parts(content):
        row = []
        for _, pair in _parts(place):
            (_, oid), (tag, value) = _parts(pair)
            row.append((_oid(oid), _string(tag, value)))
        found.append(row)
    return found


def _name(content):
    return tuple(tuple((_known(oid, 2), value) for oid, value in row) for row in _pairs(content))


def _time(tag, content):
    """A time as getpeercert() tells it: "Jan  5 09:34:43 2018 GMT"."""
    text = str(content, "latin-1")
    if tag == 23:  # UTCTime: two digits of the year
        text = ("19" if text[:2] >= "50" else "20") + text
    if len(text) < 15 or not text[:14].isdecimal() or not 1 <= int(text[4:6]) <= 12:
        return "Bad time value"
    return f"{_MONTHS[int(text[4:6]) - 1]} {int(text[6:8]):2} {text[8:10]}:{text[10:12]}:{text[12:14]} {text[:4]} GMT"


def _serial(content):
    number = int.from_bytes(content, signed=True)
    digits = f"{abs(number):X}"
    return ("-" if number < 0 else "") + "0" * (len(digits) % 2) + digits


def _address(content):
    if len(content) == 4:
        return ".".join(map(str, content))
    if len(content) == 16:
        return ":".join(f"{content[i] << 8 | content[i + 1]:X}" for i in range(0, 16, 2))
    return "<invalid>"


def _general(tag, content):
    """A general name as (kind, value)."""
    kind = tag & 0x1F if tag & _MINE else None
    if kind in (_EMAIL, _DNS, _URI):
        return {_EMAIL: "email", _DNS: "DNS", _URI: "URI"}[kind], str(content, "utf-8", "replace")
    if kind == _FOLDER:
        return "DirName", _name(_parts(content)[0][1])
    if kind == _IP:
        return "IP Address", _address(content)
    if kind == _OID:
        return "Registered ID", _oid(content)
    return {_OTHER: "othername", _X400: "X400Name", _EDI: "EdiPartyName"}.get(kind, "unknown"), "<unsupported>"


def _addresses(names):
    return [value for kind, value in (_general(*name) for name in names) if kind == "URI"]


def _access(content):
    """Where to ask about the certificate: {"OCSP": (URI, ...), ...}."""
    found = {}
    for _, entry in _parts(content):
        (_, method), where = _parts(entry)
        kind = _ACCESS_KINDS.get(_oid(method))
        if kind:
            found.setdefault(kind, []).extend(_addresses([where]))
    return {kind: tuple(found[kind]) for kind in ("OCSP", "caIssuers") if found.get(kind)}


def _lists(content):
    """Where the lists of certificates that are void can be had."""
    found = []
    for _, point in _parts(content):
        for tag, name in _parts(point):
            if tag == _MINE | _CONSTRUCTED:
                found += [uri for kind, names in _parts(name) if kind == _MINE | _CONSTRUCTED for uri in _addresses(_parts(names))]
    return {"crlDistributionPoints": tuple(found)} if found else {}


def _extensions(content):
    """The extensions: OID to content."""
    found = {}
    for _, extension in _parts(_parts(content)[0][1]):
        (_, oid), *_, (_, value) = _parts(extension)
        found.setdefault(_oid(oid), value)
    return found


def _fields(der):
    """What is signed: the version, and the values behind it."""
    fields = _parts(_inside(der)[0][1])
    version = 1
    if fields[0][0] == _MINE | _CONSTRUCTED:
        version = 1 + int.from_bytes(_parts(fields.pop(0)[1])[0][1])
    if len(fields) < 6:
        raise ValueError("damaged certificate: fields are missing")
    return version, fields


def info(der):
    """The dict of getpeercert()."""
    version, fields = _fields(der)
    (_, serial), _, (_, issuer), (_, validity), (_, subject), *rest = fields
    begin, end = _parts(validity)
    told = {"subject": _name(subject), "issuer": _name(issuer), "version": version, "serialNumber": _serial(serial),
            "notBefore": _time(*begin), "notAfter": _time(*end)}
    extensions = next((_extensions(content) for tag, content in rest if tag == _MINE | _CONSTRUCTED | 3), {})
    if _SAN in extensions:
        told["subjectAltName"] = tuple(_general(*name) for name in _inside(extensions[_SAN]))
    for oid, read in ((_ACCESS, _access), (_CRL, _lists)):
        if oid in extensions:
            told |= read(_parts(extensions[oid])[0][1])
    return told


def _escaped(text):
    """As RFC 4514 has it."""
    text = "".join("\\" + c if c in ',+"\\<>;' else c for c in text).replace("\0", "\\00")
    return "\\" + text if text[:1] in ("#", " ") else text


def text(der):
    """The certificate for people: whose it is (RFC 4514)."""
    rows = _pairs(_fields(der)[1][4][1])
    name = ",".join("+".join(f"{_known(oid, 1)}={_escaped(value)}" for oid, value in row) for row in reversed(rows))
    return f"<_ssl.Certificate {name!r}>"


def pem(der):
    """The certificate as text (RFC 7468)."""
    from ssl import DER_cert_to_PEM_cert
    return DER_cert_to_PEM_cert(der)
