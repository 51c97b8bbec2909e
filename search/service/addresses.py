"""Who asks: the address of a client, behind the proxies that are trusted to tell it."""

from collections.abc import Iterable
from functools import lru_cache
from ipaddress import IPv6Address, IPv6Network, ip_address, ip_network

_MOST = 20  # addresses of a chain of proxies that are looked at
_SITE = 64  # bits of an address of IPv6 that stand for one client: he has all addresses that begin with them


class Networks:
    """Some networks; ``address in networks`` says whether an address, as text, is in one of them."""

    def __init__(self, networks: Iterable[str]) -> None:
        """Take the networks as the settings have them."""
        self._networks = tuple(ip_network(network) for network in networks)
        self._holds = lru_cache(1024)(self._holding)

    def __contains__(self, address: str) -> bool:
        """Say whether *address* is in one of the networks; what is no address is in none."""
        return self._holds(address)

    def _holding(self, address: str) -> bool:
        try:
            known = ip_address(address)
        except ValueError:
            return False
        plain = known.ipv4_mapped or known if isinstance(known, IPv6Address) else known
        return any(plain in network for network in self._networks)


def client_address(peer: str, forwarded: str, trusted: Networks) -> str:
    """
    Return the address of the client on whose behalf *peer* asks.

    *forwarded* is the header ``X-Forwarded-For``, to which each proxy adds on the right from whom it was asked: the
    client is the first from the right whom no trusted proxy has.

    >>> proxies = Networks(["127.0.0.1", "10.0.0.0/8"])
    >>> client_address("127.0.0.1", "1.1.1.1, 2.2.2.2, 10.0.0.7", proxies)
    '2.2.2.2'
    >>> client_address("3.3.3.3", "1.1.1.1", proxies)
    '3.3.3.3'
    """
    address = peer
    for named in reversed(forwarded.split(",")[-_MOST:] if forwarded else ()):
        if address not in trusted or not _is_address(named.strip()):
            break
        address = named.strip()
    return address


def limited_part(address: str) -> str:
    """
    Return the part of *address* by which a client is limited.

    >>> limited_part("2001:db8:1:2:3:4:5:6"), limited_part("1.2.3.4")
    ('2001:db8:1:2::/64', '1.2.3.4')
    """
    if ":" not in address:
        return address
    try:
        return str(IPv6Network((address.partition("%")[0], _SITE), strict=False))
    except ValueError:
        return address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
