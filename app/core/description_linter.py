"""Linter for the description of a designed voice: what the service can't make a voice from (WIRE.md section 3.4)."""

from __future__ import annotations

import re
from enum import StrEnum

MIN_ADVISED_LENGTH = 8
MIN_ADVISED_CJK_LENGTH = 4
MAX_ADVISED_DESCRIPTION = 500
"""Characters. A long description contradicts itself, and its end is often ignored."""
_CJK = re.compile(r"[㐀-鿿]")
_LIKENESS = re.compile(
    r"\b(?:sounds? like|just like|similar to|imitat(?:e|es|ing)|impersonat(?:e|es|ing)|(?:the )?voice of [A-Z])"
    r"|模仿|像.{1,8}(?:一样|那样|的声音)|听起来像|的声音一样",
    re.IGNORECASE,
)
_PERSON = re.compile(r"\b(?!(?:The|An?|In|With|From|And|But|Very|Speaks?)\b)[A-Z][a-z]+(?: [A-Z]\.)? [A-Z][a-z]{2,}\b")
_ADJECTIVES = {
    *("American", "African", "Asian", "Australian", "British", "Cantonese", "Chinese", "English", "European"),
    *("French", "German", "Indian", "Irish", "Italian", "Japanese", "Korean", "Latin", "Mandarin", "New", "Russian"),
    *("Scottish", "Spanish", "Northern", "Southern", "North", "South", "East", "West"),
}
"""Words that begin with a capital letter without being part of a person's name."""
_INSTRUCTION = re.compile(
    r"^\s*(?:please\b|say\b|read\b|speak the\b|generate\b|create\b|make (?:me )?a\b|give me\b|i (?:want|need)\b)"
    r"|^\s*(?:请|帮我|给我|生成|我想要|我要|朗读|念)",
    re.IGNORECASE,
)


class DescriptionIssue(StrEnum):
    """Kinds of findings; `app.ui.texts.voices` has the sentences."""

    TOO_SHORT = "too-short"
    TOO_LONG = "too-long"
    LIKENESS = "likeness"
    PERSON = "person"
    INSTRUCTION = "instruction"


def lint_description(text: str) -> tuple[DescriptionIssue, ...]:
    """The findings, the most important first; none for an empty description, which is an error when it is used."""
    text = text.strip()
    if not text:
        return ()
    found: list[DescriptionIssue] = []
    if len(text) > MAX_ADVISED_DESCRIPTION:
        found.append(DescriptionIssue.TOO_LONG)
    if _names_person(text):
        found.append(DescriptionIssue.PERSON)
    elif _LIKENESS.search(text):
        found.append(DescriptionIssue.LIKENESS)
    if _INSTRUCTION.search(text):
        found.append(DescriptionIssue.INSTRUCTION)
    if len(text) < (MIN_ADVISED_CJK_LENGTH if _CJK.search(text) else MIN_ADVISED_LENGTH):
        found.append(DescriptionIssue.TOO_SHORT)
    return tuple(found)


def _names_person(text: str) -> bool:
    """Whether two capitalized words in a row look like a name, apart from those of languages and regions."""
    return any(not _ADJECTIVES.intersection(match.group().split()) for match in _PERSON.finditer(text))
