"""IPv4 and IPv6 addresses, networks and interfaces (an address with its network)."""

from _ipaddress_base import (IPV4LENGTH, IPV6LENGTH, AddressValueError, NetmaskValueError, _BaseAddress, _count_righthand_zero_bits, _IPAddressBase,
                             _split_optional_netmask)
from _ipaddress_network import _BaseNetwork
from _ipaddress_v4 import IPv4Address, IPv4Interface, IPv4Network, _BaseV4, v4_int_to_packed
from _ipaddress_v6 import IPv6Address, IPv6Interface, IPv6Network, _BaseV6, v6_int_to_packed


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
