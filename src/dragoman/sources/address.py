"""Which addresses may be connected to: none inside the machine or its network, unless that is allowed."""

import ipaddress
import socket
from collections.abc import Callable, Sequence
from urllib.parse import urlsplit

from dragoman.errors import SkipItem

IP = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve = Callable[[str, int], Sequence[str]]
LONGEST = 2000  # characters of an address; browsers and servers agree on about that
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
# Beyond what ipaddress calls private: carriers' own (RFC 6598) and the net of the translation of 6to4 relays.
_MORE = tuple(map(ipaddress.ip_network, ("100.64.0.0/10", "192.88.99.0/24", "64:ff9b:1::/48", "fec0::/10")))


def checked(url: str) -> str:
    """Return an address without its fragment; SkipItem where it is none that is fetched."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname, parts.port
    except ValueError as e:
        raise SkipItem(f"it is no address ({e})", url[:LONGEST]) from e
    if parts.scheme not in ("http", "https") or not host:
        raise SkipItem("only http and https are fetched", url[:LONGEST])
    if parts.username is not None or parts.password is not None:
        raise SkipItem("it holds a name or password, which are not sent", url.replace(parts.netloc, "…"))
    if len(url) > LONGEST or any(c.isspace() or not c.isprintable() for c in url) or port == 0:
        raise SkipItem("it is no address that can be fetched", url[:LONGEST])
    return parts._replace(fragment="").geturl()


def resolve(host: str, port: int) -> list[str]:
    """Return the IP addresses of a host, in the system's order."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(address[0]) for *_, address in found))


def public(ip: str) -> bool:
    """Return whether an IP address lies in the open net; what cannot be read does not."""
    try:
        address = ipaddress.ip_address(ip.partition("%")[0])
    except ValueError:
        return False
    inner = _inner(address)
    if inner is not None:
        return public(str(inner))
    closed = (
        address.is_private or address.is_loopback or address.is_link_local or address.is_multicast
        or address.is_reserved or address.is_unspecified
    )  # fmt: skip
    more = any(address in net for net in _MORE if net.version == address.version)
    return address.is_global and not closed and not more


def _inner(address: IP) -> ipaddress.IPv4Address | None:
    """Return the IPv4 address that an IPv6 one stands for: mapped, 6to4, Teredo, NAT64."""
    if not isinstance(address, ipaddress.IPv6Address):
        return None
    if address in _NAT64:
        return ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)


def admitted(host: str, port: int, resolved: Resolve = resolve) -> list[str]:
    """Return the IP addresses of a host that may be connected to; SkipItem where one of them may not, or none is there.

    All must be public: a name that also points inside is an attempt to get there.
    """
    try:
        found = list(resolved(host, port))
    except (OSError, UnicodeError) as e:
        raise SkipItem("the name of the host is not known: check it, and the connection", host) from e
    if not found:
        raise SkipItem("the name of the host is not known: check it, and the connection", host)
    if inside := [ip for ip in found if not public(ip)]:
        raise SkipItem(f"it leads to {inside[0]}, inside this network: --allow-private allows that", host)
    return found
