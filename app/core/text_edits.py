"""Small changes to a text, which leave everything else where it is."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec


class Edit(msgspec.Struct, frozen=True):
    """Characters `start` to `stop` of a text are replaced by `words`."""

    start: int
    stop: int
    words: str = ""


def edited(text: str, edits: Sequence[Edit]) -> str:
    """The text with all edits made. They are in order and don't overlap; their positions are those of `text`."""
    pieces: list[str] = []
    at = 0
    for edit in edits:
        pieces += (text[at : edit.start], edit.words)
        at = edit.stop
    return "".join((*pieces, text[at:]))
