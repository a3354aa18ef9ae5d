"""Faults of a speaker: a word is left out, added or said twice. What is spoken then is what recognition hears."""

from __future__ import annotations

import re

from app.demo.faults import Faults

_TAG = re.compile(r"[(（\[【][^()（）\[\]【】]{0,200}[)）\]】]")
_WORD = re.compile(r"[\u3400-\u9fff]|[^\W_\u3400-\u9fff]+(?:['’-][^\W_\u3400-\u9fff]+)*")
_CJK = re.compile(r"[\u3400-\u9fff]")
_ADDED = {"en": "suddenly", "zh": "也"}


def misread(text: str, faults: Faults) -> str:
    """The text as it is spoken with the faults `drop-word`, `add-word` and `repeat-word`; tags are no words.

    Their value is the number of a word from 1, in Chinese of a character; without one the word in the middle.
    """
    for name in ("drop-word", "add-word", "repeat-word"):
        if name in faults:
            text = _misread(text, name, faults[name])
    return text


def _misread(text: str, fault: str, number: str) -> str:
    tags = [tag.span() for tag in _TAG.finditer(text)]
    words = [word for word in _WORD.finditer(text) if not any(start <= word.start() < stop for start, stop in tags)]
    if not words:
        return text
    place = min(int(number) if number.isdigit() else len(words) // 2 + 1, len(words)) - 1
    word = words[max(place, 0)]
    is_chinese = bool(_CJK.match(word[0]))
    match fault:
        case "drop-word":
            spoken = ""
        case "add-word":
            spoken = word[0] + _ADDED["zh"] if is_chinese else f"{word[0]} {_ADDED['en']}"
        case _:
            spoken = word[0] * 2 if is_chinese else f"{word[0]} {word[0]}"
    rest = text[word.end() :]
    return text[: word.start()] + spoken + (rest.lstrip(" ") if not spoken else rest)
