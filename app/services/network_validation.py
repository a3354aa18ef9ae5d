"""Validates proxy and certificate settings before they are applied."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

from app.core.errors import Code, InputError

PROXY_SCHEMES = frozenset({"http", "https", "socks5", "socks5h"})


def check_proxy(url: str) -> None:
    """Check a proxy URL; empty means no proxy. Raises InputError BAD_PROXY."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        usable = parts.scheme in PROXY_SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        # Don't include credentials: everything before the last @ is removed.
        raise InputError(Code.BAD_PROXY, url=url.rpartition("@")[2], field="proxy")


def check_certificates(path: str) -> None:
    """Check a certificate file; empty means none. Raises InputError CERTIFICATES_UNREADABLE."""
    if not path:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except OSError as cause:
        # ssl.SSLError is a subclass.
        reason = getattr(cause, "reason", None) or cause.strerror or str(cause)
        raise InputError(Code.CERTIFICATES_UNREADABLE, path=path, message=str(reason), field="certificates") from cause
