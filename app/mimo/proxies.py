"""Which proxy a request goes through, and which variable of the environment or setting it comes from."""

from __future__ import annotations

import os
from typing import NamedTuple
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from app.core.hosts import host_of, is_local_host
from app.core.profiles import Profile
from app.mimo.no_proxy import bypasses_proxy


class ProxyInUse(NamedTuple):
    """Host and port of a proxy, without credentials, and its variable, which is empty for a setting."""

    address: str
    variable: str = ""


def proxy_for(profile: Profile, url: str) -> ProxyInUse | None:
    """The proxy that requests to a URL go through, as it may be shown; None for a direct connection."""
    found = _configured(profile, url)
    return None if found is None else ProxyInUse(found[0].rpartition("@")[2], found[1])


def proxy_url(profile: Profile, url: str) -> str:
    """The URL of the proxy for a request, with its credentials; empty for a direct connection."""
    found = _configured(profile, url)
    if found is None:
        return ""
    value = found[0]
    # A variable may leave out the scheme, as curl and Python allow.
    return value if "://" in value or value == profile.proxy else f"http://{value}"


def _configured(profile: Profile, url: str) -> tuple[str, str] | None:
    """The value of the setting or variable that names the proxy, and that variable; None for a direct connection.

    The setting of the program goes first. `NO_PROXY` applies only to what the environment names.
    """
    host = host_of(url)
    if is_local_host(host):
        return None
    if profile.proxy:
        return profile.proxy, ""
    if not profile.trust_env:
        return None
    # Windows and macOS: those of the system if the environment names none.
    proxies = getproxies()
    scheme = urlsplit(url).scheme
    name = scheme if proxies.get(scheme) else "all"
    value = proxies.get(name, "")
    if not value or bypasses_proxy(url, proxies.get("no", "")):
        return None
    variable = _variable_of(f"{name}_proxy", value)
    return None if not variable and proxy_bypass(host) else (value, variable)


def _variable_of(name: str, value: str) -> str:
    """The variable with this value; the one in lower case goes first. Empty for a setting of the system."""
    spellings = sorted((key for key in os.environ if key.lower() == name), key=lambda key: key != name)
    return next((key for key in spellings if os.environ[key] == value), "")
