"""Ctrl+/ shows all shortcuts by view, from the registry of commands."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QListView, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.row_model import RowRole
from app.ui.window import Window


def made(qtbot: QtBot) -> Window:
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window)
    window.resize(960, 640)
    view = QWidget()
    field = QLineEdit(view)
    window.add_view("chat", lambda: view)
    window.add_view("studio", QWidget)
    window.show_view("chat")
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    field.setFocus()
    return window


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def rows(window: Window) -> list[tuple[str, str, str]]:
    """Section, what it does and the keys of each row."""
    listed = window.cheat_sheet.findChildren(QListView)[0]
    indexes = [listed.model().index(row, 0) for row in range(listed.model().rowCount())]
    return [(str(i.data(RowRole.SECTION)), str(i.data()), str(i.data(RowRole.BADGE))) for i in indexes]


def test_it_lists_the_shortcuts_of_every_view(qtbot: QtBot) -> None:
    window = made(qtbot)
    window.add_command("paint", lambda: "Paint", print, "Ctrl+Shift+Y", view="studio", is_local=True)
    window.add_command("quiet", lambda: "Without shortcut", print)
    before = focused()
    QTest.keyClick(before, Qt.Key.Key_Slash, Qt.KeyboardModifier.ControlModifier)
    sheet = window.cheat_sheet
    assert sheet.isVisible()
    listed = rows(window)
    assert ("Everywhere", "Command palette", "Ctrl+K") in listed
    assert ("Everywhere", "All shortcuts", "Ctrl+/") in listed
    assert ("Studio", "Paint", "Ctrl+Shift+Y") in listed
    assert ("Chat", "Send the message", "Enter") in listed
    keys = {row[2] for row in listed if row[0] == "Chat"}
    assert {"/", "Shift+Del", "Ctrl+Enter"} <= keys, "widgets of the composer and of edits handle these"
    assert [section for section, _, _ in listed] == sorted(
        (section for section, _, _ in listed), key=["Everywhere", "Chat", "Studio"].index
    )
    list_view = sheet.findChildren(QListView)[0]
    spoken = list_view.model().index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert spoken == "Chat, Ctrl+1"
    assert window.rect().contains(sheet.geometry().adjusted(8, 8, -8, -8))
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert not sheet.isVisible()
    assert focused() is before


def test_it_is_searched_by_action_and_by_keys(qtbot: QtBot) -> None:
    window = made(qtbot)
    window.cheat_sheet.toggle()
    field = window.cheat_sheet.findChildren(QLineEdit)[0]
    field.setText("undo")
    assert [action for _, action, _ in rows(window)] == ["Undo"]
    field.setText("ctrl+k")
    assert [action for _, action, _ in rows(window)] == ["Command palette"]
    field.setText("no such thing")
    assert rows(window) == []


def test_from_the_palette_it_gives_the_focus_back_to_where_it_was(qtbot: QtBot) -> None:
    window = made(qtbot)
    before = focused()
    window.command_palette.open()
    window.commands.run("shortcuts")
    assert not window.command_palette.isVisible()
    window.cheat_sheet.close_overlay()
    assert focused() is before


def test_a_local_shortcut_works_in_its_view_only_and_may_be_used_by_another(qtbot: QtBot) -> None:
    window = made(qtbot)
    ran: list[str] = []
    window.add_command("one", lambda: "One", lambda: ran.append("chat"), "Ctrl+R", view="chat", is_local=True)
    window.add_command("two", lambda: "Two", lambda: ran.append("studio"), "Ctrl+R", view="studio", is_local=True)
    window.add_command("three", lambda: "Three", lambda: ran.append("one"), "Ctrl+Y", view="chat", is_local=True)
    for view in ("studio", "chat"):
        window.show_view(view)
        QTest.keyClick(window, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
        QTest.keyClick(window, Qt.Key.Key_Y, Qt.KeyboardModifier.ControlModifier)
    assert ran == ["studio", "chat", "one"]
