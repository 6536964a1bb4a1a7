"""What IPv4 and IPv6 addresses have in common: errors, parsing, comparing, interfaces."""

from functools import total_ordering

__name__ = "ipaddress" # where its names belong
IPV4LENGTH, IPV6LENGTH = 32, 128


class AddressValueError(ValueError):
    """A value is no address."""


class NetmaskValueError(ValueError):
    """A value is no netmask."""


def _split_optional_netmask(address):
    parts = str(address).split("/")
    if len(parts) > 2:
        raise AddressValueError(f"Only one '/' permitted in {address!r}")
    return parts


def _count_righthand_zero_bits(number, bits):
    return bits if number == 0 else min(bits, (~number & (number - 1)).bit_length())


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


class _Kind:
    """Properties of addresses by the networks that they lie in; the constants are made when they are first asked for."""

    __slots__ = ()

    @property
    def _constants(self):
        from _ipaddress_reserved import reserved
        return reserved(self.version)

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
