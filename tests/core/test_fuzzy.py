"""Names are found by parts of their words, by their letters in order, and with one slip of the finger."""

from __future__ import annotations

import pytest

from app.core.fuzzy import match


def marked(query: str, name: str) -> str:
    """The letters of the name that match."""
    found = match(query, name)
    assert found is not None, (query, name)
    return "".join(name[index] for index in found.positions)


@pytest.mark.parametrize(
    ("query", "name", "letters"),
    [
        ("", "New conversation", ""),
        ("voi", "Hear the next voice", "voi"),
        ("VOI", "Voices", "Voi"),
        ("conv new", "New conversation", "Newconv"),
        ("nc", "New conversation", "Nc"),
        ("copyans", "Copy last answer", "Copyans"),
        ("对话", "新建对话", "对话"),
        ("exprot", "Export conversation", "Export"),
        ("expport", "Export conversation", "Export"),
        ("exort", "Export conversation", "Exort"),
        ("exporz", "Export conversation", "Export"),
        ("İstanbul", "İstanbul", "İstanbul"),
    ],
)
def test_what_is_found_and_marked(query: str, name: str, letters: str) -> None:
    assert marked(query, name) == letters


@pytest.mark.parametrize(
    ("query", "name"),
    [("voice", "Theme"), ("no such thing", "Paint the town"), ("tme", "Hear them"), ("exq", "Export"), ("x", "")],
)
def test_what_is_not_found(query: str, name: str) -> None:
    assert match(query, name) is None


def test_a_word_as_typed_comes_before_its_letters_and_these_before_a_slip() -> None:
    names = ["Design a voice", "Voices", "Invoice", "Void", "Visit one indoor clinic eternally"]
    found = {name: fit for name in names if (fit := match("voice", name)) is not None}
    assert sorted(found, key=lambda name: found[name].rank) == [
        "Voices", "Design a voice", "Invoice", "Visit one indoor clinic eternally",
    ]  # fmt: skip
    assert [found[name].is_exact for name in ("Voices", "Invoice", "Visit one indoor clinic eternally")] == [
        True, True, False,
    ]  # fmt: skip
