"""Headers as str with attributes: a class for each kind of header, and a registry that knows which name is of which kind."""

from types import MappingProxyType

from email import _header_value_parser as parser, errors, utils
from email._header_node import quote_string

_WORD_ENDS = frozenset('()<>@,:;\\"[] \t')
_SPECIALS = frozenset('()<>@,:;.\\"[]')


class Address:
    """One mailbox: display_name, username and domain, or instead of both, addr_spec."""

    def __init__(self, display_name="", username="", domain="", addr_spec=None):
        given = "".join(filter(None, (display_name, username, domain, addr_spec)))
        if "\r" in given or "\n" in given:
            raise ValueError("invalid arguments; address parts cannot contain CR or LF")
        if addr_spec is not None:
            if username or domain:
                raise TypeError("addrspec specified when username and/or domain also specified")
            found, rest = parser.get_addr_spec(addr_spec)
            if rest:
                raise ValueError(f"Invalid addr_spec; only '{found}' could be parsed from '{addr_spec}'")
            for defect in found.all_defects:
                raise defect
            username, domain = found.local_part, found.domain
        self._display_name, self._username, self._domain = display_name, username, domain

    display_name = property(lambda self: self._display_name)
    username = property(lambda self: self._username)
    domain = property(lambda self: self._domain)

    @property
    def addr_spec(self):
        """username@domain, quoted where it must be."""
        name = self.username
        if not _WORD_ENDS.isdisjoint(name):
            name = quote_string(name)
        return f"{name}@{self.domain}" if self.domain else name or "<>"

    def __repr__(self):
        return f"{type(self).__name__}(display_name={self.display_name!r}, username={self.username!r}, domain={self.domain!r})"

    def __str__(self):
        name, spec = self.display_name, self.addr_spec
        if not name:
            return spec
        if not _SPECIALS.isdisjoint(name):
            name = quote_string(name)
        return f"{name} <{'' if spec == '<>' else spec}>"

    def __eq__(self, other):
        if not isinstance(other, Address):
            return NotImplemented
        return (self.display_name, self.username, self.domain) == (other.display_name, other.username, other.domain)


class Group:
    """Addresses under a name; without one, a single address."""

    def __init__(self, display_name=None, addresses=None):
        self._display_name, self._addresses = display_name, tuple(addresses or ())

    display_name = property(lambda self: self._display_name)
    addresses = property(lambda self: self._addresses)

    def __repr__(self):
        return f"{type(self).__name__}(display_name={self.display_name!r}, addresses={self.addresses!r}"

    def __str__(self):
        name = self.display_name
        if name is None and len(self.addresses) == 1:
            return str(self.addresses[0])
        if name is not None and not _SPECIALS.isdisjoint(name):
            name = quote_string(name)
        inside = ", ".join(map(str, self.addresses))
        return f"{name}:{inside and ' ' + inside};"

    def __eq__(self, other):
        if not isinstance(other, Group):
            return NotImplemented
        return (self.display_name, self.addresses) == (other.display_name, other.addresses)


class BaseHeader(str):
    """The value of a header, decoded. name, defects; a class for a kind adds parse(), and max_count: how many a message may have.

    parse(value, kwds) must put decoded and parse_tree into kwds, and may extend its defects.
    """

    def __new__(cls, name, value):
        kwds = {"defects": []}
        cls.parse(value, kwds)
        self = super().__new__(cls, utils._sanitize(kwds.pop("decoded")))
        self.init(name, **kwds)
        return self

    def init(self, name, *, parse_tree, defects):
        """Take what parse() found."""
        self._name, self._parse_tree, self._defects = name, parse_tree, defects

    name = property(lambda self: self._name)
    defects = property(lambda self: tuple(self._defects))

    def __reduce__(self):
        return _reconstruct_header, (type(self).__name__, type(self).__bases__, str(self)), vars(self)

    @classmethod
    def _reconstruct(cls, value):
        return str.__new__(cls, value)

    def fold(self, *, policy):
        """The header's lines, with its name."""
        label = parser.HeaderLabel([parser.ValueTerminal(self.name, "header-name"), parser.ValueTerminal(":", "header-sep")])
        whole = parser.Header([label])
        if self._parse_tree:
            whole.append(parser.CFWSList([parser.WhiteSpaceTerminal(" ", "fws")]))
        whole.append(self._parse_tree)
        return whole.fold(policy=policy)


