"""A number is read as it was typed, or refused; it never becomes another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.typed_numbers import NumberProblem, TypedNumber, read_number


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.8", 0.8), ("0,8", 0.8), ("1,2", 1.2), ("1e-1", 0.1), ("0,95", 0.95), (".5", 0.5), (",5", 0.5), ("1.", 1.0),
        (" 1.25 ", 1.25), ("+0.5", 0.5), ("-1.5", -1.5), ("−1,5", -1.5), ("０．８", 0.8), ("0.123456", 0.123456),
        ("1E0", 1.0),
    ],
)  # fmt: skip
def test_a_decimal_number_is_read(text: str, value: float) -> None:
    assert read_number(text, -2, 2) == TypedNumber(value)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("4096", 4096), ("4,096", 4096), ("131 072", 131072), ("131\u202f072", 131072), ("1,048,576", 1048576),
        ("1.048.576", 1048576), ("1_000", 1000), ("12'000", 12000), ("1e3", 1000), ("5.0", 5), ("８１９２", 8192),
    ],
)  # fmt: skip
def test_a_whole_number_is_read(text: str, value: int) -> None:
    read = read_number(text, 1, 2_000_000, whole=True)
    assert read == TypedNumber(value)
    assert isinstance(read.value, int)


@pytest.mark.parametrize("text", ["1,234.5", "1.234,5", "1 234,5", "1\u00a0234.5"])
def test_thousands_and_decimals_together(text: str) -> None:
    assert read_number(text, 0, 10_000) == TypedNumber(1234.5)


@pytest.mark.parametrize(
    "text",
    ["4k", "four", "1.2.3", "1,2,3", "0x10", "50%", "--1", "1-2", "nan", "inf", "1e", "1 2", ".", ",", "e5", "1e9999"],
)
def test_what_is_no_number_is_refused(text: str) -> None:
    assert read_number(text, -1e9, 1e9).problem is NumberProblem.NOT_A_NUMBER


@pytest.mark.parametrize("text", ["4.096", "4.5", "4,5", "1e-1", "0.1"])
def test_a_fraction_is_refused_where_whole_numbers_are_wanted(text: str) -> None:
    assert read_number(text, 0, 10_000, whole=True).problem is NumberProblem.NOT_WHOLE


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("", NumberProblem.EMPTY), ("  ", NumberProblem.EMPTY), ("1000000000", NumberProblem.TOO_LARGE),
        ("-1", NumberProblem.TOO_SMALL), ("1e999", NumberProblem.TOO_LARGE), ("-1e999", NumberProblem.TOO_SMALL),
    ],
)  # fmt: skip
def test_what_is_out_of_range_is_refused_not_moved(text: str, problem: NumberProblem) -> None:
    assert read_number(text, 0, 100_000, whole=True).problem is problem


@given(st.floats(-2, 2))
def test_what_python_writes_is_read_back(value: float) -> None:
    assert read_number(repr(value), -2, 2).value == value


@given(st.text(max_size=20))
def test_nothing_typed_raises(text: str) -> None:
    read = read_number(text, 0, 10)
    assert (read.value is None) != (read.problem is None)
