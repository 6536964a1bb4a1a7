"""IPv4 and IPv6 addresses, networks and interfaces (an address with its network)."""

from functools import cached_property, lru_cache, total_ordering

IPV4LENGTH = 32
IPV6LENGTH = 128


class AddressValueError(ValueError):
    """A value is no address."""


class NetmaskValueError(ValueError):
    """A value is no netmask."""


def _either(address, four, six, what):
    for cls in (four, six):
        try:
            return cls(address)
        except (AddressValueError, NetmaskValueError):
            pass
    raise ValueError(f"{address!r} does not appear to be an IPv4 or IPv6 {what}")


def ip_address(address):
    """The IPv4Address or IPv6Address of a str, an int or packed bytes."""
    return _either(address, IPv4Address, IPv6Address, "address")


def ip_network(address, strict=True):
    """The IPv4Network or IPv6Network; strict: ValueError if bits of the host are set."""
    return _either(address, lambda a: IPv4Network(a, strict), lambda a: IPv6Network(a, strict), "network")


def ip_interface(address):
    """The IPv4Interface or IPv6Interface."""
    return _either(address, IPv4Interface, IPv6Interface, "interface")


def v4_int_to_packed(address):
    """The four bytes of a number."""
    try:
        return address.to_bytes(4)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4")


def v6_int_to_packed(address):
    """The sixteen bytes of a number."""
    try:
        return address.to_bytes(16)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv6")


def _split_optional_netmask(address):
    parts = str(address).split("/")
    if len(parts) > 2:
        raise AddressValueError(f"Only one '/' permitted in {address!r}")
    return parts


def _count_righthand_zero_bits(number, bits):
    return bits if number == 0 else min(bits, (~number & (number - 1)).bit_length())


def summarize_address_range(first, last):
    """The networks that together are all addresses from first to last."""
    if not (isinstance(first, _BaseAddress) and isinstance(last, _BaseAddress)):
        raise TypeError("first and last must be IP addresses, not networks")
    if first.version != last.version:
        raise TypeError("%s and %s are not of the same version" % (first, last))
    if first > last:
        raise ValueError("last IP address must be greater than first")
    if first.version not in (4, 6):
        raise ValueError("unknown IP version")
    network = IPv4Network if first.version == 4 else IPv6Network
    bits = first._max_prefixlen
    at, end = first._ip, last._ip
    while at <= end:
        size = min(_count_righthand_zero_bits(at, bits), (end - at + 1).bit_length() - 1)
        yield network((at, bits - size))
        at += 1 << size
        if at - 1 == network._ALL_ONES:
            break


def _find_address_range(addresses):
    """The runs of neighbours among sorted addresses: (first, last)."""
    i = 0
    while i < len(addresses):
        k = i
        while k + 1 < len(addresses) and addresses[k + 1]._ip == addresses[k]._ip + 1:
            k += 1
        yield addresses[i], addresses[k]
        i = k + 1


def collapse_addresses(addresses):
    """The fewest networks that are these addresses and networks."""
    alone, networks = [], []
    for each in addresses:
        known = alone or networks
        if known and known[-1].version != each.version or alone and networks and networks[-1].version != each.version:
            raise TypeError("%s and %s are not of the same version" % (each, known[-1]))
        if isinstance(each, _BaseAddress):
            alone.append(each)
        elif each._prefixlen == each._max_prefixlen:
            try:
                alone.append(each.ip)
            except AttributeError:
                alone.append(each.network_address)
        else:
            networks.append(each)
    for first, last in _find_address_range(sorted(set(alone))):
        networks.extend(summarize_address_range(first, last))
    return _collapse(networks)


def _collapse(networks):
    waiting, merged = list(networks), {}
    while waiting:
        net = waiting.pop()
        above = net.supernet()
        other = merged.get(above)
        if other is None:
            merged[above] = net
        elif other != net: # both halves
            del merged[above]
            waiting.append(above)
    last = None
    for net in sorted(merged.values()):
        if last is None or last.broadcast_address < net.broadcast_address:
            yield net
            last = net


def get_mixed_type_key(obj):
    """A key to sort addresses and networks of both versions by."""
    if isinstance(obj, _BaseNetwork):
        return obj._get_networks_key()
    if isinstance(obj, _BaseAddress):
        return obj._get_address_key()
    return NotImplemented


