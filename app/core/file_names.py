"""Names of files that the program offers: one function for takes, conversations, voices, exports and archives."""

from __future__ import annotations

import re
import unicodedata

from app.core.sentence_splitter import grapheme_boundary

MAX_NAME_BYTES = 120
"""Of the whole name in UTF-8. File systems take 255, archives and clouds often less, and a number may be added."""
FALLBACK = "untitled"

_SEPARATORS = re.compile(r"[/\\:*?\"<>|\x00-\x1f\x7f]+")
"""Not allowed on Windows or as a path separator anywhere."""
_BLANKS = re.compile(r"\s+")
_RESERVED = re.compile(r"(?i)(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³])(?= *(?:\.|$))")
_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_JOINERS = "\u200c\u200d"
"""Formatting characters that belong to visible text: emoji and several scripts need them."""


def file_name(stem: str, suffix: str = "", *, fallback: str = FALLBACK, max_bytes: int = MAX_NAME_BYTES) -> str:
    """A name that every file system takes and that says what it seems to say.

    `stem` is free text such as a title; `suffix` is the ending with its dot, such as `.wav`, and is kept whole.
    Separators and what Windows forbids become blanks; invisible and direction-changing characters go; a name reserved
    by Windows gets an underscore; the rest is cut to `max_bytes` bytes between graphemes. Where nothing visible is
    left the name is `fallback`.
    """
    text = unicodedata.normalize("NFC", stem)
    text = _SEPARATORS.sub(" ", text)
    text = "".join(
        character
        for character in text
        if character in _JOINERS or character == " " or unicodedata.category(character) not in _INVISIBLE
    )
    text = _BLANKS.sub(" ", text).strip(" .")
    text = text.lstrip("-~") if text.startswith(("-", "~")) else text
    text = _cut(text.strip(" ."), max_bytes - len(suffix.encode())).strip(" .")
    if not any(unicodedata.category(character)[0] in "LNPS" for character in text):
        text = fallback
    if _RESERVED.match(text):
        text = f"{text}_" if "." not in text else text.replace(".", "_.", 1)
    return text + suffix


def numbered(name: str, number: int) -> str:
    """The name with a number before its ending: `take.wav` and 2 give `take 2.wav`."""
    stem, dot, suffix = name.rpartition(".")
    return f"{stem} {number}.{suffix}" if dot and stem else f"{name} {number}"


def _cut(text: str, max_bytes: int) -> str:
    data = text.encode("utf-8", "ignore")
    if len(data) <= max_bytes:
        return data.decode()
    kept = data[:max_bytes].decode("utf-8", "ignore")
    return text[: grapheme_boundary(text, len(kept))]
