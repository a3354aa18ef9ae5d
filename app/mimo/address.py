"""URLs, keys and headers of requests, and checks of them before anything is sent (WIRE.md section 1)."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlsplit

import httpx

from app.core.errors import Code, ServiceError, TransportError
from app.core.hosts import host_of, is_local_host, is_private_host
from app.core.keys import expected_kind, key_fits, key_kind
from app.core.profiles import Profile
from app.core.redaction import MASK, Redactor
from app.core.service_addresses import AddressChange, service_address

_SECRET_HEADERS = frozenset({"api-key", "authorization", "x-api-key", "proxy-authorization", "cookie", "set-cookie"})


def chat_url(profile: Profile) -> str:
    if profile.protocol != "anthropic":
        return f"{openai_base(profile)}/chat/completions"
    base = profile.base_url.rstrip("/")
    if _has_both_protocols(profile):
        base = f"{_root(base)}/anthropic"
    return f"{base}/messages" if base.endswith("/v1") else f"{base}/v1/messages"


def speech_url(profile: Profile) -> str:
    """The URL of speech and recognition, which exist only in the OpenAI protocol (WIRE.md section 8)."""
    return f"{openai_base(profile)}/chat/completions"


def models_url(profile: Profile, *, at_root: bool = False) -> str:
    """The URL of the model list; there is none below `/anthropic` (WIRE.md section 1)."""
    base = openai_base(profile)
    return f"{httpx.URL(base).copy_with(path='/models', query=None)}" if at_root else f"{base}/models"


def openai_base(profile: Profile) -> str:
    base = profile.base_url.rstrip("/")
    if profile.protocol == "anthropic" or _has_both_protocols(profile):
        return f"{_root(base)}/v1"
    return base


def _has_both_protocols(profile: Profile) -> bool:
    """Whether the service has both protocols at known paths, so that either base URL works for both."""
    return profile.kind == "demo" or expected_kind(host_of(profile.base_url)) != ""


def _root(base: str) -> str:
    return base.removesuffix("/v1").removesuffix("/anthropic")


def check_address(profile: Profile, *, sends_key: bool = True) -> None:
    """Check the base URL. Raises `TransportError` BAD_URL, or PLAIN_HTTP for an unencrypted key without permission."""
    try:
        parts = urlsplit(profile.base_url)
        host, _ = parts.hostname, parts.port
    except ValueError as cause:
        raise TransportError(Code.BAD_URL, url=profile.base_url) from cause
    if parts.username or parts.password:
        without_credentials = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl()
        raise TransportError(Code.BAD_URL, host=host or "", url=without_credentials, reason="credentials")
    if parts.scheme not in ("http", "https") or not host or parts.query or parts.fragment:
        raise TransportError(Code.BAD_URL, url=profile.base_url)
    unencrypted = sends_key and profile.authentication != "none" and parts.scheme == "http"
    if unencrypted and not is_local_host(host) and not profile.allow_plain_http:
        raise TransportError(Code.PLAIN_HTTP, host=host)


def check_key(profile: Profile, key: str | None) -> None:
    """Check that the key may be sent to the host. Raises `ServiceError` KEY_MISSING or KEY_KIND.

    On this computer, in a private network and for a server of the user's own a key is optional.
    """
    if profile.authentication == "none":
        return
    host = host_of(profile.base_url)
    if not key:
        is_own = profile.kind == "self-hosted" or is_private_host(host) or "." not in host
        if profile.kind != "demo" and is_own and not expected_kind(host):
            return
        raise ServiceError(Code.KEY_MISSING, host=host)
    if not key_fits(key, host):
        raise ServiceError(Code.KEY_KIND, host=host, expected=expected_kind(host), found=key_kind(key))


def request_headers(profile: Profile, key: str | None) -> dict[str, str]:
    headers = {"Content-Type": "application/json", "Accept": "text/event-stream, application/json"}
    if key and profile.authentication == "api-key":
        headers["api-key"] = key
    elif key and profile.authentication == "bearer":
        headers["Authorization"] = f"Bearer {key}"
    elif key and profile.authentication == "x-api-key":
        headers["x-api-key"] = key
        headers["anthropic-version"] = "2023-06-01"
    return headers


def redacted_headers(headers: Mapping[str, str], redactor: Redactor) -> dict[str, str]:
    """The headers with secrets masked, for the inspector."""
    return {
        name: MASK if name.lower() in _SECRET_HEADERS else redactor.redact(value) for name, value in headers.items()
    }


def redirect_target(url: str, location: str, method: str, status: int) -> str:
    """The URL to follow a redirect to. Raises `TransportError(REDIRECT_REFUSED)` for an unsafe or lossy redirect.

    The key must stay with its host, https must not become http, and only 307 and 308 preserve a POST with its body.
    """
    try:
        origin = httpx.URL(url)
        target = origin.join(location)
    except httpx.InvalidURL as cause:
        raise TransportError(Code.REDIRECT_REFUSED, host=host_of(url), target=location, status=status) from cause
    same_host = target.host == origin.host and (target.port == origin.port or target.scheme != origin.scheme)
    downgraded = origin.scheme == "https" and target.scheme != "https"
    keeps_body = status in (307, 308) or method == "GET"
    if not same_host or downgraded or not keeps_body or target.scheme not in ("http", "https") or target.userinfo:
        shown = str(target.copy_with(username=None, password=None, query=None, fragment=None))
        base = service_address(shown)
        if AddressChange.ENDPOINT in base.changes:
            # The message offers it as a base URL.
            shown = base.base_url
        raise TransportError(Code.REDIRECT_REFUSED, host=origin.host, target=shown, status=status)
    return str(target)
