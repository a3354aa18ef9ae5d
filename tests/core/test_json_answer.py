"""Whether an answer is JSON, and where it stops being JSON."""

from __future__ import annotations

import re

import pytest

from app.core import json_answer
from app.core.json_answer import JsonAnswer, check_json_answer


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"a": 1}', JsonAnswer(True, '{"a": 1}')),
        ("\n [1, 2] \n", JsonAnswer(True, "[1, 2]")),
        ('```json\n{"a": 1}\n```', JsonAnswer(True, '{"a": 1}', True)),
        ('Here it is:\n```json\n{"a":\n1}\n```\nDone.', JsonAnswer(True, '{"a":\n1}', True)),
        ('{"a": 1,\n"b": }', JsonAnswer(False, "", False, 2, 6)),
        ('Text\n```json\n{"a": 1 2}\n```', JsonAnswer(False, "", True, 3, 9)),
        ("Sorry, no.", JsonAnswer(False, "", False, 1, 1)),
        ("", JsonAnswer(False, "", False, 1, 1)),
        ('{"a": 1} {"b": 2}', JsonAnswer(False, "", False, 1, 10)),
        ("[NaN]", JsonAnswer(False, "", False, 1, 2)),
        ('{"a": "NaN is a word",\n"b": NaN}', JsonAnswer(False, "", False, 2, 6)),
        ('```\n{"a": 1}```', JsonAnswer(True, '{"a": 1}', True)),
        ('~~~~JSON\n"~~~"\n~~~~', JsonAnswer(True, '"~~~"', True)),
        ("Two:\n```json\n1\n```\nand\n```json\n2\n```", JsonAnswer(True, "1", True)),
        ('Cut:\n```json\n{"a": 1', JsonAnswer(False, "", False, 1, 1)),
    ],
)
def test_answers(text: str, expected: JsonAnswer) -> None:
    assert check_json_answer(text) == expected


def test_a_deeply_nested_answer_is_checked_as_well() -> None:
    assert not check_json_answer("[" * 100_000).is_json


@pytest.mark.parametrize(
    "text",
    [
        "```json\n" * 8_000,
        "```json\n{}\n" * 5_000,
        "~~~json \n" * 7_000,
        "```\n" + " " * 60_000 + "x",
        "`" * 60_000,
        "`" * 60_000 + "\n1",
    ],
)
def test_fences_that_are_never_closed_are_read_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    looked_at = 0

    def count(line: str) -> re.Match[str] | None:
        nonlocal looked_at
        looked_at += len(line)
        return opening(line)

    opening = json_answer._opening
    monkeypatch.setattr(json_answer, "_opening", count)
    assert not check_json_answer(text).is_json
    assert looked_at <= 2 * len(text), "each line is looked at once for each kind of fence"
