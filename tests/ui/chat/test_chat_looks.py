"""What a narrow or low window leaves of the chat, and what stands out in it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.core.prompts import PRESETS
from app.core.requests import Sampling
from app.core.settings import INSPECTOR_OPEN, PARAMETERS_OPEN, Settings
from app.ui.chat.sample_chat import busy_chat, changed_parameters, full_chat, inspected_chat
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.chat.view import SIDE, ChatView
from app.ui.language import Language
from app.ui.theme.theme import theme
from app.ui.widgets.buttons import PrimaryButton, PrimaryIconButton
from app.ui.widgets.notifications import Notifier

OVERLAY = (868, 570)
"""The room for the chat in the smallest window."""


@pytest.fixture
def view(qtbot: QtBot) -> Iterator[ChatView]:
    view = ChatView(Settings())
    qtbot.addWidget(view)
    view.complete(Notifier())
    view.resize(1364, 860)
    view.show()
    yield view
    theme().set_text_scale(1.0)


def _lay_out(view: ChatView) -> None:
    view.show()
    for _ in range(4):
        QApplication.processEvents()


def test_changed_parameters_fit_into_the_panel(view: ChatView) -> None:
    changed_parameters(view)
    _lay_out(view)
    assert view.parameters is not None
    preset = view.parameters.preset
    edge = preset.mapTo(view, QPoint(preset.width(), 0)).x()
    assert edge <= view.width() - SIDE
    text = preset.fontMetrics().horizontalAdvance(preset.currentText())
    field = preset.lineEdit()
    assert field is not None and field.width() >= text


def test_a_bubble_follows_a_page_that_becomes_narrower(view: ChatView) -> None:
    full_chat(view)
    _lay_out(view)
    assert view.transcript is not None
    (message,) = view.transcript.findChildren(UserMessageView)
    for scale, width in ((1.0, 1364), (1.0, 700), (1.0, 620), (2.0, 1364)):
        theme().set_text_scale(scale)
        view.resize(width, 860)
        _lay_out(view)
        right = message.bubble.mapTo(view, QPoint(message.bubble.width(), 0)).x()
        composer = view.composer.mapTo(view, QPoint(view.composer.width(), 0)).x()
        assert composer - SIDE <= right <= composer, (scale, width)


def test_a_low_inspector_leaves_eight_lines_of_the_request(view: ChatView) -> None:
    view.resize(*OVERLAY)
    inspected_chat(view)
    _lay_out(view)
    assert view.inspector is not None
    page, text = view.inspector.page, view.inspector.page.request.view
    line = text.fontMetrics().height()
    assert text.viewport().height() >= 8 * line
    assert page.graph_button.isVisible() and not page.graph.isVisible() and page.buttons.isVisible()
    page.graph_button.click()
    assert page.graph.isVisible()
    page.graph_button.click()
    # Something above the composer takes more of the height: then the buttons make room as well.
    view.composer.set_text("{{channel}}")
    view.composer.variables.show_variables(("channel",), {})
    _lay_out(view)
    assert page.actions_button.isVisible() and not page.buttons.isVisible()
    assert text.viewport().height() >= 8 * line
    page.actions_button.click()
    assert page.buttons.isVisible()


def test_an_inspector_without_a_call_says_what_it_is_for(view: ChatView) -> None:
    view.open_panel(INSPECTOR_OPEN)
    _lay_out(view)
    assert view.inspector is not None
    page = view.inspector.page
    assert page._purpose.isVisible() and page._purpose.text()
    assert not any(part.isVisible() for part in (page.graph, page.tabs, page.buttons, page._restore))
    inspected_chat(view)
    assert not page._purpose.isVisible()
    assert all(part.isVisible() for part in (page.graph, page.tabs, page.buttons))
    assert not page._restore.isVisible(), "nothing was edited"


def test_the_panel_can_be_closed_at_twice_the_text_size(view: ChatView) -> None:
    theme().set_text_scale(2.0)
    view.open_panel(INSPECTOR_OPEN)
    _lay_out(view)
    close = view._side._close
    assert close.isVisible() and close.mapTo(view, QPoint(close.width(), 0)).x() <= view.width()
    panel = view._side
    assert panel.geometry().bottom() <= view.composer.mapTo(view, QPoint(0, 0)).y()
    view.resize(*OVERLAY)
    _lay_out(view)
    assert panel.height() > 160 * 2, "what is left above the composer would be of no use"
    assert view.inspector is not None and view.inspector.header.geometry().right() < close.geometry().left()


def test_the_name_of_a_tool_gives_way_before_the_words_of_the_switches(view: ChatView) -> None:
    composer = view.composer
    composer.show_offered_tools(("get_current_time_of_a_place",), ())
    chips = (composer.think, composer.search, composer.offered)
    seen: list[tuple[bool, ...]] = []
    for width in range(1364, 500, -24):
        view.resize(width, 860)
        _lay_out(view)
        state = tuple(chip.shown_text() == chip.text() for chip in chips)
        if not seen or seen[-1] != state:
            seen.append(state)
    steps = [(True, True, True), (True, True, False), (False, False, False)]
    assert [state for state in seen if state in steps] == seen, "no other combination"
    assert steps[1] in seen
    assert composer.offered.shown_text() in ("1", composer.offered.text())


def test_a_running_reply_leaves_the_accent_to_what_waits(qtbot: QtBot, view: ChatView) -> None:
    busy_chat(view)
    _lay_out(view)
    accent = theme().colour("accent")
    lit = [button for button in view.findChildren(PrimaryButton) if button.isVisible() and button.look().fill == accent]
    assert [button.text() for button in lit] == ["Allow"]
    transcript = view.transcript
    assert transcript is not None
    transcript.show_messages(())
    qtbot.waitUntil(lambda: not any(timer.isActive() for timer in transcript.findChildren(QTimer)))
    view.composer.set_running(False)
    (send,) = view.composer.findChildren(PrimaryIconButton)
    assert send.look().fill == accent


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_preset_of_a_changed_prompt_is_whole_in_the_narrowest_panel(
    qapp: QApplication, view: ChatView, language: str
) -> None:
    texts = Language(qapp)
    texts.use(language)
    try:
        changed_parameters(view)
        panel = view.parameters
        assert panel is not None
        panel.show_saved_prompts({"Harbour": "Answer like a harbour master."})
        for scale in (1.0, 2.0):
            theme().set_text_scale(scale)
            view.open_panel(PARAMETERS_OPEN)
            for system in ("Something else.", "Answer like a harbour master.", PRESETS["mimo-en"]):
                panel.show_parameters(system, Sampling(), True, thinking=True, default_max_tokens=100)
                panel.show_changes({"system"}, has_own=False)
                _lay_out(view)
                field, row = panel.preset.lineEdit(), panel._system_row
                assert field is not None and row.changed.isVisible()
                needed = panel.preset.fontMetrics().horizontalAdvance(panel.preset.currentText())
                assert field.width() >= needed, panel.preset.currentText()
                assert row.caption.width() >= row.caption.sizeHint().width()
                panel.show_changes((), has_own=False)
                _lay_out(view)
                assert field.width() >= needed
    finally:
        texts.use("en")
