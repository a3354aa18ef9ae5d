"""Takes are filtered, sorted and grouped; rows say what was found, how far a take is and where it is from."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, TakeFinding, TakeProgress, VoiceSnapshot
from app.ui.studio.desk_layout import TAKES_WIDTH
from app.ui.studio.take_arranging import TakeArranging
from app.ui.studio.takes_panel import TakesPanel
from app.ui.texts.takes import level_and_delay, lineage, progress_text

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
KEY = Qt.Key


def take(number: int, **fields: object) -> Take:
    plain = Take(
        str(number), MIA, "The ferry leaves.", number=number, created=float(number), state="done",
        frames=24_000 * number, loudness=-20.0, peaks=b"\x80\x7f",
    )  # fmt: skip
    return msgspec.structs.replace(plain, **fields)


@pytest.fixture
def panel(qtbot: QtBot) -> Iterator[TakesPanel]:
    panel = TakesPanel(Settings())
    qtbot.addWidget(panel)
    panel.resize(420, 1100)
    panel.retranslate()
    TakeArranging(panel)
    panel.show()
    panel.model.set_takes(
        (
            take(1, stars=1), take(2, note="warm"), take(3, findings=(TakeFinding("abrupt"), TakeFinding("clips"))),
            take(4, text="Good evening."), take(5),
        )
    )  # fmt: skip
    panel.list.select_key("5")
    yield panel


def listed(panel: TakesPanel) -> list[str]:
    return [take.id for take in panel.model.listed()]


def spoken(panel: TakesPanel) -> list[str]:
    rows = QAccessible.queryAccessibleInterface(panel.list)
    return [rows.child(row).text(QAccessible.Text.Name) for row in range(rows.childCount())]


def test_the_filter_is_chosen_by_control_and_a_listed_take_is_selected(qtbot: QtBot, panel: TakesPanel) -> None:
    assert not panel.filter.isVisible()
    panel.filtering.click()
    assert panel.filter.query.hasFocus()
    shown = panel.filter.shown
    for text, expected in (
        ("Starred", ["1"]),
        ("With a note", ["2"]),
        ("With a finding", ["3"]),
        ("All takes", list("54321")),
    ):
        shown.lineEdit().setText(text)  # as an assistive tool does
        qtbot.waitUntil(lambda expected=expected: listed(panel) == expected)
        assert panel.list.selected_key() in expected, "buttons have a target that is shown"
    qtbot.keyClicks(panel.filter.query, "even")
    assert listed(panel) == ["4"] and panel.list.selected_key() == "4"
    panel.filtering.click()
    assert listed(panel) == list("54321"), "a filter that can't be seen hides nothing"


def test_a_filter_without_a_match_says_so_and_offers_a_way_out(qtbot: QtBot, panel: TakesPanel) -> None:
    panel.filtering.click()
    qtbot.keyClicks(panel.filter.query, "nowhere")
    assert listed(panel) == [] and panel.list.selected_keys() == []
    assert panel.show_all.isVisible() and not panel.example.isVisible()
    panel.show_all.click()
    assert listed(panel) == list("54321") and not panel.show_all.isVisible()


def test_a_new_take_is_listed_whatever_the_filter(panel: TakesPanel) -> None:
    panel.filtering.click()
    panel.filter.shown.set_key("starred")
    panel.filter.shown.chosen.emit("starred")
    assert listed(panel) == ["1"]
    new = take(6, state="queued", frames=0)
    panel.model.show_take(new)
    assert listed(panel) == ["6", "1"]
    panel.model.show_take(take(6))
    assert listed(panel) == ["6", "1"], "it does not vanish when it is done"
    panel.model.show_take(take(1))
    assert listed(panel) == ["6"], "the star was taken away"


def test_takes_are_sorted_and_keep_their_selection(panel: TakesPanel) -> None:
    panel.list.select_keys(["4", "2"], lead="2")
    panel.filter.order.set_key("oldest")
    panel.filter.order.chosen.emit("oldest")
    assert listed(panel) == list("12345")
    assert panel.list.selected_keys() == ["2", "4"] and panel.list.selected_key() == "2"
    panel.filter.order.set_key("longest")
    panel.filter.order.chosen.emit("longest")
    assert listed(panel) == list("54321")


def test_groups_have_headings_that_are_read_and_passed_over_by_keys(qtbot: QtBot, panel: TakesPanel) -> None:
    panel.list.setFocus()
    panel.filter.by_text.click()
    names = spoken(panel)
    assert names[0] == "4 takes · The ferry leaves." and names[5] == "1 take · Good evening."
    assert names[1].startswith("Take 5 · Mia") and names[6].startswith("Take 4 · Mia")
    panel.list.select_key("1")
    qtbot.keyClick(panel.list, KEY.Key_Down)
    assert panel.list.selected_keys() == ["4"]
    qtbot.keyClick(panel.list, KEY.Key_Home)
    assert panel.list.selected_keys() == ["5"]
    qtbot.keyClick(panel.list, KEY.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert panel.list.selected_keys() == ["5", "3", "2", "1", "4"]
    panel.model.show_take(take(6, text="Good evening."))
    heading = panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    assert heading == "2 takes · Good evening.", "the newest take leads its group to the top"


def test_rows_say_what_was_found_and_what_to_do(panel: TakesPanel) -> None:
    row = panel.model.row_of("3")
    assert row is not None
    index = panel.model.index(row)
    assert index.data(Qt.ItemDataRole.AccessibleTextRole) == "Take 3 · Mia, 3 s, done, ends abruptly, clips"
    for role in (Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleDescriptionRole):
        assert "listen to the end, and redo the take" in index.data(role)
    unknown = take(7, findings=(TakeFinding("croaks"),))
    panel.model.show_take(unknown)
    assert panel.model.index(0).data(Qt.ItemDataRole.AccessibleTextRole).endswith(", finding")


def test_what_is_known_of_a_take_that_is_made_is_said_and_no_more() -> None:
    waiting, whole = take(1, state="queued", frames=0), take(1, state="speaking", frames=0)
    assert progress_text(take(1), None) == ""
    assert (
        progress_text(waiting, None)
        == progress_text(waiting, TakeProgress("queued", 0, True))
        == "queued, nothing was sent yet"
    )
    assert progress_text(whole, TakeProgress("requesting", 0, True)) == "waits to be sent"
    assert progress_text(whole, TakeProgress("waiting", 4.7, True)) == "waits for the service, 4 s"
    assert progress_text(whole, TakeProgress("requesting", 4.7, True)) == "sent, waits for sound, 4 s"
    assert progress_text(whole, TakeProgress("requesting", 4.7, False)) == "arrives as one block, 4 s"
    growing = take(2, state="speaking")
    assert progress_text(growing, TakeProgress("receiving", 4.7, True)) == "2 s arrived, 4 s since it was sent"
    assert progress_text(growing, TakeProgress("receiving", 0.4, True)) == "2 s arrived"
    assert progress_text(growing, TakeProgress("queued", 0, True)) == "2 s arrived"


def test_the_delay_is_named_and_one_block_where_nothing_streamed() -> None:
    assert level_and_delay(take(1, first_sound=0.31, last_byte=2.0)) == ("−20.0 LUFS", "0.31 s to sound")
    assert level_and_delay(take(1, first_sound=2.0, last_byte=2.0))[1] == "one block"
    assert level_and_delay(take(1, first_sound=2.0, stream=False))[1] == "one block"
    assert level_and_delay(take(1)) == ("−20.0 LUFS", "")


def test_the_origin_of_a_take_is_named() -> None:
    parent = take(3)
    assert lineage(take(4), None) == ""
    assert lineage(take(4, parent="3", relation="redo"), parent) == "redo of take 3"
    assert lineage(take(4, parent="3", relation="reuse"), parent) == "from take 3, reuse"
    assert lineage(take(4, parent="3", relation="part"), parent) == "from take 3, parts spoken again"
    assert lineage(take(4, parent="gone", relation="redo"), None) == "redo of another take"


def test_the_latency_strip_says_what_it_paints(panel: TakesPanel) -> None:
    strip = panel.latency
    strip.show_take(take(1, sent=0.01, first_byte=0.2, first_sound=0.31, last_byte=2.0))
    assert strip.isVisible()
    name = QAccessible.queryAccessibleInterface(strip).text(QAccessible.Text.Name)
    assert name == "Latency: sent 0.01 s, first byte 0.2 s, first sound 0.31 s, last byte 2.0 s"
    strip.show_take(take(1, first_byte=0.2, first_sound=1.95, last_byte=2.0))
    assert strip.text().endswith("The sound came in one burst.")
    strip.show_take(take(1))
    assert not strip.isVisible(), "of a take of an earlier version nothing is known"


def test_a_row_that_is_played_is_painted_where_it_is(qtbot: QtBot, panel: TakesPanel) -> None:
    changed: list[int] = []
    panel.model.dataChanged.connect(lambda first, last: changed.extend(range(first.row(), last.row() + 1)))
    panel.model.set_played("4", 0.5)
    panel.model.set_played("4", 0.5)
    assert changed == [1]
    assert panel.model.shown(1).played == 0.5 and panel.model.shown(0).played is None
    before = panel.list.viewport().grab().toImage()
    panel.model.set_played("4", 0.9)
    assert panel.list.viewport().grab().toImage() != before


def test_a_heading_counts_the_takes_that_come_back(panel: TakesPanel) -> None:
    panel.model.remove("4")
    panel.filter.by_text.click()
    panel.filter.shown.set_key("starred")
    panel.filter.shown.chosen.emit("starred")
    assert listed(panel) == ["1"]
    repainted: list[int] = []
    panel.model.dataChanged.connect(lambda first, last, _roles: repainted.extend(range(first.row(), last.row() + 1)))
    panel.filter.show_all()
    assert listed(panel) == ["5", "3", "2", "1"]
    assert 0 in repainted, "the heading stands above what came, and counts it"


def test_the_buttons_of_a_take_stand_in_one_row(qtbot: QtBot, panel: TakesPanel) -> None:
    panel.resize(TAKES_WIDTH, 876)
    qtbot.wait(1)
    buttons = [button for button in (*panel.take_buttons(), panel.more, panel.compare) if button.isVisible()]
    assert len(buttons) == 10
    assert len({button.geometry().center().y() for button in buttons}) == 1
