"""What addresses are reserved for (IANA's registries of special purpose addresses)."""

from functools import cache

from _ipaddress_v4 import IPv4Address, IPv4Network
from _ipaddress_v6 import IPv6Network


class _Constants:
    """Networks with a meaning."""


@cache
def reserved(version):
    """The networks of a version."""
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
