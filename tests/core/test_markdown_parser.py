"""Answers as models write them are parsed into what they mean."""

from __future__ import annotations

import pytest

from app.core.markdown.blocks import InlineStyle, Paragraph, TableRow, plain
from app.core.markdown.parser import parse


def spans_of(source: str) -> list[tuple[str, int, str]]:
    (block,) = parse(source)
    assert isinstance(block, Paragraph)
    return [(span.text, int(span.style), span.href) for span in block.spans]


def test_money_beside_code_is_no_formula() -> None:
    spans = spans_of("It costs $9 and `$NAME` is $5.")
    assert spans == [("It costs $9 and ", 0, ""), ("$NAME", InlineStyle.CODE, ""), (" is $5.", 0, "")]


@pytest.mark.parametrize("source", ["So \\[ x^2 \\] holds.", "- So \\[ x^2 \\] holds."])
def test_a_bracketed_formula_inside_a_sentence(source: str) -> None:
    assert ("x^2", InlineStyle.MATH | InlineStyle.DISPLAY, "") in spans_of(source)


@pytest.mark.parametrize("mark", ["<br>", "<br/>", "<BR />"])
def test_a_line_break_in_a_cell(mark: str) -> None:
    row = parse(f"| a |\n|---|\n| one{mark}two |\n")[-1]
    assert isinstance(row, TableRow)
    assert plain(row.cells[0]) == "one\ntwo"


@pytest.mark.parametrize("note", ["[^1]: A note", "[^1]: 注释在这里", "[^注]: 注释"])
def test_a_footnote_is_shown(note: str) -> None:
    last = parse(f"Text[^1].\n\n{note}\n")[-1]
    assert isinstance(last, Paragraph)
    assert plain(last.spans) == note


@pytest.mark.parametrize(
    ("source", "address"),
    [
        ("请看https://example.com/a。好", "https://example.com/a"),
        ("见 https://zh.wikipedia.org/wiki/中文，好", "https://zh.wikipedia.org/wiki/中文"),
        ("访问https://example.com看看", "https://example.com"),
    ],
)
def test_an_address_beside_chinese(source: str, address: str) -> None:
    assert [href for _, _, href in spans_of(source) if href] == [address]
