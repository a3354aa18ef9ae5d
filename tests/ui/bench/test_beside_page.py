"""The Beside page: how it says what is chosen and what differs, and what it hides while presenting."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.differences import word_differences
from app.core.messages import Message, Text
from app.core.presentation_mask import PresentationMask
from app.core.requests import Sampling
from app.core.side_by_side import Column, DraftTurn, differing_fields
from app.services.bench.run_budget import Amount
from app.ui.bench.beside import sample
from app.ui.bench.beside.column import ColumnView
from app.ui.bench.beside.differing_chip import DifferingSpin
from app.ui.bench.beside.figures import Figure
from app.ui.bench.beside.page import BesidePage
from app.ui.texts.side_by_side import estimate_text, fastest, uncounted_text
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.window_texts import texts

SECRET = "annika"


@pytest.fixture
def page(qtbot: QtBot) -> Iterator[BesidePage]:
    view = BesidePage()
    qtbot.addWidget(view)
    qtbot.addWidget(view.head)
    view.resize(1300, 800)
    view.show()
    yield view
    presentation_cover().set_mask(None)


def test_what_differs_from_the_base_is_marked_in_words(page: BesidePage) -> None:
    base = Column("a", model="m", system="Be brief.", sampling=Sampling(thinking=True))
    other = Column("b", model="m", system="Be long.", sampling=Sampling(thinking=False, temperature=0.5))
    settings = page.columns[1].settings
    settings.show_column(other, differing_fields(other, base), thinks=False, temperature_lock="")
    assert settings.think.text() == "≠ Thinking off" and not settings.think.isChecked()
    assert settings.temperature.caption.text().startswith("≠") and settings.temperature.spin.value() == 0.5
    assert settings.prompt_chip.text() == "≠ Be long."
    assert not settings.more_chip.differs
    settings.show_column(base, (), thinks=True, temperature_lock="")
    assert settings.think.text() == "Thinking on"


def test_a_setting_is_passed_on_once_it_is_changed_and_not_while_it_is_shown(qtbot: QtBot, page: BesidePage) -> None:
    settings = page.columns[0].settings
    changes: list[tuple[str, object]] = []
    settings.changed.connect(lambda name, value: changes.append((name, value)))
    settings.show_column(Column("a", system="Hello"), (), thinks=True, temperature_lock="")
    assert changes == []
    settings.think.click()
    qtbot.keyClicks(settings.system, "!")
    settings.temperature.spin.setValue(0.7)
    assert ("thinking", False) in changes and ("temperature", 0.7) in changes
    assert changes[1][0] == "system"


def test_words_that_are_not_in_the_base_are_underlined(page: BesidePage) -> None:
    view = page.columns[1]
    message = Message("m", "assistant", (Text("🙂 火车**晚点**约 25 分钟 and waits"),))
    answer = view.begin_answer(message, 1)
    answer.set_message(message)
    answer.mark(word_differences("🙂 火车准点 and leaves", answer.plain_text()))
    view_of_words = answer.answer_view
    assert view_of_words is not None
    marked = "".join(each.cursor.selectedText() for each in view_of_words.extraSelections())
    assert "晚" in marked and "waits" in marked
    assert "火" not in marked and "and" not in marked
    answer.mark(())
    assert view_of_words.extraSelections() == []


def test_an_answer_stands_in_the_place_of_what_says_that_there_is_none(page: BesidePage) -> None:
    view: ColumnView = page.columns[0]
    assert view.blank.isVisible() and view.blank.accessibleName() == "Answer"
    message = Message("m", "assistant", (Text("Well."),))
    view.begin_answer(message, 1).set_message(message)
    view.note_words()
    assert not view.blank.isVisible() and view.blank.accessibleName() == ""
    view.clear_answer()
    assert view.blank.isVisible() and view.blank.accessibleName() == "Answer"


def test_columns_are_added_up_to_four_and_the_last_one_stays(page: BesidePage) -> None:
    added: list[ColumnView] = []
    page.column_added.connect(added.append)
    page.show_columns(9)
    assert [view.accessibleName() for view in page.columns] == [f"Column {n}" for n in (1, 2, 3, 4)]
    assert len(added) == 2 and not page.add.isEnabled() and page.add.toolTip()
    page.show_columns(0)
    assert len(page.columns) == 1 and not page.columns[0].remove.isEnabled()


def test_figures_say_in_one_line_what_they_show(page: BesidePage) -> None:
    figures = page.columns[0].figures
    figures.show_figures([Figure("speed", "88 tok/s", "fastest", True)], "Usage: speed 88 tok/s fastest")
    assert figures.accessibleName() == "Usage: speed 88 tok/s fastest"


def test_only_one_alone_is_the_fastest() -> None:
    assert fastest([0.4, 0.3, None], is_lowest=True) == 1
    assert fastest([80.0, 120.0], is_lowest=False) == 1
    assert fastest([0.3, 0.3], is_lowest=True) is None
    assert fastest([None, 0.3], is_lowest=True) is None


def test_what_is_private_is_masked_while_presenting(page: BesidePage) -> None:
    presentation_cover().set_mask(PresentationMask(names=[SECRET]))
    sample.fill(page)
    turns = (DraftTurn("a", "user", f"Hello {SECRET}", name=SECRET),)
    page.shared.show_shared(turns, f"For {SECRET}: {{{{who}}}}", {"who": SECRET})
    page.shared.editor.show_turns(turns, can_undo=False, can_redo=False, can_reset=False)
    page.shared.edit.setChecked(True)
    page.foot.set_message(f"For {SECRET}")
    message = Message("m", "assistant", (Text(f"Dear {SECRET}"),))
    page.columns[0].begin_answer(message, 1).set_message(message)
    column = Column("a", system=f"You write to {SECRET}", tools=(SECRET,))
    page.columns[0].settings.show_tools([SECRET])
    page.columns[0].settings.show_services([("", SECRET)])
    page.columns[0].settings.show_column(column, (), thinks=False, temperature_lock="")
    page.differences.show_parts([("added", f"Dear {SECRET}")])
    # Fields return what they cover, and draw something else.
    fields = ("LineField", "TextArea", "MessageField")
    said = [(where, text) for where, text in texts(page) if where.partition(" ")[0] not in fields]
    said += [("line field", field.displayText()) for field in page.findChildren(LineField)]
    said += [("text area", area.document().toPlainText()) for area in page.findChildren(TextArea)]
    assert [each for each in said if SECRET in each[1]] == []


def test_a_column_says_why_it_is_not_sent_yet(page: BesidePage) -> None:
    answer = page.columns[0].begin_answer(Message("m", "assistant"), 1)
    answer.begin()
    answer.waiting.set_reason("The request limit is reached.")
    assert answer.waiting.words.text() == "The request limit is reached."
    answer.waiting.set_reason("")
    assert answer.waiting.words.text().startswith("Waiting for the service")
    answer.waiting.stop()


def test_the_limit_names_its_currency_and_has_a_number_for_each(page: BesidePage) -> None:
    limits = page.foot.limits
    changes: list[tuple[str, object]] = []
    limits.changed.connect(lambda currency, limit: changes.append((currency, limit)))
    limits.show_limits(("USD", "CNY"), {"CNY": 0.3})
    first, second = limits.findChildren(DifferingSpin)
    assert (first.caption.text(), second.caption.text()) == ("limit $", "limit ¥")
    assert first.spin.accessibleName() == "Limit of a run" and second.spin.accessibleName() == "Limit of a run in ¥"
    assert first.spin.number_in_use() is None and second.spin.number_in_use() == 0.3
    assert changes == []
    first.spin.set_number(0.05)
    second.spin.set_number(None)
    assert changes == [("USD", 0.05), ("CNY", None)]
    limits.show_limits(("CNY",), {})
    assert first.caption.text() == "limit ¥" and first.isVisible() and not second.isVisible()


def test_what_no_limit_counts_is_said() -> None:
    assert uncounted_text(()) == ""
    assert "column 2" in uncounted_text((1,)) and "columns 1, 3" in uncounted_text((0, 2))
    assert estimate_text(Amount({"USD": 0.001, "CNY": 0.02})) == "≈ $0.0010 + ¥0.0200"


def test_the_base_column_can_be_read_where_the_tabs_leave_no_room(qtbot: QtBot, page: BesidePage) -> None:
    tabs = QWidget()  # As a window of its own it would not be as narrow.
    qtbot.addWidget(tabs)
    page.head.setParent(tabs)
    tabs.resize(1100, 80)
    tabs.show()
    page.head.show()
    page.runs.set_choices([("1", "Run 1, 30 Nov 2026 14:20")])
    page.runs.show()
    for width, stands_in in ((1000, page.head), (420, page), (1000, page.head)):
        page.head.resize(width, 60)
        qtbot.waitUntil(lambda place=stands_in: place.isAncestorOf(page.base) and place.isAncestorOf(page.runs))
        qtbot.waitUntil(lambda: page.base.isVisible() and page.base.width() >= page.base.sizeHint().width())
        assert page.base.key() == "0"
    page.head.setParent(None)
