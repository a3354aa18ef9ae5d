"""Which kind of key a host takes (WIRE.md section 1). Keys are only inspected here, never stored."""

from __future__ import annotations

import re

from app.core.profiles import PAYG_HOST, TOKEN_PLAN_HOSTS

_INVISIBLE: dict[int, int | None] = dict.fromkeys(
    (0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), 0x2060, *range(0x2066, 0x206A))
)
_ORDINARY = (
    _INVISIBLE | {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "‐‑–—−"), 0x2D)
)
"""Full-width characters of a Chinese input method, and the dashes that text programs make of a hyphen."""
_QUOTES = " \t\r\n\xa0\u3000\"'“”‘’「」`,，;；。"
_LABEL = re.compile(
    r"(?i)^(?:-H\s*[\"']?)?(?:export\s+|set\s+|\$env:)?"
    r"(?:(?:proxy-)?authorization|x-api-key|(?:\w+[ _-])?api[ _-]?key|(?:\w+_)?token|key|(?:api\s*)?密[钥鑰]|令牌)"
    r"\s*[\"']?\s*[:：=＝]\s*"
)
_SCHEME = re.compile(r"(?i)^bearer(?:\s*:\s*|\s+|%20)")
_KEY = re.compile(r"(?<![\w-])(?:sk|tp|ttp)-[A-Za-z0-9_-]{8,}(?![\w-])")


def unwrapped_key(text: str) -> str:
    """The key in a pasted text.

    Quotes, invisible characters and labels such as `Bearer`, `api-key:` and `密钥：` are left out. A single key of the
    platform is taken out of the words or brackets around it in the line.
    """
    key = text.translate(_INVISIBLE).strip(_QUOTES)
    key = _LABEL.sub("", key).strip(_QUOTES)
    key = _SCHEME.sub("", key).strip(_QUOTES)
    if key_kind(key) not in ("", "unreadable") or "\n" in key:
        return key
    found = _KEY.findall(text.translate(_ORDINARY))
    return found[0] if len(found) == 1 else key


def key_kind(key: str) -> str:
    """`payg`, `token-plan`, `unreadable` for a key that no header can carry, or "" for an unknown kind."""
    if not key.isascii() or not key.isprintable() or " " in key:
        return "unreadable"
    if key.startswith(("tp-", "ttp-")):
        return "token-plan"
    return "payg" if key.startswith("sk-") else ""


def expected_kind(host: str) -> str:
    """The kind of key that a host of the platform takes; "" for any other host."""
    if host == PAYG_HOST:
        return "payg"
    return "token-plan" if host in TOKEN_PLAN_HOSTS.values() else ""


def key_fits(key: str, host: str) -> bool:
    """Whether a key may be sent to a host: it is readable, and of the expected kind if both kinds are known."""
    kind, expected = key_kind(key), expected_kind(host)
    return kind != "unreadable" and (not kind or not expected or kind == expected)
