"""The model, tools and parameters that a conversation uses for its requests."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QApplication, QTextEdit
from pytestqt.qtbot import QtBot

from app.core.errors import Code, WorkbenchError
from app.core.events import Finished, TextDelta, Waiting
from app.ui.chat.transcript_updater import WAITING
from app.ui.chat.view import ChatView
from app.ui.language import Language
from app.ui.widgets.notices import InlineNotice
from tests.ui.chat.harness import chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def choose(view: ChatView, name: str) -> None:
    """Type a model name and press Enter."""
    edit = view.model.lineEdit()
    assert edit is not None
    edit.setText(name)
    edit.editingFinished.emit()


async def test_each_conversation_keeps_its_model(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO) as harness:
        await harness.ask("First")
        await harness.settled()
        assert harness.workspace.current is not None
        first = harness.workspace.current.id
        harness.button("New conversation").click()
        choose(harness.view, "mimo-v2.6-flash")
        await harness.ask("Second")
        await harness.settled()
        assert harness.view.conversations is not None
        harness.view.conversations.opened.emit(first)
        await harness.until(lambda: harness.workspace.current is not None and harness.workspace.current.id == first)
        assert harness.view.model.currentText() == "MiMo V2.6 Pro"
        await harness.ask("First again")
        await harness.settled()
        asked = [request.model for request in harness.script.requests]
        assert asked == ["mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.6-pro"]
        harness.button("New conversation").click()
        assert harness.view.model.currentText() == "MiMo V2.6 Flash", "new conversations get the model chosen last"


async def test_a_model_the_service_lacks_is_refused_with_a_notification(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        assert harness.workspace.current is not None
        thinking = harness.view.composer.think.isChecked()
        choose(harness.view, "gpt-4")
        assert harness.view.model.currentText() == "MiMo V2.6 Pro"
        assert harness.workspace.current.conversation.model == "mimo-v2.6-pro"
        assert harness.view.composer.think.isChecked() is thinking
        assert [text for text in harness.messages if "gpt-4" in text]


async def test_every_request_offers_the_enabled_tools(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("What time is it?")
        await harness.settled()
        assert harness.script.requests[0].tools == ()
        assert not harness.view.composer.offered.isVisible()
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO, last=True) as later:
        later.switch_tool("builtin:calculate")
        later.switch_tool("builtin:get_current_time")
        assert later.view.composer.offered.isVisible()
        assert later.view.composer.offered.text() == "2 tools"
        later.button("Regenerate").click()
        await later.settled()
        later.switch_tool("builtin:calculate")
        later.button("Regenerate").click()
        await later.settled()
        assert later.view.transcript is not None
        (first,) = [message.id for message in later.view.transcript._window.messages if message.role == "user"]
        later.view.transcript.edit.emit(first, "And in Beijing?", None)
        await later.settled()
        offered = [{tool.name for tool in request.tools} for request in later.script.requests]
        assert "calculate" in offered[0]
        assert offered[1] == offered[2] == offered[0] - {"calculate"}


async def test_thinking_shows_its_forced_temperature_and_sends_none(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        assert harness.workspace.current is not None
        parameters._task_chosen("coding")
        assert parameters.temperature.value() == pytest.approx(0.3)
        harness.view.composer.think.setChecked(True)
        assert parameters.temperature.value() == pytest.approx(1.0)
        assert not parameters.temperature.number.isEnabled()
        assert not parameters.top_p.number.isEnabled()
        assert parameters.top_p.value() == pytest.approx(0.95)
        await harness.ask("Think")
        await harness.settled()
        harness.view.composer.think.setChecked(False)
        assert parameters.temperature.value() == pytest.approx(0.3)
        await harness.ask("Don't")
        await harness.settled()
        sent = [(request.sampling.thinking, request.sampling.temperature) for request in harness.script.requests]
        assert sent == [(True, None), (False, 0.3)]


async def test_stop_sequences_can_be_set_by_assistive_technology_and_a_fifth_is_reported(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        assert harness.workspace.current is not None
        tree = QAccessible.queryAccessibleInterface(parameters.stop)
        tree.setText(QAccessible.Text.Value, "a\n b\nc|c\n\\n\ne")
        session = harness.workspace.current
        await harness.until(lambda: session.conversation.sampling.stop == ("a", " b", "c|c", "\n"))
        assert parameters._stop_hint.isVisible()
        assert parameters._stop_hint.text().endswith("left out: e")


async def test_the_hint_about_rejected_stop_sequences_belongs_to_its_conversation(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        parameters, language = harness.view.parameters, Language(qapp)
        assert parameters is not None
        parameters.stop.setPlainText("a\nb\nc\nd\ne")
        language.use("zh_CN")
        try:
            await harness.until(lambda: "left out" not in parameters._stop_hint.text())
            assert parameters._stop_hint.isVisible()
            assert parameters._stop_hint.text().endswith("e")
        finally:
            language.use("en")
        await harness.until(lambda: parameters._stop_hint.text().endswith("left out: e"))
        harness.button("New conversation").click()
        assert parameters.stop.toPlainText() == ""
        assert not parameters._stop_hint.isVisible()


async def test_a_custom_system_prompt_is_listed_only_while_it_is_in_use(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        parameters.system.setPlainText("You are a pirate.")
        assert parameters.preset.currentText() == "Custom"
        choose_preset = QAccessible.queryAccessibleInterface(parameters.preset.lineEdit())
        choose_preset.setText(QAccessible.Text.Value, "MiMo, English")
        assert parameters.system.toPlainText().startswith("You are MiMo")
        assert parameters.preset.findText("Custom") < 0


async def test_the_retry_notification_is_withdrawn_when_the_answer_fails(qtbot: QtBot, tmp_path: Path) -> None:
    late = [Waiting(1.9, "retry", 2), WorkbenchError(Code.CONNECTION_LOST)]
    async with chat(qtbot, tmp_path, late) as harness:
        assert harness.view.inspector is not None
        withdrawn = QSignalSpy(harness.view.inspector.notifier.withdrawn)
        await harness.ask("Hi")
        await harness.settled()
        assert [text for text in harness.messages if "again" in text]
        assert withdrawn.count() > 0
        assert withdrawn.at(withdrawn.count() - 1)[0] == WAITING


async def test_the_retry_notification_is_withdrawn_when_another_conversation_opens(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        assert harness.view.inspector is not None
        harness.view.inspector.notifier.info("Trying again in 2 s.", topic=WAITING)
        withdrawn = QSignalSpy(harness.view.inspector.notifier.withdrawn)
        await harness.ask("Hi")
        await harness.settled()
        before = withdrawn.count()
        harness.button("New conversation").click()
        assert [withdrawn.at(index)[0] for index in range(before, withdrawn.count())] == [WAITING]


async def test_a_finish_reason_is_explained_only_in_its_message(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Once upon"), Finished("length")]) as harness:
        await harness.ask("A story")
        await harness.settled()
        assert harness.view.transcript is not None
        notices = [notice.text() for notice in harness.view.transcript.findChildren(InlineNotice) if notice.isVisible()]
        assert len([text for text in notices if "token limit" in text]) == 1
        assert not [text for text in harness.messages if "token limit" in text]


async def test_clearing_the_search_clears_the_selection(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hello there")
        await harness.settled()
        assert harness.view.transcript is not None
        texts = harness.view.transcript.findChildren(QTextEdit)
        field = harness.view.find_bar._field
        field.setText("there")
        assert any(text.textCursor().hasSelection() for text in texts)
        field.clear()
        assert not any(text.textCursor().hasSelection() for text in texts)


async def test_an_answer_interrupted_in_an_earlier_run_is_marked_and_can_be_retried(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Once upon"), WorkbenchError(Code.CONNECTION_LOST)]) as harness:
        await harness.ask("A story")
        await harness.settled()
    async with chat(qtbot, tmp_path, HELLO, last=True) as later:
        assert later.view.transcript is not None
        notices = [notice.text() for notice in later.view.transcript.findChildren(InlineNotice) if notice.isVisible()]
        assert [text for text in notices if "connection" in text.lower()]
        later.button("Retry").click()
        await later.settled()
        assert later.text("Answer").strip() == "Hello."


async def test_a_new_conversation_takes_prompt_and_sampling_over(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        parameters = harness.view.parameters
        assert parameters is not None
        parameters.system.setPlainText("Be brief.")
        harness.view.composer.think.setChecked(False)
        parameters.temperature.number.setValue(0.4)
        parameters.stream.setChecked(False)
        parameters.json_mode.setChecked(True)
        assert parameters.json_hint.isVisible()
        parameters.system.setPlainText("Be brief, answer in JSON.")
        assert not parameters.json_hint.isVisible()
        harness.button("New conversation").click()
        assert harness.workspace.current is not None
        conversation = harness.workspace.current.conversation
        assert conversation.system == "Be brief, answer in JSON."
        sampling = conversation.sampling
        assert (sampling.thinking, sampling.temperature, sampling.stream) == (False, pytest.approx(0.4), False)
        assert not sampling.json_mode


async def test_a_prompt_is_saved_chosen_and_removed(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        assert harness.workspace.current is not None
        parameters.system.setPlainText("Be a pirate.")
        harness.button("Save prompt").click()
        parameters.saved_prompts.name.setText("Pirate")
        qtbot.keyClick(parameters.saved_prompts.name, Qt.Key.Key_Return)
        await harness.until(lambda: parameters.preset.currentText() == "Pirate")
        choose_preset = parameters.preset.chosen
        choose_preset.emit("none")
        assert harness.workspace.current.conversation.system == ""
        choose_preset.emit("saved:Pirate")
        assert harness.workspace.current.conversation.system == "Be a pirate."
        harness.button("Remove prompt").click()
        await harness.until(lambda: parameters.preset.currentText() == "Custom")
