"""The side panel of the chat: tabs, width, and how it makes room."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.core.settings import INSPECTOR_OPEN, PANEL_WIDTHS, PARAMETERS_OPEN, TOOLS_OPEN, Settings
from app.ui.chat.context.counter import ContextCounter
from app.ui.chat.panel_grip import PanelGrip
from app.ui.chat.panel_toggle import PanelToggle
from app.ui.chat.side_panel import MIN_WIDTH
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.chat.view import ChatView
from app.ui.widgets.notifications import Notifier


def _view(qtbot: QtBot, settings: Settings, width: int = 1364) -> ChatView:
    view = ChatView(settings)
    qtbot.addWidget(view)
    view.complete(Notifier())
    view.resize(width, 860)
    view.show()
    QApplication.processEvents()
    return view


def _toggle(view: ChatView, name: str) -> PanelToggle:
    (toggle,) = (each for each in view.findChildren(PanelToggle) if each.accessibleName() == name)
    return toggle


def _pages(view: ChatView) -> list[QWidget]:
    pages = [view.parameters, view.inspector, view.tools]
    assert None not in pages
    return pages  # type: ignore[return-value]


def test_the_toggles_are_tabs_and_the_lit_one_closes_the_panel(qtbot: QtBot) -> None:
    settings = Settings()
    view = _view(qtbot, settings)
    assert [page.isVisible() for page in _pages(view)] == [True, False, False]
    _toggle(view, "Inspector").click()
    assert [page.isVisible() for page in _pages(view)] == [False, True, False]
    assert [_toggle(view, name).isChecked() for name in ("Parameters", "Inspector", "Tools")] == [False, True, False]
    assert _toggle(view, "Inspector").text() == "Inspector"
    assert [settings.get(page) for page in (PARAMETERS_OPEN, INSPECTOR_OPEN, TOOLS_OPEN)] == [False, True, False]
    _toggle(view, "Inspector").click()
    assert not any(page.isVisible() for page in _pages(view))
    # Icons in the header of the chat, the same three controls.
    assert _toggle(view, "Inspector").isVisible()
    assert (_toggle(view, "Inspector").text(), _toggle(view, "Inspector").toolTip()) == ("", "Inspector")
    assert not any(settings.get(page) for page in (PARAMETERS_OPEN, INSPECTOR_OPEN, TOOLS_OPEN))
    assert all(page.window() is view for page in _pages(view)), "what is not lit stays in the tree"


def test_a_toggle_keeps_the_focus_when_it_becomes_a_tab(qtbot: QtBot) -> None:
    view = _view(qtbot, Settings())
    view.activateWindow()
    tools = _toggle(view, "Tools")
    tools.setFocus()
    for _ in range(2):
        QTest.keyClick(tools, Qt.Key.Key_Space)
        assert QApplication.focusWidget() is tools


def test_a_home_with_several_open_panels_shows_the_first(qtbot: QtBot) -> None:
    settings = Settings()
    settings.set(PARAMETERS_OPEN, False)
    for page in (INSPECTOR_OPEN, TOOLS_OPEN):
        settings.set(page, True)
    view = _view(qtbot, settings)
    assert [page.isVisible() for page in _pages(view)] == [False, True, False]
    _toggle(view, "Inspector").click()
    assert not any(page.isVisible() for page in _pages(view)), "the second one does not appear behind it"


def _drag(grip: PanelGrip, by: int) -> None:
    start = grip.mapToGlobal(QPoint(6, 200))
    for kind, x in (
        (QMouseEvent.Type.MouseButtonPress, 0),
        (QMouseEvent.Type.MouseMove, by),
        (QMouseEvent.Type.MouseButtonRelease, by),
    ):
        spot = QPointF(start.x() + x, start.y())
        button = Qt.MouseButton.LeftButton
        QApplication.sendEvent(
            grip, QMouseEvent(kind, QPointF(6, 200), spot, button, button, Qt.KeyboardModifier.NoModifier)
        )
    QApplication.processEvents()


def test_each_page_keeps_the_width_it_was_dragged_to(qtbot: QtBot) -> None:
    settings = Settings()
    view = _view(qtbot, settings)
    grip = view.findChild(PanelGrip)
    assert grip is not None
    (parameters, inspector, _) = _pages(view)
    before = parameters.width()
    _drag(grip, -100)
    assert parameters.width() == before + 100
    _toggle(view, "Inspector").click()
    QApplication.processEvents()
    assert inspector.width() == pytest.approx(720, abs=4), "half of the window, which the user has not changed"
    _toggle(view, "Parameters").click()
    QApplication.processEvents()
    assert parameters.width() == before + 100
    again = _view(qtbot, settings)
    assert again.parameters is not None
    assert again.parameters.width() == before + 100, "also after a restart"
    assert view.width() == 1364, "making room did not make the window grow"
    _drag(grip, 5000)
    assert settings.get(PANEL_WIDTHS)["parameters_open"] == MIN_WIDTH
    _drag(grip, -5000)
    assert parameters.width() <= (1364 + 76) / 2


def test_the_grip_moves_by_keys_and_tells_its_value(qtbot: QtBot) -> None:
    view = _view(qtbot, Settings())
    grip = view.findChild(PanelGrip)
    assert grip is not None
    assert (grip.accessibleName(), grip.value()) == ("Panel width", MIN_WIDTH)
    QTest.keyClick(grip, Qt.Key.Key_Left)
    assert (grip.value(), view._side.width()) == (MIN_WIDTH + 16, MIN_WIDTH + 16)
    QTest.keyClick(grip, Qt.Key.Key_Right)
    grip.setValue(420)  # as an assistive tool does
    assert view._side.width() == 420


def test_a_wide_page_folds_the_conversations_and_they_take_their_place_back(qtbot: QtBot) -> None:
    view = _view(qtbot, Settings())
    assert view.conversations is not None
    assert view.conversations.isVisible()
    _toggle(view, "Inspector").click()
    assert not view.conversations.isVisible()
    assert view._unfold.isVisible()
    view._unfold.click()
    QApplication.processEvents()
    assert view.conversations.isVisible()
    assert view.composer.width() > 400, "the panel makes room"
    assert view._side.width() >= 300
    _toggle(view, "Inspector").click()
    assert view.conversations.isVisible()
    view.close()


def test_in_a_small_window_the_panel_lies_over_the_transcript_and_can_be_closed(qtbot: QtBot) -> None:
    settings = Settings()
    view = _view(qtbot, settings, width=884)
    side = view._side
    assert not side.isVisible(), "nothing covers the transcript by itself"
    _toggle(view, "Parameters").click()
    QApplication.processEvents()
    assert side.isVisible()
    assert side.geometry().bottom() <= view.composer.mapTo(view, QPoint(0, 0)).y()
    assert side.geometry().right() <= view.width()
    assert side._close.isVisible()
    side._close.click()
    assert not side.isVisible()
    view.resize(1364, 860)
    QApplication.processEvents()
    assert side.isVisible(), "beside the transcript again, as remembered"
    assert not side._close.isVisible()


def test_the_chips_of_the_composer_are_icons_where_there_is_no_room_for_words(qtbot: QtBot) -> None:
    view = _view(qtbot, Settings())
    composer = view.composer
    view.model.set_choices([("pro", "MiMo V2.6 Pro"), ("fast", "MiMo V2.6 Pro UltraSpeed")])
    view.model.set_key("pro")
    composer.show_offered_tools(["calculate", "convert_units", "get_current_time"], [])
    chips = (composer.think, composer.search, composer.offered)

    def shown() -> tuple[str, ...]:
        for _ in range(3):  # The chips are measured after the row was laid out.
            QApplication.processEvents()
        return tuple(chip.shown_text() for chip in chips)

    counter = ContextCounter()
    composer.end.addWidget(counter)
    view.open_panel(INSPECTOR_OPEN)
    assert shown() == ("", "", "3")
    assert counter.width() == counter.minimumSizeHint().width(), "it gives its bar before the model's name is cut"
    assert view.model.width() >= view.model.sizeHint().width()
    assert [chip.accessibleName() for chip in chips] == ["Think first", "Use web search", "Tools in use"]
    assert composer.think.toolTip()
    view.toggle_panel(INSPECTOR_OPEN)
    assert shown() == ("Thinking", "Web search", "3 tools")


def test_a_long_message_never_keeps_the_transcript_wider_than_its_column(qtbot: QtBot) -> None:
    view = _view(qtbot, Settings())
    transcript = view.transcript
    assert transcript is not None
    words = "How much echo is too much for a meeting room, and what would twelve square metres of panels change? " * 3
    messages = (Message("q", "user", (Text(words),)), Message("r", "user", (Text("Short."),)))
    transcript.show_messages(messages, {message.id: (1, 1) for message in messages})
    view.show_transcript(True)
    for page, least in ((INSPECTOR_OPEN, 400), (PARAMETERS_OPEN, 500)):
        view.open_panel(page)
        for _ in range(4):
            QApplication.processEvents()
        content = transcript.widget()
        assert content.width() == transcript.viewport().width()
        long, short = (each.bubble for each in view.findChildren(UserMessageView))
        assert long.width() > least
        assert short.width() < 120
