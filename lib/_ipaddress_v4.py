"""IPv4 addresses, interfaces and networks."""

from _ipaddress_base import IPV4LENGTH, AddressValueError, NetmaskValueError, _BaseAddress, _Interface, _Kind
from _ipaddress_network import _BaseNetwork

__name__ = "ipaddress" # where its names belong


def v4_int_to_packed(address):
    """The four bytes of a number."""
    try:
        return address.to_bytes(4)
    except OverflowError:
        raise ValueError("Address negative or too large for IPv4")


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
        from _ipaddress_v6 import IPv6Address
        return IPv6Address(f"::ffff:{self}")


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
