"""JSON that folds: by mouse and keys, opened on demand, edited, and masked while presenting."""

from __future__ import annotations

import json
import time
from typing import Any

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt
from PySide6.QtGui import QAccessible, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.json_window import JsonWindow
from app.core.presentation_mask import COVER, PresentationMask
from app.ui.widgets.json_gutter import visible_blocks
from app.ui.widgets.json_lines import summary_of
from app.ui.widgets.json_view import JsonView
from app.ui.widgets.presentation_cover import presentation_cover

VALUE = {
    "model": "m",
    "tools": [{"name": "search", "description": "x" * 60}, {"name": "clock", "description": "y" * 60}],
    "long": "z" * 3_000,
    "n": 1,
}


def window(value: Any = VALUE) -> JsonWindow:
    return JsonWindow(json.dumps(value, ensure_ascii=False), lambda kind, number, detail: f"{kind} {number}")


@pytest.fixture
def view(qtbot: QtBot) -> JsonView:
    made = JsonView("Request", editable=True)
    qtbot.addWidget(made)
    made.resize(500, 400)
    made.show_window(window())
    made.show()
    return made


def visible(view: JsonView) -> list[str]:
    return [block.text().strip() for block, _ in visible_blocks(view)]


def go_to(view: JsonView, text: str) -> None:
    view.moveCursor(QTextCursor.MoveOperation.Start)
    assert view.find(text)
    view.moveCursor(QTextCursor.MoveOperation.StartOfBlock)


def test_lines_fold_by_mouse_and_by_keys_and_stay_in_the_text(view: JsonView) -> None:
    whole = visible(view)
    view.fold_field("tools")
    assert '"name": "search",' in whole and '"name": "search",' not in visible(view)
    assert '"name": "search"' in view.toPlainText(), "assistive tools read what is folded"
    assert view.document().isModified() is False
    ((summary, box),) = list(view._summaries())
    assert "search, clock" in summary_of(summary)
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=box.center().toPoint())
    assert visible(view) == whole
    go_to(view, '"tools"')
    QTest.keyClick(view, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert '"name": "search",' not in visible(view)
    QTest.keyClick(view, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert visible(view) == whole
    area = next(area for block, area in visible_blocks(view) if '"tools"' in block.text())
    QTest.mouseClick(view._gutter, Qt.MouseButton.LeftButton, pos=QPoint(4, round(area.center().y())))
    assert '"name": "search",' not in visible(view)
    go_to(view, '"clock"')
    assert visible(view) == whole, "lines with the cursor are shown"


def test_a_token_opens_by_mouse_and_where_nothing_is_typed_by_enter(view: JsonView) -> None:
    text = view.text()
    at = text.index("‹") + 2
    cursor = view.textCursor()
    cursor.setPosition(at)
    spot = view.cursorRect(cursor).center()
    QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    assert "z" * 3_000 in view.text() and "‹" not in view.text()
    view.undo()
    assert view.text() == text
    view.setReadOnly(True)
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert "z" * 3_000 in view.text()


def test_what_is_typed_is_reported_once_it_pauses(qtbot: QtBot, view: JsonView) -> None:
    with qtbot.assertNotEmitted(view.edited, wait=10):
        view.fold_field("tools")
        view.open_next()
        view.flush()
    go_to(view, '"n"')
    with qtbot.waitSignal(view.edited):
        QTest.keyClicks(view, " ")
    assert view.has_edits


def test_assistive_tools_read_and_replace_the_text(view: JsonView) -> None:
    interface = QAccessible.queryAccessibleInterface(view)
    assert interface.text(QAccessible.Text.Name) == "Request"
    assert interface.state().editable and not interface.state().readOnly
    texts = interface.textInterface()
    assert texts.text(0, texts.characterCount()) == view.toPlainText()
    editable = interface.editableTextInterface()
    editable.replaceText(0, texts.characterCount(), '{"mine": 1}')
    view.flush()
    assert view.text() == '{"mine": 1}' and view.has_edits


def test_it_is_masked_and_locked_while_presenting(view: JsonView) -> None:
    view.show_window(window({"path": "/home/annika/secret", "long": "/home/annika/more " * 200, "n": 1}))
    whole = view.text()
    presentation_cover().set_mask(PresentationMask(["/home/annika"]))
    assert "annika" not in view.toPlainText() and COVER in view.toPlainText()
    assert view.isReadOnly() and view.text() == whole
    assert view.open_next()
    assert "annika" not in view.toPlainText()
    assert view.text().count("/home/annika") == 201
    presentation_cover().set_mask(None)
    assert not view.isReadOnly()
    assert view.toPlainText() == view.text()


def test_characters_outside_the_basic_plane_keep_their_places(view: JsonView) -> None:
    view.show_window(window({"smile": "😀😀 needle 😀", "long": "😀" * 2_000}))
    text = view.text()
    at = text.index("needle")
    view.select(at, at + 6)
    assert view.textCursor().selectedText() == "needle"
    assert view.place() == (at, at + 6)
    view.open_next()
    assert view.window_shown is not None
    assert view.window_shown.restore(view.text()) == {"smile": "😀😀 needle 😀", "long": "😀" * 2_000}


def test_a_megabyte_without_a_blank_is_pasted_and_shown_quickly(view: JsonView) -> None:
    mime = QMimeData()
    mime.setText('{"a": "' + "A" * 1_000_000 + '"}')
    began = time.process_time()
    view.selectAll()
    view.insertFromMimeData(mime)
    view.viewport().repaint()
    assert time.process_time() - began < 3
    assert len(view.text()) == 1_000_009
    view.flush()


def test_what_is_selected_is_in_view_after_it_was_folded_away(view: JsonView) -> None:
    messages = [{"role": "user", "content": "word " * 120, "calls": [{"id": n} for n in range(9)]} for _ in range(7)]
    messages[3]["content"] = "needle"
    view.show_window(window({"model": "m", "messages": messages, "end": "needle"}))
    folded = view.document().findBlockByNumber(2)
    for _ in range(2):
        view.set_folded(folded, True)
        assert view.verticalScrollBar().maximum() == 0, "the rest fits"
        start = view.text().index("needle")
        while start >= 0:
            view.select(start, start + 6)
            assert view.viewport().rect().contains(view.cursorRect()), view.textCursor().block().text()
            start = view.text().find("needle", start + 1)
