"""Saved prompts and how they are found."""

from __future__ import annotations

import msgspec
import pytest

from app.core.prompt_library import MAX_NAME_LENGTH, PromptVersion, SavedPrompt, prompt_name

ORDERS = SavedPrompt("p", "Order intake", "prompt", ("json", "客服 orders"), (PromptVersion("First"),))


@pytest.mark.parametrize("query", ["", "ord", "INTAKE", "int ord", "js", "客服", "服"])
def test_a_prompt_is_found_by_the_beginnings_of_its_words(query: str) -> None:
    assert ORDERS.matches(query)


@pytest.mark.parametrize("query", ["rder", "ord x", "usr", "First"])
def test_a_prompt_is_not_found_by_the_inside_of_a_word_or_by_its_text(query: str) -> None:
    assert not ORDERS.matches(query)


def test_a_version_is_added_and_none_is_lost() -> None:
    later = ORDERS.with_version("Second", 5.0, "asks when unsure")
    assert [version.text for version in later.versions] == ["First", "Second"]
    assert (later.text, later.versions[-1].note, later.updated) == ("Second", "asks when unsure", 5.0)
    assert ORDERS.text == "First"
    assert SavedPrompt("e", "Empty").text == ""


def test_absurd_times_are_brought_within_bounds() -> None:
    content = b'{"id":"p","name":"n","created":-1,"updated":1e99,"versions":[{"text":"t","created":1e300}]}'
    prompt = msgspec.json.decode(content, type=SavedPrompt)
    assert (prompt.created, prompt.updated, prompt.versions[0].created) == (0.0, 0.0, 0.0)


def test_a_name_is_one_line_of_bounded_length() -> None:
    assert prompt_name("  Order\n  intake ") == "Order intake"
    assert len(prompt_name("x" * 200)) == MAX_NAME_LENGTH


def test_a_name_shows_what_it_is() -> None:
    assert prompt_name("either/or \\ both: <b>") == "either/or \\ both: <b>", "it is no file"
    assert prompt_name("a\x00b\u202egpj.exe\u2066") == "abgpj.exe"
    assert prompt_name("\u200b \u00ad") == "" and prompt_name("👍🏽") == "👍🏽" and prompt_name("صوت") == "صوت"
    family = "👨\u200d👩\u200d👧"
    assert prompt_name(family * 100) == family * (MAX_NAME_LENGTH // len(family)), "cut between graphemes"
