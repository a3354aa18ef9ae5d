"""Whether what a person typed for the network can be used, before it is."""

from __future__ import annotations

import ssl
from urllib.parse import urlsplit

from app.core.errors import Code, InputError

PROXY_SCHEMES = frozenset({"http", "https", "socks5", "socks5h"})


def check_proxy(url: str) -> None:
    """Raises InputError BAD_PROXY for what no client could use; empty is none."""
    if not url:
        return
    try:
        parts = urlsplit(url)
        usable = parts.scheme in PROXY_SCHEMES and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable:
        # Its password is nobody's to read: what stands before the last @ is not told.
        raise InputError(Code.BAD_PROXY, url=url.rpartition("@")[2], field="proxy")


def check_certificates(path: str) -> None:
    """Raises InputError CERTIFICATES_UNREADABLE for a file without a certificate; empty is none."""
    if not path:
        return
    try:
        ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT).load_verify_locations(cafile=path)
    except OSError as cause:
        # ssl.SSLError is one too.
        reason = getattr(cause, "reason", None) or cause.strerror or str(cause)
        raise InputError(Code.CERTIFICATES_UNREADABLE, path=path, message=str(reason), field="certificates") from cause
