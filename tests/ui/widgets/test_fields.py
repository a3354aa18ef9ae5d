"""Fields and labels: growing with the text, searching and clearing, eliding with the full text in the tooltip."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.theme import theme
from app.ui.theme.tokens import CONTROL_HEIGHT, Type
from app.ui.widgets.buttons import IconButton
from app.ui.widgets.fields import LineField, SearchField, TextArea
from app.ui.widgets.flow_layout import FlowLayout
from app.ui.widgets.labels import ElidedLabel, Title


def test_a_line_field_has_its_name_height_and_font(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    field = LineField("Base URL", "https://…")
    QVBoxLayout(page).addWidget(field)
    page.show()
    assert QAccessible.queryAccessibleInterface(field).text(QAccessible.Text.Name) == "Base URL"
    assert field.height() == CONTROL_HEIGHT
    assert field.font().pixelSize() == Type.CONTROL


def test_a_text_set_by_an_assistive_tool_is_finished_a_moment_later(qtbot: QtBot) -> None:
    line = LineField("Stop sequences")
    qtbot.addWidget(line)
    finished = QSignalSpy(line.editingFinished)
    tree = QAccessible.queryAccessibleInterface(line)
    tree.setText(QAccessible.Text.Value, "END")
    qtbot.waitUntil(lambda: finished.count() == 1, timeout=5_000)
    assert line.text() == "END"
    line.setText("shown by the program")
    qtbot.keyClicks(line, " and typed")
    assert not line._settling.isActive()


def test_escape_and_the_clear_button_empty_a_search_field(qtbot: QtBot) -> None:
    field = SearchField("Search tags")
    qtbot.addWidget(field)
    field.show()
    cross = field.findChild(IconButton)
    assert isinstance(cross, IconButton)
    assert not cross.isVisible()
    field.setText("叹气")
    assert cross.isVisible()
    assert cross.accessibleName() == "Clear search"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    field.setText("笑")
    qtbot.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert field.text() == ""


def test_a_text_area_grows_with_its_text_within_limits(qtbot: QtBot) -> None:
    area = TextArea("Message", min_lines=2, max_lines=4)
    qtbot.addWidget(area)
    area.resize(300, 100)
    area.show()
    qtbot.waitExposed(area)
    empty = area.height()
    area.setPlainText("one\ntwo")
    assert area.height() == empty
    area.setPlainText("one\ntwo\nthree")
    three = area.height()
    area.setPlainText("\n".join("many"))
    four = area.height()
    area.setPlainText("\n" * 50)
    assert empty < three < four
    assert area.height() - four <= 2
    assert area.verticalScrollBarPolicy() == Qt.ScrollBarPolicy.ScrollBarAsNeeded


def test_a_text_area_shows_every_line_that_fits(qtbot: QtBot) -> None:
    area = TextArea("Message", min_lines=1, max_lines=6)
    qtbot.addWidget(area)
    area.resize(300, 100)
    area.show()
    qtbot.waitExposed(area)
    area.setPlainText("街口老周\nand his shop\n骨头硬")
    assert area.verticalScrollBar().maximum() == 0


def test_tab_moves_the_focus_out_of_a_text_area(qtbot: QtBot) -> None:
    area = TextArea("Message")
    qtbot.addWidget(area)
    assert area.tabChangesFocus()


def test_a_font_set_on_a_widget_survives_reparenting(qtbot: QtBot) -> None:
    area = TextArea("Text to speak", size=Type.SPEAK)
    page = QWidget()
    qtbot.addWidget(page)
    QVBoxLayout(page).addWidget(area)
    page.show()
    qtbot.waitExposed(page)
    assert area.font().pixelSize() == Type.SPEAK
    theme().set_text_scale(1.5)
    try:
        assert area.font().pixelSize() == theme().px(Type.SPEAK)
    finally:
        theme().set_text_scale(1.0)


def test_long_text_is_elided_but_complete_in_text_and_tooltip(qtbot: QtBot) -> None:
    label = ElidedLabel("interview-janis.flac · 31.2 s · 48 kHz stereo")
    qtbot.addWidget(label)
    label.resize(80, 20)
    label.show()
    assert label.toolTip() == label.text() == "interview-janis.flac · 31.2 s · 48 kHz stereo"
    label.resize(900, 20)
    assert label.toolTip() == ""
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == label.text()


def test_labels_do_not_interpret_markup(qtbot: QtBot) -> None:
    label = Title("<b>not bold</b>")
    qtbot.addWidget(label)
    assert label.textFormat() == Qt.TextFormat.PlainText
    assert label.font().pixelSize() == Type.TITLE


def test_a_flow_layout_wraps(qtbot: QtBot) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    flow = FlowLayout(page, gap=4, line_gap=8)
    parts = [QWidget() for _ in range(3)]
    for part in parts:
        part.setFixedSize(100, 20)
        flow.addWidget(part)
    page.resize(220, 100)
    page.show()
    qtbot.waitExposed(page)
    assert [(part.x(), part.y()) for part in parts] == [(0, 0), (104, 0), (0, 28)]
    assert flow.heightForWidth(220) == 48
    assert flow.heightForWidth(400) == 20


def test_the_placeholder_of_a_text_area_grows_with_the_text_size(qtbot: QtBot) -> None:
    area = TextArea("Message", "Message MiMo…")
    qtbot.addWidget(area)
    before = area.viewport().font().pixelSize()
    theme().set_text_scale(1.5)
    try:
        assert area.viewport().font().pixelSize() == area.font().pixelSize() == round(before * 1.5)
    finally:
        theme().set_text_scale(1.0)


def test_the_first_chinese_word_does_not_move_what_is_below(qtbot: QtBot) -> None:
    area = TextArea("Message", min_lines=3, max_lines=6)
    qtbot.addWidget(area)
    area.resize(300, 50)
    area.show()
    before = area.height()
    for text in ("One", "国", "国\n国\n国"):
        area.setPlainText(text)
        assert area.height() == before
    area.setPlainText("国\n" * 4)
    assert area.height() > before
