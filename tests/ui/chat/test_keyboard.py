"""Actions in the transcript keep the keyboard focus there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Code, WorkbenchError
from app.core.events import Finished, TextDelta, ThinkingDelta, ToolCallDelta
from app.core.messages import Message, Reply, Text
from app.core.presentation_mask import PresentationMask
from app.core.settings import PARAMETERS_OPEN, TOOLS_OPEN, Settings
from app.ui.chat.composer import Composer
from app.ui.chat.find_bar import FindBar
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.transcript.user_message import UserMessageView
from app.ui.chat.view import ChatView
from app.ui.widgets.chips import Badge
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def press(harness: ChatHarness, name: str) -> None:
    button = harness.button(name)
    button.setFocus()
    button.click()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


async def test_regenerating_keeps_the_focus_and_returns_it_to_the_button(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        press(harness, "Regenerate")
        assert focused() is harness.view.transcript
        await harness.settled()
        assert focused().accessibleName() == "Regenerate"
        press(harness, "Regenerate")
        harness.view.composer.field.setFocus()
        await harness.settled()
        assert focused() is harness.view.composer.field, "a focus moved elsewhere is left there"


async def test_a_version_arrow_keeps_the_focus_or_passes_it_to_the_other_arrow(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        for _ in range(2):
            harness.button("Regenerate").click()
            await harness.settled()
        press(harness, "Previous version")
        assert focused().accessibleName() == "Previous version"
        press(harness, "Previous version")
        assert focused().accessibleName() == "Next version"
        assert focused().isVisible()


async def test_sending_an_edited_message_keeps_the_focus_in_the_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        press(harness, "Edit message")
        await harness.until(lambda: focused().accessibleName() == "Edited message" and focused().isVisible())
        edited = focused()
        edited.setPlainText("Hello there")  # type: ignore[attr-defined]
        press(harness, "Send edited")
        await harness.settled()
        assert focused().accessibleName() == "Edit message"
        assert harness.text("Words") == "Hello there"


def test_the_editor_opens_in_view_at_the_end_of_a_full_page(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(800, 600)
    answer = Message("a", "assistant", (Text("One line.\n\n" * 6),), "q", (Reply("mimo", "mimo", "stop"),))
    transcript.show_messages((Message("q", "user", (Text("Question"),)), answer), {})
    transcript.show()
    qtbot.wait(20)
    content = transcript.widget().layout().sizeHint().height()
    # The page is just full, so that the editor makes it longer than the view.
    transcript.resize(800, content + 4)
    qtbot.wait(20)
    message = transcript.findChild(UserMessageView)
    assert isinstance(message, UserMessageView)
    message.begin_editing()
    qtbot.wait(20)
    editor = message.findChild(MessageEditor)
    assert isinstance(editor, MessageEditor)
    assert transcript.verticalScrollBar().maximum() > 0
    assert editor.mapTo(transcript.viewport(), QPoint(0, 0)).y() >= 0, "its first line is in view"


def test_stop_gives_the_focus_back_to_the_message(qtbot: QtBot) -> None:
    composer = Composer()
    qtbot.addWidget(composer)
    composer.show()
    composer.set_running(True)
    qtbot.mouseClick(composer._button, Qt.MouseButton.LeftButton)
    assert composer.focusWidget() is composer.field


async def test_an_unsubmitted_edit_survives_redrawing_the_transcript(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        press(harness, "Edit message")
        await harness.until(lambda: focused().accessibleName() == "Edited message" and focused().isVisible())
        qtbot.keyClick(focused(), Qt.Key.Key_End)
        qtbot.keyClicks(focused(), " there")
        qtbot.keyClick(focused(), Qt.Key.Key_Left)
        before = focused()
        try:
            presentation_cover().set_mask(PresentationMask())
            assert focused() is not before, "the text that is edited waits while presenting"
        finally:
            presentation_cover().set_mask(None)

        def editors() -> list[QWidget]:
            widgets = harness.view.findChildren(QWidget)
            return [each for each in widgets if each.accessibleName() == "Edited message" and each.isVisible()]

        await harness.until(lambda: len(editors()) == 1)
        qtbot.keyClicks(editors()[0], "r")
        assert harness.workspace.current is not None
        first = harness.workspace.current.id
        harness.button("New conversation").click()
        assert harness.view.conversations is not None
        harness.view.conversations.opened.emit(first)
        await harness.until(lambda: harness.workspace.current is not None and harness.workspace.current.id == first)
        press(harness, "Send edited")
        await harness.settled()
        assert harness.text("Words") == "Hi therre"


async def test_a_model_name_being_typed_survives_the_end_of_an_answer(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        edit = harness.view.model.lineEdit()
        assert edit is not None
        edit.selectAll()
        qtbot.keyClicks(edit, "mimo-v2.6-fl")
        await harness.settled()
        assert edit.text() == "mimo-v2.6-fl"
        qtbot.keyClicks(edit, "ash")
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.model == "mimo-v2.6-flash"


async def test_the_focus_goes_from_one_waiting_call_to_the_next_and_then_to_the_message(
    qtbot: QtBot, tmp_path: Path
) -> None:
    calls = [ToolCallDelta(n, f"c{n}", "calculate", '{"expression": "6*7"}') for n in range(3)]
    async with chat(qtbot, tmp_path, [*calls, Finished("tool_calls")], HELLO) as harness:
        harness.view.activateWindow()
        await harness.until(harness.view.isActiveWindow)
        await harness.ask("Six times seven?")

        def states() -> list[str]:
            return [card.call.state for card in cards]

        cards: list[ToolCard] = []
        await harness.until(lambda: len(harness.view.findChildren(ToolCard)) == 3)
        cards = harness.view.findChildren(ToolCard)
        await harness.until(lambda: states() == ["waiting"] * 3)
        names = [card.accessibleName() for card in cards]
        assert names == ["Tool call calculate", "Tool call calculate 2", "Tool call calculate 3"]
        cards[1].approval.answer.setFocus()
        qtbot.keyClicks(cards[1].approval.answer, "42")
        qtbot.keyClick(cards[1].approval.answer, Qt.Key.Key_Return)
        await harness.until(lambda: states()[1] != "waiting")
        assert cards[2].approval.allow.hasFocus()
        cards[2].approval.deny.setFocus()
        qtbot.keyClick(cards[2].approval.deny, Qt.Key.Key_Return)
        await harness.until(lambda: states()[2] != "waiting")
        assert cards[0].approval.allow.hasFocus(), "one above waits still"
        cards[0].edit.click()
        qtbot.keyClick(cards[0].arguments, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        await harness.settled()
        assert harness.view.composer.field.hasFocus()
        badges = [badge.text() for badge in harness.view.findChildren(Badge)]
        assert "answered" in badges


async def test_retrying_keeps_the_focus_in_the_transcript(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [WorkbenchError(Code.CONNECTION_LOST)], HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        press(harness, "Retry")
        await harness.settled()
        assert focused() is harness.view.transcript


async def test_assistive_technology_reads_a_message_before_its_buttons(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [ThinkingDelta("Hm."), *HELLO]) as harness:
        await harness.ask("Hi")
        await harness.settled()
        assert harness.view.transcript is not None

        def read_out(widget: QWidget) -> list[str]:
            tree = QAccessible.queryAccessibleInterface(widget)
            names = [tree.text(QAccessible.Text.Name)]
            for index in range(tree.childCount()):
                child = tree.child(index).object()
                names += read_out(child) if isinstance(child, QWidget) and not child.isHidden() else []
            return names

        question, answer = harness.view.transcript._window.views.values()
        assert [name for name in read_out(question) if name in ("Words", "Copy")] == ["Words", "Copy"]
        wanted = ["Thoughts", "Answer", "Regenerate"]
        assert [name for name in read_out(answer) if name in wanted] == wanted


async def test_an_overlaid_panel_does_not_cover_the_composer(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        harness.view.setMinimumSize(400, 400)
        harness.view.resize(884, 600)
        harness.button("Parameters").click()
        side, composer = harness.view._side, harness.view.composer

        def is_uncovered() -> bool:
            return side.geometry().bottom() <= composer.mapTo(harness.view, composer.rect().topLeft()).y()

        await harness.until(lambda: side.isVisible() and is_uncovered())
        harness.button("Inspector").click()
        assert harness.view.inspector is not None and harness.view.parameters is not None
        assert (harness.view.inspector.isVisible(), harness.view.parameters.isVisible()) == (True, False), (
            "one at a time"
        )
        assert not harness.button("Parameters").isChecked()
        composer.field.setPlainText("\n".join("more" for _ in range(6)))
        await harness.until(lambda: composer.height() > 180 and is_uncovered())


def test_the_find_bar_shrinks_before_its_arrows_overlap(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.show()
    bar._field.setText("needle")
    bar.resize(bar.minimumSizeHint())
    QApplication.processEvents()
    areas = [part.geometry() for part in (bar._field, bar._previous, bar._next)]
    assert not any(left.intersects(right) for left, right in pairwise(areas))
    assert areas[0].width() < bar._field.maximumWidth()


def test_where_there_is_little_room_the_find_bar_is_an_icon_until_it_is_used(qtbot: QtBot) -> None:
    window, sibling = QWidget(), QPushButton()
    qtbot.addWidget(window)
    bar = FindBar()
    row = QHBoxLayout(window)
    row.addWidget(sibling)
    row.addWidget(bar)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    sibling.setFocus()
    assert bar._field.isVisible()
    bar.set_compact(True)
    assert (bar._field.isVisible(), bar._open.isVisible()) == (False, True)
    bar._open.click()
    assert bar._field.isVisible() and QApplication.focusWidget() is bar._field
    QTest.keyClicks(bar._field, "needle")
    assert bar._next.isVisible()
    bar.set_compact(False)
    bar.set_compact(True)
    assert bar._field.text() == "needle" and bar._field.isVisible(), "a query stays readable"
    QTest.keyClick(bar._field, Qt.Key.Key_Escape)
    QTest.keyClick(bar._field, Qt.Key.Key_Escape)
    assert (bar._field.isVisible(), bar._open.isVisible()) == (False, True)


async def test_the_message_with_the_focus_is_at_hand_only_for_commands_of_its_role(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        transcript = harness.view.transcript
        assert transcript is not None
        harness.button("Regenerate").setFocus()
        (answer,) = transcript.at_hand.of(("assistant",))
        assert answer.isAncestorOf(focused())
        assert [view.message.text for view in transcript.at_hand.of(("user",))] == ["Hi"]


def test_the_focus_follows_into_a_page_that_is_opened_by_the_keyboard(qtbot: QtBot) -> None:
    view = ChatView(Settings())
    qtbot.addWidget(view)
    view.complete(Notifier())
    view.resize(1364, 870)
    view.show()
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    view.toggle_panel(PARAMETERS_OPEN)
    view.composer.field.setFocus()
    for setting, page in ((PARAMETERS_OPEN, view.parameters), (TOOLS_OPEN, view.tools)):
        view.toggle_panel(setting)
        assert page is not None and page.isAncestorOf(focused())
        view.toggle_panel(setting)
        assert view.composer.field.hasFocus()
    view.toggle_panel(TOOLS_OPEN)
    view.composer.attach.setFocus()
    assert view.composer.attach.hasFocus()
    view.toggle_panel(TOOLS_OPEN)
    assert view.composer.attach.hasFocus(), "the focus was not in the page that is hidden"
