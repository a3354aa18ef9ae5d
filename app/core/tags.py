"""Style and audio tags in a text to speak: the palette, where tags are, and what the linter finds (mimo-api 3.7)."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from itertools import pairwise
from typing import Literal

import msgspec

from app.core.resources import resource_path

TagKind = Literal["style", "audio"]
TextLanguage = Literal["zh", "en"]

LONGEST_TEXT = 2_500
"""Characters beyond which the platform advises to split the text (mimo-api 3.1)."""
SINGING = frozenset({"唱歌", "sing", "singing"})

_BRACKETS = re.compile(r"\(([^()\n]{1,80})\)|（([^（）\n]{1,80})）|\[([^\[\]\n]{1,80})\]")
_OLD_STYLE = re.compile(r"<style>\s*(.*?)\s*</style>", re.IGNORECASE | re.DOTALL)
_SENTENCE_END = re.compile(r"[。！？!?\n]|\.(?=\s|$)")
_CJK = re.compile(r"[㐀-鿿]")
_LETTERS = re.compile(r"[A-Za-z]{2,}")
_BODY_ACTIONS = re.compile(
    r"\b(nods?|shrugs?|waves?|smiles|winks?|bows?|points?|stands? up|sits? down|walks?|turns? (?:around|away))\b"
    r"|点头|摇头|耸肩|挥手|眨眼|鞠躬|转身|站起|坐下|摆手|皱眉",
    re.IGNORECASE,
)


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


class LintCode(StrEnum):
    """What the linter finds; `app.ui.texts.speech` has the words."""

    TAGS_UNSUPPORTED = "tags-unsupported"
    SINGING_NOT_FIRST = "singing-not-first"
    SINGING_UNSUPPORTED = "singing-unsupported"
    OLD_STYLE = "old-style"
    BODY_ACTION = "body-action"
    OTHER_LANGUAGE = "other-language"
    TAGS_IN_SENTENCE = "tags-in-sentence"
    TOO_LONG = "too-long"


class Finding(msgspec.Struct, frozen=True):
    """One finding about a text, the place it is at, and the whole text as its fix would leave it."""

    code: LintCode
    start: int
    stop: int
    words: str = ""
    fixed: str | None = None


@cache
def palette() -> tuple[TagGroup, ...]:
    """The shipped groups, read once."""
    return msgspec.toml.decode(resource_path("tags.toml").read_bytes(), type=_Palette).group


def language_of(text: str) -> TextLanguage:
    """Chinese when a third of what carries meaning is Chinese; for an empty text English."""
    chinese, words = len(_CJK.findall(text)), len(_LETTERS.findall(text))
    return "zh" if chinese > words / 2 and chinese else "en"


def tags_in(text: str) -> tuple[Tag, ...]:
    """Every bracketed tag. Round ones at the very beginning are the overall style, all others audio tags."""
    found: list[Tag] = []
    at_start = True
    for match in _BRACKETS.finditer(text):
        words = str(next(group for group in match.groups() if group is not None))
        at_start = at_start and not text[found[-1].stop if found else 0 : match.start()].strip()
        style = at_start and not found and match.group(3) is None
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


def written(tag: str, kind: TagKind, text: str) -> str:
    """A tag as it is written into this text."""
    if kind == "audio":
        return f"[{tag}]"
    return f"（{tag}）" if language_of(text) == "zh" and "（" in text else f"({tag})"


def split_at_sentences(text: str, longest: int = LONGEST_TEXT) -> tuple[str, ...]:
    """Parts of at most `longest` characters, cut after sentences where there are any."""
    parts: list[str] = []
    rest: str = text.strip()
    while len(rest) > longest:
        ends = [match.end() for match in _SENTENCE_END.finditer(rest[:longest])]
        cut = ends[-1] if ends else longest
        parts.append(rest[:cut].strip())
        rest = rest[cut:].strip()
    return (*parts, rest) if rest else tuple(parts)


def lint(text: str, *, tags: bool = True, singing: bool = True) -> tuple[Finding, ...]:
    """What to mend in a text; `tags` and `singing` say whether the model takes them. In the order of the text."""
    findings: list[Finding] = []
    for match in _OLD_STYLE.finditer(text):
        fixed = text[: match.start()] + f"({match.group(1)})" + text[match.end() :]
        findings.append(Finding(LintCode.OLD_STYLE, match.start(), match.end(), match.group(1), fixed))
    found = tags_in(text)
    if found and not tags:
        findings.append(Finding(LintCode.TAGS_UNSUPPORTED, found[0].start, found[0].stop, found[0].words,
                                _without(text, found)))  # fmt: skip
        return tuple(findings)
    language = language_of(_without(text, found))
    for tag in found:
        findings += _about(text, tag, language, singing)
    findings += _crowded(text, found)
    if len(text) > LONGEST_TEXT:
        findings.append(Finding(LintCode.TOO_LONG, LONGEST_TEXT, len(text)))
    return tuple(sorted(findings, key=lambda finding: finding.start))


def _about(text: str, tag: Tag, language: TextLanguage, singing: bool) -> list[Finding]:
    without = _without(text, (tag,))
    if tag.words.lower() in SINGING:
        if not singing:
            return [Finding(LintCode.SINGING_UNSUPPORTED, tag.start, tag.stop, tag.words, without)]
        if tag.start > 0 and text[: tag.start].strip():
            fixed = f"({tag.words})" + without.lstrip()
            return [Finding(LintCode.SINGING_NOT_FIRST, tag.start, tag.stop, tag.words, fixed)]
        return []
    if _BODY_ACTIONS.search(tag.words):
        return [Finding(LintCode.BODY_ACTION, tag.start, tag.stop, tag.words, without)]
    spoken = without.strip()
    if spoken and language_of(tag.words) != language and (_CJK.search(tag.words) or _LETTERS.search(tag.words)):
        other = translated(tag.words, language)
        mended = None if other is None else text[: tag.start + 1] + other + text[tag.stop - 1 :]
        return [Finding(LintCode.OTHER_LANGUAGE, tag.start, tag.stop, tag.words, mended)]
    return []


def translated(words: str, language: TextLanguage) -> str | None:
    """A tag of the palette in the other language; None where the lists do not correspond."""
    for group in palette():
        here, there = group.tags("en" if language == "zh" else "zh"), group.tags(language)
        if words in here and len(here) == len(there):
            return there[here.index(words)]
    return None


def _crowded(text: str, found: tuple[Tag, ...]) -> list[Finding]:
    """Sentences with more than one audio tag; the fix keeps the first."""
    findings: list[Finding] = []
    edges = [0, *(match.end() for match in _SENTENCE_END.finditer(text)), len(text)]
    for start, stop in pairwise(edges):
        inside = [tag for tag in found if tag.kind == "audio" and start <= tag.start < stop]
        if len(inside) > 1:
            fixed = _without(text, tuple(inside[1:]))
            findings.append(Finding(LintCode.TAGS_IN_SENTENCE, inside[1].start, inside[1].stop, inside[1].words, fixed))
    return findings


def _without(text: str, tags: tuple[Tag, ...]) -> str:
    for tag in reversed(tags):
        text = text[: tag.start].rstrip(" ") + (" " if _needs_space(text, tag) else "") + text[tag.stop :].lstrip(" ")
    return text


def _needs_space(text: str, tag: Tag) -> bool:
    before, after = text[: tag.start].rstrip(" ")[-1:], text[tag.stop :].lstrip(" ")[:1]
    return bool(before and after) and before.isascii() and after.isascii() and before != "\n"
