"""Differences between texts and between JSON values, in bounded time."""

from __future__ import annotations

import time
from difflib import SequenceMatcher
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.differences import MAX_WORK, FieldDifference, Run, field_differences, word_differences


def test_words_that_were_replaced_stand_between_those_that_stayed() -> None:
    assert word_differences("The quick fox jumps", "The slow fox jumps") == [
        Run("same", "The "), Run("removed", "quick"), Run("added", "slow"), Run("same", " fox jumps"),
    ]  # fmt: skip


def test_chinese_is_compared_by_characters() -> None:
    assert word_differences("今天天气很好", "今天天气不好") == [
        Run("same", "今天天气"), Run("removed", "很"), Run("added", "不"), Run("same", "好"),
    ]  # fmt: skip


@given(st.text(alphabet="ab 你\n", max_size=60), st.text(alphabet="ab 你\n", max_size=60))
def test_the_runs_contain_both_texts(before: str, after: str) -> None:
    runs = word_differences(before, after)
    assert "".join(run.text for run in runs if run.change != "added") == before
    assert "".join(run.text for run in runs if run.change != "removed") == after
    assert all(one.change != other.change for one, other in pairwise(runs))


def test_long_texts_take_bounded_time_and_keep_the_lines_they_share() -> None:
    before = "".join(f"line {number} of the first text\n" for number in range(30_000))
    after = before.replace("line 17000 of the first", "line 17000 of the second").replace("line 3 ", "")
    began = time.process_time()
    runs = word_differences(before, after)
    assert time.process_time() - began < 5
    assert [run.text for run in runs if run.change == "added"] == ["second"]
    unlike = word_differences("a b " * 20_000, "c d " * 20_000)
    assert time.process_time() - began < 8
    assert [run.change for run in unlike] == ["removed", "added", "same"], "the last blank"


def test_blanks_alone_hold_no_texts_together() -> None:
    assert word_differences("one two three", "four five six") == [
        Run("removed", "one two three"), Run("added", "four five six"),
    ]  # fmt: skip
    before, after = (" ".join(f"{name}{number}" for number in range(5_000)) for name in "ab")
    assert word_differences(before, after) == [Run("removed", before), Run("added", after)]
    lines = ["\n".join(f"{name}{number}" for number in range(2_000)) for name in "ab"]
    assert [run.change for run in word_differences(*lines)] == ["removed", "added"]


def test_frequent_words_are_compared_between_those_that_are_rare() -> None:
    rows = [f"{number}, 7, 7, {number % 3}, 7\n" for number in range(1_000)]
    changed = [row.replace(", 7, 7,", ", 7, 8,") if number % 10 == 5 else row for number, row in enumerate(rows)]
    runs = word_differences("".join(rows), "".join(changed))
    assert [run.text for run in runs if run.change != "same"] == ["7", "8"] * 100


@pytest.mark.parametrize("unit", [" ", "\n", ","])
def test_the_work_is_bounded_whatever_the_texts(unit: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[int] = []
    compare = SequenceMatcher.find_longest_match

    def count(matcher: Any, alo: int, ahi: int, blo: int, bhi: int) -> Any:
        steps.append(sum(1 + len(matcher.b2j.get(item, ())) for item in matcher.a[alo:ahi]))
        return compare(matcher, alo, ahi, blo, bhi)

    monkeypatch.setattr(SequenceMatcher, "find_longest_match", count)
    monkeypatch.setattr("app.core.differences.MAX_PAIRS", MAX_WORK)
    random = Random(1)
    before, after = (unit.join(random.choices("01", k=1_000)) for _ in "ab")
    runs = word_differences(before, after)
    assert "".join(run.text for run in runs if run.change != "added") == before
    assert "".join(run.text for run in runs if run.change != "removed") == after
    list(field_differences([*before], [*after]))
    assert MAX_WORK < sum(steps) <= 2 * MAX_WORK, "of both comparisons"


def test_fields_are_named_by_their_path() -> None:
    before = {"model": "m", "messages": [{"role": "user", "content": "a"}], "stream": True, "n": 1}
    after = {"model": "m", "messages": [{"role": "system"}, {"role": "user", "content": "a"}], "n": 2, "stop": ["x"]}
    assert list(field_differences(before, after)) == [
        FieldDifference("messages[0]", None, {"role": "system"}, in_before=False),
        FieldDifference("stream", True, None, in_after=False),
        FieldDifference("n", 1, 2),
        FieldDifference("stop", None, ["x"], in_before=False),
    ]
    assert [each.path for each in field_differences({"a": [{"b": 1}]}, {"a": [{"b": 2}]})] == ["a[0].b"]
    assert list(field_differences(True, 1)) == [FieldDifference("", True, 1)]
