"""Answers as models write them are parsed into what they mean."""

from __future__ import annotations

import pytest

from app.core.markdown.blocks import CodeHead, CodeLine, Formula, InlineStyle, Paragraph, TableRow, plain
from app.core.markdown.ear import spoken_text
from app.core.markdown.incremental_parser import IncrementalParser
from app.core.markdown.parser import blocks_of, parse, tokenise
from app.core.markdown.readings import first_line
from app.core.markdown.table_row import row_below


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


@pytest.mark.parametrize("label", ["1", "注", "note"])
def test_a_footnote_is_a_number_and_a_note_at_the_end(label: str) -> None:
    text, after, note = parse(f"Text[^{label}].\n\n[^{label}]: A *note*\nof two lines\n\nAfter `[^{label}]`\n")
    assert isinstance(text, Paragraph) and isinstance(after, Paragraph) and isinstance(note, Paragraph)
    assert [(span.text, span.style) for span in text.spans] == [("Text", 0), ("1", InlineStyle.NOTE), (".", 0)]
    assert plain(after.spans) == f"After [^{label}]"
    assert (note.marker, plain(note.spans)) == ("1.", "A note\u2028of two lines".replace("\u2028", "\n"))


def test_footnotes_are_not_read_aloud() -> None:
    source = "Text[^1] here[^b].\n\n| a[^1] |\n|---|\n\n[^1]: A note\n[^b]: Another\n"
    assert spoken_text(source) == "Text here.\n\na"
    assert first_line("Text[^1] here") == "Text here"


def test_a_character_class_is_no_footnote() -> None:
    assert spans_of("The class [^abc] matches.") == [("The class [^abc] matches.", 0, "")]


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


@pytest.mark.parametrize(
    ("row", "cells"),
    [
        ("| `a|b` | x |", ["a|b", "x"]),
        ("| ``a`|b`` | `cat x | wc` |", ["a`|b", "cat x | wc"]),
        (r"| `a\|b` | c\|d |", ["a|b", "c|d"]),
        ("| `a | b |", ["`a", "b"]),
    ],
)
def test_a_bar_inside_code_keeps_the_cell(row: str, cells: list[str]) -> None:
    last = parse(f"| one | two |\n|---|---|\n{row}\n")[-1]
    assert isinstance(last, TableRow)
    assert [plain(cell) for cell in last.cells] == cells


@pytest.mark.parametrize("fence", ["```", "````"])
def test_a_code_block_of_markdown_holds_code_blocks(fence: str) -> None:
    source = f"{fence}markdown\n# T\n```python\nx\n```\nend\n{fence}\n\nAfter"
    head, *lines, last = parse(source)
    assert head == CodeHead(language="markdown")
    assert [line.text for line in lines if isinstance(line, CodeLine)] == ["# T", "```python", "x", "```", "end"]
    assert isinstance(last, Paragraph) and plain(last.spans) == "After"


def test_nothing_below_unnamed_code_blocks_in_markdown_is_swallowed() -> None:
    last = parse("```md\n```\nx\n```\n```\n\nAfter")[-1]
    assert isinstance(last, Paragraph) and plain(last.spans) == "After"


@pytest.mark.parametrize(("opener", "closer"), [("\\[", "\\]"), ("$$", "$$")])
def test_a_formula_over_a_blank_line(opener: str, closer: str) -> None:
    formula, after = parse(f"{opener}\na = b\n\n+ c\n{closer}\n\nafter\n")
    assert formula == Formula(tex="a = b\n\n+ c")
    assert isinstance(after, Paragraph)


def test_a_formula_that_is_never_closed_ends_at_a_blank_line() -> None:
    formula, *after = parse("\\[\na = b\n\ntext\n\n# Heading\n\n\\[ x \\]\n")
    assert formula == Formula(tex="a = b", closed=False)
    assert [type(block) for block in after] == [Paragraph, Paragraph, Formula]


@pytest.mark.parametrize("source", ["“~~删除~~”后", "这是~~“旧”~~新", "旧~~（甲）~~，新"])
def test_struck_text_beside_chinese_quotes(source: str) -> None:
    assert any(style & InlineStyle.STRUCK for _, style, _ in spans_of(source))
    assert "~" not in "".join(text for text, _, _ in spans_of(source))


@pytest.mark.parametrize(
    "source",
    [
        "> " * 40 + "deepest",
        "".join(f"{'  ' * level}- item {level}\n" for level in range(40)) + "  " * 40 + "- deepest",
        "".join(f"{'  ' * level}- item {level}\n\n" for level in range(40)) + "  " * 40 + "- deepest",
        "- " * 40 + "deepest",
        "> 1. " * 20 + "deepest",
    ],
)
def test_what_is_nested_endlessly_and_what_follows_it_is_shown(source: str) -> None:
    source += "\n\nafter\n\n# End\n"
    growing = IncrementalParser()
    for character in source:
        growing.append(character)
    growing.finish()
    assert growing.blocks == parse(source)
    texts = [plain(block.spans) for block in growing.blocks if isinstance(block, Paragraph)]
    texts += [block.text for block in growing.blocks if isinstance(block, CodeLine)]
    words = " ".join(texts).split()
    assert {"deepest", "after", "End"} <= set(words)
    assert {f"{level}" for level in range(40) if f"item {level}\n" in source} <= set(words)


@pytest.mark.parametrize(
    "line",
    [
        "| a | **b** |",
        "|a|b|c|",
        "|",
        "||",
        "| `x|y` | z",
        "|\t| b |",
        "| [^1] | $x$ |",
        "| | |",
        "| [label] | https://a.example |",
    ],
)
def test_a_row_that_is_parsed_alone_equals_that_of_the_whole_table(line: str) -> None:
    head = "| h | i |\n|---|:-:|\n"
    references = {"LABEL": {"title": "", "href": "https://b.example"}}
    above = parse(head)[0]
    tokens, _ = tokenise(head + line, references)
    assert row_below(above, line, references) == blocks_of(tokens, head + line)[1]


@pytest.mark.parametrize("line", ["a | b", " | a | b |", "| a \\| b |", "| &amp; |", "", "# |"])
def test_a_line_that_may_be_anything_else_is_no_row_of_its_own(line: str) -> None:
    assert row_below(parse("| h | i |\n|---|:-:|\n")[0], line, {}) is None
    assert row_below(parse("text")[0], "| a | b |", {}) is None
