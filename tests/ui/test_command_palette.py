"""The palette finds commands by words and runs the chosen one, by keyboard and by selection alike."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.ui.widgets.fields import SearchField
from app.ui.widgets.notifications import Notifier
from app.ui.window import Window


def opened(qtbot: QtBot) -> tuple[Window, list[str], SearchField, QListView]:
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window)
    window.add_view("chat", QWidget)
    window.show()
    ran: list[str] = []
    for name in ("Paint the town", "Paint the fence", "Sleep"):
        window.add_command(name, lambda name=name: name, lambda name=name: ran.append(name))  # type: ignore[misc]
    window.command_palette.open()
    fields = window.command_palette.findChildren(SearchField)
    return window, ran, fields[0], window.command_palette.findChildren(QListView)[0]


def test_enter_runs_the_first_match(qtbot: QtBot) -> None:
    window, ran, field, _ = opened(qtbot)
    qtbot.keyClicks(field, "fence")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ran == ["Paint the fence"]
    assert not window.command_palette.isVisible()


def test_arrows_move_and_run_nothing(qtbot: QtBot) -> None:
    _, ran, field, _ = opened(qtbot)
    field.setText("paint")
    qtbot.keyClick(field, Qt.Key.Key_Down)
    assert ran == []
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ran == ["Paint the fence"]


def test_selecting_a_row_runs_it(qtbot: QtBot) -> None:
    _, ran, field, rows = opened(qtbot)
    field.setText("sleep")
    rows.model().index(0, 0)
    rows.selectionModel().clearSelection()
    rows.selectionModel().select(rows.model().index(0, 0), rows.selectionModel().SelectionFlag.Select)
    assert ran == ["Sleep"]


def test_escape_closes(qtbot: QtBot) -> None:
    window, ran, field, _ = opened(qtbot)
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not window.command_palette.isVisible()
    assert ran == []


def test_no_match_shows_a_hint(qtbot: QtBot) -> None:
    _, ran, field, rows = opened(qtbot)
    field.setText("no such thing")
    assert rows.model().rowCount() == 0
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert ran == []


def test_its_size_does_not_depend_on_the_previous_filter(qtbot: QtBot) -> None:
    window, _, field, rows = opened(qtbot)
    palette = window.command_palette
    QTest.qWait(50)
    first = palette.size()
    for typed in ("no such thing", "sleep"):
        field.setText(typed)
        assert palette.height() < first.height()
        palette.close_overlay()
        palette.open()
        assert palette.size() == first
        QTest.qWait(20)
        assert palette.size() == first
        assert palette.rect().contains(rows.mapTo(palette, rows.rect().bottomRight()))


def test_a_disabled_command_is_not_offered_and_its_shortcut_does_nothing(qtbot: QtBot) -> None:
    window, _, field, rows = opened(qtbot)
    ran: list[str] = []
    window.add_command("later", lambda: "Later", lambda: ran.append("later"), "Ctrl+L", enabled=lambda: False)
    field.setText("later")
    assert rows.model().rowCount() == 0
    QTest.keyClick(window, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    assert ran == []
