"""Joins sentences the way the language writes them."""

from __future__ import annotations

import re

_BETWEEN_CHINESE = re.compile(r"(?<=[\u4e00-\u9fff]) (?=[\u4e00-\u9fff])")
_FULL_WIDTH_ENDS = "。！？；：）”’"


def join_sentences(*sentences: str) -> str:
    """Join the sentences that are not empty: with a space, but not after a Chinese full stop, which has its own."""
    joined = ""
    for sentence in filter(None, map(str.strip, sentences)):
        space = "" if not joined or joined[-1] in _FULL_WIDTH_ENDS else " "
        joined += space + sentence
    return joined


def without_chinese_gaps(text: str) -> str:
    """Remove the space between two Chinese characters: a template has one around a word that is Latin as a rule."""
    return _BETWEEN_CHINESE.sub("", text)
