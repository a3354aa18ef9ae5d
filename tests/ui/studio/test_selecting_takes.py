"""Several takes are selected: by mouse, by keyboard and by assistive tools."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.ui.studio.takes_panel import TakesPanel

NONE, CTRL = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
LEFT, KEY = Qt.MouseButton.LeftButton, Qt.Key


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TakesPanel]:
    """Takes 5 to 1, of which 5 is selected."""
    panel = TakesPanel(Settings())
    qtbot.addWidget(panel)
    panel.resize(420, 1100)
    panel.retranslate()
    panel.show()
    voice = VoiceSnapshot("builtin", "Mia")
    panel.model.set_takes(
        tuple(Take(str(at), voice, number=at, created=at, state="done", frames=24_000) for at in range(1, 6))
    )
    panel.list.select_key("5")
    qtbot.waitUntil(lambda: panel.list.visualRect(panel.model.index(4)).bottom() < panel.list.viewport().height())
    yield panel


def click(qtbot: QtBot, panel: TakesPanel, key: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    row = panel.model.row_of(key)
    assert row is not None
    spot = panel.list.visualRect(panel.model.index(row)).center() + QPoint(60, 0)
    qtbot.mouseClick(panel.list.viewport(), LEFT, modifiers, spot)


def test_ctrl_and_shift_extend_the_selection_and_a_click_ends_it(qtbot: QtBot, panel: TakesPanel) -> None:
    alone: list[str] = []
    panel.list.row_selected.connect(alone.append)
    click(qtbot, panel, "2", CTRL)
    assert panel.list.selected_keys() == ["5", "2"] and panel.list.selected_key() == "2"
    click(qtbot, panel, "4", CTRL)
    assert panel.list.selected_keys() == ["5", "4", "2"], "in the order of the list"
    assert [take.number for take in panel.selected_takes()] == [5, 4, 2]
    click(qtbot, panel, "4", CTRL)
    assert panel.list.selected_keys() == ["5", "2"]
    assert alone == [], "a single take is selected only by a plain click"
    click(qtbot, panel, "3")
    assert panel.list.selected_keys() == ["3"] and alone == ["3"]
    click(qtbot, panel, "1", SHIFT)
    assert panel.list.selected_keys() == ["3", "2", "1"] and panel.list.selected_key() == "1"


def test_keys_extend_the_selection(qtbot: QtBot, panel: TakesPanel) -> None:
    panel.list.setFocus()
    panel.list.select_key("4")
    qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
    qtbot.keyClick(panel.list, KEY.Key_Down, SHIFT)
    assert panel.list.selected_keys() == ["4", "3", "2"] and panel.list.selected_key() == "2"
    qtbot.keyClick(panel.list, KEY.Key_Up, SHIFT)
    assert panel.list.selected_keys() == ["4", "3"] and panel.list.selected_key() == "3"
    qtbot.keyClick(panel.list, KEY.Key_A, CTRL)
    assert panel.list.selected_keys() == ["5", "4", "3", "2", "1"] and panel.list.selected_key() == "3"
    qtbot.keyClick(panel.list, KEY.Key_Down)
    assert panel.list.selected_keys() == ["2"]
    qtbot.keyClick(panel.list, KEY.Key_Up, CTRL)
    qtbot.keyClick(panel.list, KEY.Key_Up, CTRL)
    assert panel.list.selected_keys() == ["2"], "Ctrl and arrows move without selecting"
    qtbot.keyClick(panel.list, KEY.Key_Space, CTRL)
    assert panel.list.selected_keys() == ["4", "2"] and panel.list.selected_key() == "4"
    qtbot.keyClick(panel.list, KEY.Key_Space, CTRL)
    assert panel.list.selected_keys() == ["2"]


def test_an_assistive_tool_adds_and_removes_rows(panel: TakesPanel) -> None:
    rows = QAccessible.queryAccessibleInterface(panel.list)

    def toggle(row: int) -> None:
        action = rows.child(row).actionInterface()
        action.doAction(action.toggleAction())

    toggle(1)
    toggle(3)
    assert panel.list.selected_keys() == ["5", "4", "2"] and panel.list.selected_key() == "2"
    assert rows.child(3).state().selected and not rows.child(2).state().selected
    toggle(0)
    assert panel.list.selected_keys() == ["4", "2"]


def test_a_selection_that_the_program_makes_begins_the_next_range(qtbot: QtBot, panel: TakesPanel) -> None:
    click(qtbot, panel, "5")
    panel.list.select_key("2")
    click(qtbot, panel, "1", SHIFT)
    assert panel.list.selected_keys() == ["2", "1"]
    panel.list.select_keys(["1", "4", "gone"], lead="4")
    assert panel.list.selected_keys() == ["4", "1"] and panel.list.selected_key() == "4"
    panel.model.set_takes(panel.model.takes())
    assert panel.list.selected_keys() == ["4", "1"], "kept when the takes are listed again"


def test_the_empty_space_keeps_the_selection_and_a_removed_row_gives_it_to_its_neighbour(
    qtbot: QtBot, panel: TakesPanel
) -> None:
    panel.list.select_keys(["3", "2"])
    qtbot.mouseClick(panel.list.viewport(), LEFT, pos=QPoint(60, panel.list.viewport().height() - 4))
    assert panel.list.selected_keys() == ["3", "2"]
    panel.model.remove("3")
    assert panel.list.selected_keys() == ["2"] and panel.list.selected_key() == "2"
    panel.model.remove("2")
    assert panel.list.selected_keys() == ["1"] and panel.list.selected_key() == "1"


def test_the_only_selected_take_stays_selected_when_it_is_toggled(qtbot: QtBot, panel: TakesPanel) -> None:
    model = panel.list.selectionModel()
    model.select(panel.model.index(0), model.SelectionFlag.Toggle)
    assert panel.list.selected_keys() == ["5"] and panel.list.selected_key() == "5"
    assert model.isSelected(panel.model.index(0))
    click(qtbot, panel, "5", CTRL)
    assert panel.list.selected_keys() == ["5"]
    model.select(panel.model.index(1), model.SelectionFlag.Toggle)
    assert panel.list.selected_keys() == ["5", "4"], "others are added and removed as before"
