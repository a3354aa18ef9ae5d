"""Reads `NO_PROXY`: the hosts that requests go to directly, in every form that curl, Go and Python know."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

_DEFAULT_PORTS = {"http": 80, "https": 443}
_SEPARATORS = re.compile(r"[,;\s]+")
_WITH_PORT = re.compile(r"(\[.*\]|[^:\[\]]*):(\d{1,5})")


def bypasses_proxy(url: str, no_proxy: str) -> bool:
    """Whether a URL is listed in the value of `NO_PROXY`.

    Entries are separated by commas or blanks. Each is `*`, a domain (with or without a leading dot: the domain and
    everything below it), an address, a network such as `10.0.0.0/8` or `fd00::/8`, or a pattern such as `192.168.*`;
    a scheme before it and a port behind it limit it to these. IPv6 addresses need brackets only before a port. An
    entry that can't be read is ignored.
    """
    try:
        parts = urlsplit(url)
        host, port = _normal_host(parts.hostname or ""), parts.port or _DEFAULT_PORTS.get(parts.scheme)
    except ValueError:
        return False
    return any(_matches(entry, parts.scheme, host, port) for entry in _SEPARATORS.split(no_proxy) if entry and host)


def _matches(entry: str, scheme: str, host: str, port: int | None) -> bool:
    if "://" in entry:
        wanted, _, entry = entry.partition("://")
        entry = entry.rstrip("/")
        if wanted.lower() not in (scheme, "all"):
            return False
    if found := _WITH_PORT.fullmatch(entry):
        entry = found[1]
        if int(found[2]) != port:
            return False
    if entry == "*":
        return True
    address = _address(host)
    if address is not None and (network := _network(entry)) is not None:
        return address in network
    pattern = _normal_host(entry.removeprefix("*.").removeprefix("."))
    if not pattern:
        return False
    if "*" in pattern:
        return fnmatchcase(host, pattern)
    return host == pattern or (address is None and host.endswith(f".{pattern}"))


def _normal_host(host: str) -> str:
    """A host in lower case, without brackets and the dot of the root; international names as they are sent."""
    name = host.strip("[]").rstrip(".").lower()
    if name.isascii():
        return name
    try:
        return name.encode("idna").decode("ascii")
    except UnicodeError:
        return name


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        address = ip_address(host.partition("%")[0])
    except ValueError:
        return None
    mapped = address.ipv4_mapped if isinstance(address, IPv6Address) else None
    return mapped or address


def _network(entry: str) -> IPv4Network | IPv6Network | None:
    """The network of an entry, a single address included; None if it is neither."""
    address, slash, size = entry.replace("[", "").replace("]", "").partition("/")
    plain = _address(address)
    if plain is None:
        return None
    try:
        return ip_network(f"{plain}{slash}{size}", strict=False)
    except ValueError:
        return None
