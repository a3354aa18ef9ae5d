"""What is done in the transcript leaves the keyboard there."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Code, WorkbenchError
from app.core.events import Finished, TextDelta, ThinkingDelta, ToolCallDelta
from app.core.presentation_mask import PresentationMask
from app.ui.chat.find_bar import FindBar
from app.ui.widgets.chips import Badge
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.test_chat_view import Chat, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def press(desk: Chat, name: str) -> None:
    button = desk.button(name)
    button.setFocus()
    button.click()


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


async def test_regenerating_leaves_it_in_the_transcript_and_gives_it_back(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as desk:
        await desk.ask("Hi")
        await desk.settled()
        press(desk, "Regenerate")
        assert focused() is desk.view.transcript
        await desk.settled()
        assert focused().accessibleName() == "Regenerate"
        press(desk, "Regenerate")
        desk.view.composer.field.setFocus()
        await desk.settled()
        assert focused() is desk.view.composer.field, "somebody who went on is left there"


async def test_an_arrow_keeps_it_and_at_its_end_the_other_takes_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as desk:
        await desk.ask("Hi")
        await desk.settled()
        for _ in range(2):
            desk.button("Regenerate").click()
            await desk.settled()
        press(desk, "Previous version")
        assert focused().accessibleName() == "Previous version"
        press(desk, "Previous version")
        assert focused().accessibleName() == "Next version"
        assert focused().isVisible()


async def test_sending_an_edited_message_keeps_it_with_the_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as desk:
        await desk.ask("Hi")
        await desk.settled()
        press(desk, "Edit message")
        await desk.until(lambda: focused().accessibleName() == "Edited message" and focused().isVisible())
        edited = focused()
        edited.setPlainText("Hello there")  # type: ignore[attr-defined]
        press(desk, "Send edited")
        await desk.settled()
        assert focused().accessibleName() == "Edit message"
        assert desk.text("Words") == "Hello there"


async def test_a_message_is_edited_on_when_the_page_is_drawn_anew(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as desk:
        await desk.ask("Hi")
        await desk.settled()
        press(desk, "Edit message")
        await desk.until(lambda: focused().accessibleName() == "Edited message" and focused().isVisible())
        qtbot.keyClick(focused(), Qt.Key.Key_End)
        qtbot.keyClicks(focused(), " there")
        qtbot.keyClick(focused(), Qt.Key.Key_Left)
        before = focused()
        try:
            presentation_cover().set_mask(PresentationMask())
            assert focused().accessibleName() == "Edited message"
            assert focused() is not before
        finally:
            presentation_cover().set_mask(None)
        qtbot.keyClicks(focused(), "r")
        assert desk.workspace.current is not None
        first = desk.workspace.current.id
        desk.button("New conversation").click()
        assert desk.view.conversations is not None
        desk.view.conversations.opened.emit(first)
        await desk.until(lambda: desk.workspace.current is not None and desk.workspace.current.id == first)
        press(desk, "Send edited")
        await desk.settled()
        assert desk.text("Words") == "Hi therre"


async def test_a_model_that_is_being_typed_stays_when_an_answer_ends(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as desk:
        await desk.ask("Hi")
        edit = desk.view.model.lineEdit()
        assert edit is not None
        edit.selectAll()
        qtbot.keyClicks(edit, "mimo-v2.6-fl")
        await desk.settled()
        assert edit.text() == "mimo-v2.6-fl"
        qtbot.keyClicks(edit, "ash")
        assert desk.workspace.current is not None
        assert desk.workspace.current.conversation.model == "mimo-v2.6-flash"


async def test_answering_a_call_keeps_it_with_the_call(qtbot: QtBot, tmp_path: Path) -> None:
    call = [ToolCallDelta(0, "c", "calculate", '{"expression": "6*7"}'), Finished("tool_calls")]
    async with chat(qtbot, tmp_path, call, HELLO) as desk:
        await desk.ask("Six times seven?")
        await desk.until(lambda: _answer_field(desk) is not None)
        field = _answer_field(desk)
        assert field is not None
        field.setFocus()
        qtbot.keyClicks(field, "42")
        qtbot.keyClick(field, Qt.Key.Key_Return)
        await desk.settled()
        assert focused().accessibleName() == "Arguments"
        badges = [badge.text() for badge in desk.view.findChildren(Badge)]
        assert "answered" in badges
        assert "done" not in badges, "no tool ran"


def _answer_field(desk: Chat) -> QWidget | None:
    named = [each for each in desk.view.findChildren(QWidget) if each.accessibleName() == "Answer the call"]
    return next((each for each in named if each.isVisible()), None)


async def test_retrying_leaves_it_in_the_transcript(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [WorkbenchError(Code.CONNECTION_LOST)], HELLO) as desk:
        await desk.ask("Hi")
        await desk.settled()
        press(desk, "Retry")
        await desk.settled()
        assert focused() is desk.view.transcript


async def test_a_message_is_read_out_before_what_can_be_done_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [ThinkingDelta("Hm."), *HELLO]) as desk:
        await desk.ask("Hi")
        await desk.settled()
        assert desk.view.transcript is not None

        def read_out(widget: QWidget) -> list[str]:
            tree = QAccessible.queryAccessibleInterface(widget)
            names = [tree.text(QAccessible.Text.Name)]
            for at in range(tree.childCount()):
                child = tree.child(at).object()
                names += read_out(child) if isinstance(child, QWidget) and not child.isHidden() else []
            return names

        said, turn = desk.view.transcript._groups.values()
        assert [name for name in read_out(said) if name in ("Words", "Copy")] == ["Words", "Copy"]
        wanted = ["Thoughts", "Answer", "Regenerate"]
        assert [name for name in read_out(turn) if name in wanted] == wanted


async def test_a_panel_over_the_transcript_leaves_the_composer_in_reach(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as desk:
        desk.view.setMinimumSize(400, 400)
        desk.view.resize(884, 600)
        desk.button("Parameters").click()
        side, composer = desk.view._side, desk.view.composer

        def apart() -> bool:
            return side.geometry().bottom() <= composer.mapTo(desk.view, composer.rect().topLeft()).y()

        await desk.until(lambda: side.isVisible() and apart())
        desk.button("Inspector").click()
        assert desk.view.inspector is not None and desk.view.parameters is not None
        assert (desk.view.inspector.isVisible(), desk.view.parameters.isVisible()) == (True, False), "one at a time"
        assert not desk.button("Parameters").isChecked()
        composer.field.setPlainText("\n".join("more" for _ in range(6)))
        await desk.until(lambda: composer.height() > 180 and apart())


def test_the_bar_to_find_gives_way_before_its_arrows_are_covered(qtbot: QtBot) -> None:
    bar = FindBar()
    qtbot.addWidget(bar)
    bar.show()
    bar.resize(bar.minimumSizeHint())
    QApplication.processEvents()
    places = [part.geometry() for part in (bar._field, bar._up, bar._down)]
    assert not any(one.intersects(other) for one, other in pairwise(places))
    assert places[0].width() < bar._field.maximumWidth()
