"""Stop sequences keep every character: line breaks, leading blanks, bars and backslashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.core.stop_sequences import stops_from_text, text_from_stops


@pytest.mark.parametrize(
    ("text", "stops"),
    [
        ("a\n b", ("a", " b")),
        ("\\n\\n", ("\n\n",)),
        ("a|b\n | ", ("a|b", " | ")),
        ("\\d", ("\\d",)),
        ("\\\\n", ("\\n",)),
        ("a\n\na\n", ("a",)),
        (" ", (" ",)),
    ],
)
def test_a_line_is_a_sequence(text: str, stops: tuple[str, ...]) -> None:
    assert stops_from_text(text) == stops


@given(st.lists(st.text(min_size=1), max_size=4, unique=True))
def test_what_is_shown_is_read_back_exactly(stops: list[str]) -> None:
    assert stops_from_text(text_from_stops(tuple(stops))) == tuple(stops)
