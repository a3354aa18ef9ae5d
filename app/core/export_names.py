"""Names of exported files, made from a template such as `{number} {voice} {text}`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import count

from app.core.file_names import file_name, numbered
from app.core.sentence_splitter import grapheme_boundary

FIELDS = ("text", "voice", "direction", "date", "time", "number", "session", "model")
"""What a template can name, in the order in which it is offered."""
ALIASES: Mapping[str, str] = {"style": "direction"}
MAX_BYTES = 240
"""Of a name in UTF-8 with its ending. File systems take 255; a number and `.json` may be added."""
MAX_FIELD_LENGTH = 60
"""Characters of one field."""
_SHRINKING = ("text", "direction", "session")
"""The fields that are shortened where a name is too long, the first one first."""
_SHORTEST = 8
_FIELD = re.compile(r"\{([^{}]*)\}")


def unknown_fields(template: str) -> tuple[str, ...]:
    """The fields of a template that do not exist, as written, each once."""
    names = (match.group(1) for match in _FIELD.finditer(template))
    return tuple(dict.fromkeys(name for name in names if _field_of(name) is None))


def export_stem(template: str, values: Mapping[str, str], suffix: str = "", *, fallback: str = "untitled") -> str:
    """The name of one file without its ending, valid on Windows, macOS and Linux.

    `values` has a text for each field; a missing one is empty, and so is an unknown field. Where the name with `suffix`
    would be longer than `MAX_BYTES`, the long fields are shortened first, so that numbers and dates stay.
    """
    shortened = {name: _beginning(value, MAX_FIELD_LENGTH) for name, value in values.items()}
    room = MAX_BYTES - len(suffix.encode())
    for name in _SHRINKING:
        while len(_filled(template, shortened).encode()) > room and len(shortened.get(name, "")) > _SHORTEST:
            shortened[name] = _beginning(shortened[name], len(shortened[name]) - 1)
    return file_name(_filled(template, shortened), fallback=fallback, max_bytes=room)


def unique_file_names(names: Iterable[str], taken: Collection[str] = (), companion: str = "") -> list[str]:
    """The names of files for one folder, in order, numbered so that each is unlike the others and those in `taken`.

    Names are alike if a file system may take them for the same, whatever their case and Unicode form. With a
    `companion`, such as `.json`, the name with this ending is kept free too.
    """
    known = {name_key(name) for name in taken}
    unique: list[str] = []
    for wanted in names:
        endings = ("", companion) if companion else ("",)
        name = next(
            free for free in _candidates(wanted) if not any(name_key(free + ending) in known for ending in endings)
        )
        known.update(name_key(name + ending) for ending in endings)
        unique.append(name)
    return unique


def name_key(name: str) -> str:
    """What names have in common that a file system may take for the same."""
    return unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())


def _candidates(name: str) -> Iterable[str]:
    yield name
    yield from (numbered(name, number) for number in count(2))


def _field_of(written: str) -> str | None:
    name = written.strip().lower()
    name = ALIASES.get(name, name)
    return name if name in FIELDS else None


def _filled(template: str, values: Mapping[str, str]) -> str:
    """A template with its fields filled in, without half characters, which no name can have."""
    filled = _FIELD.sub(lambda match: values.get(_field_of(match.group(1)) or "", ""), template)
    return filled.encode(errors="ignore").decode()


def _beginning(text: str, length: int) -> str:
    words = " ".join(text.split())
    return words if len(words) <= length else words[: grapheme_boundary(words, length)].rstrip()


def number_texts(numbers: Sequence[int]) -> list[str]:
    """The numbers of takes with leading zeros, so that names sort in their order; 0 becomes the place in the list."""
    shown = [number or place for place, number in enumerate(numbers, 1)]
    width = max(2, len(str(max(shown, default=0))))
    return [f"{number:0{width}}" for number in shown]
