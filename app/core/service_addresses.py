"""Reads the address of a service the way people paste it: a whole endpoint, a bare host, with blanks or quotes."""

from __future__ import annotations

import re
from enum import StrEnum
from ipaddress import ip_address
from typing import NamedTuple
from urllib.parse import urlsplit

from app.core.hosts import is_private_host


class AddressChange(StrEnum):
    """What was changed so that a pasted address can be a base URL; shown to the user beside the field."""

    ENDPOINT = "endpoint"
    """The path of one endpoint was cut off."""
    SCHEME = "scheme"
    """`https://` was put in front, or `http://` for a host of this computer or network."""
    VERSION = "version"
    """`/v1` was added to a bare host."""


class ServiceAddress(NamedTuple):
    """A base URL without a slash at its end, what was changed to get it, and the protocol its endpoint belongs to.

    `protocol` is `openai`, `anthropic` or empty where the address does not tell.
    """

    base_url: str
    changes: tuple[AddressChange, ...] = ()
    protocol: str = ""


_WRAPPING = " \t\r\n\"'“”‘’«»<>`，,；;。"
_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"))
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
"""A Chinese input method writes `：` and `／`."""
_IN_TEXT = re.compile(r"(?i)https?://[^\s\"'“”<>`]+")
_SCHEME = re.compile(r"(?i)^([a-z][a-z0-9+.-]*):/{1,3}(?!/)")
_OPENAI_ENDPOINTS = (
    "chat/completions", "completions", "responses", "embeddings", "audio/speech", "audio/transcriptions",
    "images/generations", "images/edits", "moderations", "realtime", "api/chat", "api/generate", "api/tags",
)  # fmt: skip
_SHARED_ENDPOINTS = ("models", "batches", "files")
"""Endpoints that services of either protocol have, so they do not tell which one it is."""
_ENDPOINT = re.compile(rf"(?i)/(?:(?P<openai>{'|'.join(_OPENAI_ENDPOINTS)})|{'|'.join(_SHARED_ENDPOINTS)})(?:/[^/]*)?$")
_ANTHROPIC_ENDPOINT = re.compile(r"(?i)(?:/v1)?/messages(?:/count_tokens|/batches)?$")


def service_address(text: str, protocol: str = "openai") -> ServiceAddress:
    """The base URL that is meant by `text`, for the given protocol of the service.

    Cuts off a whole endpoint (`…/v1/chat/completions`, also twice), adds a missing scheme and, for a bare host of the
    OpenAI protocol, a missing `/v1`; takes the address out of a pasted command or sentence; removes blanks, quotes and
    invisible characters; full-width characters become ordinary ones. Scheme and host become lower case, the path stays
    as it is. What is no address at all comes back as it is, without blanks around it. Raises nothing.
    """
    tidy = text.translate(_INVISIBLE | _FULL_WIDTH).strip(_WRAPPING)
    found = _IN_TEXT.search(tidy)
    if found and (any(blank in tidy for blank in " \t\n") or found.start() > 0):
        tidy = found.group().strip(_WRAPPING + ")]}")
    if not tidy or any(letter.isspace() for letter in tidy):
        return ServiceAddress(tidy)
    changes: list[AddressChange] = []
    try:
        if _is_ipv6(tidy):
            tidy = f"[{tidy}]"
        if not _SCHEME.match(tidy):
            tidy = _with_scheme(tidy)
            changes.append(AddressChange.SCHEME)
        parts = urlsplit(_SCHEME.sub(lambda match: f"{match[1].lower()}://", tidy))
        if not parts.hostname:
            return ServiceAddress(text.strip())
    except ValueError:
        return ServiceAddress(text.strip())
    path = re.sub(r"/{2,}", "/", parts.path).rstrip("/")
    path, told, cut = _without_endpoint(path)
    if cut:
        changes.append(AddressChange.ENDPOINT)
    if path == "/V1":
        path = "/v1"
    if not path and (told or protocol) == "openai" and parts.scheme in ("http", "https"):
        path = "/v1"
        changes.append(AddressChange.VERSION)
    kept = parts._replace(netloc=_lower_host(parts.netloc), path=path, fragment="", query="" if cut else parts.query)
    return ServiceAddress(kept.geturl(), tuple(changes), told)


def _without_endpoint(path: str) -> tuple[str, str, bool]:
    """The path without the endpoints at its end, the protocol they tell, and whether there was any."""
    protocol, cut = "", False
    while True:
        if shorter := _ANTHROPIC_ENDPOINT.search(path):
            protocol, path, cut = protocol or "anthropic", path[: shorter.start()], True
        elif shorter := _ENDPOINT.search(path):
            told = "openai" if shorter["openai"] else ""
            protocol, path, cut = protocol or told, path[: shorter.start()], True
        else:
            return path.rstrip("/"), protocol, cut


def _with_scheme(text: str) -> str:
    bare = text.lstrip("/")
    host = urlsplit(f"//{bare}").netloc.rpartition("@")[2]
    name = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return f"{'http' if is_private_host(name.lower()) else 'https'}://{bare}"


def _is_ipv6(text: str) -> bool:
    try:
        return ip_address(text).version == 6
    except ValueError:
        return False


def _lower_host(netloc: str) -> str:
    user, at, host = netloc.rpartition("@")
    return f"{user}{at}{host.lower()}"
