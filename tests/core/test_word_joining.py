"""Spaces between pieces of text."""

from __future__ import annotations

import pytest

from app.core.word_joining import fitted


@pytest.mark.parametrize(
    ("before", "words", "after", "result"),
    [
        ("", "Hello.", "", "Hello."),
        ("Say", "hello", "again", " hello "),
        ("Say ", "hello", " again", "hello"),
        ("Say (", "hello", ")", "hello"),
        ("Say", "hello", ", then go", " hello"),
        ("line\n", "hello", "\n", "hello"),
        ("你好，", "今天", "天气", "今天"),
        ("你好", "hello", "world", "hello "),
    ],
)
def test_words_get_the_spaces_that_they_need(before: str, words: str, after: str, result: str) -> None:
    assert fitted(before, words, after) == result
