"""Absurd content from outside is bounded before it can do harm."""

from __future__ import annotations

import json
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.bounds import MAX_COUNT, MAX_TIMESTAMP_SECONDS, OutOfBounds, count, depth, read_json, timestamp

NESTED = st.recursive(
    st.text(st.sampled_from('a"\\[]{}'), max_size=6) | st.integers(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text('x"[\\', max_size=3), inner, max_size=3),
    max_leaves=12,
)


def nesting(value: object) -> int:
    if isinstance(value, dict):
        return 1 + max(map(nesting, value.values()), default=0)
    if isinstance(value, list):
        return 1 + max(map(nesting, value), default=0)
    return 0


@given(NESTED)
def test_the_depth_is_that_of_the_decoded_value(value: object) -> None:
    assert depth(json.dumps(value).encode()) == nesting(value)


def test_a_hundred_thousand_brackets_are_refused_without_recursion() -> None:
    with pytest.raises(OutOfBounds, match="100000"):
        read_json(b"[" * 100_000 + b"]" * 100_000, 1 << 20)


def test_a_large_file_is_refused_before_it_is_decoded() -> None:
    with pytest.raises(OutOfBounds):
        read_json(b'"' + b"a" * 2000 + b'"', 1000)


def test_what_is_no_json_is_an_error_of_the_decoder() -> None:
    with pytest.raises(msgspec.DecodeError):
        read_json(b'{"a": ', 100)
    assert read_json(b'{"a": [1]}', 100) == {"a": [1]}


@pytest.mark.parametrize(
    ("value", "expected"),
    [(12, 12), (1e300, MAX_COUNT), (10**30, MAX_COUNT), (-5, 0), (float("nan"), 0), (float("inf"), MAX_COUNT), ("7", 0),
     (None, 0), (True, 0), (3.9, 3)],
)  # fmt: skip
def test_counts_are_bounded(value: object, expected: int) -> None:
    assert count(value) == expected


@pytest.mark.parametrize(
    ("value", "expected"),
    [(1.5, 1.5), (1e20, 0.0), (1e300, 0.0), (-1, 0.0), (float("nan"), 0.0), ("now", 0.0), (True, 0.0),
     (MAX_TIMESTAMP_SECONDS, MAX_TIMESTAMP_SECONDS)],
)  # fmt: skip
def test_dates_are_bounded_and_can_be_shown(value: object, expected: float) -> None:
    assert timestamp(value) == expected
    time.localtime(timestamp(value))
