"""Style and audio tags in a text to speak: the palette, where they are, and how they are written (mimo-api 3.7)."""

from __future__ import annotations

import re
from functools import cache
from itertools import zip_longest
from typing import Literal

import msgspec

from app.core.resources import resource_path

TagKind = Literal["style", "audio"]
TextLanguage = Literal["zh", "en"]

LONGEST_TEXT = 2_500
"""Characters beyond which the platform advises to split the text (mimo-api 3.1)."""
SINGING = frozenset({"唱歌", "sing", "singing"})
_ALSO_DOCUMENTED = ("小声", "cough", "sighs deeply", "suddenly firm", "长叹", "laugh", "sigh", "whisper")
"""Wordings of the guide's examples that its lists have not."""

_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)|（([^（）\n]{1,80})）|\[([^\[\]\n]{1,80})\]")
SENTENCE_END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
CJK = re.compile(r"[㐀-鿿]")
LETTERS = re.compile(r"[A-Za-z]{2,}")
_BETWEEN_STYLES = re.compile(r"[\s,，、;；/|]+")


class TagGroup(msgspec.Struct, frozen=True):
    """Tags that belong together, in both languages."""

    name: str
    kind: TagKind
    zh: tuple[str, ...]
    en: tuple[str, ...]

    def tags(self, language: TextLanguage) -> tuple[str, ...]:
        return self.zh if language == "zh" else self.en


class _Palette(msgspec.Struct, frozen=True):
    group: tuple[TagGroup, ...]


class Tag(msgspec.Struct, frozen=True):
    """A tag as it stands in a text: `start` to `stop` are character positions, brackets included."""

    start: int
    stop: int
    words: str
    kind: TagKind


@cache
def palette() -> tuple[TagGroup, ...]:
    """The shipped groups, read once."""
    return msgspec.toml.decode(resource_path("tags.toml").read_bytes(), type=_Palette).group


def language_of(text: str) -> TextLanguage:
    """Chinese when a third of what carries meaning is Chinese; for an empty text English."""
    chinese, words = len(CJK.findall(text)), len(LETTERS.findall(text))
    return "zh" if chinese > words / 2 and chinese else "en"


def tags_in(text: str) -> tuple[Tag, ...]:
    """Every bracketed tag. Round ones at the very beginning are the overall style, all others audio tags."""
    found: list[Tag] = []
    style = True
    for match in _BRACKETS.finditer(text):
        words = str(next(group for group in match.groups() if group is not None))
        before = text[found[-1].stop if found else 0 : match.start()]
        style = style and not before.strip() and match.group(3) is None
        found.append(Tag(match.start(), match.end(), words.strip(), "style" if style else "audio"))
    return tuple(found)


def sings(text: str) -> bool:
    """Whether the text opens with a singing tag."""
    tags = tags_in(text)
    return bool(tags) and tags[0].kind == "style" and tags[0].words.lower() in SINGING


def with_singing(text: str, on: bool) -> str:
    """The text with its opening singing tag added or taken away."""
    if on == sings(text):
        return text
    if not on:
        return text[tags_in(text)[0].stop :].lstrip()
    return ("(唱歌)" if language_of(text) == "zh" else "(sing)") + text.lstrip()


def styles_in(words: str) -> tuple[str, ...]:
    """The styles that stand in one pair of brackets, whatever separates them; those of several words stay whole."""
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
    """The text with one more overall style: all of them share the brackets that open it, and none stands twice.

    A singing tag stays the first and alone in its brackets.
    """
    opening = [tag for tag in tags_in(text) if tag.kind == "style"]
    at = 0
    if opening and opening[0].words.lower() in SINGING:
        at = opening.pop(0).stop
    present = [one for tag in opening for one in styles_in(tag.words)]
    if style.lower() in (one.lower() for one in present):
        return text
    full = text[opening[0].start] == "（" if opening else language_of(text) == "zh" and "（" in text
    left, right = "（）" if full else "()"
    styles = " ".join((*present, style))
    return text[:at] + left + styles + right + text[opening[-1].stop if opening else at :]


