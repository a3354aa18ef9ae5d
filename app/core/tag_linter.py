"""Linter for text for speech: tags the model does not support or reads differently (WIRE.md section 3.7)."""

from __future__ import annotations

import re
from enum import StrEnum
from itertools import accumulate, pairwise

import msgspec

from app.core.sentence_splitter import sentences
from app.core.tags import (
    CJK,
    LETTERS,
    MAX_ADVISED_LENGTH,
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
_MAX_TAG_LENGTH = 80
_CLOSING = {"(": ")", "（": "）", "[": "]"}
_ENDINGS = ("ing", "ed", "s", "ly")
_BODY_ACTIONS = re.compile(
    r"\b(nods?|shrugs?|waves?|smiles|winks?|bows?|points?|stands? up|sits? down|walks?|turns? (?:around|away))\b"
    r"|点头|摇头|耸肩|挥手|眨眼|鞠躬|转身|站起|坐下|摆手|皱眉",
    re.IGNORECASE,
)


class TagIssue(StrEnum):
    """Kinds of findings; `app.ui.texts.speech` has the sentences."""

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
    """One finding: its position, and the whole text after the fix, None if there is no fix."""

    code: TagIssue
    start: int
    stop: int
    words: str = ""
    fixed: str | None = None

    @property
    def hint(self) -> bool:
        """Whether it is only a hint: free wording is allowed, but may not be understood."""
        return self.code is TagIssue.UNKNOWN_TAG


def lint(text: str, *, tags: bool = True, singing: bool = True) -> tuple[Finding, ...]:
    """The findings in order of position; `tags` and `singing` are whether the model supports them."""
    findings: list[Finding] = []
    if len(text) > MAX_ADVISED_LENGTH:
        findings.append(Finding(TagIssue.TOO_LONG, MAX_ADVISED_LENGTH, len(text)))
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
        findings += _check_tag(text, tag, language, singing)
    findings += _separate_styles(text, found)
    findings += _unclosed_brackets(text)
    findings += _repeated_tags(text, found)
    return _ordered(findings)


def _ordered(findings: list[Finding]) -> tuple[Finding, ...]:
    """Sort by position: what concerns the whole text first, hints last."""
    return tuple(sorted(findings, key=lambda issue: (issue.code is not TagIssue.TOO_LONG, issue.hint, issue.start)))


def _check_tag(text: str, tag: Tag, language: TextLanguage, singing: bool) -> list[Finding]:
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
    if not any(_is_known(style) for style in styles_in(tag.words)):
        return [Finding(TagIssue.UNKNOWN_TAG, tag.start, tag.stop, tag.words)]
    return []


def _in_language(text: str, tag: Tag, language: TextLanguage) -> str | None:
    """The text with the tag translated; None if one of its styles has no counterpart."""
    parts = styles_in(tag.words) if tag.kind == "style" else (tag.words,)
    others = [translated(part, language) for part in parts]
    if not all(others):
        return None
    return text[: tag.start + 1] + " ".join(filter(None, others)) + text[tag.stop - 1 :]


def _is_known(words: str) -> bool:
    """Whether a tag is documented, contains a documented tag, or is another form of one, such as `laughing`."""
    words = words.lower()
    known = known_tags()
    if CJK.search(words):
        return any(tag in words for tag in known if CJK.search(tag))
    for word in (words, *LETTERS.findall(words)):
        stem = next((word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), word)
        if word in known or any(len(stem) > 2 and tag.startswith(stem) for tag in known):
            return True
    return False


def _separate_styles(text: str, found: tuple[Tag, ...]) -> list[Finding]:
    """Overall styles in several pairs of brackets; the fix joins them in one."""
    styles = [tag for tag in found if tag.kind == "style" and tag.words.lower() not in SINGING]
    if len(styles) < 2:
        return []
    fixed = text[: styles[0].stop] + text[styles[-1].stop :]
    for style in (style for tag in styles[1:] for style in styles_in(tag.words)):
        fixed = with_style(fixed, style)
    return [Finding(TagIssue.STYLES_APART, styles[1].start, styles[1].stop, styles[1].words, fixed)]


def _unclosed_brackets(text: str) -> list[Finding]:
    """Brackets that are not closed on their line; the fix closes them after a known tag, else after a word."""
    findings: list[Finding] = []
    for start in _open_brackets(text):
        inside = text[start + 1 : start + 1 + _MAX_TAG_LENGTH]
        known = sorted((tag for tag in known_tags() if inside.lower().startswith(tag)), key=len)
        word = re.match(r"[A-Za-z]+|[㐀-鿿]{1,4}", inside)
        length = max(len(known[-1]) if known else 0, len(word.group()) if word and word.group().isascii() else 0)
        length = length or (len(word.group()) if word else 0)
        stop = start + 1 + length
        fixed = text[:stop] + _CLOSING[text[start]] + text[stop:]
        findings.append(Finding(TagIssue.UNCLOSED, start, stop, text[start:stop], fixed))
    return findings


def _open_brackets(text: str) -> list[int]:
    """Positions of brackets that open a tag and are not closed on their line. Round ones of both widths match."""
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


def _repeated_tags(text: str, found: tuple[Tag, ...]) -> list[Finding]:
    """Sentences with several audio tags; the fix keeps the first."""
    findings: list[Finding] = []
    edges = [0, *accumulate(map(len, sentences(text)))]
    for start, stop in pairwise(edges):
        inside = [tag for tag in found if tag.kind == "audio" and start <= tag.start < stop]
        if len(inside) > 1:
            fixed = without(text, tuple(inside[1:]))
            findings.append(Finding(TagIssue.TAGS_IN_SENTENCE, inside[1].start, inside[1].stop, inside[1].words, fixed))
    return findings
