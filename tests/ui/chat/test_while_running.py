"""What is offered while a reply runs, and that nothing typed is lost: edits, replays, compositions."""

import asyncio
from pathlib import Path
from types import SimpleNamespace

import msgspec
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta, ToolCallDelta
from app.core.messages import Message, Text, ToolCall, ToolCallRef
from app.core.spend import Spend
from app.ui.chat.transcript.call_json import json_fault
from app.ui.chat.transcript.edit_field import MessageEditor
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.chat.transcript.transcript import Transcript
from app.ui.chat.transcript.waiting_line import WaitingLine
from app.ui.chat.transcript_updater import TranscriptUpdater
from app.ui.widgets.choice import Choice
from app.ui.widgets.composition import commit_composition
from app.ui.widgets.fields import LineField, TextArea
from app.ui.widgets.notifications import Notifier
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello"), Finished("stop")]
CALL = [ToolCallDelta(0, "a", "calculate", '{"expression": "1+1"}'), Finished("tool_calls")]


def editor(harness: ChatHarness) -> MessageEditor:
    return harness.view.findChildren(MessageEditor)[-1]


def compose(field: QWidget, text: str) -> None:
    QApplication.sendEvent(field, QInputMethodEvent(text, []))


async def test_an_edit_finished_while_a_reply_runs_keeps_its_words(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, HELLO, [gate, *HELLO], HELLO) as harness:
        await harness.ask("One")
        await harness.settled()
        await harness.ask("Two")
        await harness.until(lambda: len(harness.script.requests) == 2)
        harness.button("Edit message").click()
        editor(harness).setPlainText("Two, better")
        await harness.until(lambda: editor(harness).isVisible())
        assert not harness.button("Send edited").isEnabled()
        qtbot.keyClick(editor(harness), Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        assert editor(harness).toPlainText() == "Two, better"
        assert any("still running" in message for message in harness.messages)
        assert not harness.button("Regenerate").isEnabled()
        assert "still running" in harness.button("Regenerate").toolTip()
        gate.set()
        await harness.settled()
        assert harness.button("Regenerate").isEnabled()
        harness.button("Send edited").click()
        await harness.settled()
        assert [message.text for message in harness.workspace.current.branch][2] == "Two, better"  # type: ignore[union-attr]


async def test_text_sent_while_a_reply_runs_stays_and_says_why(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [gate, *HELLO]) as harness:
        await harness.ask("One")
        harness.view.composer.field.setPlainText("Two")
        qtbot.keyClick(harness.view.composer.field, Qt.Key.Key_Return)
        assert harness.view.composer.text() == "Two"
        assert "still running" in harness.messages[-1]
        gate.set()
        await harness.settled()


async def test_leading_blanks_are_sent(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("    return 1\n  x")
        await harness.settled()
        assert harness.script.requests[0].messages[-1].text == "    return 1\n  x"


def is_waiting(harness: ChatHarness) -> bool:
    """Whether a tool call waits for approval, and its card shows that."""
    return any(card.approval.deny.isVisible() for card in harness.view.findChildren(ToolCard))


async def test_replaying_changed_arguments_runs_the_tool(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, CALL, HELLO, HELLO) as harness:
        await harness.ask("Sum")
        await harness.until(lambda: is_waiting(harness))
        harness.button("Deny").click()
        await harness.settled()
        harness.button("Edit and replay").click()
        card = harness.view.findChildren(ToolCard)[-1]
        card.arguments.setPlainText("1 + 2")
        harness.button("Replay").click()
        assert card.arguments.text == "1 + 2"  # refused: no JSON
        assert not harness.workspace.current.running  # type: ignore[union-attr]
        card.arguments.setPlainText('{"expression": "1+2"}')
        harness.button("Replay").click()
        await harness.until(lambda: is_waiting(harness))
        harness.button("Allow").click()
        await harness.settled()
        call = harness.workspace.current.branch[-1].parts[0]  # type: ignore[union-attr]
        assert isinstance(call, ToolCall)
        assert (call.state, call.result) == ("done", '{"expression": "1+2", "result": 3}')


async def test_an_unsubmitted_replay_survives_another_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, CALL, HELLO) as harness:
        await harness.ask("Sum")
        await harness.until(lambda: is_waiting(harness))
        harness.button("Deny").click()
        await harness.settled()
        harness.button("Edit and replay").click()
        harness.view.findChildren(ToolCard)[-1].arguments.setPlainText("typed")
        first = harness.workspace.current
        assert first is not None
        harness.button("New conversation").click()
        await harness.workspace.open(first.id)
        await asyncio.sleep(0.05)
        assert harness.button("Replay").isVisible()
        assert harness.view.findChildren(ToolCard)[-1].arguments.text == "typed"


def test_what_is_no_object_is_refused_as_arguments() -> None:
    assert json_fault("{}") == ""
    assert "line 1" in json_fault('{"a": }')
    for text in ("[]", "1", "NaN", '{"a": NaN}', "[" * 100_000, ""):
        assert json_fault(text)


async def test_sending_commits_the_composed_words_first(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        field = harness.view.composer.field
        field.setFocus()
        compose(field, "你好")
        harness.button("Send").click()
        await harness.settled()
        assert harness.script.requests[0].messages[-1].text == "你好"


async def test_opening_another_conversation_keeps_the_composed_words_as_a_draft(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        first = harness.workspace.current
        assert first is not None
        harness.view.composer.field.setPlainText("one ")
        harness.view.composer.field.moveCursor(harness.view.composer.field.textCursor().MoveOperation.End)
        compose(harness.view.composer.field, "二")
        harness.button("New conversation").click()
        assert first.conversation.draft == "one 二"
        assert harness.view.composer.text() == ""


def test_every_kind_of_text_field_commits_and_hides_its_placeholder(qtbot: QtBot) -> None:
    area, line, choice = TextArea("a", "placeholder"), LineField("b"), Choice("c", free=True)
    for widget, field in ((area, area), (line, line), (choice, choice.lineEdit())):
        qtbot.addWidget(widget)
        compose(field, "字")
        if isinstance(field, QPlainTextEdit):
            assert field.placeholderText() == ""
        commit_composition()
        text = field.toPlainText() if isinstance(field, QPlainTextEdit) else field.text()
        assert text == "字"
    assert area.placeholderText() == "placeholder"


def test_a_click_elsewhere_commits(qtbot: QtBot) -> None:
    area, other = TextArea("a"), QWidget()
    qtbot.addWidget(area)
    qtbot.addWidget(other)
    compose(area, "字")
    qtbot.mouseClick(other, Qt.MouseButton.LeftButton)
    assert area.toPlainText() == "字"


async def test_an_edit_continues_at_the_end_of_the_message(qtbot: QtBot) -> None:
    field = MessageEditor("  one\ntwo")
    qtbot.addWidget(field)
    qtbot.keyClicks(field, "!")
    assert field.toPlainText() == "  one\ntwo!"


async def test_escape_leaves_the_edit_and_clears_find(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Hello one, one"), Finished("stop")]) as harness:
        await harness.ask("one")
        await harness.settled()
        harness.button("Edit message").click()
        await harness.until(lambda: editor(harness).isVisible())
        qtbot.keyClick(editor(harness), Qt.Key.Key_Escape)
        assert harness.button("Edit message").isVisible()
        bar = harness.view.find_bar
        bar._field.setText("one")
        assert bar._count.text() == "1 of 3"
        qtbot.keyClick(bar._field, Qt.Key.Key_Return)
        assert bar._count.text() == "2 of 3"
        selections = [view.textCursor().selectedText() for view in harness.view.findChildren(QTextEdit)]
        assert selections.count("one") == 1
        qtbot.keyClick(bar._field, Qt.Key.Key_Escape)
        assert bar._field.text() == ""
        assert not bar._count.isVisible()


async def test_a_running_answer_is_searched_and_the_term_is_of_its_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [TextDelta("needle"), gate, Finished("stop")]) as harness:
        await harness.ask("Hi")
        await asyncio.sleep(0.1)
        harness.view.find_bar._field.setText("needle")
        assert harness.view.find_bar._count.text() == "1 of 1"
        harness.button("New conversation").click()
        assert harness.view.find_bar._field.text() == ""
        gate.set()


async def test_escape_closes_an_overlaid_panel(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        harness.view.resize(860, 640)
        await asyncio.sleep(0.05)
        harness.button("Parameters").click()
        assert harness.view.parameters is not None
        assert harness.view.parameters.isVisible()
        harness.view.parameters.system.setFocus()
        qtbot.keyClick(harness.view.parameters.system, Qt.Key.Key_Escape)
        assert not harness.view.parameters.isVisible()


async def test_an_answer_shows_a_sign_of_life_and_the_list_what_goes_on(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [gate, *CALL], HELLO) as harness:
        await harness.ask("Hi")
        first = harness.workspace.current
        assert first is not None
        await harness.until(lambda: any(line.isVisible() for line in harness.view.findChildren(WaitingLine)))
        assert harness.workspace.activity(first.id) == "running"
        gate.set()
        await harness.until(lambda: harness.workspace.activity(first.id) == "waiting")
        assert not any(line.isVisible() for line in harness.view.findChildren(WaitingLine))
        harness.button("New conversation").click()
        first.decide(ToolCallRef(first.branch[-1].id, 0, "a"), "allow")
        await first.wait()
        assert harness.workspace.activity(first.id) == "news"
        await harness.workspace.open(first.id)
        assert harness.workspace.activity(first.id) == ""


async def test_the_editor_of_a_long_message_opens_at_its_first_line(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("\n".join(f"line {number}" for number in range(200)))
        await harness.settled()
        harness.button("Edit message").click()
        await harness.until(lambda: editor(harness).isVisible())
        await asyncio.sleep(0.05)
        assert harness.view.transcript is not None
        top = editor(harness).mapTo(harness.view.transcript.viewport(), QPoint(0, 0)).y()
        assert 0 <= top < harness.view.transcript.viewport().height() - 40


def test_a_running_answer_is_whole_after_a_visit_to_the_first_message(qtbot: QtBot) -> None:
    transcript = Transcript()
    qtbot.addWidget(transcript)
    updater = TranscriptUpdater(transcript, Notifier(), lambda *call: Spend(1))
    earlier = [Message(str(number), "user", (Text("Hello\n" * 9),)) for number in range(60)]
    running = Message("running", "assistant", ())
    updater._session = SimpleNamespace(branch=[*earlier, running])  # type: ignore[assignment]
    transcript.show_messages(earlier)
    transcript.begin(running)
    transcript.append_text("running", 0, "one ")
    transcript.go_to_first()
    assert "running" not in transcript._window.views
    transcript.append_text("running", 0, "two ")
    updater._session.branch[-1] = msgspec.structs.replace(running, parts=(Text("one two "),))  # type: ignore
    transcript.jump_to_latest()
    transcript.append_text("running", 0, "three")
    transcript.flush()
    answer = transcript._window.views["running"].text_views()[-1]
    assert answer.toPlainText() == "one two three"
    transcript.show_messages([])


async def test_the_second_click_of_a_double_click_on_send_does_not_stop_the_reply(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [gate, *HELLO]) as harness:
        harness.view.composer.field.setPlainText("Hi")
        button = harness.button("Send")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
        session = harness.workspace.current
        assert session is not None
        assert session.running
        assert button.accessibleName() == "Stop"
        button.click()
        await harness.settled()
        assert not session.running
        gate.set()
