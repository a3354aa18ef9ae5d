"""The chat as the user sees it."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from app.core.errors import Code, WorkbenchError
from app.core.events import AnswerWasThinking, Finished, TextDelta, ThinkingDelta, ToolCallDelta, UsageReported
from app.core.file_names import file_name
from app.core.messages import Thinking, Usage
from app.core.presentation_mask import PresentationMask
from app.core.settings import ALWAYS_ALLOWED_TOOLS, ASK_BEFORE_TOOL, ENABLED_TOOLS, Settings
from app.ui.chat.transcript.tool_card import ToolCard
from app.ui.chat.view import ChatView
from app.ui.texts.numbers import seconds
from app.ui.widgets.notifications import Notifier
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.window import Window
from tests.ui.chat.harness import chat

USED = UsageReported(Usage(900, 100, 640, 30))


def in_window(qtbot: QtBot, view: ChatView) -> Window:
    """Show the view in the window, which moves the focus. Take it out again before the window goes."""
    window = Window(Settings(), Notifier())
    qtbot.addWidget(window, before_close_func=lambda widget: widget.hide())
    window.resize(1440, 900)
    window.add_view("chat", lambda: view)
    window.show_view("chat")
    window.show()
    window.activateWindow()
    return window


async def test_tab_follows_the_reading_order_of_the_view(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Hello."), Finished("stop")]) as harness:
        await harness.ask("Hi")
        await harness.settled()
        window = in_window(qtbot, harness.view)
        await harness.until(window.isActiveWindow)
        names: list[str] = []
        seen: list[QWidget] = []
        harness.button("New conversation").setFocus()
        while (focused := QApplication.focusWidget()) is not None and focused not in seen:
            seen.append(focused)
            names.append(focused.accessibleName())
            QTest.keyClick(focused, Qt.Key.Key_Tab)
        wanted = ["New conversation", "Conversations", "Delete conversation", "Transcript", "Message", "Panel width"]
        wanted += ["Parameters", "Tools", "System prompt"]
        assert [name for name in names if name in wanted] == wanted
        harness.view.setParent(None)
        window.hide()


async def test_tab_follows_the_reading_order_of_messages(qtbot: QtBot, tmp_path: Path) -> None:
    answer = [ThinkingDelta("Rain?"), TextDelta("Leave early."), Finished("stop"), USED]
    async with chat(qtbot, tmp_path, answer) as harness:
        await harness.ask("Do I need a jacket?")
        await harness.settled()
        window = in_window(qtbot, harness.view)
        await harness.until(window.isActiveWindow)
        transcript = harness.view.transcript
        assert transcript is not None
        transcript.setFocus()

        def focused() -> str:
            widget = QApplication.focusWidget()
            return widget.accessibleName() if widget is not None else ""

        seen = []
        for _ in range(20):
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
            seen.append(focused())
            if seen[-1] == "Message":
                break
        wanted = ["Words", "Edit message", "Thoughts", "Answer", "Regenerate", "Inspect", "Message"]
        assert [name for name in seen if name in wanted] == wanted
        back = []
        while focused() != "Transcript" and len(back) < 20:
            QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Backtab)
            back.append(focused())
        assert back[:-1] == seen[-2::-1]
        harness.view.setParent(None)
        window.hide()


async def test_text_typed_or_sent_before_the_chat_is_ready_is_not_lost(qtbot: QtBot, tmp_path: Path) -> None:
    def type_early(view: ChatView) -> None:
        view.composer.field.setPlainText("Early bird?")
        view.composer.field.submitted.emit()
        assert view.composer.text() == "Early bird?"

    async with chat(qtbot, tmp_path, [TextDelta("Yes."), Finished("stop")], early=type_early) as harness:
        await harness.settled()
        assert harness.view.composer.text() == ""
        assert harness.text("Answer").strip() == "Yes."
        harness.view.composer.field.setPlainText("half a thou")
        await asyncio.sleep(0.6)

    def type_on(view: ChatView) -> None:
        view.composer.field.setPlainText("ght")

    async with chat(qtbot, tmp_path, early=type_on, last=True) as harness:
        assert harness.view.composer.text() == "half a thou\nght"
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.draft == "half a thou\nght"


async def test_text_that_can_not_be_sent_during_shutdown_stays_in_the_composer(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Yes."), Finished("stop")]) as harness:
        harness.tasks.refuse()
        await harness.ask("  Too late?")
        assert harness.view.composer.text() == "  Too late?"
        assert harness.workspace.current is not None
        assert not len(harness.workspace.current.tree)


async def test_a_question_is_answered(qtbot: QtBot, tmp_path: Path) -> None:
    answer = [ThinkingDelta("Rain?"), TextDelta("Leave **early**."), Finished("stop"), USED]
    async with chat(qtbot, tmp_path, answer) as harness:
        await harness.ask("Do I need a jacket?")
        assert harness.view.composer.text() == ""
        await harness.settled()
        assert harness.text("Answer").strip() == "Leave early."
        assert harness.text("Thoughts text").strip() == "Rain?"
        assert harness.button("Thoughts").isChecked() is False
        names = [label.accessibleName() for label in harness.view.findChildren(QAbstractButton)]
        assert "Regenerate" in names
        transcript = harness.view.transcript
        assert transcript is not None

        def has_usage() -> bool:
            usage = [label.accessibleName() for label in transcript.findChildren(QLabel)]
            return any(name.startswith("Usage Finished") and "30 reasoning" in name for name in usage)

        await harness.until(has_usage)
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.tokens == USED.usage.total
        (row,) = harness.view.conversations._model.rows()  # type: ignore[union-attr]
        assert row.subtitle.endswith(" 1K tokens")

    async with chat(qtbot, tmp_path) as later:
        assert later.view.conversations is not None
        rows = later.view.conversations._model.rows()
        assert [row.subtitle for row in rows if row.title == "Do I need a jacket?"] == [row.subtitle], (
            "also before it is opened"
        )


async def test_a_tool_call_waits_for_approval(qtbot: QtBot, tmp_path: Path) -> None:
    call = [ToolCallDelta(0, "c", "calculate", '{"expression": "6*7"}'), Finished("tool_calls")]
    async with chat(qtbot, tmp_path, call, [TextDelta("42."), Finished("stop")]) as harness:
        await harness.ask("Six times seven?")
        await harness.until(
            lambda: any(b.text() == "Allow" and b.isVisible() for b in harness.view.findChildren(QAbstractButton))
        )
        harness.button("Allow").click()
        await harness.settled()
        assert '"result": 42' in harness.text("Result")
        assert harness.text("Answer").strip() == "42."


async def test_a_call_id_reused_in_the_next_step_is_another_call(qtbot: QtBot, tmp_path: Path) -> None:
    steps = [
        [ToolCallDelta(0, "same", "calculate", f'{{"expression": "{sum_}"}}'), Finished("tool_calls")]
        for sum_ in ("6*7", "7*7")
    ]
    async with chat(qtbot, tmp_path, *steps, [TextDelta("There."), Finished("stop")]) as harness:
        await harness.ask("Sums")
        assert harness.view.transcript is not None
        transcript = harness.view.transcript
        for number in (1, 2):
            await harness.until(
                lambda number=number: (
                    [card.call.state for card in transcript.findChildren(ToolCard)][number - 1 :] == ["waiting"]
                )
            )
            harness.button("Allow").click()
        await harness.settled()
        results = [card.call.result for card in transcript.findChildren(ToolCard)]
        assert [result is not None and result[-3:-1] for result in results] == ["42", "49"]


async def test_a_failure_is_shown_in_the_message_and_can_be_retried(qtbot: QtBot, tmp_path: Path) -> None:
    broken = [WorkbenchError(Code.OVERLOADED)]
    async with chat(qtbot, tmp_path, broken, [TextDelta("Here I am."), Finished("stop")]) as harness:
        await harness.ask("Hello?")
        await harness.settled()
        assert not harness.view.composer.running
        harness.button("Retry").click()
        await harness.settled()
        assert harness.text("Answer").strip() == "Here I am."


async def test_a_failed_answer_has_a_footer_immediately(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Half"), USED, WorkbenchError(Code.CONNECTION_LOST)]) as harness:
        await harness.ask("Hello?")
        await harness.settled()
        assert harness.workspace.current is not None and harness.view.transcript is not None
        facts = harness.view.transcript._window._footers[harness.workspace.current.branch[-1].id]
        assert any("tokens" in words for words in facts)


async def test_switching_conversations_while_arguments_stream_does_not_duplicate_the_call(
    qtbot: QtBot, tmp_path: Path
) -> None:
    go_on = asyncio.Event()
    call = [
        ToolCallDelta(0, "c", "calculate", '{"expression": '),
        go_on,
        ToolCallDelta(0, None, None, '"6*7"}'),
        Finished("tool_calls"),
    ]
    async with chat(qtbot, tmp_path, call) as harness:
        await harness.ask("Six times seven?")
        session = harness.workspace.current
        assert session is not None and harness.view.transcript is not None
        await harness.until(lambda: bool(session.branch[-1].parts))
        harness.workspace.new()
        await harness.workspace.open(session.id)
        go_on.set()
        await harness.until(lambda: getattr(session.branch[-1].parts[0], "state", "") == "waiting")
        await asyncio.sleep(0.1)
        assert [card.call.name for card in harness.view.transcript.findChildren(ToolCard)] == ["calculate"]
        harness.button("Allow")


async def test_switching_conversations_does_not_restart_the_thinking_time(qtbot: QtBot, tmp_path: Path) -> None:
    go_on, never = asyncio.Event(), asyncio.Event()
    answer = [ThinkingDelta("Hm, "), go_on, ThinkingDelta("yes."), TextDelta("Yes."), never]
    async with chat(qtbot, tmp_path, answer) as harness:
        await harness.ask("Is it?")
        session = harness.workspace.current
        assert session is not None and harness.view.transcript is not None
        await harness.until(lambda: bool(session.branch[-1].parts))
        await asyncio.sleep(0.5)
        harness.workspace.new()
        await harness.workspace.open(session.id)
        assert harness.button("Thoughts").accessibleDescription() == "Thinking…"
        assert harness.text("Thoughts text") == "Hm, "
        go_on.set()
        await harness.until(lambda: bool(session.branch[-1].text))
        (thinking, _) = session.branch[-1].parts
        assert isinstance(thinking, Thinking) and thinking.seconds is not None and thinking.seconds >= 0.5
        description = harness.button("Thoughts").accessibleDescription()
        assert description == f"Thought for {seconds(thinking.seconds)}"


async def test_escape_stops_the_reply_and_keeps_what_arrived(qtbot: QtBot, tmp_path: Path) -> None:
    never = asyncio.Event()
    async with chat(qtbot, tmp_path, [TextDelta("Half an ans"), never]) as harness:
        await harness.ask("Tell me")
        await harness.until(
            lambda: harness.workspace.current is not None and harness.workspace.current.branch[-1].text != ""
        )
        assert harness.button("Stop")
        harness.view.composer.field.setFocus()
        harness.view._on_escape()
        await harness.settled()
        assert harness.text("Answer").strip() == "Half an ans"
        assert harness.button("Send")


async def test_conversations_are_listed_renamed_and_deleted(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("A."), Finished("stop")]) as harness:
        await harness.ask("First question")
        await harness.settled()
        first = harness.workspace.conversations()[0]
        assert first.title == "First question"
        harness.button("New conversation").click()
        assert harness.workspace.current is not None
        assert harness.workspace.current.id != first.id
        harness.view.conversations.opened.emit(first.id)
        await harness.until(lambda: harness.workspace.current is not None and harness.workspace.current.id == first.id)
        harness.view.conversations.renamed.emit(first.id, "Renamed")
        assert harness.workspace.conversations()[0].title == "Renamed"
        harness.view.conversations.deleted.emit(first.id)
        await harness.until(lambda: any("Renamed" in text for text in harness.messages))
        assert first.id not in {each.id for each in harness.workspace.conversations()}


async def test_thinking_locks_the_temperature(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        assert harness.view.parameters is not None
        assert not harness.view.parameters.temperature.number.isEnabled()
        harness.view.composer.think.click()
        assert harness.view.parameters.temperature.number.isEnabled()
        harness.view.parameters.temperature.number.setValue(0.4)
        assert harness.workspace.current is not None
        assert harness.workspace.current.conversation.sampling.temperature == pytest.approx(0.4)
        assert harness.workspace.current.conversation.sampling.thinking is False


async def test_enter_sends_except_during_input_method_composition(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("好。"), Finished("stop")]) as harness:
        field = harness.view.composer.field
        field.setPlainText("你好")
        QApplication.sendEvent(field, QInputMethodEvent("shi", []))
        qtbot.keyClick(field, Qt.Key.Key_Return)
        assert harness.workspace.current is not None
        assert not harness.workspace.current.running
        QApplication.sendEvent(field, QInputMethodEvent("", []))
        qtbot.keyClick(field, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
        assert "\n" in field.toPlainText()
        qtbot.keyClick(field, Qt.Key.Key_Return)
        await harness.settled()
        assert harness.text("Answer").strip() == "好。"


async def test_a_conversation_can_be_exported_and_imported(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen: list[Path] = []

    proposed: list[object] = []

    async def choose(*asked: object) -> Path:
        proposed.append(asked[3])
        return chosen.pop(0)

    monkeypatch.setattr("app.ui.chat.conversations_presenter.ask_to_save", choose)
    monkeypatch.setattr("app.ui.chat.conversations_presenter.ask_to_open", choose)
    async with chat(qtbot, tmp_path / "home", [TextDelta("**Early**."), Finished("stop")]) as harness:
        await harness.ask("When does the ferry leave?")
        await harness.settled()
        first = harness.workspace.current
        assert first is not None
        markdown, whole = tmp_path / "ferry.md", tmp_path / "ferry.json"
        for path in (markdown, whole):
            chosen.append(path)
            harness.button("Export conversation").click()
            await harness.until(path.exists)
            await harness.until(lambda path=path: harness.messages[-1:] == [f"Saved as {path.name}."])
        assert [file_name(name.removesuffix(".md"), ".md") for name in proposed] == 2 * ["When does the ferry leave.md"]
        presentation_cover().set_mask(PresentationMask(names=["ferry"]))
        chosen.append(tmp_path / "presented.md")
        harness.button("Export conversation").click()
        await harness.until(lambda: harness.messages[-1] == "Saved as presented.md.")
        presentation_cover().set_mask(None)
        assert "ferry" not in proposed[-1], "masked names are not proposed as file names"
        assert "## You\n\nWhen does the ferry leave?\n\n## MiMo\n\n**Early**." in markdown.read_text()
        chosen.append(whole)
        harness.button("Import conversation").click()
        await harness.until(lambda: harness.workspace.current is not first)
        again = harness.workspace.current
        assert again is not None
        assert [message.text for message in again.branch] == [message.text for message in first.branch]
        assert {message.id for message in again.branch}.isdisjoint(message.id for message in first.branch)
        await harness.until(lambda: "was imported" in harness.messages[-1])
        broken = tmp_path / "broken.json"
        broken.write_text("{")
        chosen.append(broken)
        harness.button("Import conversation").click()
        await harness.until(lambda: "was imported" not in harness.messages[-1])
        assert harness.workspace.current is again, "the open conversation stays and a notification explains the failure"


async def test_tools_and_approval_follow_settings_changed_elsewhere(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        settings, parameters = harness.view._settings, harness.view.parameters
        assert parameters is not None
        approvals = harness.workspace._approvals
        settings.set(ENABLED_TOOLS, ["calculate"])
        settings.set(ASK_BEFORE_TOOL, False)
        assert harness.tools_on == ["Calculator"]
        assert not parameters.ask.isChecked()
        assert not approvals.needed("calculate")
        harness.switch_tool("builtin:convert_units")
        session = harness.workspace.current
        assert session is not None
        assert session.tools == ("calculate", "convert_units")
        assert settings.get(ENABLED_TOOLS) == ["calculate"], "other conversations keep the tools of the settings"
        settings.set(ALWAYS_ALLOWED_TOOLS, ["calculate"])
        settings.set(ASK_BEFORE_TOOL, True)
        assert [approvals.needed(name) for name in ("calculate", "convert_units")] == [False, True]
        parameters.ask.click()
        parameters.ask.click()
        assert settings.get(ALWAYS_ALLOWED_TOOLS) == []
        assert approvals.needed("calculate")


async def test_thoughts_that_began_without_a_tag_move_out_of_the_answer(qtbot: QtBot, tmp_path: Path) -> None:
    answer = [TextDelta("Rain?"), AnswerWasThinking(), TextDelta("Leave "), TextDelta("early."), Finished("stop"), USED]
    async with chat(qtbot, tmp_path, answer) as harness:
        await harness.ask("Do I need a jacket?")
        await harness.settled()
        assert harness.text("Answer") == "Leave early."
        assert harness.text("Thoughts text").strip() == "Rain?"
