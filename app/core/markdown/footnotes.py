"""Footnotes: `[^label]` becomes a number, and `[^label]: note` moves to the end."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from app.core.markdown.blocks import ITEM, Block, InlineStyle, Paragraph, Span, Spans, TableRow

Numbers = dict[str, int]
"""The number of each label so far, in the order in which they are first mentioned."""


def with_numbers(blocks: Iterable[Block], numbers: Numbers) -> list[Block]:
    """The blocks with numbers in place of labels; `numbers` is added to."""
    return [_numbered(block, numbers) for block in blocks]


def notes_last(blocks: Iterable[Block]) -> list[Block]:
    """The blocks with the footnotes behind all others, by number."""
    texts, notes = divided(blocks)
    return [*texts, *sorted(notes, key=lambda note: int(note.marker[:-1]))]


def divided(blocks: Iterable[Block]) -> tuple[list[Block], list[Paragraph]]:
    """The blocks of the text, and the footnotes."""
    texts: list[Block] = []
    notes: list[Paragraph] = []
    for block in blocks:
        if isinstance(block, Paragraph) and block.note:
            notes.append(block)
        else:
            texts.append(block)
    return texts, notes


def _numbered(block: Block, numbers: Numbers) -> Block:
    if isinstance(block, TableRow):
        if not any(_has_notes(cell) for cell in block.cells):
            return block
        return msgspec.structs.replace(block, cells=tuple(_numbered_spans(cell, numbers) for cell in block.cells))
    if not isinstance(block, Paragraph):
        return block
    if block.note:
        number = numbers.setdefault(block.note, len(numbers) + 1)
        block = msgspec.structs.replace(block, marker=f"{number}.", containers=(ITEM,))
    if not _has_notes(block.spans):
        return block
    return msgspec.structs.replace(block, spans=_numbered_spans(block.spans, numbers))


def _has_notes(spans: Spans) -> bool:
    return any(span.style & InlineStyle.NOTE for span in spans)


def _numbered_spans(spans: Spans, numbers: Numbers) -> Spans:
    if not _has_notes(spans):
        return spans
    return tuple(
        Span(str(numbers.setdefault(span.text, len(numbers) + 1)), span.style, span.href)
        if span.style & InlineStyle.NOTE
        else span
        for span in spans
    )
