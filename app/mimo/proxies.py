"""Which proxy a request goes through, and which variable of the environment or setting it comes from."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import proxy_bypass_environment  # type: ignore[attr-defined]  # missing in typeshed

from app.core.hosts import host_of, is_local_host
from app.core.profiles import Profile

_SCHEMES = ("http", "https", "socks5", "socks5h")


class ProxyInUse(NamedTuple):
    """Host and port of a proxy, without credentials, and its variable, which is empty for the setting."""

    address: str
    variable: str = ""


def proxy_for(profile: Profile, url: str) -> ProxyInUse | None:
    """The proxy that requests to a URL go through; None for a direct connection."""
    host = host_of(url)
    if is_local_host(host):
        return None
    if profile.proxy:
        return ProxyInUse(_without_credentials(profile.proxy))
    if not profile.trust_env or proxy_bypass_environment(host):
        return None
    for name in (f"{urlsplit(url).scheme}_proxy", "all_proxy"):
        for variable in (name, name.upper()):
            if value := os.environ.get(variable, ""):
                return ProxyInUse(_without_credentials(value), variable)
    return None


def unusable_proxy(profile: Profile) -> ProxyInUse:
    """The setting or variable that keeps httpx from being set up."""
    if profile.trust_env and (not profile.proxy or _is_usable(profile.proxy)):
        for name in ("http_proxy", "https_proxy", "all_proxy"):
            for variable in (name, name.upper()):
                value = os.environ.get(variable, "")
                if value and not _is_usable(value):
                    return ProxyInUse(_without_credentials(value), variable)
        for variable in ("no_proxy", "NO_PROXY"):
            if value := os.environ.get(variable, ""):
                unreadable = [host.strip() for host in value.split(",") if ":" in host]
                return ProxyInUse(", ".join(unreadable) or value, variable)
    return ProxyInUse(_without_credentials(profile.proxy))


def _is_usable(value: str) -> bool:
    try:
        parts = urlsplit(value if "://" in value else f"http://{value}")
        return parts.scheme in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _without_credentials(value: str) -> str:
    """Leave out user and password, which precede the last @."""
    return value.rpartition("@")[2]
