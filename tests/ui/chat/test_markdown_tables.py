"""The columns of a table: as wide as their longest word or number, also for rows that come later."""

from __future__ import annotations

from PySide6.QtGui import QTextTable
from pytestqt.qtbot import QtBot

from app.ui.chat.markdown.tables import column_widths
from app.ui.chat.markdown.view import MarkdownView

LATE = "1,234,567,890,123"


def tables_of(view: MarkdownView) -> list[QTextTable]:
    return [frame for frame in view.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]


def test_columns_are_wide_enough_for_rows_that_come_later(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    view.append("| n | what |\n|---|---|\n")
    for number in range(20):
        view.append(f"| {number} | {'a long explanation of it ' * 8} |\n")
        view.flush()
    view.append(f"| {LATE} | last |\n")
    view.finish()
    view.document().documentLayout().documentSize()
    tables = tables_of(view)
    assert len(tables) == 3
    last = tables[-1].cellAt(tables[-1].rows() - 1, 0)
    block = last.firstCursorPosition().block()
    assert block.text() == LATE
    assert block.layout().lineCount() == 1, "the number is not broken"
    formats = [table.format().toTableFormat() for table in tables]
    constraints = [[length.rawValue() for length in format.columnWidthConstraints()] for format in formats]
    assert constraints[0] == constraints[1] == constraints[2], "all strips of a table have the same columns"
    assert sum(constraints[0]) <= 700.5


def test_a_copied_table_has_rows_and_columns(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(700, 400)
    rows = "".join(f"| {number} | 😀 {number * 2} | |\n" for number in range(9))
    view.finish_with(f"Before\n\n| a | b | c |\n|---|---|---|\n{rows}\nAfter")
    view.selectAll()
    lines = [line for line in view.createMimeDataFromSelection().text().split("\n") if line]
    assert lines == ["Before", "a\tb\tc", *(f"{number}\t😀 {number * 2}\t" for number in range(9)), "After"]


def test_widths() -> None:
    def widths(natural: list[float], words: list[float], available: float) -> list[float]:
        return column_widths(natural, words, available, smallest=60, comfortable=150)

    assert widths([50, 80], [40, 40], 200) == [50, 80]
    assert widths([50, 400], [50, 100], 300) == [50, 250], "the number keeps its column"
    assert widths([500, 40], [200, 40], 300) == [260, 40]
    assert widths([250, 250, 90], [250, 100, 90], 300) == [250, 150, 90], "wider than the view: it scrolls"
    assert widths([2_000, 90], [2_000, 90], 300) == [300, 90], "a word longer than the view is broken"
    assert widths([600, 600], [16, 16], 90) == [150, 150], "Chinese is not put into columns of two characters"
