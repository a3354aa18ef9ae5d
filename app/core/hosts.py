"""Hosts and addresses: which host a URL names, and whether that host is this computer or on the local network."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import urlsplit

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
    """Whether a host is this computer or an address of a private network (RFC 1918, link-local, IPv6 unique local)."""
    if is_local_host(host):
        return True
    address = _address(host)
    return address is not None and address.is_private and not address.is_unspecified


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.removeprefix("[").removesuffix("]"))
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address
