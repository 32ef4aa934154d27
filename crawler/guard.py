"""The guard: a crawler follows links of strangers, so it connects only to public addresses of web servers.

The address that was checked is the address that is connected to: the check lives where the connection is made, so no
second look-up of the name can put another address in its place (DNS rebinding).
"""

from __future__ import annotations

import socket
from collections.abc import Mapping
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from crawler.errors import Refused, SiteError, Unreachable

_WEB_PORTS = {80, 443}
_NAT64 = ip_network("64:ff9b::/96")
_IPV4_COMPATIBLE = ip_network("::/96")
_NEVER = tuple(ip_network(net) for net in ("64:ff9b:1::/48", "100.64.0.0/10", "192.88.99.0/24", "fec0::/10"))
"""Local-use NAT64, carrier NAT, the 6to4 relay and site-local addresses, which `is_global` does not know everywhere."""


class Guard:
    """Says where a host may be reached. `hosts` maps a name to the one `address:port` it lives at, unchecked.

    Raises:
        SiteError: an entry of `hosts` is no `address:port`.
    """

    def __init__(self, hosts: Mapping[str, str] | None = None) -> None:
        self._hosts = {name.lower(): _endpoint(name, place) for name, place in (hosts or {}).items()}

    def maps(self, host: str) -> bool:
        """Whether the settings say where this host lives; such a host is spoken to in plain HTTP."""
        return host in self._hosts

    def check(self, url: str) -> None:
        """Refuse at once what needs no look-up: a port that is no web server's.

        Raises:
            Refused: with the reason.
        """
        parts = urlsplit(url)
        port = parts.port
        if port is not None and port < 1024 and port not in _WEB_PORTS and not self.maps(parts.hostname or ""):
            raise Refused(f"port {port} is no web server's")

    def endpoints(self, host: str, port: int) -> list[tuple[str, int]]:
        """Numeric addresses and port to connect to, in the resolver's order.

        Raises:
            Refused: one of the host's addresses is not public.
            Unreachable: the name has no address.
        """
        if host in self._hosts:
            return [self._hosts[host]]
        try:
            found = socket.getaddrinfo(host.strip("[]"), port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"the name {host} has no address ({error})") from None
        addresses = list(dict.fromkeys(str(place[0]) for *_, place in found))
        for address in addresses:
            if not is_public(address):
                raise Refused(f"{host} leads to {address}, which is not a public address")
        return [(address, port) for address in addresses]


def is_public(address: str) -> bool:
    """Whether an address is out on the internet, in whatever form of IPv6 an IPv4 address hides."""
    try:
        plain = _unwrapped(ip_address(address.partition("%")[0]))
    except ValueError:
        return False
    if any(plain.version == net.version and plain in net for net in _NEVER):
        return False
    return plain.is_global and not (plain.is_multicast or plain.is_reserved or plain.is_unspecified)


def _unwrapped(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64 or (address in _IPV4_COMPATIBLE and int(address) > 1):
        return IPv4Address(int(address) & 0xFFFFFFFF)
    if address.teredo:
        return address.teredo[1]
    return address.ipv4_mapped or address.sixtofour or address


def _endpoint(name: str, place: str) -> tuple[str, int]:
    address, _, port = place.rpartition(":")
    try:
        return str(ip_address(address.strip("[]"))), int(port)
    except ValueError:
        raise SiteError(f"hosts: {name} = {place!r}: an address:port such as 127.0.0.1:8080 is needed") from None
