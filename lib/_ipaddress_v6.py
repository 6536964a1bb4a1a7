"""IPv6 addresses, interfaces and networks."""

from _ipaddress_base import IPV6LENGTH, AddressValueError, _BaseAddress, _Interface, _Kind
from _ipaddress_network import _BaseNetwork
from _ipaddress_v4 import IPv4Address

__name__ = "ipaddress" # where its names belong


def v6_int_to_packed(address):
    """The sixteen bytes of a number."""
    try:
        return address.to_bytes(16)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6")


class _BaseV6(_Kind):
    """IPv6."""

    __slots__ = ()
    _version = 6
    _ALL_ONES = 2**IPV6LENGTH - 1
    _HEXTET_COUNT = 8
    _HEX_DIGITS = frozenset("0123456789ABCDEFabcdef")
    _max_prefixlen = IPV6LENGTH
    _netmask_cache = {}

    @staticmethod
    def _mask_class():
        return IPv6Address

    @classmethod
    def _prefix_of_text(cls, text):
        return cls._prefix_from_prefix_string(text)

    @classmethod
    def _ip_int_from_string(cls, ip_str):
        if not ip_str:
            raise AddressValueError("Address cannot be empty")
        if len(ip_str) > 45:
            shown = ip_str if len(ip_str) <= 100 else f"{ip_str[:45]}({len(ip_str) - 90} chars elided){ip_str[-45:]}"
            raise AddressValueError(f"At most 45 characters expected in {shown!r}")
        parts = ip_str.split(":")
        if len(parts) < 3:
            raise AddressValueError("At least %d parts expected in %r" % (3, ip_str))
        if "." in parts[-1]: # an IPv4 address at the end
            try:
                number = IPv4Address(parts.pop())._ip
            except AddressValueError as e:
                raise AddressValueError("%s in %r" % (e, ip_str)) from None
            parts += ["%x" % (number >> 16), "%x" % (number & 0xFFFF)]
        if len(parts) > cls._HEXTET_COUNT + 1:
            raise AddressValueError("At most %d colons permitted in %r" % (cls._HEXTET_COUNT, ip_str))
        gaps = [i for i in range(1, len(parts) - 1) if not parts[i]]
        if len(gaps) > 1:
            raise AddressValueError("At most one '::' permitted in %r" % ip_str)
        if not parts[0] and not (gaps and gaps[0] == 1):
            cls._check_count(parts, gaps, ip_str)
            raise AddressValueError("Leading ':' only permitted as part of '::' in %r" % ip_str)
        if not parts[-1] and not (gaps and gaps[0] == len(parts) - 2):
            cls._check_count(parts, gaps, ip_str)
            raise AddressValueError("Trailing ':' only permitted as part of '::' in %r" % ip_str)
        if gaps:
            before = parts[:gaps[0]] if parts[0] else []
            after = parts[gaps[0] + 1:] if parts[-1] else []
            missing = cls._HEXTET_COUNT - len(before) - len(after)
            if missing < 1:
                raise AddressValueError("Expected at most %d other parts with '::' in %r" % (cls._HEXTET_COUNT - 1, ip_str))
            parts = before + ["0"] * missing + after
        else:
            cls._check_count(parts, gaps, ip_str)
        try:
            number = 0
            for part in parts:
                number = number << 16 | cls._parse_hextet(part)
            return number
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, ip_str)) from None

    @classmethod
    def _check_count(cls, parts, gaps, ip_str):
        if not gaps and len(parts) != cls._HEXTET_COUNT:
            raise AddressValueError("Exactly %d parts expected without '::' in %r" % (cls._HEXTET_COUNT, ip_str))

    @classmethod
    def _parse_hextet(cls, hextet_str):
        if not cls._HEX_DIGITS.issuperset(hextet_str):
            raise ValueError("Only hex digits permitted in %r" % hextet_str)
        if len(hextet_str) > 4:
            raise ValueError("At most 4 characters permitted in %r" % hextet_str)
        return int(hextet_str, 16)

    @classmethod
    def _compress_hextets(cls, hextets):
        """The longest run of zeros, of two at least, becomes nothing between two colons."""
        best, start, i = 1, -1, 0
        while i < len(hextets):
            k = i
            while k < len(hextets) and hextets[k] == "0":
                k += 1
            if k - i > best:
                best, start = k - i, i
            i = max(k, i + 1)
        if start >= 0:
            end = start + best
            hextets = ([""] if start == 0 else hextets[:start]) + [""] + ([""] if end == len(hextets) else hextets[end:])
        return hextets

    @classmethod
    def _string_from_ip_int(cls, ip_int=None):
        if ip_int is None:
            ip_int = int(cls._ip)
        if ip_int > cls._ALL_ONES:
            raise ValueError("IPv6 address is too large")
        digits = "%032x" % ip_int
        return ":".join(cls._compress_hextets(["%x" % int(digits[x:x + 4], 16) for x in range(0, 32, 4)]))

    def _explode_shorthand_ip_string(self):
        if isinstance(self, IPv6Network):
            text = str(self.network_address)
        elif isinstance(self, IPv6Interface):
            text = str(self.ip)
        else:
            text = str(self)
        text = text.partition("%")[0]
        digits = "%032x" % self._ip_int_from_string(text)
        parts = [digits[x:x + 4] for x in range(0, 32, 4)]
        if isinstance(self, (_BaseNetwork, IPv6Interface)):
            return "%s/%d" % (":".join(parts), self._prefixlen)
        return ":".join(parts)

    def _reverse_pointer(self):
        return ".".join(self.exploded[::-1].replace(":", "")) + ".ip6.arpa"

    @staticmethod
    def _split_scope_id(ip_str):
        addr, sign, scope = ip_str.partition("%")
        if not sign:
            return addr, None
        if not scope or "%" in scope:
            raise AddressValueError('Invalid IPv6 address: "%r"' % ip_str)
        return addr, scope


