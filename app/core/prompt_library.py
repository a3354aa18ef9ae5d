"""Saved prompts: templates for messages and system prompts, each with all its versions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

import msgspec

from app.core.bounds import bound
from app.core.sentence_splitter import grapheme_boundary

MAX_NAME_LENGTH = 80
"""Characters of a prompt's name."""
MAX_TEXT_LENGTH = 200_000
"""Characters of one version that the library saves and imports."""
MAX_NOTE_LENGTH = 200
"""Characters of the note of a version."""
MAX_TAGS, MAX_TAG_LENGTH = 12, 30
"""Tags of a prompt, and characters of one."""
MAX_VERSIONS = 1_000
"""Versions of one prompt."""
_UNSEEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ud800-\udfff]")

PromptKind = Literal["prompt", "system"]


class PromptVersion(msgspec.Struct, frozen=True):
    """One version of a prompt: its text, an optional note on what changed, and when it was saved."""

    text: str
    note: str = ""
    created: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created",))


class SavedPrompt(msgspec.Struct, frozen=True):
    """A named prompt. No version of it is ever overwritten.

    Attributes:
        kind: `prompt` for the text of a message, `system` for a system prompt. Names are unique within a kind.
        versions: oldest first; the last one is used.
        created, updated: Unix time in seconds.
    """

    id: str
    name: str
    kind: PromptKind = "prompt"
    tags: tuple[str, ...] = ()
    versions: tuple[PromptVersion, ...] = ()
    created: float = 0.0
    updated: float = 0.0

    def __post_init__(self) -> None:
        bound(self, timestamps=("created", "updated"))

    @property
    def text(self) -> str:
        """The text of the newest version; empty if there is none."""
        return self.versions[-1].text if self.versions else ""

    def with_version(self, text: str, moment: float, note: str = "") -> SavedPrompt:
        """Return the prompt with a further version."""
        version = PromptVersion(text, note, moment)
        return msgspec.structs.replace(self, versions=(*self.versions, version), updated=moment)

    def without_version(self, version: PromptVersion) -> SavedPrompt:
        """Return the prompt without the last of its versions that equals this one; it may have none left."""
        versions = list(reversed(self.versions))
        if version in versions:
            versions.remove(version)
        updated = versions[0].created if versions else self.updated
        return msgspec.structs.replace(self, versions=tuple(reversed(versions)), updated=updated)

    def renamed(self, name: str) -> SavedPrompt:
        return msgspec.structs.replace(self, name=name)

    def tagged(self, tags: Iterable[str]) -> SavedPrompt:
        """Return the prompt with these tags, each once, as `prompt_tags` brings them into form."""
        return msgspec.structs.replace(self, tags=prompt_tags(tags))

    def of_kind(self, kind: PromptKind) -> SavedPrompt:
        return msgspec.structs.replace(self, kind=kind)

    def matches(self, query: str) -> bool:
        """Whether every word of `query` begins a word of the name or of a tag, in any case.

        Chinese is written without spaces, so a word in it may begin anywhere.
        """
        words = " ".join((self.name, *self.tags)).casefold()
        return all(_begins_a_word(word, words) for word in query.casefold().split())


def one_line(typed: str) -> str:
    """What can be seen of a text, on one line, however long."""
    return " ".join(_UNSEEN.sub("", " ".join(typed.split())).split())


def prompt_name(typed: str) -> str:
    """A name as it is saved: what can be seen of it on one line, of at most `MAX_NAME_LENGTH`.

    Line breaks and doubled spaces become a space; control characters and those that turn the direction of what follows
    go. It is cut between graphemes, and empty if nothing of it can be seen.
    """
    name = one_line(typed)
    name = name[: grapheme_boundary(name, MAX_NAME_LENGTH)].rstrip()
    return name if any(unicodedata.category(character)[0] in "LNPS" for character in name) else ""


def prompt_note(typed: str) -> str:
    """A note as it is saved: on one line, of at most `MAX_NOTE_LENGTH`; empty if nothing of it can be seen."""
    note = one_line(typed)
    return note[: grapheme_boundary(note, MAX_NOTE_LENGTH)].rstrip()


def whole_tag(typed: str) -> str:
    """A tag without commas and hashes before it, however long."""
    return one_line(typed.replace(",", " ").replace("\uff0c", " ").lstrip("# "))


def prompt_tag(typed: str) -> str:
    """A tag as it is saved: on one line, without commas, of at most `MAX_TAG_LENGTH`; empty if nothing is left."""
    tag = prompt_name(whole_tag(typed))
    return tag[: grapheme_boundary(tag, MAX_TAG_LENGTH)].rstrip()


def prompt_tags(typed: Iterable[str]) -> tuple[str, ...]:
    """Tags as they are saved: each once whatever its case, at most `MAX_TAGS`."""
    tags: dict[str, str] = {}
    for each in typed:
        tag = prompt_tag(each)
        if tag:
            tags.setdefault(tag.casefold(), tag)
    return tuple(tags.values())[:MAX_TAGS]


def _begins_a_word(part: str, words: str) -> bool:
    at = words.find(part)
    while at >= 0:
        if at == 0 or not words[at - 1].isalnum() or not words[at].isascii():
            return True
        at = words.find(part, at + 1)
    return False
