"""Spoken turns are answered briefly and for the ear."""

from __future__ import annotations

import pytest

from app.core.prompts import PRESETS
from app.core.talk import spoken_system
from tests.demo.conftest import Post
from tests.demo.test_chat import message


def ask(post: Post, words: str, *earlier: dict[str, str]) -> str:
    system = spoken_system(PRESETS["mimo-zh" if any(sign > "\u4e00" for sign in words) else "mimo-en"], words)
    messages = [{"role": "system", "content": system}, *earlier, {"role": "user", "content": words}]
    answer = post("mimo-v2.6-pro", messages, thinking={"type": "disabled"})
    text: str = message(answer)["content"]
    return text


@pytest.mark.parametrize("words", ["Write a quicksort in Python.", "Show me a table of models.", "写一个快速排序"])
def test_a_spoken_turn_has_no_code_and_no_table_and_few_sentences(post: Post, words: str) -> None:
    text = ask(post, words, {"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"})
    assert "```" not in text and "|" not in text and "**" not in text
    assert 0 < len(text) <= 260


def test_what_the_demo_can_not_recognise_is_answered_in_a_friendly_way_and_marked_once(post: Post) -> None:
    words = "(Demo service: I can only recognise speech that I spoke myself. This recording lasts 3.1 s.)"
    first = ask(post, words)
    again = ask(post, words, {"role": "user", "content": words}, {"role": "assistant", "content": first})
    assert "I heard you" in first and "not MiMo" in first
    assert again != first and "not MiMo" not in again
