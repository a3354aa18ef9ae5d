"""Lists act on selection, however it changes."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.widgets.empty_state import EmptyState
from app.ui.widgets.row_delegate import context_start, find_term
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import Row, RowModel, RowRole
from app.ui.widgets.spinner import Spinner
from app.ui.widgets.tabs import Tabs

ROWS = [
    Row("a", "Rain plan", "2 tools", section="Today"),
    Row("b", "街口老周", "3 branches", badge="stopped", badge_kind="warn", section="Today"),
    Row("c", "Course outline", section="This week", icon=Icon.PIN),
]


@pytest.fixture
def rows(qtbot: QtBot) -> RowList:
    subject = RowList("Conversations")
    qtbot.addWidget(subject)
    subject.setModel(RowModel(ROWS))
    subject.resize(260, 400)
    subject.show()
    qtbot.waitExposed(subject)
    return subject


def model(rows: RowList) -> RowModel:
    found = rows.model()
    assert isinstance(found, RowModel)
    return found


def sent(spy: QSignalSpy) -> list[str]:
    return [spy.at(place)[0] for place in range(spy.count())]


def test_the_model_passes_qts_model_test(qtmodeltester: ModelTester) -> None:
    subject = RowModel(ROWS)
    qtmodeltester.check(subject)
    subject.set_rows(ROWS[1:])
    qtmodeltester.check(subject)


def test_a_selection_change_alone_activates_and_scrolls_to_the_row(rows: RowList) -> None:
    spy = QSignalSpy(rows.row_selected)
    index = rows.model().index(1, 0)
    rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    assert sent(spy) == ["b"]
    assert rows.currentIndex() == index
    assert rows.selected_key() == "b"


def test_click_and_arrow_keys_act_too(rows: RowList, qtbot: QtBot) -> None:
    spy = QSignalSpy(rows.row_selected)
    spot = rows.visualRect(rows.model().index(0, 0)).center()
    qtbot.mouseClick(rows.viewport(), Qt.MouseButton.LeftButton, pos=spot)
    qtbot.keyClick(rows, Qt.Key.Key_Down)
    assert sent(spy) == ["a", "b"]


def test_select_key_emits_nothing(rows: RowList) -> None:
    spy = QSignalSpy(rows.row_selected)
    rows.select_key("c")
    assert rows.currentIndex().data(RowRole.KEY) == "c"
    rows.select_key(None)
    assert (rows.selected_key(), rows.selectionModel().hasSelection(), spy.count()) == (None, False, 0)


def test_the_selection_survives_new_rows(rows: RowList) -> None:
    rows.select_key("b")
    spy = QSignalSpy(rows.row_selected)
    model(rows).set_rows([Row("z", "Newest"), *ROWS])
    assert rows.currentIndex().data(RowRole.KEY) == "b"
    assert spy.count() == 0


def test_changed_rows_are_updated_in_place(rows: RowList) -> None:
    reset = QSignalSpy(model(rows).modelReset)
    changed = QSignalSpy(model(rows).dataChanged)
    model(rows).set_rows([ROWS[0], ROWS[1]._replace(subtitle="4 branches"), ROWS[2]])
    assert (reset.count(), changed.count()) == (0, 1)
    assert rows.model().index(1, 0).data(RowRole.SUBTITLE) == "4 branches"
    assert model(rows).row_of("c") == 2
    assert model(rows).row_of("nothing") == -1


def test_a_section_heading_is_above_its_first_row_only(rows: RowList) -> None:
    heights = [rows.visualRect(rows.model().index(row, 0)).height() for row in range(3)]
    assert heights[0] == heights[2] > heights[1] >= 56


def test_the_accessible_text_of_a_row_has_badge_and_subtitle(rows: RowList) -> None:
    assert rows.model().index(1, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "街口老周, stopped, 3 branches"


def test_the_selected_row_has_a_soft_background(rows: RowList) -> None:
    rows.select_key("b")
    place = rows.visualRect(rows.model().index(1, 0))
    image = rows.viewport().grab().toImage()
    assert image.pixelColor(place.left() + 14, place.center().y()) == theme().colour("soft")


def test_the_keyboard_switches_tabs(qtbot: QtBot) -> None:
    tabs = Tabs("Voices")
    qtbot.addWidget(tabs)
    for words in ("Design", "Clone", "Library"):
        tabs.addTab(words)
    tabs.show()
    tabs.setFocus()
    qtbot.keyClick(tabs, Qt.Key.Key_Right)
    assert tabs.tabText(tabs.currentIndex()) == "Clone"
    assert tabs.tabRect(2).right() <= tabs.sizeHint().width()


def test_an_empty_state_shows_its_button_only_with_a_label(qtbot: QtBot) -> None:
    empty = EmptyState(Icon.CHAT, "Conversations appear here.")
    qtbot.addWidget(empty)
    empty.show()
    assert not empty.step.isVisible()
    empty.set_words("Conversations appear here.", "Start one")
    assert empty.step.isVisible()
    with qtbot.waitSignal(empty.step.clicked, timeout=500):
        qtbot.mouseClick(empty.step, Qt.MouseButton.LeftButton)


def test_a_spinner_is_animated_only_while_visible_and_without_reduced_motion(qtbot: QtBot) -> None:
    spinner = Spinner()
    qtbot.addWidget(spinner)
    assert not spinner._timer.isActive()
    spinner.show()
    assert spinner._timer.isActive()
    theme().set_reduced_motion(True)
    assert not spinner._timer.isActive()
    theme().set_reduced_motion(False)
    assert spinner._timer.isActive()
    spinner.hide()
    assert not spinner._timer.isActive()


@pytest.mark.parametrize(
    ("query", "line", "found"),
    [
        ("rain", "Will it Rain today", "Rain"),
        ('"it rain" today', "Will it Rain today", "it Rain"),
        ("snow rain", "Will it Rain today", "Rain"),
        ("雨衣", "早上出发，带上雨衣", "雨衣"),
        ("snow", "Will it Rain today", ""),
        ("", "Will it Rain today", ""),
    ],
)
def test_the_first_query_term_in_a_line_is_found(query: str, line: str, found: str) -> None:
    begin, end = find_term(query, line)
    assert line[begin:end] == found


def test_a_long_row_shows_and_highlights_the_match(qtbot: QtBot) -> None:
    tail = "and then after a very long way through the hills of Hebei we met a donkey"
    subject = RowList("Conversations")
    qtbot.addWidget(subject)
    subject.setModel(RowModel([Row("a", "Trip", tail, found="donkey"), Row("b", "Trip", tail)]))
    subject.resize(240, 200)
    subject.show()
    qtbot.waitExposed(subject)
    picture = subject.grab().toImage()
    mark = theme().colour("warn_soft")

    def marked(row: int) -> bool:
        area = subject.visualRect(subject.model().index(row, 0))
        points = ((x, y) for x in range(area.left(), area.right()) for y in range(area.top(), area.bottom()))
        return any(picture.pixelColor(x, y) == mark for x, y in points)

    assert marked(0)
    assert not marked(1)
    assert tail[context_start(tail, tail.find("donkey")) :] == "we met a donkey"


def test_a_row_of_a_hidden_list_is_not_reported_as_focused(rows: RowList) -> None:
    rows.select_key("b")
    tree = QAccessible.queryAccessibleInterface(rows)
    assert tree.child(1).state().focused
    rows.hide()
    assert not tree.child(1).state().focused
    rows.select_key("c")
    assert not tree.child(2).state().focused
    assert rows.selectionModel().isSelected(rows.model().index(2, 0))
    rows.show()
    assert rows.currentIndex().row() == 2


def test_a_list_without_a_model_shows_and_hides_without_warnings(qtbot: QtBot, qtlog: Any) -> None:
    subject = RowList("Conversations")
    qtbot.addWidget(subject)
    subject.show()
    subject.hide()
    assert [record.message for record in qtlog.records if "ItemSelectionModel" in record.message] == []
