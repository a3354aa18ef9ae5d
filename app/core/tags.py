"""Style and audio tags in text for speech: the palette, and finding tags (WIRE.md section 3.7)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from itertools import zip_longest
from typing import Literal

import msgspec

from app.core.resources import resource_path
from app.core.sentence_splitter import CLOSERS, FULL_STOPS, grapheme_boundary, parts
from app.core.text_edits import Edit, edited

TagKind = Literal["style", "audio"]
TextLanguage = Literal["zh", "en"]

MAX_ADVISED_LENGTH = 2_500
"""Characters; the platform recommends splitting longer texts (WIRE.md section 3.1)."""
SINGING = frozenset({"唱歌", "sing", "singing"})
_ALSO_DOCUMENTED = ("小声", "cough", "sighs deeply", "suddenly firm", "长叹", "laugh", "sigh", "whisper")
"""Tags in the guide's examples that are missing in its lists."""

_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)|（([^（）\n]{1,80})）|\[([^\[\]\n]{1,80})\]|【([^【】\n]{1,80})】")
MAX_TAG_LENGTH = 82
"""Characters of the longest tag, brackets included; what is longer is prose."""
PAIRS = {"(": ")", "（": "）", "[": "]", "【": "】"}
"""The brackets of tags. The guide lists all but the last pair, which texts in Chinese use all the same."""
STYLE_MARK = re.compile(r"<(/?)style>", re.IGNORECASE)
"""Either end of an overall style as the earlier model took it (WIRE.md section 3.5)."""
CJK = re.compile(r"[㐀-鿿]")
_CJK_RUN = re.compile(r"[㐀-鿿]+")
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

    def moved(self, by: int) -> Tag:
        """A tag of a paragraph by its position in the text, in which the paragraph begins at `by`."""
        return Tag(self.start + by, self.stop + by, self.words, self.kind)


@cache
def palette() -> tuple[TagGroup, ...]:
    """The shipped groups; they are read once."""
    return msgspec.toml.decode(resource_path("tags.toml").read_bytes(), type=_Palette).group


def language_of(text: str) -> TextLanguage:
    """Chinese if at least a third of characters and words is Chinese, else English."""
    chinese, words = len(text) - len(_CJK_RUN.sub("", text)), len(LETTERS.findall(text))
    return "zh" if chinese > words / 2 and chinese else "en"


def tags_in(text: str, *, opening: bool = True) -> tuple[Tag, ...]:
    """Every bracketed tag. Round brackets at the very beginning are overall styles, all others audio tags.

    Brackets without a letter, as in `(1)`, are text. `opening` is whether `text` begins where the whole text does.
    """
    found: list[Tag] = []
    style, end = opening, 0
    for match in _BRACKETS.finditer(text):
        place = match.lastindex or 0
        if not any(map(str.isalpha, match.group(place))):
            continue
        style = style and place <= 2 and not text[end : match.start()].strip()
        end = match.end()
        found.append(Tag(match.start(), end, match.group(place).strip(), "style" if style else "audio"))
    return tuple(found)


def tokens_in(text: str, *, opening: bool = True) -> tuple[Tag, ...]:
    """What is shown as a token: every tag, and the styles of the earlier model."""
    tags, old = tags_in(text, opening=opening), old_styles_in(text)
    if not old:
        return tags
    found: list[Tag] = []
    for tag in sorted((*tags, *old), key=lambda tag: tag.start):
        # What begins inside an old style is part of it.
        if not found or found[-1].stop <= tag.start or text[found[-1].start] != "<":
            found.append(tag)
    return tuple(found)


def old_styles_in(text: str) -> tuple[Tag, ...]:
    """The styles of the earlier model, each from its beginning to the next end, in order."""
    found: list[Tag] = []
    begin: re.Match[str] | None = None
    for mark in STYLE_MARK.finditer(text) if "<" in text else ():
        if not mark[1]:
            begin = begin or mark
        elif begin is not None:
            found.append(Tag(begin.start(), mark.end(), text[begin.end() : mark.start()].strip(), "style"))
            begin = None
    return tuple(found)


def sings(text: str) -> bool:
    """Whether the text begins with a singing tag. Only the beginning is read, whatever the length."""
    tags = tags_in(text[: text.find(text.lstrip()[:1]) + MAX_TAG_LENGTH])
    return bool(tags) and tags[0].kind == "style" and tags[0].words.lower() in SINGING


def styles_in(words: str) -> tuple[str, ...]:
    """The styles inside one pair of brackets, with any separator; known styles of several words are not split."""
    known = _known_phrases()
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


def plain(text: str) -> str:
    """The spoken text: without tags, on one line."""
    return " ".join(without(text, tags_in(text)).split())


def ends_sentence(text: str) -> bool:
    """Whether a text ends where a sentence does; tags behind its last mark don't count."""
    words = plain(text[-MAX_ADVISED_LENGTH:]).rstrip(CLOSERS)
    return words.endswith((*FULL_STOPS, ".", ";", "；"))


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
def _known_phrases() -> tuple[str, ...]:
    """The documented tags of several words, the longest first."""
    return tuple(sorted((tag for tag in known_tags() if " " in tag), key=len, reverse=True))


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


def without(text: str, tags: Sequence[Tag]) -> str:
    """The text without the given tags, which are in order."""
    return edited(text, removals(text, tags))


def removals(text: str, tags: Sequence[Tag]) -> tuple[Edit, ...]:
    """The edits that take tags out of a text, with the blanks around them where one is enough."""
    found: list[Edit] = []
    for tag in tags:
        start, stop = tag.start, tag.stop
        while start and text[start - 1] == " ":
            start -= 1
        while text[stop : stop + 1] == " ":
            stop += 1
        if found and found[-1].stop >= start:
            start = found.pop().start
        found.append(Edit(start, stop, " " if _needs_space(text, start, stop) else ""))
    return tuple(found)


def _needs_space(text: str, start: int, stop: int) -> bool:
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    return bool(before and after) and before.isascii() and after.isascii() and "\n" not in (before, after)
