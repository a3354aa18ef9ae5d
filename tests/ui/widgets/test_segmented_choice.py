"""Options side by side: chosen by a click, the keyboard, and by assistive tools as in any choice."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.ui.widgets.segmented_choice import SegmentedChoice


def made(qtbot: QtBot) -> tuple[SegmentedChoice, list[str]]:
    choice = SegmentedChoice("Tool answer")
    qtbot.addWidget(choice)
    choice.set_choices((("ask", "Me"), ("canned", "Canned"), ("builtin", "Built in")))
    choice.set_key("ask")
    chosen: list[str] = []
    choice.chosen.connect(chosen.append)
    choice.show()
    return choice, chosen


def test_a_click_chooses_what_is_under_the_pointer(qtbot: QtBot) -> None:
    choice, chosen = made(qtbot)
    edit = choice.lineEdit()
    assert edit is not None
    for row, key in ((1, "canned"), (2, "builtin"), (0, "ask")):
        spot = list(choice._segments())[row].center().toPoint()
        is_inside = edit.geometry().contains(spot)
        target, spot = (edit, edit.mapFrom(choice, spot)) if is_inside else (choice, spot)
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=spot)
        assert (choice.key(), chosen[-1]) == (key, key)
    assert not choice.view().isVisible(), "the list stays closed"


def test_arrow_keys_and_first_letters_choose(qtbot: QtBot) -> None:
    choice, chosen = made(qtbot)
    edit = choice.lineEdit()
    assert edit is not None
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left):
        QTest.keyClick(edit, key)
    assert chosen == ["canned", "builtin", "canned"], "it ends at the last"
    QTest.keyClicks(edit, "mx")
    assert choice.key() == "ask" and edit.text() == "Me", "other letters choose and type nothing"
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.text() == "Me"


def test_assistive_tools_read_and_set_it(qtbot: QtBot) -> None:
    choice, chosen = made(qtbot)
    edit = choice.lineEdit()
    assert edit is not None
    tree = QAccessible.queryAccessibleInterface(edit)
    assert tree.text(QAccessible.Text.Name) == "Tool answer"
    assert tree.text(QAccessible.Text.Value) == "Me"
    edit.setText("Canned")
    assert choice.key() == "canned" and chosen == ["canned"]
