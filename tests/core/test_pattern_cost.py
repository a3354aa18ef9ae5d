"""The steps of a search for a pattern are known before the search."""

from __future__ import annotations

import pytest

from app.core.pattern_cost import ENDLESS, MAX_PATTERN, search_steps

MANY = 1_000_000


@pytest.mark.parametrize(
    "pattern",
    [
        r"^(a+)+$", r"^(?:\w+\s?)*$", r"((a|b)*c){2,}", r"^(a|a)*$", r"(a|aa)+$", r"(?i:ax|Ax)+$", r"(?i:ix|ıx)+$",
        r"(a?){30}a{30}", r"(.*a){20}", r"a*a*a*a*a*a*b", r"a?" * 30 + r"a{30}", r"(?:a|ab)" * 30,
        r"((){65535}){65535}", r"(?=(a+)+$)b", r"(?i)^(?:ax|Ax)+$", r"(a)?(?(1)(b+)+|c)$", r"(?>a*)*+b",
        "a" * (MAX_PATTERN + 1),
    ],
)  # fmt: skip
def test_patterns_that_could_freeze_the_program_have_too_many_steps(pattern: str) -> None:
    assert search_steps(pattern, 60) > MANY


@pytest.mark.parametrize(
    ("pattern", "length"),
    [
        (r"^[a-z+*]+@[a-z]+$", 300),
        (r"^\(\d+\)\+$", 1_000),
        (r"^(ab)*c+$", 500),
        (r"^(a|b)+(c|d)*$", 300),
        (r"^(\w|\d)+$", 300),
        (r"^(foo|bar|qux){1,20}$", 60),
        (r"^(红色|绿色|蓝色)(、(红色|绿色|蓝色))*$", 60),
        (r"^#([0-9a-f]{3}|[0-9a-f]{6})$", 7),
        (r"^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2})?)?$", 19),
        (r"^https?://\S+$", 50_000),
        (r"\S", 100_000),
        (r"", 100_000),
    ],
)
def test_ordinary_patterns_have_few(pattern: str, length: int) -> None:
    assert search_steps(pattern, length) < MANY


def test_blanks_at_the_end_are_looked_for_from_every_place() -> None:
    assert 500**2 / 2 < search_steps(r"\s+$", 500) < MANY
    assert search_steps(r"\s+$", 30_000) > MANY
    assert search_steps(r"(a+)+", 10_000) == ENDLESS
