"""The linter on texts that were written without a look at its word lists.

The first set was written before the lists. The others were written after a freeze of lists and rules each, around the
directions of other people's scripts; what they showed changed the rules afterwards, but for the fourth, which has never
been used for that, and the fifth, whose author had not seen lists, rules or the other sets.
"""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from app.core.tag_linter import lint
from app.core.tag_words import tag_words

FOLDER = Path(__file__).parent / "lint_texts"
SETS = ("first", "second", "third", "fourth", "fifth")
SUPPORTS = {"tts": (True, True), "clone": (True, False), "design": (False, False)}
IN_SET, AT_LEAST = 40, 36
BY_THE_RIGHT_RULE = 34


def texts(name: str, *, triggering: bool) -> list[dict[str, Any]]:
    every = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))["text"]
    return [text for text in every if ("code" in text) == triggering]


def codes(text: dict[str, Any]) -> set[str]:
    tags, singing = SUPPORTS[text.get("model", "tts")]
    found = {str(finding.code) for finding in lint(text["text"], tags=tags, singing=singing)}
    return found | ({"unbalanced"} if found & {"unclosed", "unopened"} else set())


@pytest.mark.parametrize("name", SETS)
def test_texts_that_must_trigger_do(name: str) -> None:
    chosen = texts(name, triggering=True)
    assert len(chosen) == IN_SET
    missed = [text["text"] for text in chosen if not codes(text)]
    assert IN_SET - len(missed) >= AT_LEAST, missed
    other = [text["text"] for text in chosen if text["code"] not in codes(text)]
    assert IN_SET - len(other) >= BY_THE_RIGHT_RULE, other


@pytest.mark.parametrize("name", SETS)
def test_texts_that_must_not_trigger_do_not(name: str) -> None:
    chosen = texts(name, triggering=False)
    assert len(chosen) == IN_SET
    wrong = [(text["text"], codes(text)) for text in chosen if codes(text)]
    assert IN_SET - len(wrong) >= AT_LEAST, wrong


def test_no_text_is_in_two_sets() -> None:
    every = [text["text"] for name in SETS for kind in (True, False) for text in texts(name, triggering=kind)]
    assert len(every) == len(set(every))


def test_every_list_has_sixty_entries_in_each_language() -> None:
    lists = tag_words()
    for name in ("actions", "gestures", "body", "things", "vocal", "moods", "effects"):
        words = getattr(lists, name)
        for entries in (words.en, words.zh):
            assert len(set(entries)) == len(entries) >= 60, name
