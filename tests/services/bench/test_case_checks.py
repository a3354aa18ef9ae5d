"""The checks of answers."""

import sys
import time
from pathlib import Path

import pytest

from app.core.cases import CaseResult, Check
from app.services.bench import pattern_search
from app.services.bench.case_checks import verdict
from app.services.bench.pattern_search import PatternSearch, search_apart


def outcome(kind, value, answer, values=None, search=None):
    given = values or {}
    found = verdict(Check("c", kind, value), given, CaseResult("r", answer=answer), tuple(given), "m",
                    search or PatternSearch())  # fmt: skip
    return found.state, found.code


@pytest.mark.parametrize(
    ("kind", "value", "answer", "state"),
    [
        ("contains", "4471", "Order 4471", "pass"),
        ("contains", "4471", "Order 4472", "fail"),
        ("equals", "yes", " yes\n", "pass"),
        ("equals", "yes", "yes!", "fail"),
        ("matches", r"^\d+$", "123", "pass"),
        ("matches", r"^\d+$", "12x", "fail"),
        ("matches", "(", "x", "none"),
        ("json", "", '{"a": 1}', "pass"),
        ("json", "", 'Sure: {"a": 1}', "fail"),
        ("json", "", '```json\n{"a": 1}\n```', "fail"),
        ("json", "", '{"a": NaN}', "fail"),
        ("schema", '{"type": "object", "required": ["a"]}', '{"a": 1}', "pass"),
        ("schema", '{"type": "object", "required": ["a"]}', '{"b": 1}', "fail"),
        ("schema", '{"type": 5}', "{}", "none"),
        ("schema", "nope", "{}", "none"),
        ("shorter", "5", "1234", "pass"),
        ("shorter", "5", "12345", "fail"),
        ("shorter", "short", "1", "none"),
        ("contains", "  ", "x", "none"),
    ],
)
def test_checks(kind, value, answer, state):
    assert outcome(kind, value, answer)[0] == state


def test_values_of_the_case_stand_in_checks():
    assert outcome("contains", "#{{number}}", "Order #7", {"number": "7"}) == ("pass", "contains")
    assert outcome("contains", "#{{number}}", "Order #7", {"number": "8"}) == ("fail", "contains")


def test_a_pattern_that_would_take_for_ever_is_given_up_and_not_tried_again():
    search, text = PatternSearch(), "a" * 5_000 + "b"
    began = time.monotonic()
    for _ in range(20):
        assert outcome("matches", r"^(a+)+$", text, search=search) == ("none", "slow-pattern")
    assert time.monotonic() - began < 60, "every answer waits for the same pattern"


def test_a_pattern_with_many_ways_that_is_found_at_once_is_found():
    text = "x" * 3_000 + ' "orders": [1] } tail'
    assert outcome("matches", r'.*"orders".*\}.*', text) == ("pass", "matches")


@pytest.fixture
def packaged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A program as a packaged one, which has no interpreter to start, with a home of its own."""
    program = tmp_path / "mimo-workbench"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m app "$@"\n')
    program.chmod(0o755)
    monkeypatch.setenv("MIMO_WORKBENCH_HOME", str(tmp_path / "home"))
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(program))
    return tmp_path / "home"


def test_the_packaged_program_searches_itself_and_opens_nothing(packaged: Path):
    assert search_apart("^(价格|b)+$", "价格b") is True
    assert search_apart("^(a|b)+$", "abc") is False
    assert search_apart("(", "abc") is None
    assert not packaged.exists()


def test_the_packaged_program_is_ended_when_a_search_takes_too_long(packaged: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(pattern_search, "SECONDS", 0.2)
    monkeypatch.setattr(pattern_search, "PACKAGED_START_SECONDS", 0.0)
    assert outcome("matches", r"^(a+)+$", "a" * 5_000 + "b") == ("none", "slow-pattern")
