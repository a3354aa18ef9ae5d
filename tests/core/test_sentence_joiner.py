"""Sentences are joined the way their language writes them."""

from __future__ import annotations

import pytest

from app.core.sentence_joiner import join_sentences, without_chinese_gaps


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


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("无法连接 服务。", "无法连接服务。"),
        ("无法连接 api.example.org。", "无法连接 api.example.org。"),
        ("The service can't be reached.", "The service can't be reached."),
    ],
)
def test_there_is_no_gap_between_chinese_characters(text: str, written: str) -> None:
    assert without_chinese_gaps(text) == written