def with_tag(text: str, tag: str, at: int) -> tuple[str, int]:
    """The text with an audio tag at a place, and the place behind it; the same tag never stands twice in a row."""
    words = f"[{tag}]"
    before, after = text[:at].rstrip(" "), text[at:].lstrip(" ")
    if before.endswith(words):
        return text, at
    if after.startswith(words):
        return text, text.index(words, at) + len(words)
    return text[:at] + words + text[at:], at + len(words)


def plain(text: str) -> str:
    """What is spoken: without tags, in one line."""
    return " ".join(without(text, tags_in(text)).split())


def beginning(text: str, longest: int) -> str:
    """The first words of what is spoken, with an ellipsis where more follows; Chinese is cut between characters."""
    words = plain(text)
    if len(words) <= longest:
        return words
    cut = words[: longest - 1]
    space = cut.rfind(" ")
    if words[longest - 1] != " " and space >= longest // 2 and not CJK.search(cut[space:]):
        cut = cut[:space]
    return cut.rstrip(" ,.;:，。；：") + "…"


def split_at_sentences(text: str, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
    """Parts of at most `longest` characters, cut after sentences where there are any. ValueError for less than one."""
    if longest < 1:
        raise ValueError(f"no part has {longest} characters")
    parts: list[str] = []
    rest: str = text.strip()
    while len(rest) > longest:
        ends = [match.end() for match in SENTENCE_END.finditer(rest[:longest])]
        cut = ends[-1] if ends else longest
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return (*parts, rest) if rest else tuple(parts)


def in_parts(text: str, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
    """The same, each part opening with the overall style of the whole.

    A style that takes more than half of a part makes it longer: there must be room for what is spoken.
    """
    opening = [tag for tag in tags_in(text) if tag.kind == "style"]
    style = text[: opening[-1].stop].strip() if opening else ""
    rest = text[opening[-1].stop :] if opening else text
    room = max(longest - len(style), (longest + 1) // 2)
    return tuple(style + part for part in split_at_sentences(rest, room))


@cache
def known_tags() -> frozenset[str]:
    """Every tag of the lists in both languages, in small letters."""
    listed = (tag.lower() for group in palette() for tag in (*group.zh, *group.en))
    return frozenset((*listed, *SINGING, *_ALSO_DOCUMENTED))


def translated(words: str, language: TextLanguage) -> str | None:
    """A tag of the palette in the other language; None for what the other list has no counterpart of."""
    for group in palette():
        here, there = group.tags("en" if language == "zh" else "zh"), group.tags(language)
        places = [place for place, tag in enumerate(here) if tag.lower() == words.lower() and place < len(there)]
        if places:
            return there[places[0]]
    return None


def matching(wanted: str, language: TextLanguage) -> tuple[tuple[str, TagKind], ...]:
    """Tags with these words in either language, as they are called in one of them where they have a name there."""
    found: list[tuple[str, TagKind]] = []
    for group in palette():
        here, other = group.tags(language), group.tags("en" if language == "zh" else "zh")
        for mine, theirs in zip_longest(here, other):
            if any(wanted.lower() in tag.lower() for tag in (mine, theirs) if tag):
                found.append((mine or theirs, group.kind))
    return tuple(dict.fromkeys(found))


def without(text: str, tags: tuple[Tag, ...]) -> str:
    for tag in reversed(tags):
        text = text[: tag.start].rstrip(" ") + (" " if _needs_space(text, tag) else "") + text[tag.stop :].lstrip(" ")
    return text


def _needs_space(text: str, tag: Tag) -> bool:
    before, after = text[: tag.start].rstrip(" ")[-1:], text[tag.stop :].lstrip(" ")[:1]
    return bool(before and after) and before.isascii() and after.isascii() and before != "\n"
