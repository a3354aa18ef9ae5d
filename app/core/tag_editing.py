"""Inserting, replacing and wrapping tags in text for speech (WIRE.md section 3.7)."""

from __future__ import annotations

from app.core.tags import MAX_TAG_LENGTH, PAIRS, SINGING, Tag, language_of, sings, styles_in, tags_in


def with_singing(text: str, on: bool) -> str:
    """The text with a singing tag at the beginning added or removed."""
    if on == sings(text):
        return text
    if not on:
        return text[tags_in(text)[0].stop :].lstrip()
    return ("(唱歌)" if language_of(text) == "zh" else "(sing)") + text.lstrip()


def with_style(text: str, style: str, start: int = 0, stop: int = 0) -> str:
    """The text with an overall style added: all styles share one pair of brackets, without duplicates.

    A singing tag stays first, in separate brackets. With the selection or the cursor inside the styles, the one there
    is replaced.
    """
    opening = [tag for tag in tags_in(text) if tag.kind == "style"]
    at = 0
    if opening and opening[0].words.lower() in SINGING:
        at = opening.pop(0).stop
    present = [existing for tag in opening for existing in styles_in(tag.words)]
    if style.lower() in (existing.lower() for existing in present):
        return text
    for tag in opening:
        if _is_inside(tag, start, stop):
            return _with_style_replaced(text, tag, style, start)
    full = text[opening[0].start] == "（" if opening else language_of(text) == "zh" and "（" in text
    left, right = "（）" if full else "()"
    styles = " ".join((*present, style))
    return text[:at] + left + styles + right + text[opening[-1].stop if opening else at :]


def with_tag(text: str, tag: str, start: int, stop: int | None = None) -> tuple[str, int]:
    """The text with an audio tag inserted, and the position after it; the same tag is never inserted twice in a row.

    Where the selection, or the cursor, is inside an audio tag, the tag is replaced and keeps its brackets: tags don't
    nest. A selection of other text has the tag put before it, because a tag is in force for what follows.
    """
    stop = start if stop is None else stop
    inside = next((other for other in tags_in(text) if _is_inside(other, start, stop)), None)
    if inside is not None and inside.kind == "audio":
        return text[: inside.start + 1] + tag + text[inside.stop - 1 :], inside.start + len(tag) + 2
    at = inside.stop if inside is not None else start
    words = f"[{tag}]"
    before, after = text[:at].rstrip(" "), text[at:].lstrip(" ")
    if before.endswith(words):
        return text, at
    if after.startswith(words):
        return text, text.index(words, at) + len(words)
    return text[:at] + words + text[at:], at + len(words)


def wrapped(text: str, start: int, stop: int, opener: str = "[") -> str | None:
    """The text with a selection made a tag by a pair of brackets; None for one that can't be a tag.

    Blanks at its ends stay outside. A selection that begins or ends within a tag would cut it.
    Raises KeyError for an opener of no pair.
    """
    closer = PAIRS[opener]
    selected = text[start:stop]
    start += len(selected) - len(selected.lstrip())
    words = selected.strip()
    if not words or len(words) > MAX_TAG_LENGTH - 2 or set(words) & {"\n", opener, closer}:
        return None
    stop = start + len(words)
    if any(tag.start < place < tag.stop for tag in tags_in(text) for place in (start, stop)):
        return None
    return text[:start] + opener + words + closer + text[stop:]


def _is_inside(tag: Tag, start: int, stop: int) -> bool:
    """Whether a selection is the tag or in it, or a cursor is between its brackets."""
    return tag.start <= start and stop <= tag.stop if start < stop else tag.start < start < tag.stop


def _with_style_replaced(text: str, tag: Tag, style: str, at: int) -> str:
    """The text with the style at a position of a tag replaced; the first for a selection of the whole tag."""
    end = tag.start + 1
    for existing in styles_in(tag.words):
        begin = text.index(existing, end)
        end = begin + len(existing)
        if at <= end:
            return text[:begin] + style + text[end:]
    return text[: tag.start + 1] + style + text[tag.stop - 1 :]
