"""A megabyte without a blank is pasted at once, and nothing of it is lost."""

from __future__ import annotations

import time

import pytest
from PySide6.QtCore import QMimeData
from PySide6.QtGui import QAccessible, QFont, QTextCursor, QTextOption
from PySide6.QtWidgets import QPlainTextEdit
from pytestqt.qtbot import QtBot

from app.ui.chat.markdown.plain import PlainView
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.long_lines import LONG_WORD

ANYWHERE = QTextOption.WrapMode.WrapAnywhere
TEXT = "0123456789abcdef" * 20_000
"""320 KB: before, twelve seconds in a text area."""


def paste(field: QPlainTextEdit, text: str) -> None:
    content = QMimeData()
    content.setText(text)
    field.insertFromMimeData(content)


def insert(field: QPlainTextEdit, text: str) -> None:
    """As an assistive tool does, and undo."""
    QTextCursor(field.document()).insertText(text)


def fill(field: QPlainTextEdit, text: str) -> None:
    field.setPlainText(text)


@pytest.mark.parametrize("put", [paste, insert, fill])
@pytest.mark.parametrize("make", [lambda: TextArea("Message"), lambda: MessageEditor("")])
def test_a_long_word_is_laid_out_at_once_and_kept(qtbot: QtBot, make: type, put: object) -> None:
    field: QPlainTextEdit = make()
    qtbot.addWidget(field)
    field.resize(600, 200)
    field.show()
    began = time.process_time()
    put(field, TEXT)  # type: ignore[operator]
    field.grab()
    assert time.process_time() - began < 3.0, "generous: it takes a quarter of a second"
    assert field.toPlainText() == TEXT
    assert field.wordWrapMode() == ANYWHERE


def set_value(field: QPlainTextEdit, text: str) -> None:
    """As an assistive tool does."""
    QAccessible.queryAccessibleInterface(field).setText(QAccessible.Text.Value, text)


@pytest.mark.parametrize("put", [paste, set_value])
def test_of_many_long_paragraphs_only_those_in_view_are_laid_out(qtbot: QtBot, put: object) -> None:
    field = TextArea("Message")
    qtbot.addWidget(field)
    field.resize(600, 200)
    field.show()
    began = time.process_time()
    put(field, ("字" * (LONG_WORD - 1) + "\n") * 250)  # type: ignore[operator]
    field.grab()
    assert time.process_time() - began < 3.0, "generous: it takes 50 ms, and took 15 s where each word was searched"
    block, laid_out = field.document().begin(), 0
    while block.isValid():
        laid_out += block.layout().lineCount() > 0
        block = block.next()
    assert laid_out < 10


def test_ordinary_text_is_still_broken_between_words(qtbot: QtBot) -> None:
    field = TextArea("Message")
    qtbot.addWidget(field)
    usual = field.wordWrapMode()
    paste(field, "some words " * 20_000)
    assert field.wordWrapMode() == usual != ANYWHERE
    field.setPlainText(TEXT)
    assert field.wordWrapMode() == ANYWHERE
    field.setPlainText("short again")
    assert field.wordWrapMode() == usual


def test_a_line_field_cuts_nothing_off(qtbot: QtBot) -> None:
    field = LineField("Address")
    qtbot.addWidget(field)
    field.insert("x" * 100_000)
    assert len(field.text()) == 100_000


def test_a_message_without_blanks_is_broken_anywhere_and_not_shaped_if_it_is_ascii(qtbot: QtBot) -> None:
    view = PlainView(ground="sunken")
    qtbot.addWidget(view)
    usual = view.wordWrapMode()
    for text, mode, unshaped in (
        (TEXT, ANYWHERE, True),
        ("短い", usual, False),
        ("字" * 20_000, ANYWHERE, False),
        ("words", usual, False),
    ):
        view.set_text(text)
        cursor = QTextCursor(view.document())
        cursor.movePosition(QTextCursor.MoveOperation.End)
        strategy = cursor.charFormat().font().styleStrategy()
        assert (strategy == QFont.StyleStrategy.PreferNoShaping) is unshaped
        assert view.text.replace("\n", "") == text, "very long lines are split for display"
        assert view.wordWrapMode() == mode


@pytest.mark.parametrize("blanks", [[70_000], [20_000] * 4])
def test_more_blanks_than_qt_can_break_are_kept_and_do_not_hang(qtbot: QtBot, blanks: list[int]) -> None:
    """Qt loops for ever over more than 65,535 blanks in one line that may break."""
    field = TextArea("Message")
    qtbot.addWidget(field)
    field.resize(400, 200)
    field.show()
    field.setPlainText("One.")
    cursor = field.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.End)
    field.setTextCursor(cursor)
    for number in blanks:
        paste(field, " " * number)
    assert field.wordWrapMode() == QTextOption.WrapMode.NoWrap
    assert field.toPlainText() == "One." + " " * sum(blanks)
    field.setPlainText("Two.")
    assert field.wordWrapMode() not in (QTextOption.WrapMode.NoWrap, ANYWHERE)
