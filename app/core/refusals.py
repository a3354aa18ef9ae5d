"""Signs in the words of an answer that it is not one (mimo-api section 9, moderation as ordinary text)."""

from __future__ import annotations

_REFUSALS = ("the request was rejected because it was considered high risk",)


def is_refusal(text: str) -> bool:
    """Whether the whole answer is the service's refusal, which may come with status 200 and any finish reason."""
    words = text.strip().rstrip(".").lower()
    return any(words.startswith(refusal) and len(words) < 2 * len(refusal) for refusal in _REFUSALS)


def may_become_refusal(beginning: str) -> bool:
    """Whether an answer that begins like this is that refusal, or still can be: then it is too early to show it."""
    words = beginning.strip().lower()
    return is_refusal(beginning) or any(refusal.startswith(words) for refusal in _REFUSALS)