def _reconstruct_header(cls_name, bases, value):
    return type(cls_name, bases, {})._reconstruct(value)


def _take(kwds, tree):
    """What a parsed tree says, for init()."""
    kwds["parse_tree"], kwds["decoded"] = tree, str(tree)
    kwds["defects"].extend(tree.all_defects)
    return tree


class UnstructuredHeader:
    """Any text."""

    max_count = None
    value_parser = staticmethod(parser.get_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        kwds["parse_tree"] = tree = cls.value_parser(value)
        kwds["decoded"] = str(tree)


class UniqueUnstructuredHeader(UnstructuredHeader):
    max_count = 1


class DateHeader:
    """A date; datetime is None if it is not valid. It can be made of a datetime."""

    max_count = None
    value_parser = staticmethod(parser.get_unstructured)

    @classmethod
    def parse(cls, value, kwds):
        kwds.update(datetime=None, decoded="", parse_tree=parser.TokenList())
        if not value:
            kwds["defects"].append(errors.HeaderMissingRequiredValue())
            return
        if isinstance(value, str):
            kwds["decoded"] = value
            try:
                value = utils.parsedate_to_datetime(value)
            except ValueError:
                kwds["defects"].append(errors.InvalidDateDefect("Invalid date value or format"))
                return
        text = utils.format_datetime(value)
        kwds.update(datetime=value, decoded=text, parse_tree=cls.value_parser(text))

    def init(self, *args, **kw):
        self._datetime = kw.pop("datetime")
        super().init(*args, **kw)

    datetime = property(lambda self: self._datetime)


class UniqueDateHeader(DateHeader):
    max_count = 1


class AddressHeader:
    """Addresses and groups. It can be made of an Address or a Group, or of several."""

    max_count = None

    @staticmethod
    def value_parser(value):
        return parser.get_address_list(value)[0]

    @classmethod
    def parse(cls, value, kwds):
        if isinstance(value, str):
            tree = cls.value_parser(value)
            groups = [Group(entry.display_name, [Address(box.display_name or "", box.local_part or "", box.domain or "")
                                                 for box in entry.all_mailboxes]) for entry in tree.addresses]
            kwds["defects"] = list(tree.all_defects)
        else:
            items = value if hasattr(value, "__iter__") else [value]
            groups = [item if hasattr(item, "addresses") else Group(None, [item]) for item in items]
            tree = None
        kwds["groups"], kwds["decoded"] = groups, ", ".join(map(str, groups))
        kwds["parse_tree"] = cls.value_parser(kwds["decoded"]) if tree is None else tree

    def init(self, *args, **kw):
        self._groups = tuple(kw.pop("groups"))
        super().init(*args, **kw)

    groups = property(lambda self: self._groups)

    @property
    def addresses(self):
        """All addresses, those in groups too."""
        return tuple(address for group in self.groups for address in group.addresses)


class UniqueAddressHeader(AddressHeader):
    max_count = 1


class SingleAddressHeader(AddressHeader):
    """One address."""

    @property
    def address(self):
        """The address; ValueError if there is not exactly one."""
        if len(self.addresses) != 1:
            raise ValueError(f"value of single address header {self.name} is not a single address")
        return self.addresses[0]


class UniqueSingleAddressHeader(SingleAddressHeader):
    max_count = 1


class MIMEVersionHeader:
    """A version: major, minor, and version as 'major.minor'; None if it is not valid."""

    max_count = 1

    @staticmethod
    def value_parser(value):
        return parser.parse_mime_version(value)

    @classmethod
    def parse(cls, value, kwds):
        tree = _take(kwds, cls.value_parser(value))
        kwds["major"], kwds["minor"] = None if tree.minor is None else tree.major, tree.minor
        kwds["version"] = None if kwds["major"] is None else f"{tree.major}.{tree.minor}"

    def init(self, *args, **kw):
        self._version, self._major, self._minor = kw.pop("version"), kw.pop("major"), kw.pop("minor")
        super().init(*args, **kw)

    major = property(lambda self: self._major)
    minor = property(lambda self: self._minor)
    version = property(lambda self: self._version)


class ParameterizedMIMEHeader:
    """A header with parameters; params: a mapping of them."""

    max_count = 1

    @classmethod
    def parse(cls, value, kwds):
        tree = _take(kwds, cls.value_parser(value))
        kwds["params"] = {utils._sanitize(name).lower(): utils._sanitize(text) for name, text in tree.params}

    def init(self, *args, **kw):
        self._params = kw.pop("params")
        super().init(*args, **kw)

    params = property(lambda self: MappingProxyType(self._params.copy()))


class ContentTypeHeader(ParameterizedMIMEHeader):
    """maintype/subtype; text/plain if it is not valid."""

    @staticmethod
    def value_parser(value):
        return parser.parse_content_type_header(value)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        self._maintype, self._subtype = utils._sanitize(self._parse_tree.maintype), utils._sanitize(self._parse_tree.subtype)

    maintype = property(lambda self: self._maintype)
    subtype = property(lambda self: self._subtype)
    content_type = property(lambda self: f"{self.maintype}/{self.subtype}")


class ContentDispositionHeader(ParameterizedMIMEHeader):
    """content_disposition: 'inline', 'attachment', ..."""

    @staticmethod
    def value_parser(value):
        return parser.parse_content_disposition_header(value)

    def init(self, *args, **kw):
        super().init(*args, **kw)
        kind = self._parse_tree.content_disposition
        self._content_disposition = None if kind is None else utils._sanitize(kind)

    content_disposition = property(lambda self: self._content_disposition)


class ContentTransferEncodingHeader:
    """cte: '7bit', '8bit', 'base64', ..."""

    max_count = 1

    @staticmethod
    def value_parser(value):
        return parser.parse_content_transfer_encoding_header(value)

    @classmethod
    def parse(cls, value, kwds):
        _take(kwds, cls.value_parser(value))

    def init(self, *args, **kw):
        super().init(*args, **kw)
        self._cte = utils._sanitize(self._parse_tree.cte)

    cte = property(lambda self: self._cte)


class MessageIDHeader:
    """An identifier."""

    max_count = 1
    value_parser = staticmethod(parser.parse_message_id)

    @classmethod
    def parse(cls, value, kwds):
        _take(kwds, cls.value_parser(value))


_default_header_map = {
    "subject": UniqueUnstructuredHeader, "date": UniqueDateHeader, "resent-date": DateHeader, "orig-date": UniqueDateHeader,
    "sender": UniqueSingleAddressHeader, "resent-sender": SingleAddressHeader, "mime-version": MIMEVersionHeader,
    "content-type": ContentTypeHeader, "content-disposition": ContentDispositionHeader,
    "content-transfer-encoding": ContentTransferEncodingHeader, "message-id": MessageIDHeader,
    **dict.fromkeys(("to", "cc", "bcc", "from", "reply-to"), UniqueAddressHeader),
    **dict.fromkeys(("resent-to", "resent-cc", "resent-bcc", "resent-from"), AddressHeader)}


class HeaderRegistry:
    """Makes headers: registry(name, value). A header's class is made of what its name is mapped to and of base_class."""

    def __init__(self, base_class=BaseHeader, default_class=UnstructuredHeader, use_default_map=True):
        self.registry = dict(_default_header_map) if use_default_map else {}
        self.base_class, self.default_class = base_class, default_class
        self._made = {}

    def map_to_type(self, name, cls):
        """Headers of this name are of class cls from now on."""
        self.registry[name.lower()] = cls

    def __getitem__(self, name):
        cls = self.registry.get(name.lower(), self.default_class)
        key = cls, self.base_class
        if key not in self._made:
            self._made[key] = type("_" + cls.__name__, key, {})
        return self._made[key]

    def __call__(self, name, value):
        """A header."""
        return self[name](name, value)
