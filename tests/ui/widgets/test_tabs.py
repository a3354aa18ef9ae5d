"""Tabs for assistive technology: which is selected, which has the focus, and how one is pressed."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.widgets.tabs import Tabs


def page(qtbot: QtBot) -> tuple[Tabs, QLineEdit]:
    view = QWidget()
    qtbot.addWidget(view)
    tabs, line = Tabs("Bench"), QLineEdit()
    for name in ("Beside", "Cases", "Prompts"):
        tabs.addTab(name)
    column = QVBoxLayout(view)
    column.addWidget(tabs)
    column.addWidget(line)
    # Kept by its parent.
    tabs.setParent(view)
    line.setParent(view)
    view.show()
    view.activateWindow()
    line.setFocus()
    qtbot.waitUntil(line.hasFocus)
    pages.append(view)
    return tabs, line


pages: list[QWidget] = []


def found(tabs: Tabs) -> list[QAccessibleInterface]:
    whole = QAccessible.queryAccessibleInterface(tabs)
    assert whole is not None and whole.role() == QAccessible.Role.PageTabList
    children = [whole.child(index) for index in range(whole.childCount())]
    return [child for child in children[:3] if child is not None]


def states(tabs: Tabs, bit: str) -> list[bool]:
    return [bool(getattr(tab.state(), bit)) for tab in found(tabs)]


def test_a_tab_has_the_focus_only_while_the_tabs_have_it(qtbot: QtBot) -> None:
    tabs, line = page(qtbot)
    line.setFocus()
    assert [tab.role() for tab in found(tabs)] == [QAccessible.Role.PageTab] * 3
    assert states(tabs, "selected") == [True, False, False]
    assert states(tabs, "focused") == [False, False, False]
    tabs.setFocus()
    assert states(tabs, "focused") == [True, False, False]
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert states(tabs, "focused") == states(tabs, "selected") == [False, True, False]
    line.setFocus()
    assert states(tabs, "focused") == [False, False, False]


def test_each_tab_has_its_name_and_place_and_is_pressed(qtbot: QtBot) -> None:
    tabs, _ = page(qtbot)
    tabs.setTabText(2, "Library")
    names = [tab.text(QAccessible.Text.Name) for tab in found(tabs)]
    assert names == ["Beside", "Cases", "Library"]
    assert [tab.rect().width() for tab in found(tabs)] == [tabs.tabRect(index).width() for index in range(3)]
    last = found(tabs)[2]
    assert last.actionInterface().actionNames() == ["Press"]
    last.actionInterface().doAction("Press")
    assert tabs.currentIndex() == 2 and states(tabs, "selected") == [False, False, True]
    qtbot.mouseClick(tabs, Qt.MouseButton.LeftButton, pos=tabs.tabRect(0).center())
    assert tabs.currentIndex() == 0, "what assistive technology finds takes no press of the mouse"
