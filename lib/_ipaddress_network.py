"""What IPv4 and IPv6 networks have in common."""

from functools import cached_property, total_ordering

from _ipaddress_base import _IPAddressBase

__name__ = "ipaddress" # where its names belong


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
