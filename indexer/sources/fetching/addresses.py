"""Which addresses a name stands for, and which of them may be connected to."""

import ipaddress
import socket

from indexer.errors import FetchFailed

_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_LAST_FOUR_BYTES = 0xFFFF_FFFF

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


def resolve(host: str, port: int) -> list[str]:
    """Return the addresses of *host*, in the order in which they should be tried."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(target[0]) for *_, target in found))


def is_public(address: str) -> bool:
    """
    Return whether *address* is one of the open Internet, not of this machine, its network, or no machine at all.

    >>> is_public("8.8.8.8"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1"), is_public("169.254.169.254")
    (True, False, False, False)
    """
    found = _within(ipaddress.ip_address(address))
    return found.is_global and not found.is_multicast


def require_public(host: str, addresses: list[str]) -> None:
    """
    Raise `FetchFailed` if any of the *addresses* of *host* is not public.

    One is enough: a name that stands for both is a trap, or will be.
    """
    for address in addresses:
        if not is_public(address):
            raise FetchFailed(
                f"{host} is {address}, an address that is not public; set fetch.allow_private to fetch from it"
            )


def _within(address: Address) -> Address:
    """Return the IPv4 address that is written within *address*, if one is."""
    if isinstance(address, ipaddress.IPv4Address):
        return address
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & _LAST_FOUR_BYTES)
    return address.ipv4_mapped or address.sixtofour or address
