"""Hosts and addresses: which host a URL names, and whether that host is this computer or on the local network."""

from __future__ import annotations

import socket
import unicodedata
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

_PRIVATE_DOMAINS = (".local", ".lan", ".home.arpa", ".internal", ".intranet")
"""Names that no public resolver answers."""
_SHARED_NETWORK = ip_network("100.64.0.0/10")
"""Addresses of carriers and of virtual private networks such as Tailscale."""
_DEFAULT_PORTS = {"http": 80, "https": 443}


def host_of(url: str) -> str:
    """The host name in a URL, in lower case; empty if there is none."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def origin_of(base_url: str) -> str:
    """Scheme, host and port of a URL, such as `https://api.example.org:443`; empty for an invalid one.

    A key sent to a URL is sent to this origin.
    """
    try:
        parts = urlsplit(base_url)
        port = parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname else ""


def is_web_address(address: str) -> bool:
    """Whether `address` is an http or https URL without credentials; keys are stored elsewhere."""
    try:
        parts = urlsplit(address)
        has_credentials, port = parts.username is not None, parts.port
    except ValueError:
        return False
    if has_credentials or port == 0 or any(letter.isspace() for letter in address):
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def is_local_host(host: str) -> bool:
    """Whether a host is this computer: `localhost`, `*.localhost`, 127.0.0.0/8 or ::1."""
    name = host.lower().removesuffix(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    address = _address(name)
    return address is not None and address.is_loopback


def is_private_host(host: str) -> bool:
    """Whether a host is this computer or in a private network, by its address or by a domain such as `.local`."""
    if is_local_host(host) or host.lower().removesuffix(".").endswith(_PRIVATE_DOMAINS):
        return True
    address = _address(host)
    if address is None or address.is_unspecified:
        return False
    return address.is_private or address in _SHARED_NETWORK


def reaches_private_host(host: str) -> bool:
    """Like `is_private_host`, but however the address is spelled that a resolver would make of the name.

    `127.1`, `2130706433`, `0x7f.1` and full-width digits are 127.0.0.1, and 0.0.0.0 is this computer.
    """
    name = unicodedata.normalize("NFKC", host).removesuffix(".")
    if is_private_host(name):
        return True
    try:
        address: IPv4Address | IPv6Address | None = IPv4Address(socket.inet_aton(name))
    except OSError:
        address = _address(name)
    return address is not None and (address.is_unspecified or is_private_host(str(address)))


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
