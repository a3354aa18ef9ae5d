"""The script: the demo's texts in both languages, read from the TOML files in `app/demo/script`."""

from __future__ import annotations

import functools
import re
import tomllib
from pathlib import Path
from typing import Any

import msgspec

from app.demo.chat.question import Language

_FOLDER = Path(__file__).parent.parent / "script"


class Topic(msgspec.Struct, frozen=True):
    """A topic of the script.

    Attributes:
        match: regular expressions, ignoring case; the topic matches if any of them is found in the question.
        elsewhere: regular expressions for questions that match but are about something else: the answer then begins by
            saying that it is only the nearest one.
        more: answer to "go on"; empty if there is none.
        short: answer to "shorter"; empty if there is none.
    """

    name: str
    match: tuple[str, ...]
    thinking: str
    answer: str
    elsewhere: tuple[str, ...] = ()
    more: str = ""
    short: str = ""

    def matches(self, text: str) -> bool:
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in self.match)

    def is_nearest(self, text: str) -> bool:
        """Whether the topic is merely the nearest to a question that it matches."""
        return any(re.search(pattern, text, re.IGNORECASE) for pattern in self.elsewhere)


class StageDirection(msgspec.Struct, frozen=True):
    """How a voice should speak a text in which one of the regular expressions `match` is found, ignoring case."""

    match: tuple[str, ...]
    role: str
    scene: str
    guidance: str


class Script(msgspec.Struct, frozen=True):
    """All texts in one language: sentences by name, and topics and directions in the order in which they are tried."""

    sentences: dict[str, str] = msgspec.field(name="words")
    media: dict[str, str]
    recognition: dict[str, str]
    topics: tuple[Topic, ...] = msgspec.field(name="topic")
    directions: tuple[StageDirection, ...] = msgspec.field(name="direction")

    def sentence(self, name: str, **parts: Any) -> str:
        """Return a sentence with its `{fields}` filled in."""
        return self.sentences[name].strip().format(**parts)

    def thinking_text(self, text: str) -> str:
        """Return a thinking text after the sentence that introduces the demo service."""
        introduction = self.sentence("thinking_lead")
        return f"{introduction}{text}" if introduction.endswith("。") else f"{introduction} {text}"

    def topic_of(self, text: str) -> Topic | None:
        return next((topic for topic in self.topics if topic.matches(text)), None)


# msgspec resolves the fields of a struct at its first use, and crashes if two threads do so at once. Questions are
# answered in threads, and the first ones may come together; so it happens here.
msgspec.json.Decoder(Script)


@functools.cache
def load_script(language: Language) -> Script:
    return msgspec.convert(load_table(language), Script)


@functools.cache
def load_table(name: str) -> dict[str, Any]:
    """Load a TOML file of the script folder."""
    return tomllib.loads((_FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
