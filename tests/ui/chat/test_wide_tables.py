"""Tables wider than their message scroll inside themselves; selecting, copying and finding go through them."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.chat.markdown.view import MarkdownView
from tests.benchmarks import pages

COLUMNS = 12
WIDTH = 500
HEAD = "| " + " | ".join(f"Column{n}" for n in range(COLUMNS)) + " |\n|" + "---|" * COLUMNS + "\n"
ROWS = "".join(
    "| " + " | ".join(f"{row},{column:03},456" for column in range(COLUMNS)) + " |\n" for row in range(1, 11)
)
TEXT = f"First **words** of an answer.\n\n{HEAD}{ROWS}\nBetween\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nLast words"


@pytest.fixture
def view(qtbot: QtBot) -> MarkdownView:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(WIDTH, 400)
    view.show()
    view.finish_with(TEXT)
    return view


def test_a_wide_table_of_many_rows_streams(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(WIDTH, 400)
    view.show()
    text = HEAD + 3 * ROWS
    for begin in range(0, len(text), 97):
        view.append(text[begin : begin + 97])
        view.flush()
    (table,) = view._wide_tables
    assert table.area.bottom() == pytest.approx(view.document().size().height(), abs=8)


def wheel(view: MarkdownView, at: QPointF, angle: QPoint, modifiers: Qt.KeyboardModifier) -> bool:
    """Turn the wheel; true when the view used the event."""
    no_button, no_phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, view.mapToGlobal(at), QPoint(), angle, no_button, modifiers, no_phase, False)
    event.ignore()
    view.wheelEvent(event)
    return event.isAccepted()


def pixels(view: MarkdownView, top: int, bottom: int) -> bytes:
    image = view.grab().toImage().copy(0, top, WIDTH, bottom - top)
    return bytes(image.constBits())


def test_only_the_wide_table_has_a_scroll_bar_and_only_it_moves(view: MarkdownView) -> None:
    (table,) = view._wide_tables
    assert table.bar.accessibleName() == "Scroll table"
    assert table.area.width() == WIDTH
    above, inside = pixels(view, 0, table.area.top()), pixels(view, table.area.top(), table.area.bottom())
    below = pixels(view, table.bar.geometry().bottom() + 1, view.height())
    table.bar.setValue(table.bar.maximum())
    assert pixels(view, 0, table.area.top()) == above
    assert pixels(view, table.area.top(), table.area.bottom()) != inside
    assert pixels(view, table.bar.geometry().bottom() + 1, view.height()) == below
    assert view.horizontalScrollBar().value() == 0
    view.resize(3_000, 400)
    assert not view._wide_tables, "with room for it the table needs no scroll bar"


def test_no_number_is_broken(view: MarkdownView) -> None:
    block = view.document().begin()
    while block.isValid():
        if "456" in block.text():
            assert block.layout().lineCount() == 1
        block = block.next()


def test_it_scrolls_by_wheel_touchpad_and_keys(view: MarkdownView) -> None:
    (table,) = view._wide_tables
    inside, outside = QPointF(table.area.center()), QPointF(5, 5)
    plain, shift = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
    assert not wheel(view, inside, QPoint(0, -120), plain), "the wheel alone scrolls the page"
    assert not wheel(view, outside, QPoint(0, -120), shift)
    assert table.bar.value() == 0
    assert wheel(view, inside, QPoint(0, -120), shift)
    with_shift = table.bar.value()
    assert with_shift > 0
    assert wheel(view, inside, QPoint(-120, 10), plain), "a touchpad moved sideways"
    assert table.bar.value() == 2 * with_shift
    QTest.keyClick(table.bar, Qt.Key.Key_Left)
    assert 0 < table.bar.value() < 2 * with_shift
    QTest.keyClick(table.bar, Qt.Key.Key_End)
    assert table.bar.value() == table.bar.maximum()
    QTest.keyClick(table.bar, Qt.Key.Key_Down)
    assert table.bar.value() == table.bar.maximum()
    assert table.bar.focusPolicy() == Qt.FocusPolicy.TabFocus


def test_the_mouse_selects_what_is_seen(view: MarkdownView) -> None:
    (table,) = view._wide_tables
    cursor = view.document().find("7,011,456")
    view.setTextCursor(cursor)
    assert table.bar.value() > 0, "a match that is found is scrolled into view"
    assert view.horizontalScrollBar().value() == 0
    place = view.cursorRect(cursor).translated(-table.bar.value() - 15, 0).center()
    assert table.area.contains(place)
    view.moveCursor(QTextCursor.MoveOperation.Start)
    table.bar.setValue(table.bar.maximum())
    place = view.cursorRect(cursor).translated(-table.bar.value() - 15, 0).center()
    QTest.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert view.textCursor().selectedText() in "7,011,456"
    assert view.textCursor().block().text() == "7,011,456"


def test_the_last_table_has_room_for_its_bar_and_keeps_its_place_while_streaming(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(WIDTH, 400)
    view.show()
    view.append(HEAD)
    for number, row in enumerate(ROWS.splitlines(keepends=True)):
        view.append(row)
        view.flush()
        (table,) = view._wide_tables
        assert table.bar.geometry().bottom() < view.height()
        if number == 0:
            table.bar.setValue(200)
        assert table.bar.value() == 200


def test_a_copied_table_is_a_table_in_html_too(view: MarkdownView) -> None:
    view.selectAll()
    data = view.createMimeDataFromSelection()
    lines = [line for line in data.text().split("\n") if line]
    assert lines[1] == "\t".join(f"Column{n}" for n in range(COLUMNS))
    assert lines[2].split("\t")[11] == "1,011,456"
    html = data.html()
    assert html.count("<table>") == html.count("</table>") == 2, "all strips of a table are one table"
    assert html.count("<tr>") == 13
    assert "<tr><th>Column0</th>" in html
    assert "<td>10,011,456</td></tr>\n</table>\n<p>Between</p>" in html
    assert html.startswith("<p>First <b>words</b> of an answer.</p>")
    assert html.endswith("<p>Last words</p>")


def test_cells_selected_as_a_rectangle_are_copied_as_one(view: MarkdownView) -> None:
    first, last = view.document().find("2,001,456"), view.document().find("4,002,456")
    cursor = QTextCursor(view.document())
    cursor.setPosition(first.selectionStart())
    cursor.setPosition(last.selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
    view.setTextCursor(cursor)
    data = view.createMimeDataFromSelection()
    assert data.text() == "2,001,456\t2,002,456\n3,001,456\t3,002,456\n4,001,456\t4,002,456"
    assert data.html().count("<td>") == 6
    assert data.html().startswith("<table>\n<tr><td>2,001,456</td><td>2,002,456</td></tr>")


def test_text_without_a_table_is_copied_as_text_only(view: MarkdownView) -> None:
    for text in ("of an answer", "5,003,456"):
        view.setTextCursor(view.document().find(text))
        data = view.createMimeDataFromSelection()
        assert data.text() == text
        assert not data.hasHtml()
    QApplication.clipboard().clear()


def test_hostile_cells_are_escaped(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(WIDTH, 400)
    view.finish_with('| a | b |\n|---|---|\n| `<script>` | [x](https://e.example/?a=1&b="2) 😀 |\n')
    view.selectAll()
    html = view.createMimeDataFromSelection().html()
    assert "<code>&lt;script&gt;</code>" in html
    assert "<script" not in html
    assert "😀" in html
    assert "&amp;b=" in html


def test_a_table_that_is_drawn_again_while_it_streams_keeps_its_strips(qtbot: QtBot) -> None:
    view = MarkdownView()
    qtbot.addWidget(view)
    view.resize(280, 400)
    view.show()
    for number, piece in enumerate(pages.chunks(pages.mixed(6_144))):
        view.append(piece)
        if number % 5 == 0:
            view.flush()
            QApplication.processEvents()
    view.finish()
    assert view.document().toPlainText()
