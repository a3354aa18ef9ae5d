"""Answers a spoken turn: in a few sentences for the ear, because the user hears them."""

from __future__ import annotations

import re

from app.demo.chat.question import Question
from app.demo.chat.script import Script

_IS_SPOKEN = re.compile(r"\bspeaks? to you\b.{0,80}\b(hears?|read aloud)|语音.{0,12}对话", re.IGNORECASE | re.DOTALL)
_CODE = re.compile(r"```.*?(?:```|\Z)|\$\$.*?(?:\$\$|\Z)", re.DOTALL)
_UNSPOKEN_LINE = re.compile(r"^\s*(?:\||#{1,6}\s|[-=*_]{3,}\s*$).*$", re.MULTILINE)
_MARKS = re.compile(r"^\s*(?:[-*+>]|\d{1,2}[.)])\s+|[*_`~]+|\[\d+\]", re.MULTILINE)
_SENTENCE = re.compile(r".+?(?:[。！？]+|[.!?]+(?=\s|$)|\n|$)[”’\"』」)）]*", re.DOTALL)
_MAX_SENTENCES, _MAX_LENGTH = 3, 240


def is_spoken(question: Question) -> bool:
    """Whether the system prompt says that the user speaks and hears the answer."""
    return bool(_IS_SPOKEN.search(question.system_prompt))


def is_unrecognised(question: Question, script: Script) -> bool:
    """Whether the words are those with which the demo's own recognition says that it knows none."""
    beginning = script.recognition["unknown"].partition("{")[0].strip()
    return question.user_message.text.strip().startswith(beginning)


def brief(text: str) -> str:
    """The first sentences of an answer, without code, tables, headings and marks; the answer itself if none is left."""
    plain = _MARKS.sub("", _UNSPOKEN_LINE.sub("", _CODE.sub("", text)))
    spoken: list[str] = []
    for found in _SENTENCE.finditer(plain):
        sentence = " ".join(found.group().split())
        if not sentence:
            continue
        if spoken and (len(spoken) == _MAX_SENTENCES or len(" ".join(spoken)) + len(sentence) > _MAX_LENGTH):
            break
        spoken.append(sentence if sentence[-1] not in ":：" else f"{sentence[:-1]}.")
    chinese = any("\u4e00" <= sign <= "\u9fff" for sign in plain)
    return ("" if chinese else " ").join(spoken) or text