class IPv6Address(_BaseV6, _BaseAddress):
    """An IPv6 address, of a str (with a scope behind %), an int or sixteen bytes."""

    __slots__ = ("_ip", "_scope_id", "__weakref__")

    def __init__(self, address):
        self._scope_id = None
        if isinstance(address, int):
            self._check_int_address(address)
            self._ip = address
        elif isinstance(address, bytes):
            self._check_packed_address(address, 16)
            self._ip = int.from_bytes(address)
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            text, self._scope_id = self._split_scope_id(text)
            self._ip = self._ip_int_from_string(text)

    def _explode_shorthand_ip_string(self):
        mapped = self.ipv4_mapped
        if mapped is None:
            return super()._explode_shorthand_ip_string()
        digits = "%032x" % self._ip
        return ":".join([digits[x:x + 4] for x in range(0, 24, 4)]) + ":" + str(mapped)

    def _reverse_pointer(self):
        return ".".join(("%032x" % self._ip)[::-1]) + ".ip6.arpa"

    def _ipv4_mapped_ipv6_to_str(self):
        mapped = self.ipv4_mapped
        if mapped is None:
            raise AddressValueError("Can not apply to non-IPv4-mapped IPv6 address %s" % str(self))
        return f"::ffff:{mapped}"

    def __str__(self):
        text = super().__str__() if self.ipv4_mapped is None else self._ipv4_mapped_ipv6_to_str()
        return text + "%" + self._scope_id if self._scope_id else text

    def __hash__(self):
        return hash((self._ip, self._scope_id))

    def __eq__(self, other):
        equal = super().__eq__(other)
        if equal is NotImplemented or not equal:
            return equal
        return self._scope_id == getattr(other, "_scope_id", None)

    def __reduce__(self):
        return self.__class__, (str(self),)

    @property
    def scope_id(self):
        """The zone, or None."""
        return self._scope_id

    @property
    def packed(self):
        """The sixteen bytes."""
        return v6_int_to_packed(self._ip)

    def _mapped_or(self, name, otherwise):
        mapped = self.ipv4_mapped
        return getattr(mapped, name) if mapped is not None else otherwise()

    @property
    def is_multicast(self):
        """Whether it is for many receivers."""
        return self in self._constants._multicast_network

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return any(self in net for net in self._constants._reserved_networks)

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self in self._constants._linklocal_network

    @property
    def is_site_local(self):
        """Whether it is for one site (deprecated by RFC 3879)."""
        return self in self._constants._sitelocal_network

    @property
    def is_private(self):
        """Whether it is for private networks."""
        constants = self._constants
        return self._mapped_or("is_private", lambda: any(self in net for net in constants._private_networks)
                               and all(self not in net for net in constants._private_networks_exceptions))

    @property
    def is_global(self):
        """Whether it is for all the world."""
        return self._mapped_or("is_global", lambda: not self.is_private)

    @property
    def is_unspecified(self):
        """Whether it is ::."""
        return self._ip == 0

    @property
    def is_loopback(self):
        """Whether it is the machine itself."""
        return self._mapped_or("is_loopback", lambda: self._ip == 1)

    @property
    def ipv4_mapped(self):
        """The IPv4 address that it stands for, or None."""
        return IPv4Address(self._ip & 0xFFFFFFFF) if self._ip >> 32 == 0xFFFF else None

    @property
    def teredo(self):
        """(server, client) of a Teredo address, or None."""
        if self._ip >> 96 != 0x20010000:
            return None
        return IPv4Address((self._ip >> 64) & 0xFFFFFFFF), IPv4Address(~self._ip & 0xFFFFFFFF)

    @property
    def sixtofour(self):
        """The IPv4 address in a 6to4 address, or None."""
        return IPv4Address((self._ip >> 80) & 0xFFFFFFFF) if self._ip >> 112 == 0x2002 else None


class IPv6Interface(_Interface, IPv6Address):
    """An IPv6 address with its network."""

    def __init__(self, address):
        self._set(address)

    def _text(self):
        return self._string_from_ip_int(self._ip)

    def __str__(self):
        return "%s/%d" % (IPv6Address.__str__(self), self._prefixlen)

    def __hash__(self):
        return hash((self._ip, self._prefixlen, int(self.network.network_address)))

    @property
    def ip(self):
        """The address alone."""
        return IPv6Address(self._ip)

    @property
    def is_unspecified(self):
        """Whether it is ::, of that network alone."""
        return super().is_unspecified and self.network.is_unspecified

    @property
    def is_loopback(self):
        """Whether it is the machine itself, of that network alone."""
        return super().is_loopback and self.network.is_loopback


IPv6Interface._base = IPv6Address


class IPv6Network(_BaseV6, _BaseNetwork):
    """An IPv6 network: 2001:db8::/32."""

    _address_class = IPv6Address

    def __init__(self, address, strict=True):
        self._set(address, strict)
        if self._prefixlen == self._max_prefixlen - 1:
            self.hosts = self.__iter__
        elif self._prefixlen == self._max_prefixlen:
            self.hosts = lambda: iter((IPv6Address(int(self.network_address)),))

    def hosts(self):
        """The addresses of hosts; the first address is that of the routers."""
        for number in range(int(self.network_address) + 1, int(self.broadcast_address) + 1):
            yield self._address_class(number)

    @property
    def is_site_local(self):
        """Whether it is for one site (deprecated by RFC 3879)."""
        return self._both("is_site_local")


IPv6Interface._network_class = IPv6Network
