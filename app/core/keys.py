"""Which kind of key a host takes (WIRE.md section 1). Keys are only inspected here, never stored."""

from __future__ import annotations

from app.core.profiles import PAYG_HOST, TOKEN_PLAN_HOSTS


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
