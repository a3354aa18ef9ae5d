"""What is typed into a number field is used as typed or refused in words, never turned into another number."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.core.prices import Tier
from app.core.settings import Settings
from app.ui.chat.parameters_panel import ParametersPanel
from app.ui.settings.network_page import NetworkPage
from app.ui.settings.prices_section import PricesSection
from app.ui.studio.view import StudioView
from app.ui.voices.design_tab import DesignTab
from app.ui.widgets.labels import Label
from app.ui.widgets.spin_box import TYPING_PAUSE_MS
from app.ui.widgets.spin_field import SpinField

REFUSED = None


def of_chat(name: str) -> Callable[[], tuple[QWidget, SpinField]]:
    def make() -> tuple[QWidget, SpinField]:
        panel = ParametersPanel()
        return panel, getattr(panel, name)

    return make


def of_studio(name: str) -> Callable[[], tuple[QWidget, SpinField]]:
    def make() -> tuple[QWidget, SpinField]:
        view = StudioView(Settings())
        return view, getattr(view, name)

    return make


def of_network() -> tuple[QWidget, SpinField]:
    page = NetworkPage(Settings())
    return page, next(iter(page._limits.values()))


def type_in(qtbot: QtBot, field: SpinField, text: str, *, pause: int = 0) -> None:
    line = field.number.lineEdit()
    line.selectAll()
    for count, letter in enumerate(text, 1):
        if letter.isascii():
            qtbot.keyClicks(line, letter)
        else:
            line.insert(letter)  # As an input method does: there is no key for it.
        if pause:
            qtbot.wait(pause)
        assert line.text() == text[:count], "rewritten under the fingers"


def of_voices() -> tuple[QWidget, SpinField]:
    tab = DesignTab()
    return tab, tab.candidates


def of_prices() -> tuple[QWidget, SpinField]:
    section = PricesSection()
    section.show_price("", "USD", Tier(0.1, 0.2, 0.3), own=False, editable=True)
    return section, section.miss


@pytest.mark.parametrize(
    ("make", "typed", "value"),
    [
        (of_chat("frequency"), "-1.5", -1.5),
        (of_chat("presence"), "1.2", 1.2),
        (of_chat("temperature"), "0,8", 0.8),
        (of_chat("temperature"), "1e-1", 0.1),
        (of_chat("top_p"), "0,95", 0.95),
        (of_chat("top_p"), "０．９", 0.9),
        (of_chat("max_tokens"), "4,096", 4096),
        (of_chat("max_tokens"), "4k", REFUSED),
        (of_chat("max_tokens"), "4.096", REFUSED),
        (of_chat("max_tokens"), "1000000000", REFUSED),
        (of_chat("frequency"), "-", REFUSED),
        (of_chat("temperature"), "0.123", REFUSED),
        (of_studio("temperature"), "1.2", 1.2),
        (of_studio("temperature"), "0,8", 0.8),
        (of_studio("temperature"), "-1.5", REFUSED),
        (of_studio("max_tokens"), "4k", REFUSED),
        (of_studio("max_tokens"), "1000000000", REFUSED),
        (of_network, "30", 30),
        (of_network, "4k", REFUSED),
        (of_network, "4.096", REFUSED),
        (of_network, "1000000000", REFUSED),
        (of_network, "", REFUSED),
        (of_network, "１２", 12),
    ],
)
def test_a_typed_number_is_used_or_refused(
    qtbot: QtBot, make: Callable[[], tuple[QWidget, SpinField]], typed: str, value: float | None
) -> None:
    owner, field = make()
    qtbot.addWidget(owner)
    owner.show()
    before, number = field.value(), field.number
    type_in(qtbot, field, typed)
    if not typed:
        number.lineEdit().clear()
    qtbot.keyClick(number.lineEdit(), Qt.Key.Key_Return)
    if value is not REFUSED:
        assert field.value() == pytest.approx(value)
        assert not number.refusal
        return
    assert field.value() == before
    assert number.text() == typed
    assert number.refusal and typed in number.refusal
    shown = [label for label in field.findChildren(Label) if label.text() == number.refusal]
    assert shown and shown[0].isVisibleTo(field)
    assert number.accessibleDescription() == number.refusal
    type_in(qtbot, field, "1")
    assert not number.refusal, "the reason goes as soon as it no longer applies"
    qtbot.keyClick(number.lineEdit(), Qt.Key.Key_Return)
    assert field.value() == 1


@pytest.mark.parametrize("language", ["zh_CN", "de"])
@pytest.mark.parametrize(
    ("make", "typed", "value"),
    [
        (of_voices, "２", 2),
        (of_voices, "0,8", REFUSED),
        (of_voices, "4k", REFUSED),
        (of_voices, "1e-1", REFUSED),
        (of_voices, "１２", REFUSED),
        (of_voices, "1000000000", REFUSED),
        (of_prices, "0,8", 0.8),
        (of_prices, "0。8", 0.8),
        (of_prices, "4k", REFUSED),
        (of_prices, "1e-1", 0.1),
        (of_prices, "１２", 12),
        (of_prices, "1000000000", REFUSED),
        (of_prices, "0.00001", REFUSED),
    ],
)
def test_numbers_are_understood_in_every_language(
    qtbot: QtBot, make: Callable[[], tuple[QWidget, SpinField]], typed: str, value: float | None, language: str
) -> None:
    before = QLocale()
    QLocale.setDefault(QLocale(language))
    try:
        test_a_typed_number_is_used_or_refused(qtbot, make, typed, value)
    finally:
        QLocale.setDefault(before)


@pytest.fixture
def penalty(qtbot: QtBot) -> SpinField:
    field = SpinField("Penalty", -2, 2, 0.1, decimals=1)
    qtbot.addWidget(field)
    field.show()
    qtbot.waitExposed(field)
    return field


def test_slow_typing_is_not_rewritten(qtbot: QtBot, penalty: SpinField) -> None:
    spy = QSignalSpy(penalty.value_changed)
    type_in(qtbot, penalty, "-1.5", pause=160)
    assert spy.count() == 0
    qtbot.wait(TYPING_PAUSE_MS + 200)
    assert [spy.at(i)[0] for i in range(spy.count())] == [-1.5]
    assert penalty.number.text() == "-1.5"


def test_a_pause_commits_without_rewriting(qtbot: QtBot, penalty: SpinField) -> None:
    type_in(qtbot, penalty, "1.")
    qtbot.waitUntil(lambda: penalty.number.value() == 1.0, timeout=TYPING_PAUSE_MS * 3)
    assert penalty.number.text() == "1."
    penalty.set_value(1.0)
    assert penalty.number.text() == "1.", "showing the committed value again keeps what is typed"
    qtbot.keyClicks(penalty.number.lineEdit(), "2")
    assert penalty.value() == pytest.approx(1.2)


def test_leaving_commits_and_tidies(qtbot: QtBot, penalty: SpinField) -> None:
    penalty.activateWindow()
    penalty.number.setFocus()
    type_in(qtbot, penalty, "0,80")
    penalty.number.clearFocus()
    assert (penalty.number.value(), penalty.number.text()) == (0.8, "0.8")


def test_a_value_of_something_else_replaces_a_refused_text(qtbot: QtBot, penalty: SpinField) -> None:
    type_in(qtbot, penalty, "4k")
    qtbot.keyClick(penalty.number.lineEdit(), Qt.Key.Key_Return)
    penalty.replace_value(0.0)
    assert (penalty.number.text(), penalty.number.refusal) == ("0.0", "")


def test_escape_drops_what_is_typed(qtbot: QtBot, penalty: SpinField) -> None:
    type_in(qtbot, penalty, "4k")
    qtbot.keyClick(penalty.number, Qt.Key.Key_Escape)
    assert (penalty.number.text(), penalty.number.refusal) == ("0.0", "")


def test_prices_that_are_not_understood_are_not_saved(qtbot: QtBot) -> None:
    owner, field = of_prices()
    assert isinstance(owner, PricesSection)
    qtbot.addWidget(owner)
    owner.show()
    spy = QSignalSpy(owner.own_entered)
    type_in(qtbot, field, "4k")
    owner.own.click()
    assert spy.count() == 0
    assert field.number.refusal
    type_in(qtbot, field, "0,8")
    owner.own.click()
    assert spy.at(0)[0] == Tier(0.1, 0.8, 0.3), "also what was not committed yet"
    type_in(qtbot, field, "x")
    owner.reset()
    owner.show_price("", "USD", Tier(0.1, 0.8, 0.3), own=True, editable=True)
    assert field.number.text() == "0.8", "another model's price of the same value"


def test_a_refused_text_stays_until_another_value_is_shown(qtbot: QtBot, penalty: SpinField) -> None:
    type_in(qtbot, penalty, "4k")
    qtbot.keyClick(penalty.number.lineEdit(), Qt.Key.Key_Return)
    penalty.set_value(0.0)
    assert penalty.number.text() == "4k"
    penalty.set_value(0.5)
    assert (penalty.number.text(), penalty.number.refusal) == ("0.5", "")


@pytest.mark.parametrize("change", ["arrow", "slider", "assistive"])
def test_other_ways_of_input_replace_a_refused_text(qtbot: QtBot, penalty: SpinField, change: str) -> None:
    type_in(qtbot, penalty, "4k")
    qtbot.keyClick(penalty.number.lineEdit(), Qt.Key.Key_Return)
    match change:
        case "arrow":
            qtbot.keyClick(penalty.number, Qt.Key.Key_Up)
            expected = 0.1
        case "slider":
            slider: Any = penalty._slider
            slider.setValue(slider.maximum())
            expected = 2.0
        case _:
            interface: Any = QAccessible.queryAccessibleInterface(penalty.number)
            interface.valueInterface().setCurrentValue(1.5)
            expected = 1.5
    assert penalty.value() == pytest.approx(expected)
    assert (penalty.number.text(), penalty.number.refusal) == (str(expected), "")
