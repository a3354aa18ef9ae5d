"""What the linter finds in a text to speak: tags the model takes not, or otherwise (mimo-api 3.7)."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import pairwise

import msgspec

from app.core.tags import (
    CJK,
    LETTERS,
    LONGEST_TEXT,
    SENTENCE_END,
    SINGING,
    Tag,
    TextLanguage,
    known_tags,
    language_of,
    styles_in,
    tags_in,
    translated,
    with_style,
    without,
)

_OLD_STYLE = re.compile(r"<style>\s*(.*?)\s*</style>", re.IGNORECASE | re.DOTALL)
_BRACKET = re.compile(r"[(（\[](?=\S)|[)）\]]")
_TAG_BEGINS = re.compile(r"[A-Za-z㐀-鿿]")
_LONGEST_TAG = 80
_CLOSING = {"(": ")", "（": "）", "[": "]"}
_ENDINGS = ("ing", "ed", "s", "ly")
_BODY_ACTIONS = re.compile(
    r"\b(nods?|shrugs?|waves?|smiles|winks?|bows?|points?|stands? up|sits? down|walks?|turns? (?:around|away))\b"
    r"|点头|摇头|耸肩|挥手|眨眼|鞠躬|转身|站起|坐下|摆手|皱眉",
    re.IGNORECASE,
)


class TagIssue(StrEnum):
    """What the linter finds; `app.ui.texts.speech` has the words."""

    TAGS_UNSUPPORTED = "tags-unsupported"
    SINGING_NOT_FIRST = "singing-not-first"
    SINGING_UNSUPPORTED = "singing-unsupported"
    OLD_STYLE = "old-style"
    BODY_ACTION = "body-action"
    OTHER_LANGUAGE = "other-language"
    TAGS_IN_SENTENCE = "tags-in-sentence"
    STYLES_APART = "styles-apart"
    UNCLOSED = "unclosed"
    UNKNOWN_TAG = "unknown-tag"
    TOO_LONG = "too-long"


class Finding(msgspec.Struct, frozen=True):
    """One finding about a text, the place it is at, and the whole text as its fix would leave it."""

    code: TagIssue
    start: int
    stop: int
    words: str = ""
    fixed: str | None = None

    @property
    def hint(self) -> bool:
        """Whether nothing is wrong: free wording is allowed, it is only not sure to be understood."""
        return self.code is TagIssue.UNKNOWN_TAG


def lint(text: str, *, tags: bool = True, singing: bool = True) -> tuple[Finding, ...]:
    """What to mend in a text; `tags` and `singing` say whether the model takes them. In the order of the text."""
    findings: list[Finding] = []
    if len(text) > LONGEST_TEXT:
        findings.append(Finding(TagIssue.TOO_LONG, LONGEST_TEXT, len(text)))
    for match in _OLD_STYLE.finditer(text):
        fixed = text[: match.start()] + f"({match.group(1)})" + text[match.end() :]
        findings.append(Finding(TagIssue.OLD_STYLE, match.start(), match.end(), match.group(1), fixed))
    found = tags_in(text)
    if found and not tags:
        findings.append(Finding(TagIssue.TAGS_UNSUPPORTED, found[0].start, found[0].stop, found[0].words,
                                without(text, found)))  # fmt: skip
        return _ordered(findings)
    language = language_of(without(text, found))
    for tag in found:
        findings += _about(text, tag, language, singing)
    findings += _apart(text, found)
    findings += _unclosed(text)
    findings += _crowded(text, found)
    return _ordered(findings)


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """As they stand in the text; what is only a hint comes last."""
    return tuple(sorted(findings, key=lambda finding: (finding.hint, finding.start)))


def _about(text: str, tag: Tag, language: TextLanguage, singing: bool) -> list[Finding]:
    rest = without(text, (tag,))
    if tag.words.lower() in SINGING:
        if not singing:
            return [Finding(TagIssue.SINGING_UNSUPPORTED, tag.start, tag.stop, tag.words, rest)]
        if text[: tag.start].strip():
            fixed = f"({tag.words})" + rest.lstrip()
            return [Finding(TagIssue.SINGING_NOT_FIRST, tag.start, tag.stop, tag.words, fixed)]
        return []
    if _BODY_ACTIONS.search(tag.words):
        return [Finding(TagIssue.BODY_ACTION, tag.start, tag.stop, tag.words, rest)]
    if not CJK.search(tag.words) and not LETTERS.search(tag.words):
        return []
    if rest.strip() and language_of(tag.words) != language:
        return [Finding(TagIssue.OTHER_LANGUAGE, tag.start, tag.stop, tag.words, _in_language(text, tag, language))]
    if not any(_sounds_known(one) for one in styles_in(tag.words)):
        return [Finding(TagIssue.UNKNOWN_TAG, tag.start, tag.stop, tag.words)]
    return []


def _in_language(text: str, tag: Tag, language: TextLanguage) -> str | None:
    """The text with the tag translated; None where one of its words has no counterpart."""
    parts = styles_in(tag.words) if tag.kind == "style" else (tag.words,)
    others = [translated(part, language) for part in parts]
    if not all(others):
        return None
    return text[: tag.start + 1] + " ".join(filter(None, others)) + text[tag.stop - 1 :]


def _sounds_known(words: str) -> bool:
    """Whether a tag is one of the lists, contains one, or is another form of one, such as `laughing`."""
    words = words.lower()
    known = known_tags()
    if CJK.search(words):
        return any(tag in words for tag in known if CJK.search(tag))
    for word in (words, *LETTERS.findall(words)):
        stem = next((word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), word)
        if word in known or any(len(stem) > 2 and tag.startswith(stem) for tag in known):
            return True
    return False


def _apart(text: str, found: tuple[Tag, ...]) -> list[Finding]:
    """Overall styles in several brackets; the fix puts them into one."""
    styles = [tag for tag in found if tag.kind == "style" and tag.words.lower() not in SINGING]
    if len(styles) < 2:
        return []
    fixed = text[: styles[0].stop] + text[styles[-1].stop :]
    for one in (one for tag in styles[1:] for one in styles_in(tag.words)):
        fixed = with_style(fixed, one)
    return [Finding(TagIssue.STYLES_APART, styles[1].start, styles[1].stop, styles[1].words, fixed)]


def _unclosed(text: str) -> list[Finding]:
    """Brackets that open and never close in their line; the fix closes behind a tag that is known, else the word."""
    findings: list[Finding] = []
    for start in _left_open(text):
        inside = text[start + 1 : start + 1 + _LONGEST_TAG]
        known = sorted((tag for tag in known_tags() if inside.lower().startswith(tag)), key=len)
        word = re.match(r"[A-Za-z]+|[㐀-鿿]{1,4}", inside)
        length = max(len(known[-1]) if known else 0, len(word.group()) if word and word.group().isascii() else 0)
        length = length or (len(word.group()) if word else 0)
        stop = start + 1 + length
        fixed = text[:stop] + _CLOSING[text[start]] + text[stop:]
        findings.append(Finding(TagIssue.UNCLOSED, start, stop, text[start:stop], fixed))
    return findings


def _left_open(text: str) -> list[int]:
    """Where brackets stand that open a tag and are left open in their line. Round ones close whatever their width."""
    found: list[int] = []
    start = 0
    for line in text.split("\n"):
        square: list[int] = []
        rounded: list[int] = []
        for match in _BRACKET.finditer(line):
            kind = square if match.group() in "[]" else rounded
            if match.group() in _CLOSING:
                kind.append(start + match.start())
            elif kind:
                kind.pop()
        found += sorted(at for at in (*square, *rounded) if _TAG_BEGINS.match(text, at + 1))
        start += len(line) + 1
    return found


def _crowded(text: str, found: tuple[Tag, ...]) -> list[Finding]:
    """Sentences with more than one audio tag; the fix keeps the first."""
    findings: list[Finding] = []
    edges = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    for start, stop in pairwise(edges):
        inside = [tag for tag in found if tag.kind == "audio" and start <= tag.start < stop]
        if len(inside) > 1:
            fixed = without(text, tuple(inside[1:]))
            findings.append(Finding(TagIssue.TAGS_IN_SENTENCE, inside[1].start, inside[1].stop, inside[1].words, fixed))
    return findings
