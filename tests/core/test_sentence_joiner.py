"""Sentences are joined the way their language writes them."""

from __future__ import annotations

import pytest

from app.core.sentence_joiner import join_sentences


@pytest.mark.parametrize(
    ("sentences", "joined"),
    [
        (("It failed.", "Try again."), "It failed. Try again."),
        (("服务繁忙。", "请稍后再试。"), "服务繁忙。请稍后再试。"),
        (("It failed.", ""), "It failed."),
        (("", "Try again."), "Try again."),
        ((), ""),
        (("找不到“a.wav”。", "See https://mimo.mi.com"), "找不到“a.wav”。See https://mimo.mi.com"),
    ],
)
def test_sentences_are_joined(sentences: tuple[str, ...], joined: str) -> None:
    assert join_sentences(*sentences) == joined
