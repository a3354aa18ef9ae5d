"""Marks of sources are recognised where the model wrote them, and nowhere else; no character is lost."""

from __future__ import annotations

import pytest

from app.core.markdown.blocks import Block, InlineStyle, Paragraph, Spans, TableRow
from app.core.markdown.incremental_parser import IncrementalParser
from app.core.markdown.source_marks import SourceMarks

MARKS = SourceMarks(["https://a.example/one/", "https://b.example/two#part"])


def spans_of(block: Block) -> Spans:
    if isinstance(block, TableRow):
        return tuple(span for cell in block.cells for span in cell)
    return block.spans if isinstance(block, Paragraph) else ()


def parsed(text: str) -> list[Block]:
    parser = IncrementalParser(text)
    parser.finish()
    return [*parser.settled, *parser.tail]


def marked(text: str) -> list[tuple[str, str]]:
    """Number and address of each mark."""
    spans = [span for block in parsed(text) for span in spans_of(MARKS.mark(block))]
    return [(span.text, span.href) for span in spans if span.style == InlineStyle.SOURCE]


ONE, TWO = ("1", "https://a.example/one/"), ("2", "https://b.example/two#part")


@pytest.mark.parametrize(
    ("text", "marks"),
    [
        ("Aim for 0.6 s [1][2].", [ONE, TWO]),
        ("混响时间为 0.6 秒【1】。", [ONE]),
        ("混响【2†来源】。", [TWO]),
        ("Reverberation^2^ matters[1].", [TWO, ONE]),
        ("See [1](https://a.example/one) and [two](https://www.b.example/two).", [("1", "https://a.example/one"),
                                                                             ("2", "https://www.b.example/two")]),
        ("| a | b |\n|---|---|\n| x [1] | y |", [ONE]),
        ("- **bold [2]**", [TWO]),
        ("Nothing [3], [0], [12], [x], [2024] or `[1]`.", []),
        ("$x^2^3$ and [1](https://c.example)", []),
        ("```\n[1]\n```", []),
        ("![1](https://a.example/one)", []),
    ],
)  # fmt: skip
def test_only_what_the_model_wrote_is_a_mark(text: str, marks: list[tuple[str, str]]) -> None:
    assert marked(text) == marks


@pytest.mark.parametrize("text", ["Aim [1][2] for【1】 it^2^.", "[3] **a [1] b** _c_", "plain"])
def test_no_character_of_the_text_is_lost(text: str) -> None:
    for block in parsed(text):
        before, after = spans_of(block), spans_of(MARKS.mark(block))
        assert "".join(span.text for span in after) == "".join(span.text for span in before)


def test_without_sources_there_are_no_marks() -> None:
    nothing = SourceMarks(())
    assert not nothing
    assert all(nothing.mark(block) == block for block in parsed("Aim [1]."))