class _IPAddressBase:
    """What addresses and networks have."""

    __slots__ = ()

    @property
    def exploded(self):
        """The long text."""
        return self._explode_shorthand_ip_string()

    @property
    def compressed(self):
        """The short text."""
        return str(self)

    @property
    def reverse_pointer(self):
        """The name of the DNS record that tells the address's name."""
        return self._reverse_pointer()

    @property
    def version(self):
        """4 or 6."""
        raise NotImplementedError("%200s has no version specified" % (type(self),))

    def _check_int_address(self, address):
        if address < 0:
            raise AddressValueError("%d (< 0) is not permitted as an IPv%d address" % (address, self.version))
        if address > self._ALL_ONES:
            raise AddressValueError("%d (>= 2**%d) is not permitted as an IPv%d address" % (address, self._max_prefixlen, self.version))

    def _check_packed_address(self, address, expected_len):
        if len(address) != expected_len:
            raise AddressValueError("%r (len %d != %d) is not permitted as an IPv%d address"
                                    % (address, len(address), expected_len, self.version))

    @classmethod
    def _ip_int_from_prefix(cls, prefixlen):
        return cls._ALL_ONES ^ (cls._ALL_ONES >> prefixlen)

    @classmethod
    def _prefix_from_ip_int(cls, ip_int):
        zeros = _count_righthand_zero_bits(ip_int, cls._max_prefixlen)
        prefixlen = cls._max_prefixlen - zeros
        if ip_int >> zeros != (1 << prefixlen) - 1:
            raise ValueError("Netmask pattern %r mixes zeroes & ones" % ip_int.to_bytes(cls._max_prefixlen // 8))
        return prefixlen

    @classmethod
    def _report_invalid_netmask(cls, netmask_str):
        raise NetmaskValueError("%r is not a valid netmask" % netmask_str) from None

    @classmethod
    def _prefix_from_prefix_string(cls, prefixlen_str):
        if not (prefixlen_str.isascii() and prefixlen_str.isdigit()):
            cls._report_invalid_netmask(prefixlen_str)
        prefixlen = int(prefixlen_str)
        if not 0 <= prefixlen <= cls._max_prefixlen:
            cls._report_invalid_netmask(prefixlen_str)
        return prefixlen

    @classmethod
    def _prefix_from_ip_string(cls, ip_str):
        """The length that a netmask or a hostmask means."""
        try:
            mask = cls._ip_int_from_string(ip_str)
        except AddressValueError:
            cls._report_invalid_netmask(ip_str)
        for each in (mask, mask ^ cls._ALL_ONES):
            try:
                return cls._prefix_from_ip_int(each)
            except ValueError:
                pass
        cls._report_invalid_netmask(ip_str)

    @classmethod
    def _split_addr_prefix(cls, address):
        """An address, and what is said of the network."""
        if isinstance(address, (bytes, int)):
            return address, cls._max_prefixlen
        if not isinstance(address, tuple):
            address = _split_optional_netmask(address)
        return address if len(address) > 1 else (address[0], cls._max_prefixlen)

    def __reduce__(self):
        return self.__class__, (str(self),)


@total_ordering
class _BaseAddress(_IPAddressBase):
    """An address: a number."""

    __slots__ = ()

    def __int__(self):
        return self._ip

    def __eq__(self, other):
        try:
            return self._ip == other._ip and self.version == other.version
        except AttributeError:
            return NotImplemented

    def __lt__(self, other):
        if not isinstance(other, _BaseAddress):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        return self._ip < other._ip

    def __add__(self, other):
        return self.__class__(int(self) + other) if isinstance(other, int) else NotImplemented

    def __sub__(self, other):
        return self.__class__(int(self) - other) if isinstance(other, int) else NotImplemented

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, str(self))

    def __str__(self):
        return str(self._string_from_ip_int(self._ip))

    def __hash__(self):
        return hash(hex(int(self._ip)))

    def _get_address_key(self):
        return self.version, self

    def __reduce__(self):
        return self.__class__, (self._ip,)

    def __format__(self, fmt):
        """As text (s), or as a number: b, x, X, n (b for IPv4, x for IPv6), with # and _."""
        if not fmt or fmt[-1] == "s":
            return format(str(self), fmt)
        kind = fmt[-1]
        if fmt[:-1] not in ("", "#", "_", "#_") or kind not in "bnxX":
            return super().__format__(fmt)
        if kind == "n":
            kind = "b" if self.version == 4 else "x"
        width = self._max_prefixlen if kind == "b" else self._max_prefixlen // 4
        if "_" in fmt:
            width += width // 4 - 1
        if "#" in fmt:
            width += 2
        return format(int(self), f"{'#' if '#' in fmt else ''}0{width}{'_' if '_' in fmt else ''}{kind}")


@total_ordering
class _BaseNetwork(_IPAddressBase):
    """A network: an address and a mask."""

    def __repr__(self):
        return "%s(%r)" % (self.__class__.__name__, str(self))

    def __str__(self):
        return "%s/%d" % (self.network_address, self.prefixlen)

    def _set(self, address, strict):
        addr, mask = self._split_addr_prefix(address)
        self.network_address = self._address_class(addr)
        self.netmask, self._prefixlen = self._make_netmask(mask)
        packed = int(self.network_address)
        if packed & int(self.netmask) != packed:
            if strict:
                raise ValueError("%s has host bits set" % self)
            self.network_address = self._address_class(packed & int(self.netmask))

    def hosts(self):
        """The addresses of hosts."""
        for number in range(int(self.network_address) + 1, int(self.broadcast_address)):
            yield self._address_class(number)

    def __iter__(self):
        for number in range(int(self.network_address), int(self.broadcast_address) + 1):
            yield self._address_class(number)

    def __getitem__(self, n):
        number = int(self.network_address if n >= 0 else self.broadcast_address) + (n if n >= 0 else n + 1)
        if not int(self.network_address) <= number <= int(self.broadcast_address):
            raise IndexError("address out of range")
        return self._address_class(number)

    def __lt__(self, other):
        if not isinstance(other, _BaseNetwork):
            return NotImplemented
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        if self.network_address != other.network_address:
            return self.network_address < other.network_address
        return self.netmask < other.netmask

    def __eq__(self, other):
        try:
            return (self.version == other.version and self.network_address == other.network_address
                    and int(self.netmask) == int(other.netmask))
        except AttributeError:
            return NotImplemented

    def __hash__(self):
        return hash(int(self.network_address) ^ int(self.netmask))

    def __contains__(self, other):
        if self.version != other.version or isinstance(other, _BaseNetwork):
            return False
        return other._ip & self.netmask._ip == self.network_address._ip

    def overlaps(self, other):
        """Whether an address is in both."""
        return (self.network_address in other or self.broadcast_address in other or other.network_address in self
                or other.broadcast_address in self)

    @cached_property
    def broadcast_address(self):
        """The last address."""
        return self._address_class(int(self.network_address) | int(self.hostmask))

    @cached_property
    def hostmask(self):
        """The mask of the host's bits."""
        return self._address_class(int(self.netmask) ^ self._ALL_ONES)

    @property
    def with_prefixlen(self):
        """As text, with the length of the prefix."""
        return "%s/%d" % (self.network_address, self._prefixlen)

    @property
    def with_netmask(self):
        """As text, with the netmask."""
        return "%s/%s" % (self.network_address, self.netmask)

    @property
    def with_hostmask(self):
        """As text, with the hostmask."""
        return "%s/%s" % (self.network_address, self.hostmask)

    @property
    def num_addresses(self):
        """How many addresses it has."""
        return int(self.broadcast_address) - int(self.network_address) + 1

    @property
    def _address_class(self):
        raise NotImplementedError("%200s has no associated address class" % (type(self),))

    @property
    def prefixlen(self):
        """The length of the prefix, in bits."""
        return self._prefixlen

    def address_exclude(self, other):
        """The networks that are this one without another, which lies in it."""
        if not self.version == other.version:
            raise TypeError("%s and %s are not of the same version" % (self, other))
        if not isinstance(other, _BaseNetwork):
            raise TypeError("%s is not a network object" % other)
        if not other.subnet_of(self):
            raise ValueError("%s not contained in %s" % (other, self))
        if other == self:
            return
        other = other.__class__("%s/%s" % (other.network_address, other.prefixlen))
        inner = self
        while inner != other:
            left, right = inner.subnets()
            inner, outer = (left, right) if other.subnet_of(left) else (right, left)
            yield outer

    def compare_networks(self, other):
        """-1, 0 or 1, by addresses and then by masks."""
        if self.version != other.version:
            raise TypeError("%s and %s are not of the same type" % (self, other))
        for mine, theirs in ((self.network_address, other.network_address), (self.netmask, other.netmask)):
            if mine != theirs:
                return -1 if mine < theirs else 1
        return 0

    def _get_networks_key(self):
        return self.version, self.network_address, self.netmask

    def subnets(self, prefixlen_diff=1, new_prefix=None):
        """The networks that it is made of, with a prefix that is so much longer, or so long."""
        if self._prefixlen == self._max_prefixlen:
            yield self
            return
        if new_prefix is not None:
            if new_prefix < self._prefixlen:
                raise ValueError("new prefix must be longer")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = new_prefix - self._prefixlen
        if prefixlen_diff < 0:
            raise ValueError("prefix length diff must be > 0")
        length = self._prefixlen + prefixlen_diff
        if length > self._max_prefixlen:
            raise ValueError("prefix length diff %d is invalid for netblock %s" % (length, self))
        for number in range(int(self.network_address), int(self.broadcast_address) + 1, (int(self.hostmask) + 1) >> prefixlen_diff):
            yield self.__class__((number, length))

    def supernet(self, prefixlen_diff=1, new_prefix=None):
        """The network around it, with a prefix that is so much shorter, or so long."""
        if self._prefixlen == 0:
            return self
        if new_prefix is not None:
            if new_prefix > self._prefixlen:
                raise ValueError("new prefix must be shorter")
            if prefixlen_diff != 1:
                raise ValueError("cannot set prefixlen_diff and new_prefix")
            prefixlen_diff = self._prefixlen - new_prefix
        length = self.prefixlen - prefixlen_diff
        if length < 0:
            raise ValueError("current prefixlen is %d, cannot have a prefixlen_diff of %d" % (self.prefixlen, prefixlen_diff))
        return self.__class__((int(self.network_address) & (int(self.netmask) << prefixlen_diff), length))

    @staticmethod
    def _is_subnet_of(a, b):
        try:
            if a.version != b.version:
                raise TypeError(f"{a} and {b} are not of the same version")
            return b.network_address <= a.network_address and b.broadcast_address >= a.broadcast_address
        except AttributeError:
            raise TypeError(f"Unable to test subnet containment between {a} and {b}")

    def subnet_of(self, other):
        """Whether it lies in another."""
        return self._is_subnet_of(self, other)

    def supernet_of(self, other):
        """Whether another lies in it."""
        return self._is_subnet_of(other, self)

    def _both(self, name):
        return getattr(self.network_address, name) and getattr(self.broadcast_address, name)

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return self._both("is_reserved")

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self._both("is_link_local")

    @property
    def is_private(self):
        """Whether it is for private networks."""
        constants = self._constants
        return (any(self.network_address in net and self.broadcast_address in net for net in constants._private_networks)
                and all(self.network_address not in net and self.broadcast_address not in net for net in constants._private_networks_exceptions))

    @property
    def is_global(self):
        """Whether it is for all the world."""
        return not self.is_private

    @property
    def is_multicast(self):
        """Whether it is for many receivers."""
        return self._both("is_multicast")

    @property
    def is_unspecified(self):
        """Whether it is the address that says nothing."""
        return self._both("is_unspecified")

    @property
    def is_loopback(self):
        """Whether it is the machine itself."""
        return self._both("is_loopback")


class _Kind:
    """Properties of addresses by the networks that they lie in; the constants are made when they are first asked for."""

    __slots__ = ()

    @property
    def _constants(self):
        return _constants(self.version)

    @property
    def max_prefixlen(self):
        """How many bits an address has."""
        return self._max_prefixlen

    @property
    def version(self):
        """4 or 6."""
        return self._version

    @classmethod
    def _make_netmask(cls, arg):
        if arg not in cls._netmask_cache:
            if isinstance(arg, int):
                prefixlen = arg
                if not 0 <= prefixlen <= cls._max_prefixlen:
                    cls._report_invalid_netmask(prefixlen)
            else:
                prefixlen = cls._prefix_of_text(arg)
            cls._netmask_cache[arg] = cls._mask_class()(cls._ip_int_from_prefix(prefixlen)), prefixlen
        return cls._netmask_cache[arg]


class _BaseV4(_Kind):
    """IPv4."""

    __slots__ = ()
    _version = 4
    _ALL_ONES = 2**IPV4LENGTH - 1
    _max_prefixlen = IPV4LENGTH
    _netmask_cache = {}

    @staticmethod
    def _mask_class():
        return IPv4Address

    @classmethod
    def _prefix_of_text(cls, text):
        try:
            return cls._prefix_from_prefix_string(text)
        except NetmaskValueError:
            return cls._prefix_from_ip_string(text)

    def _explode_shorthand_ip_string(self):
        return str(self)

    @classmethod
    def _ip_int_from_string(cls, ip_str):
        if not ip_str:
            raise AddressValueError("Address cannot be empty")
        octets = ip_str.split(".")
        if len(octets) != 4:
            raise AddressValueError("Expected 4 octets in %r" % ip_str)
        try:
            return int.from_bytes(map(cls._parse_octet, octets))
        except ValueError as e:
            raise AddressValueError("%s in %r" % (e, ip_str)) from None

    @classmethod
    def _parse_octet(cls, octet_str):
        if not octet_str:
            raise ValueError("Empty octet not permitted")
        if not (octet_str.isascii() and octet_str.isdigit()):
            raise ValueError("Only decimal digits permitted in %r" % octet_str)
        if len(octet_str) > 3:
            raise ValueError("At most 3 characters permitted in %r" % octet_str)
        if octet_str != "0" and octet_str[0] == "0":
            raise ValueError("Leading zeros are not permitted in %r" % octet_str)
        octet = int(octet_str)
        if octet > 255:
            raise ValueError("Octet %d (> 255) not permitted" % octet)
        return octet

    @classmethod
    def _string_from_ip_int(cls, ip_int):
        return ".".join(map(str, ip_int.to_bytes(4)))

    def _reverse_pointer(self):
        return ".".join(reversed(str(self).split("."))) + ".in-addr.arpa"


class IPv4Address(_BaseV4, _BaseAddress):
    """An IPv4 address, of a str, an int or four bytes."""

    __slots__ = ("_ip", "__weakref__")

    def __init__(self, address):
        if isinstance(address, int):
            self._check_int_address(address)
            self._ip = address
        elif isinstance(address, bytes):
            self._check_packed_address(address, 4)
            self._ip = int.from_bytes(address)
        else:
            text = str(address)
            if "/" in text:
                raise AddressValueError(f"Unexpected '/' in {address!r}")
            self._ip = self._ip_int_from_string(text)

    @property
    def packed(self):
        """The four bytes."""
        return v4_int_to_packed(self._ip)

    @property
    def is_reserved(self):
        """Whether it is reserved by the IETF."""
        return self in self._constants._reserved_network

    @property
    def is_private(self):
        """Whether it is for private networks."""
        constants = self._constants
        return (any(self in net for net in constants._private_networks)
                and all(self not in net for net in constants._private_networks_exceptions))

    @property
    def is_global(self):
        """Whether it is for all the world."""
        return self not in self._constants._public_network and not self.is_private

    @property
    def is_multicast(self):
        """Whether it is for many receivers."""
        return self in self._constants._multicast_network

    @property
    def is_unspecified(self):
        """Whether it is 0.0.0.0."""
        return self == self._constants._unspecified_address

    @property
    def is_loopback(self):
        """Whether it is the machine itself."""
        return self in self._constants._loopback_network

    @property
    def is_link_local(self):
        """Whether it is for one link."""
        return self in self._constants._linklocal_network

    @property
    def ipv6_mapped(self):
        """The IPv6 address that stands for it."""
        return IPv6Address(f"::ffff:{self}")


class _Interface:
    """An address with its network."""

    __slots__ = ()

    @property
    def hostmask(self):
        """The mask of the host's bits."""
        return self.network.hostmask

    def _set(self, address):
        addr, mask = self._split_addr_prefix(address)
        self._base.__init__(self, addr)
        self.network = self._network_class((addr, mask), strict=False)
        self.netmask = self.network.netmask
        self._prefixlen = self.network._prefixlen

    def __eq__(self, other):
        equal = self._base.__eq__(self, other)
        if equal is NotImplemented or not equal:
            return equal
        try:
            return self.network == other.network
        except AttributeError: # it equals an address, which has no network
            return False

    def __lt__(self, other):
        less = self._base.__lt__(self, other)
        if less is NotImplemented:
            return NotImplemented
        try:
            return self.network < other.network or (self.network == other.network and less)
        except AttributeError: # plain addresses come before interfaces
            return False

    def __hash__(self):
        return hash((self._ip, self._prefixlen, int(self.network.network_address)))

    def __reduce__(self):
        return self.__class__, (str(self),)

    @property
    def with_prefixlen(self):
        """As text, with the length of the prefix."""
        return "%s/%s" % (self._text(), self._prefixlen)

    @property
    def with_netmask(self):
        """As text, with the netmask."""
        return "%s/%s" % (self._text(), self.netmask)

    @property
    def with_hostmask(self):
        """As text, with the hostmask."""
        return "%s/%s" % (self._text(), self.hostmask)


class IPv4Interface(_Interface, IPv4Address):
    """An IPv4 address with its network: 192.0.2.5/24."""

    def __init__(self, address):
        self._set(address)

    def _text(self):
        return self._string_from_ip_int(self._ip)

    def __str__(self):
        return "%s/%d" % (self._text(), self._prefixlen)

    @property
    def ip(self):
        """The address alone."""
        return IPv4Address(self._ip)


IPv4Interface._base = IPv4Address


class IPv4Network(_BaseV4, _BaseNetwork):
    """An IPv4 network: 192.0.2.0/24, also with a netmask or a hostmask."""

    _address_class = IPv4Address

    def __init__(self, address, strict=True):
        self._set(address, strict)
        if self._prefixlen == self._max_prefixlen - 1:
            self.hosts = self.__iter__
        elif self._prefixlen == self._max_prefixlen:
            self.hosts = lambda: iter((IPv4Address(int(self.network_address)),))

    def _explode_shorthand_ip_string(self):
        return str(self)

    def _reverse_pointer(self):
        return _BaseV4._reverse_pointer(self)

    @property
    def is_global(self):
        """Whether it is for all the world."""
        shared = IPv4Network("100.64.0.0/10")
        return not (self.network_address in shared and self.broadcast_address in shared) and not self.is_private


IPv4Interface._network_class = IPv4Network


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


# ---- What is reserved (IANA's registries of special purpose addresses) ----

class _Constants:
    """Networks with a meaning."""


@lru_cache(maxsize=None)
def _constants(version):
    made = _Constants()
    network = IPv4Network if version == 4 else IPv6Network

    def some(text):
        return [network(each) for each in text.split()]

    if version == 4:
        made._linklocal_network, made._loopback_network, made._multicast_network, made._public_network, made._reserved_network = some(
            "169.254.0.0/16 127.0.0.0/8 224.0.0.0/4 100.64.0.0/10 240.0.0.0/4")
        made._private_networks = some("0.0.0.0/8 10.0.0.0/8 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.0.170/31 192.0.2.0/24 "
                                      "192.168.0.0/16 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 240.0.0.0/4 255.255.255.255/32")
        made._private_networks_exceptions = some("192.0.0.9/32 192.0.0.10/32")
        made._unspecified_address = IPv4Address("0.0.0.0")
    else:
        made._linklocal_network, made._multicast_network, made._sitelocal_network = some("fe80::/10 ff00::/8 fec0::/10")
        made._private_networks = some("::1/128 ::/128 ::ffff:0:0/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 3fff::/20 "
                                      "fc00::/7 fe80::/10")
        made._private_networks_exceptions = some("2001:1::1/128 2001:1::2/128 2001:3::/32 2001:4:112::/48 2001:20::/28 2001:30::/28")
        made._reserved_networks = some("::/8 100::/8 200::/7 400::/6 800::/5 1000::/4 4000::/3 6000::/3 8000::/3 A000::/3 C000::/3 E000::/4 "
                                       "F000::/5 F800::/6 FE00::/9")
    return made
