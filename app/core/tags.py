"""Style and audio tags in text for speech: the palette, finding and inserting tags (WIRE.md section 3.7)."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import Literal

import msgspec

from app.core.resources import resource_path
from app.core.sentence_splitter import grapheme_boundary, parts

TagKind = Literal["style", "audio"]
TextLanguage = Literal["zh", "en"]

MAX_ADVISED_LENGTH = 2_500
"""Characters; the platform recommends splitting longer texts (WIRE.md section 3.1)."""
SINGING = frozenset({"唱歌", "sing", "singing"})
_ALSO_DOCUMENTED = ("小声", "cough", "sighs deeply", "suddenly firm", "长叹", "laugh", "sigh", "whisper")
"""Tags in the guide's examples that are missing in its lists."""

_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)|（([^（）\n]{1,80})）|\[([^\[\]\n]{1,80})\]")
CJK = re.compile(r"[㐀-鿿]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
_BETWEEN_STYLES = re.compile(r"[\s,，、;；/|]+")


class TagGroup(msgspec.Struct, frozen=True):
    """A group of tags in both languages."""

    name: str
    kind: TagKind
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def tags(self, language: TextLanguage) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en


class _Palette(msgspec.Struct, frozen=True):
    group: tuple[TagGroup, ...]


class Tag(msgspec.Struct, frozen=True):
    """A tag in a text; `start` to `stop` are character positions including the brackets."""

    start: int
    stop: int
    words: str
    kind: TagKind


@cache
def palette() -> tuple[TagGroup, ...]:
    """The shipped groups; they are read once."""
    return msgspec.toml.decode(resource_path("tags.toml").read_bytes(), type=_Palette).group


def language_of(text: str) -> TextLanguage:
    """Chinese if at least a third of characters and words is Chinese, else English."""
    chinese, words = len(CJK.findall(text)), len(LETTERS.findall(text))
    return "zh" if chinese > words / 2 and chinese else "en"


def tags_in(text: str) -> tuple[Tag, ...]:
    """Every bracketed tag. Round brackets at the very beginning are overall styles, all others audio tags."""
    found: list[Tag] = []
    style = True
    for match in _BRACKETS.finditer(text):
        words = str(next(group for group in match.groups() if group is not None))
        before = text[found[-1].stop if found else 0 : match.start()]
        style = style and not before.strip() and match.group(3) is None
        found.append(Tag(match.start(), match.end(), words.strip(), "style" if style else "audio"))
    return tuple(found)


def sings(text: str) -> bool:
    """Whether the text begins with a singing tag."""
    tags = tags_in(text)
    return bool(tags) and tags[0].kind == "style" and tags[0].words.lower() in SINGING


def with_singing(text: str, on: bool) -> str:
    """The text with a singing tag at the beginning added or removed."""
    if on == sings(text):
        return text
    if not on:
        return text[tags_in(text)[0].stop :].lstrip()
    return ("(唱歌)" if language_of(text) == "zh" else "(sing)") + text.lstrip()


def styles_in(words: str) -> tuple[str, ...]:
    """The styles inside one pair of brackets, with any separator; known styles of several words are not split."""
    known = sorted((tag for tag in known_tags() if " " in tag), key=len, reverse=True)
    found: list[str] = []
    rest = words.strip()
    while rest:
        phrase = next((tag for tag in known if rest.lower().startswith(tag)), "")
        length = len(phrase) or len(_BETWEEN_STYLES.split(rest, maxsplit=1)[0])
        found.append(rest[:length])
        rest = (
            _BETWEEN_STYLES.sub("", rest[length:], count=1) if _BETWEEN_STYLES.match(rest[length:]) else rest[length:]
        )
    return tuple(found)


def with_style(text: str, style: str) -> str:
    """The text with an overall style added: all styles share one pair of brackets, without duplicates.

    A singing tag stays first, in separate brackets.
    """
    opening = [tag for tag in tags_in(text) if tag.kind == "style"]
    at = 0
    if opening and opening[0].words.lower() in SINGING:
        at = opening.pop(0).stop
    present = [existing for tag in opening for existing in styles_in(tag.words)]
    if style.lower() in (existing.lower() for existing in present):
        return text
    full = text[opening[0].start] == "（" if opening else language_of(text) == "zh" and "（" in text
    left, right = "（）" if full else "()"
    styles = " ".join((*present, style))
    return text[:at] + left + styles + right + text[opening[-1].stop if opening else at :]


def with_tag(text: str, tag: str, at: int) -> tuple[str, int]:
    """The text with an audio tag inserted, and the position after it; the same tag is never inserted twice in a row.

    Inside another tag it is inserted behind that one, because tags don't nest.
    """
    at = next((other.stop for other in tags_in(text) if other.start < at < other.stop), at)
    words = f"[{tag}]"
    before, after = text[:at].rstrip(" "), text[at:].lstrip(" ")
    if before.endswith(words):
        return text, at
    if after.startswith(words):
        return text, text.index(words, at) + len(words)
    return text[:at] + words + text[at:], at + len(words)


def plain(text: str) -> str:
    """The spoken text: without tags, on one line."""
    return " ".join(without(text, tags_in(text)).split())


def beginning(text: str, max_length: int) -> str:
    """The first words of the spoken text, with an ellipsis if more follows; Chinese is cut between characters."""
    words = plain(text)
    if len(words) <= max_length:
        return words
    cut = words[: grapheme_boundary(words, max_length - 1)]
    space = cut.rfind(" ")
    if words[max_length - 1] != " " and space >= max_length // 2 and not CJK.search(cut[space:]):
        cut = cut[:space]
    return cut.rstrip(" ,.;:，。；：") + "…"


def split_at_sentences(text: str, max_length: int = MAX_ADVISED_LENGTH) -> tuple[str, ...]:
    """Split into parts of at most `max_length` characters, after sentences if possible, without blanks around them.

    Raises ValueError if `max_length` is less than 1.
    """
    return tuple(words for part in parts(text.strip(), max_length) if (words := part.strip()))


def in_parts(text: str, max_length: int = MAX_ADVISED_LENGTH) -> tuple[str, ...]:
    """Split like `split_at_sentences`, with the overall style at the beginning of each part.

    A style longer than half of a part makes the part longer, to leave room for the spoken text.
    """
    opening = [tag for tag in tags_in(text) if tag.kind == "style"]
    style = text[: opening[-1].stop].strip() if opening else ""
    rest = text[opening[-1].stop :] if opening else text
    room = max(max_length - len(style), (max_length + 1) // 2)
    return tuple(style + part for part in split_at_sentences(rest, room))


@cache
def known_tags() -> frozenset[str]:
    """Every documented tag in both languages, in lower case."""
    listed = (tag.lower() for group in palette() for tag in (*group.zh, *group.en))
    return frozenset((*listed, *SINGING, *_ALSO_DOCUMENTED))


def translated(words: str, language: TextLanguage) -> str | None:
    """A tag of the palette in the other language; None without a counterpart."""
    for group in palette():
        here, there = group.tags("en" if language == "zh" else "zh"), group.tags(language)
        matches = [index for index, tag in enumerate(here) if tag.lower() == words.lower() and index < len(there)]
        if matches:
            return there[matches[0]]
    return None


def matching(query: str, language: TextLanguage) -> tuple[tuple[str, TagKind], ...]:
    """Tags that contain `query` in either language, named in `language` if they have a name there."""
    found: list[tuple[str, TagKind]] = []
    for group in palette():
        here, other = group.tags(language), group.tags("en" if language == "zh" else "zh")
        for mine, theirs in zip_longest(here, other):
            if any(query.lower() in tag.lower() for tag in (mine, theirs) if tag):
                found.append((mine or theirs, group.kind))
    return tuple(dict.fromkeys(found))


def without(text: str, tags: tuple[Tag, ...]) -> str:
    """The text without the given tags."""
    for tag in reversed(tags):
        text = text[: tag.start].rstrip(" ") + (" " if _needs_space(text, tag) else "") + text[tag.stop :].lstrip(" ")
    return text


def _needs_space(text: str, tag: Tag) -> bool:
    before, after = text[: tag.start].rstrip(" ")[-1:], text[tag.stop :].lstrip(" ")[:1]
    return bool(before and after) and before.isascii() and after.isascii() and before != "\n"
