"""Detects refusals that the service sends as ordinary text (WIRE.md section 9)."""

from __future__ import annotations

_REFUSALS = ("the request was rejected because it was considered high risk",)


def is_refusal(text: str) -> bool:
    """Whether the whole answer is the service's refusal, which may have status 200 and any finish reason."""
    answer = text.strip().rstrip(".").lower()
    return any(answer.startswith(refusal) and len(answer) < 2 * len(refusal) for refusal in _REFUSALS)


def may_become_refusal(beginning: str) -> bool:
    """Whether an answer with this beginning is, or may become, a refusal, so that it must not be shown yet."""
    start = beginning.strip().lower()
    return is_refusal(beginning) or any(refusal.startswith(start) for refusal in _REFUSALS)
