"""Buttons, chips and switches: states, sizes, keyboard and names."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QColor, QKeyEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from app.ui.theme.icons import Icon
from app.ui.theme.theme import theme
from app.ui.theme.tokens import CHIP_HEIGHT, CONTROL_HEIGHT
from app.ui.widgets.buttons import Button, GhostButton, IconButton, PlayButton, PrimaryButton, PrimaryIconButton
from app.ui.widgets.chips import Badge, Chip, Kind
from app.ui.widgets.painted_button import PaintedButton
from app.ui.widgets.rail_button import RailButton
from app.ui.widgets.switch import CheckBox, Switch


def shown(widget: QWidget, qtbot: QtBot) -> QWidget:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    return widget


def test_enter_presses_a_focused_button_once(qtbot: QtBot) -> None:
    button = Button("Allow")
    shown(button, qtbot)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
        qtbot.keyClick(button, key)
    assert len(pressed) == 2
    held = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, "", True)
    QApplication.sendEvent(button, held)
    qtbot.keyClick(button, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert len(pressed) == 2, "Ctrl+Enter and a held key are not for the button"


def colour_at(widget: QWidget, x: float, y: float) -> QColor:
    """The colour at a point given as fractions of width and height."""
    image = widget.grab().toImage()
    return image.pixelColor(int(x * (image.width() - 1)), int(y * (image.height() - 1)))


def role(widget: QWidget) -> QAccessible.Role:
    return QAccessible.queryAccessibleInterface(widget).role()


def name(widget: QWidget) -> str:
    return QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name)


@pytest.mark.parametrize(
    ("button", "tall"),
    [
        (lambda: PrimaryButton("Speak"), CONTROL_HEIGHT),
        (lambda: Button("Record", Icon.MIC), CONTROL_HEIGHT),
        (lambda: GhostButton("New", Icon.PLUS), 30),
        (lambda: Chip("Emotion"), CHIP_HEIGHT),
        (lambda: PlayButton("Play"), 34),
        (lambda: PlayButton("Play", side=40), 40),
    ],
)
def test_heights_follow_the_design_and_grow_with_the_text_size(button: object, tall: int, qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    subject = button()  # type: ignore[operator]
    assert isinstance(subject, PaintedButton)
    column.addWidget(subject)
    shown(page, qtbot)
    assert subject.height() == tall
    theme().set_text_scale(2.0)
    try:
        qtbot.waitUntil(lambda: subject.height() == 2 * tall)
    finally:
        theme().set_text_scale(1.0)


def test_texts_fit_their_button_at_every_text_size() -> None:
    for scale in (0.8, 1.0, 1.5, 2.0):
        theme().set_text_scale(scale)
        button = Button("Transcribe file", Icon.MIC)
        room = button.sizeHint().width() - theme().px(button.icon_size + button.gap)
        assert button.fontMetrics().horizontalAdvance(button.text()) <= room
    theme().set_text_scale(1.0)


def test_the_primary_button_has_the_accent_colour_unless_disabled(qtbot: QtBot) -> None:
    button = PrimaryButton("Speak")
    shown(button, qtbot)
    assert colour_at(button, 0.5, 0.1) == theme().colour("accent")
    button.setEnabled(False)
    assert colour_at(button, 0.5, 0.1) != theme().colour("accent")


def test_a_checked_chip_is_soft_and_keeps_its_width(qtbot: QtBot) -> None:
    chip = Chip("Equal loudness")
    shown(chip, qtbot)
    before = chip.sizeHint()
    chip.click()
    assert chip.isChecked()
    assert colour_at(chip, 0.5, 0.12) == theme().colour("soft")
    assert chip.sizeHint() == before


def test_checkable_buttons_have_the_check_box_role() -> None:
    assert role(RailButton("Chat", Icon.CHAT)) == QAccessible.Role.CheckBox
    assert role(Chip("Blind")) == QAccessible.Role.CheckBox
    assert role(Switch("Stream")) == QAccessible.Role.CheckBox
    assert role(PrimaryButton("Speak")) == QAccessible.Role.Button
    assert role(Chip("weather.com.cn", checkable=False, lead="1")) == QAccessible.Role.Button


def test_the_accessible_name_is_the_text_or_the_given_name() -> None:
    assert name(Button("Record", Icon.MIC)) == "Record"
    assert name(IconButton(Icon.COPY, "Copy")) == "Copy"
    assert name(PrimaryIconButton(Icon.SEND, "Send")) == "Send"
    assert name(PlayButton("Play")) == "Play"


def test_exactly_one_rail_button_is_checked(qtbot: QtBot) -> None:
    page = QWidget()
    column = QVBoxLayout(page)
    chat, studio = RailButton("Chat", Icon.CHAT), RailButton("Studio", Icon.STUDIO)
    for button in (chat, studio):
        column.addWidget(button)
    shown(page, qtbot)
    assert role(chat) == QAccessible.Role.CheckBox
    chat.click()
    studio.click()
    assert (chat.isChecked(), studio.isChecked()) == (False, True)
    studio.click()
    assert studio.isChecked()
    chat.set_busy(True)
    assert chat.busy


def test_a_playing_button_shows_pause_on_the_accent_colour(qtbot: QtBot) -> None:
    button = PlayButton("Play")
    shown(button, qtbot)
    assert button.glyph() is Icon.PLAY
    button.set_playing(True)
    assert button.playing
    assert button.glyph() is Icon.PAUSE
    assert colour_at(button, 0.5, 0.1) == theme().colour("accent")


@pytest.mark.parametrize("kind", [Switch, CheckBox])
def test_space_or_a_click_anywhere_toggles_a_switch(kind: type[Switch] | type[CheckBox], qtbot: QtBot) -> None:
    subject = kind("Ask before each tool")
    subject.resize(300, 30)
    shown(subject, qtbot)
    qtbot.keyClick(subject, Qt.Key.Key_Space)
    assert subject.isChecked()
    qtbot.mouseClick(subject, Qt.MouseButton.LeftButton, pos=subject.rect().center())
    assert not subject.isChecked()
    subject.setEnabled(False)
    qtbot.mouseClick(subject, Qt.MouseButton.LeftButton, pos=subject.rect().center())
    assert not subject.isChecked()


def test_the_switch_is_drawn_at_the_right_edge(qtbot: QtBot) -> None:
    switch = Switch("Stream")
    switch.resize(300, 26)
    switch.setChecked(True)
    shown(switch, qtbot)
    image = switch.grab().toImage()
    assert image.pixelColor(300 - 30, 13) == theme().colour("accent")
    assert image.pixelColor(200, 13) != theme().colour("accent")


def test_a_badge_always_has_text() -> None:
    badge = Badge("done", "good")
    kinds: list[Kind] = ["warn", "bad", "tool", "thinking", "neutral"]
    for kind in kinds:
        badge.set_kind(kind, f"{kind}!")
        assert (badge.kind, badge.text()) == (kind, f"{kind}!")
        assert badge.sizeHint().width() > badge.fontMetrics().horizontalAdvance(badge.text())
