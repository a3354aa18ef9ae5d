"""With which model and which tools a conversation asks."""

from __future__ import annotations

from pathlib import Path

import pytest
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
from tests.ui.chat.test_chat_view import chat

HELLO = [TextDelta("Hello."), Finished("stop")]


def choose(view: ChatView, words: str) -> None:
    """Type a model and press Enter."""
    edit = view.model.lineEdit()
    assert edit is not None
    edit.setText(words)
    edit.editingFinished.emit()


async def test_the_model_is_that_of_the_conversation(qtbot: QtBot, tmp_path: Path) -> None:
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
        assert harness.view.model.currentText() == "mimo-v2.6-pro"
        await harness.ask("First again")
        await harness.settled()
        asked = [request.model for request in harness.script.requests]
        assert asked == ["mimo-v2.6-pro", "mimo-v2.6-flash", "mimo-v2.6-pro"]
        harness.button("New conversation").click()
        assert harness.view.model.currentText() == "mimo-v2.6-flash", "the last one chosen, for what is new"


async def test_a_model_the_service_lacks_is_refused_in_a_sentence(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        assert harness.workspace.current is not None
        thinking = harness.view.composer.think.isChecked()
        choose(harness.view, "gpt-4")
        assert harness.view.model.currentText() == "mimo-v2.6-pro"
        assert harness.workspace.current.conversation.model == "mimo-v2.6-pro"
        assert harness.view.composer.think.isChecked() is thinking
        assert [said for said in harness.messages if "gpt-4" in said]


async def test_every_way_to_ask_offers_the_tools_that_are_on(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("What time is it?")
        await harness.settled()
    async with chat(qtbot, tmp_path, HELLO, HELLO, HELLO, last=True) as later:
        later.button("Regenerate").click()
        await later.settled()
        assert later.view.tools is not None
        later.view.tools._switches["calculate"].click()
        later.button("Regenerate").click()
        await later.settled()
        assert later.view.transcript is not None
        (first,) = [each.message.id for each in later.view.transcript._window.views.values() if each.message.role == "user"]
        later.view.transcript.edit.emit(first, "And in Beijing?")
        await later.settled()
        offered = [{tool.name for tool in request.tools} for request in later.script.requests]
        assert "calculate" in offered[0]
        assert offered[1] == offered[2] == offered[0] - {"calculate"}


async def test_while_thinking_the_temperature_shown_is_the_forced_one_and_none_is_sent(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        assert harness.workspace.current is not None
        parameters._task_chosen("coding")
        assert parameters.temperature.value() == pytest.approx(0.3)
        harness.view.composer.think.setChecked(True)
        assert parameters.temperature.value() == pytest.approx(1.0)
        assert not parameters.temperature.number.isEnabled()
        assert parameters.top_p.number.isEnabled()
        await harness.ask("Think")
        await harness.settled()
        harness.view.composer.think.setChecked(False)
        assert parameters.temperature.value() == pytest.approx(0.3)
        await harness.ask("Don't")
        await harness.settled()
        sent = [(request.sampling.thinking, request.sampling.temperature) for request in harness.script.requests]
        assert sent == [(True, None), (False, 0.3)]


async def test_stop_sequences_set_by_an_assistive_tool_are_taken_and_a_fifth_is_told_of(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        assert harness.workspace.current is not None
        tree = QAccessible.queryAccessibleInterface(parameters.stop)
        tree.setText(QAccessible.Text.Value, "a|b|c|d|e")
        session = harness.workspace.current
        await harness.until(lambda: session.conversation.sampling.stop == ("a", "b", "c", "d"))
        assert parameters._stop_hint.isVisible()
        assert parameters._stop_hint.text().endswith("left out: e")


async def test_what_was_left_out_of_one_conversation_is_not_said_of_another(
    qtbot: QtBot, tmp_path: Path, qapp: QApplication
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await harness.ask("Hi")
        await harness.settled()
        parameters, language = harness.view.parameters, Language(qapp)
        assert parameters is not None
        parameters.stop.setText("a|b|c|d|e")
        parameters.stop.editingFinished.emit()
        language.use("zh_CN")
        try:
            QApplication.processEvents()
            assert parameters._stop_hint.isVisible()
            assert parameters._stop_hint.text().endswith("e")
            assert "left out" not in parameters._stop_hint.text()
        finally:
            language.use("en")
            QApplication.processEvents()
        assert parameters._stop_hint.text().endswith("left out: e")
        harness.button("New conversation").click()
        assert parameters.stop.text() == ""
        assert not parameters._stop_hint.isVisible()


async def test_words_of_ones_own_are_a_preset_as_long_as_they_are_there(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as harness:
        parameters = harness.view.parameters
        assert parameters is not None
        parameters.system.setPlainText("You are a pirate.")
        assert parameters.preset.currentText() == "Custom"
        choose_preset = QAccessible.queryAccessibleInterface(parameters.preset.lineEdit())
        choose_preset.setText(QAccessible.Text.Value, "MiMo, English")
        assert parameters.system.toPlainText().startswith("You are MiMo")
        assert parameters.preset.findText("Custom") < 0


async def test_that_it_is_tried_again_is_not_said_beside_the_end_of_it(qtbot: QtBot, tmp_path: Path) -> None:
    late = [Waiting(1.9, "retry", 2), WorkbenchError(Code.CONNECTION_LOST)]
    async with chat(qtbot, tmp_path, late) as harness:
        assert harness.view.inspector is not None
        withdrawn = QSignalSpy(harness.view.inspector._notifier.withdrawn)
        await harness.ask("Hi")
        await harness.settled()
        assert [said for said in harness.messages if "again" in said]
        assert withdrawn.count() > 0
        assert withdrawn.at(withdrawn.count() - 1)[0] == WAITING


async def test_that_one_waits_is_not_said_of_another_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        assert harness.view.inspector is not None
        harness.view.inspector._notifier.say("Trying again in 2 s.", replace=WAITING)
        withdrawn = QSignalSpy(harness.view.inspector._notifier.withdrawn)
        await harness.ask("Hi")
        await harness.settled()
        before = withdrawn.count()
        harness.button("New conversation").click()
        assert [withdrawn.at(place)[0] for place in range(before, withdrawn.count())] == [WAITING]


async def test_an_ending_is_explained_in_its_message_alone(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Once upon"), Finished("length")]) as harness:
        await harness.ask("A story")
        await harness.settled()
        assert harness.view.transcript is not None
        notices = [notice.text() for notice in harness.view.transcript.findChildren(InlineNotice) if notice.isVisible()]
        assert len([words for words in notices if "token limit" in words]) == 1
        assert not [words for words in harness.messages if "token limit" in words]


async def test_an_emptied_find_leaves_nothing_selected(qtbot: QtBot, tmp_path: Path) -> None:
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


async def test_an_answer_that_broke_off_in_an_earlier_run_says_so_and_can_be_asked_again(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, [TextDelta("Once upon"), WorkbenchError(Code.CONNECTION_LOST)]) as harness:
        await harness.ask("A story")
        await harness.settled()
    async with chat(qtbot, tmp_path, HELLO, last=True) as later:
        assert later.view.transcript is not None
        notices = [notice.text() for notice in later.view.transcript.findChildren(InlineNotice) if notice.isVisible()]
        assert [words for words in notices if "is incomplete" in words]
        later.button("Retry").click()
        await later.settled()
        assert later.text("Answer").strip() == "Hello."
