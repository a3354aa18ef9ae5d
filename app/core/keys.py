"""Which kind of key belongs to which host (mimo-api section 1); the key itself is looked at and forgotten."""

from __future__ import annotations

from app.core.profiles import PAYG_HOST, TOKEN_PLAN_HOSTS


def key_kind(key: str) -> str:
    """`payg`, `token-plan`, `unreadable` for what no header can carry, or "" for a kind that is not known."""
    if not key.isascii() or not key.isprintable() or " " in key:
        return "unreadable"
    if key.startswith(("tp-", "ttp-")):
        return "token-plan"
    return "payg" if key.startswith("sk-") else ""


def expected_kind(host: str) -> str:
    """The kind of key a host of the platform takes; "" for any other host."""
    if host == PAYG_HOST:
        return "payg"
    return "token-plan" if host in TOKEN_PLAN_HOSTS.values() else ""
