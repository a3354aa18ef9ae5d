"""Linter for text for speech: tags the model does not support or reads differently (WIRE.md section 3.7).

Paragraphs are looked at one by one: no tag goes across a line. A `Linter` lets its caller do other work in between, and
does not look again at the paragraphs of the text before.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Generator, Iterator, Sequence
from enum import StrEnum
from functools import cache
from itertools import accumulate

import msgspec

from app.core.bracket_linter import dangling_brackets, empty_brackets
from app.core.sentence_splitter import sentences
from app.core.tag_words import is_body_action, is_sound_effect, parts_of, says_how
from app.core.tags import (
    CJK,
    LETTERS,
    MAX_ADVISED_LENGTH,
    PAIRS,
    SINGING,
    Tag,
    TextLanguage,
    known_tags,
    language_of,
    old_styles_in,
    removals,
    styles_in,
    tags_in,
    translated,
    without,
)
from app.core.text_edits import Edit, edited

_ENDINGS = ("ing", "ed", "s", "ly")
_DIGITS = re.compile(r"\d")
_ENDS_CLAUSE = "。！？!?…，、；：,.;:\n"
_MAX_TAG_WORDS = 8
_SHORT_HAN, _SHORT_WORDS = 6, 3
"""Characters and words of a tag that may name a mood no list has."""


class TagIssue(StrEnum):
    """Kinds of findings; `app.ui.texts.lint` has the sentences."""

    TAGS_UNSUPPORTED = "tags-unsupported"
    SINGING_NOT_FIRST = "singing-not-first"
    SINGING_UNSUPPORTED = "singing-unsupported"
    OLD_STYLE = "old-style"
    BODY_ACTION = "body-action"
    OTHER_LANGUAGE = "other-language"
    TAGS_IN_SENTENCE = "tags-in-sentence"
    STYLES_APART = "styles-apart"
    UNCLOSED = "unclosed"
    UNOPENED = "unopened"
    EMPTY_BRACKETS = "empty-brackets"
    OTHER_BRACKETS = "other-brackets"
    UNKNOWN_TAG = "unknown-tag"
    TOO_LONG = "too-long"


HINTS = frozenset({TagIssue.UNKNOWN_TAG, TagIssue.OTHER_BRACKETS, TagIssue.TAGS_UNSUPPORTED})
"""What may be right all the same: free wording is allowed, and sources disagree about tags of designed voices."""


class Finding(msgspec.Struct, frozen=True):
    """One finding: its position, and the edits that fix it; none if there is no fix."""

    code: TagIssue
    start: int
    stop: int
    words: str = ""
    edits: tuple[Edit, ...] = ()

    @property
    def hint(self) -> bool:
        """Whether it is only a hint."""
        return self.code in HINTS

    @property
    def removes(self) -> bool:
        """Whether the fix only takes something out of the text."""
        return bool(self.edits) and all(not edit.words.strip() for edit in self.edits)

    def moved(self, by: int) -> Finding:
        """The finding about a paragraph as one about the text, in which the paragraph begins at `by`."""
        edits = tuple(Edit(edit.start + by, edit.stop + by, edit.words) for edit in self.edits)
        if self.code is TagIssue.SINGING_NOT_FIRST:
            edits = (Edit(0, 0, f"({self.words})"), *edits)
        return Finding(self.code, self.start + by, self.stop + by, self.words, edits)

    def fixed(self, text: str) -> str:
        """The whole text after the fix."""
        return edited(text, self.edits)


def lint(text: str, *, tags: bool = True, singing: bool = True) -> tuple[Finding, ...]:
    """The findings, ordered; `tags` and `singing` are whether the model supports them."""
    return ordered(finding for step in Linter().steps(text, tags=tags, singing=singing) for finding in step)


def ordered(findings: Iterator[Finding] | Sequence[Finding]) -> tuple[Finding, ...]:
    """Sort by position: what concerns the whole text first, hints last."""
    return tuple(sorted(findings, key=lambda issue: (issue.code is not TagIssue.TOO_LONG, issue.hint, issue.start)))


class _Paragraph(msgspec.Struct, frozen=True):
    """A paragraph with what its tags are judged by, apart from the language.

    Attributes:
        opening: whether nothing but blanks and overall styles stands before it; `first`: nothing but blanks.
    """

    line: str
    opening: bool
    first: bool
    singing: bool


class _Linted(msgspec.Struct, frozen=True):
    """What was found in a paragraph, at positions of the paragraph.

    Attributes:
        borrows: whether it has tags and no words, so that `language` is that of the whole text.
        opens: whether what follows still stands at the beginning of the text if this paragraph does.
    """

    tags: tuple[Tag, ...]
    language: TextLanguage
    borrows: bool
    opens: bool
    findings: tuple[Finding, ...]


class Linter:
    """Lints a text again and again while it is edited; paragraphs of the text before are not looked at again."""

    def __init__(self) -> None:
        self._kept: dict[_Paragraph, _Linted] = {}

    def steps(self, text: str, *, tags: bool = True, singing: bool = True) -> Iterator[Sequence[Finding]]:
        """The findings of `lint` as they are found, a rule of a paragraph at a time."""
        if len(text) > MAX_ADVISED_LENGTH:
            yield (Finding(TagIssue.TOO_LONG, MAX_ADVISED_LENGTH, len(text)),)
        yield [_old_style(style) for style in old_styles_in(text)]
        language = cache(lambda: language_of(without(text, tags_in(text))))
        every: list[Tag] = []
        seen: dict[_Paragraph, _Linted] = {}
        at, opening, first = 0, True, True
        for line in text.split("\n"):
            paragraph = _Paragraph(line, opening, first, singing)
            linted = self._kept.get(paragraph)
            if linted is None or (linted.borrows and linted.language != language()):
                linted = self._kept[paragraph] = yield from _look_at(paragraph, at, language)
            else:
                yield [found.moved(at) for found in linted.findings]
            seen[paragraph] = linted
            every += (tag.moved(at) for tag in linted.tags) if not tags else ()
            opening, first = opening and linted.opens, first and not line.strip()
            at += len(line) + 1
        self._kept = seen
        if every:
            start, stop, words = every[0].start, every[0].stop, every[0].words
            yield (Finding(TagIssue.TAGS_UNSUPPORTED, start, stop, words, removals(text, every)),)


def _look_at(
    paragraph: _Paragraph, at: int, whole: Callable[[], TextLanguage]
) -> Generator[Sequence[Finding], None, _Linted]:
    """Yield the findings about a paragraph that begins at `at`; return them as they are kept."""
    found = tags_in(paragraph.line, opening=paragraph.opening)
    yield ()
    words = without(paragraph.line, found).strip()
    borrows = bool(found) and CJK.search(words) is None and LETTERS.search(words) is None
    language = whole() if borrows else language_of(words)
    findings: list[Finding] = []
    for step in _findings_in(paragraph, found, language):
        findings += step
        yield [finding.moved(at) for finding in step]
    opens = not words and all(tag.kind == "style" for tag in found)
    return _Linted(found, language, borrows, opens, tuple(findings))


def _findings_in(paragraph: _Paragraph, found: Sequence[Tag], language: TextLanguage) -> Iterator[Sequence[Finding]]:
    line = paragraph.line
    indent = len(line) - len(line.lstrip())
    for tag in found:
        if tag.words.lower() in SINGING:
            yield _check_singing(line, tag, paragraph.singing, is_first=paragraph.first and tag.start <= indent)
        elif checked := _check_tag(line, tag, language):
            yield checked
    if paragraph.opening:
        yield _separate_styles(line, found)
    yield [
        Finding(TagIssue.EMPTY_BRACKETS, edit.start, edit.stop, line[edit.start : edit.stop].strip(), (edit,))
        for edit in empty_brackets(line)
    ]
    for code, edit, start, stop in dangling_brackets(line):
        yield (Finding(TagIssue(code), start, stop, line[start:stop], (edit,)),)
    if sum(tag.kind == "audio" for tag in found) > 1:
        yield _repeated_tags(line, found)


def _old_style(style: Tag) -> Finding:
    edit = Edit(style.start, style.stop, f"({style.words})" if style.words else "")
    return Finding(TagIssue.OLD_STYLE, style.start, style.stop, style.words, (edit,))


def _check_singing(line: str, tag: Tag, singing: bool, *, is_first: bool) -> Sequence[Finding]:
    if not singing:
        return _removal(TagIssue.SINGING_UNSUPPORTED, line, tag)
    return () if is_first else _removal(TagIssue.SINGING_NOT_FIRST, line, tag)


def _check_tag(text: str, tag: Tag, language: TextLanguage) -> Sequence[Finding]:
    if not tag.words:
        return ()
    parts = parts_of(tag.words)
    silent = [part for part in parts if not _is_listed(part) and is_body_action(part)]
    if silent:
        return (_silent_action(text, tag, parts, silent),)
    if not CJK.search(tag.words) and not LETTERS.search(tag.words):
        return ()
    if language_of(tag.words) != language:
        return (_in_other_language(text, tag, language),)
    if is_sound_effect(tag.words):
        return _removal(TagIssue.UNKNOWN_TAG, text, tag)
    if not _reads_like_a_tag(text, tag):
        return (Finding(TagIssue.UNKNOWN_TAG, tag.start, tag.stop, tag.words, (_as_aside(text, tag),)),)
    if text[tag.start] == "【":
        brackets = (Edit(tag.start, tag.start + 1, "["), Edit(tag.stop - 1, tag.stop, "]"))
        return (Finding(TagIssue.OTHER_BRACKETS, tag.start, tag.stop, text[tag.start : tag.stop], brackets),)
    return ()


def _removal(code: TagIssue, text: str, tag: Tag) -> tuple[Finding]:
    return (Finding(code, tag.start, tag.stop, tag.words, removals(text, (tag,))),)


def _silent_action(text: str, tag: Tag, parts: Sequence[str], silent: Sequence[str]) -> Finding:
    """What makes no sound is taken out of a tag that says something else too."""
    kept = [part for part in parts if part not in silent]
    separator = "，" if CJK.search(tag.words) else ", "
    edits = (Edit(tag.start + 1, tag.stop - 1, separator.join(kept)),) if kept else removals(text, (tag,))
    return Finding(TagIssue.BODY_ACTION, tag.start, tag.stop, silent[0], edits)


def _in_other_language(text: str, tag: Tag, language: TextLanguage) -> Finding:
    """The fix translates the tag, or takes it out if one of its styles has no counterpart."""
    styles = styles_in(tag.words) if tag.kind == "style" else (tag.words,)
    others = [_counterpart(style, language) for style in styles]
    edits = removals(text, (tag,))
    if all(others):
        edits = (Edit(tag.start + 1, tag.stop - 1, " ".join(filter(None, others))),)
    return Finding(TagIssue.OTHER_LANGUAGE, tag.start, tag.stop, tag.words, edits)


def _counterpart(words: str, language: TextLanguage) -> str | None:
    """A tag, or another form of one such as `laughing`, in the other language."""
    exact = translated(words, language)
    if exact or not words.isascii():
        return exact
    stem = _stem(words.lower())
    same = sorted((tag for tag in known_tags() if tag.isascii() and _stem(tag) == stem), key=len)
    return next((found for tag in same if (found := translated(tag, language))), None)


def _reads_like_a_tag(text: str, tag: Tag) -> bool:
    """Whether a tag is a documented one, contains one, or says in other words how something sounds or feels.

    Moods have more names than any list. So a short one is believed where tags usually stand: before a sentence or a
    clause, while an aside stands behind the word it belongs to.
    """
    if _DIGITS.search(tag.words) or len(tag.words.split()) > _MAX_TAG_WORDS:
        return False
    if any(_is_known(style) or says_how(style) for style in styles_in(tag.words)) or says_how(tag.words):
        return True
    short = len(tag.words) <= _SHORT_HAN if CJK.search(tag.words) else len(tag.words.split()) <= _SHORT_WORDS
    return short and not _stands_behind_a_word(text, tag)


def _stands_behind_a_word(text: str, tag: Tag) -> bool:
    at = tag.start
    while at and text[at - 1] in " \t":
        at -= 1
    return bool(at) and text[at - 1].isalnum()


def _is_listed(words: str) -> bool:
    """Whether a tag is a documented one, perhaps with another ending."""
    words = words.lower()
    return words in known_tags() or (words.isascii() and _stem(words) in _known_stems())


def _is_known(words: str) -> bool:
    """Whether a tag is documented, contains a documented tag, or is another form of one, such as `laughing`."""
    words = words.lower()
    known = known_tags()
    if CJK.search(words):
        return any(tag in words for tag in known if CJK.search(tag))
    return any(word in known or _stem(word) in _known_stems() for word in (words, *LETTERS.findall(words)))


def _stem(word: str) -> str:
    stem = next((word.removesuffix(ending) for ending in _ENDINGS if word.endswith(ending)), word)
    return stem.removesuffix("e") if len(stem) > 3 else stem


@cache
def _known_stems() -> frozenset[str]:
    return frozenset(_stem(tag) for tag in known_tags() if tag.isascii())


def _as_aside(text: str, tag: Tag) -> Edit:
    """Brackets that are no tag become commas, so that what they hold is spoken."""
    start, stop = tag.start, tag.stop
    while start and text[start - 1] == " ":
        start -= 1
    while text[stop : stop + 1] == " ":
        stop += 1
    before, after = text[start - 1 : start] if start else "", text[stop : stop + 1]
    comma, blank = ("，", "") if CJK.search(tag.words) else (", ", " ")
    left = "" if before in ("", "\n") else blank if before in _ENDS_CLAUSE else comma
    return Edit(start, stop, left + tag.words + ("" if not after or after in _ENDS_CLAUSE else comma))


def _separate_styles(text: str, found: Sequence[Tag]) -> Sequence[Finding]:
    """Overall styles in several pairs of brackets; the fix joins them in one."""
    styles = [tag for tag in found if tag.kind == "style" and tag.words.lower() not in SINGING]
    if len(styles) < 2:
        return ()
    words = list(dict.fromkeys(style for tag in styles for style in styles_in(tag.words)))
    opener = text[styles[0].start]
    joined = Edit(styles[0].start, styles[-1].stop, opener + " ".join(words) + PAIRS[opener])
    return (Finding(TagIssue.STYLES_APART, styles[1].start, styles[1].stop, styles[1].words, (joined,)),)


def _repeated_tags(line: str, found: Sequence[Tag]) -> list[Finding]:
    """Sentences with several audio tags; the fix keeps the first."""
    findings: list[Finding] = []
    audio = [tag for tag in found if tag.kind == "audio"]
    place = 0
    for stop in accumulate(map(len, sentences(line))):
        inside: list[Tag] = []
        while place < len(audio) and audio[place].start < stop:
            inside.append(audio[place])
            place += 1
        if len(inside) > 1:
            edits = removals(line, inside[1:])
            findings.append(Finding(TagIssue.TAGS_IN_SENTENCE, inside[1].start, inside[1].stop, inside[1].words, edits))
    return findings
