"""Answers requests for a voice's direction: role, scene and guidance, chosen by what the text is like."""

from __future__ import annotations

import re

from app.demo.chat.question import Language
from app.demo.chat.script import Script, StageDirection

_IS_ASKED = {
    "en": re.compile(r"\brole\b.*\bscene\b.*\bguidance\b", re.IGNORECASE | re.DOTALL),
    "zh": re.compile(r"角色.*场景.*指导", re.DOTALL),
}
_TEXT_BEGINS = re.compile(r"^[ \t]*(?:the )?(?:text|line)s?[:：][ \t]*\n?|^[ \t]*(?:文字|文本|台词|原文)[:：][ \t]*\n?",
                          re.IGNORECASE | re.MULTILINE)  # fmt: skip
_LABELS = {"en": ("Role: ", "Scene: ", "Guidance: "), "zh": ("角色：", "场景：", "指导：")}


def asked_for(question: str, language: Language) -> str | None:
    """The text for which all three parts of a direction are asked; None if they are not."""
    if not _IS_ASKED[language].search(question):
        return None
    begins = _TEXT_BEGINS.search(question)
    return question[begins.end() :].strip() if begins is not None else ""


def written(text: str, language: Language, script: Script) -> str:
    """The direction that suits a text."""
    direction = _suiting(text, script)
    parts = zip(_LABELS[language], (direction.role, direction.scene, direction.guidance), strict=True)
    return "\n\n".join(label + words for label, words in parts)


def _suiting(text: str, script: Script) -> StageDirection:
    fits = (known for known in script.directions if any(re.search(it, text, re.IGNORECASE) for it in known.match))
    return next(fits, script.directions[-1])
