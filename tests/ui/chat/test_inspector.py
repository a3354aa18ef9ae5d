"""The inspector shows calls of this run and earlier ones, and copies only complete requests as code."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest
from PySide6.QtCore import QItemSelectionModel, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.core.call_origin import request_is_edited
from app.core.call_record import CallRecord
from app.core.events import ChatEvent, Finished, Started, TextDelta
from app.core.messages import Media, Message, Reply, ToolCall
from app.core.presentation_mask import PresentationMask
from app.core.profiles import Profile
from app.core.redaction import Redactor
from app.core.requests import ChatRequest, Sampling
from app.mimo.call_recording import Attempt, Exchange, ExchangeKind
from app.mimo.embedded_files import EmbeddedFile
from app.mimo.request_specs import chat_call
from app.services import call_history
from app.services.call_history import MAX_TEXT_LENGTH, SavedCall
from app.services.chat.recorded_request import recorded_request, restored_files
from app.ui.chat.inspector.panel import InspectorPanel
from app.ui.chat.inspector.presenter import InspectorPresenter
from app.ui.texts.numbers import count
from app.ui.widgets.presentation_cover import presentation_cover
from app.ui.widgets.row_list import RowList
from app.ui.widgets.row_model import RowRole
from tests.ui.chat.harness import ChatHarness, chat
from tests.ui.chat.test_language_switch import in_chinese

Widget = TypeVar("Widget", bound=QWidget)


URL = "http://127.0.0.1/v1/chat/completions"


def exchange(call_id: str = "", body: Any = None, *, kind: ExchangeKind = "chat", url: str = URL) -> Exchange:
    """A call that is over."""
    body = {"model": "m", "messages": []} if body is None else body
    made = Exchange(kind, "demo", "m", "POST", url, {"api-key": "●●●●"}, body, 80, Redactor())
    made.id = call_id or made.id
    made.attempts.append(Attempt(0.0, sent=0.01, answered=0.1, ended=0.2, status=200))
    made.end()
    return made


def panel_of(harness: ChatHarness) -> InspectorPanel:
    assert harness.view.inspector is not None
    return harness.view.inspector


def named(harness: ChatHarness, kind: type[Widget], name: str) -> Widget:
    """The one widget of this accessible name or text in the inspector."""
    panel = panel_of(harness)
    (found,) = (
        each for each in panel.findChildren(kind) if name in (each.accessibleName(), getattr(each, "text", str)())
    )
    return found


def listed(panel: InspectorPanel) -> list[str]:
    return [row.key for row in panel.calls._model.rows()]


async def asked(harness: ChatHarness, text: str = "As it was") -> None:
    await harness.ask(text)
    await harness.settled()


async def inspected(harness: ChatHarness, key: str) -> None:
    """Select a row, and wait until the request of its call is shown."""
    panel = panel_of(harness)
    harness.view.open_inspector()
    await harness.until(lambda: key in listed(panel))
    panel.calls.rows.select_key(None)
    model = panel.calls.rows.model()
    index = model.index(listed(panel).index(key), 0)
    panel.calls.rows.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
    await harness.tasks.drain()


def reply(call_id: str, text: str = "Hello") -> list[Any]:
    return [Started("r", "mimo-v2.6-flash", call_id), TextDelta(text), Finished("stop")]


async def test_a_truncated_call_is_not_copied_as_code(qtbot: QtBot, tmp_path: Path) -> None:
    content = "Hello " * MAX_TEXT_LENGTH
    request = json.dumps({"model": "m", "messages": [{"role": "user", "content": content}]})
    record = CallRecord(
        "c", "chat", "demo", "m", url=URL, request=request[:MAX_TEXT_LENGTH], request_bytes=len(request)
    )
    async with chat(qtbot, tmp_path) as harness:
        harness.calls.record(whole := exchange("whole", kind="speech"))
        harness.view.open_inspector()
        panel, presenter = panel_of(harness), harness.view.findChild(InspectorPresenter)
        assert presenter is not None
        await inspected(harness, "whole#0")
        buttons = [named(harness, QPushButton, name) for name in ("Copy as curl", "Copy as Python")]
        for button in buttons:
            QGuiApplication.clipboard().setText("nothing")
            button.click()
            await harness.until(lambda: "127.0.0.1" in QGuiApplication.clipboard().text())
        await presenter._show(SavedCall(record), 0)
        assert not any(button.isEnabled() for button in buttons)
        assert all("too long" in button.toolTip() for button in buttons)
        assert count(MAX_TEXT_LENGTH) in panel.page.request._note.text(), "and how much is kept is said"
        assert presenter._call is not whole


async def test_the_newest_call_of_the_conversation_is_followed_until_one_is_picked(
    qtbot: QtBot, tmp_path: Path
) -> None:
    async with chat(qtbot, tmp_path, reply("first"), reply("second"), reply("third")) as harness:
        harness.calls.record(exchange("first"))
        harness.view.open_inspector()
        panel = panel_of(harness)
        await asked(harness)
        await harness.until(lambda: panel.calls.rows.selected_key() == "first#0")
        harness.calls.record(exchange("second"))
        harness.calls.record(exchange("of another conversation"))
        await asked(harness)
        await harness.until(lambda: panel.calls.rows.selected_key() == "second#0")
        await inspected(harness, "first#0")
        harness.calls.record(exchange("third"))
        await asked(harness)
        assert panel.calls.rows.selected_key() == "first#0", "a call picked by hand stays selected"
        await inspected(harness, "third#0")
        assert harness.workspace.new() is not None
        await harness.until(lambda: not named(harness, QPushButton, "Send again").isEnabled())
        assert panel.page.request.view.text() == "", "a conversation without calls shows none"


BODY = {
    "model": "mimo-v2.6-flash",
    "messages": [{"role": "system", "content": "Be short"}, {"role": "user", "content": "As it was"}],
    "temperature": 0.11,
    "stream": True,
    "thinking": {"type": "disabled"},
}


async def test_send_again_sends_the_recorded_request(qtbot: QtBot, tmp_path: Path) -> None:
    first = [Started("r1", "mimo-v2.6-flash", "recorded"), TextDelta("Hello"), Finished("stop")]
    second = [Started("r2", "mimo-v2.6-flash", "again"), TextDelta("Hello again"), Finished("stop")]
    async with chat(qtbot, tmp_path, first, second) as harness:
        await harness.ask("As it was")
        await harness.settled()
        session = harness.workspace.current
        assert session is not None
        harness.calls.record(exchange("recorded", BODY))
        session.configure(system="Something else", sampling=Sampling(temperature=0.9))
        await inspected(harness, "recorded#0")
        named(harness, QPushButton, "Send again").click()
        await harness.until(lambda: len(harness.script.requests) == 2)
        await harness.settled()
        sent = chat_call(harness.profile, harness.script.requests[1])
        assert sent.body == BODY
        answer = session.branch[-1]
        assert (answer.text, session.tree.version(answer.id)) == ("Hello again", (2, 2))
        assert answer.replies[-1].asked == "mimo-v2.6-flash"
        assert answer.replies[-1].prompt == "Be short"


def test_a_tool_result_after_a_recorded_request_is_added_to_it() -> None:
    call = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1/chat/completions", {}, BODY, 80, Redactor())
    request = recorded_request(call)
    assert request is not None
    calling = Message("m", "assistant", (ToolCall("c", "clock", "{}", result="noon", state="done"),))
    request = msgspec.structs.replace(request, messages=(calling,))
    body = chat_call(Profile("demo", "demo", "Demo", "http://127.0.0.1/v1"), request).body
    assert body is not None
    assert body["messages"][:2] == BODY["messages"]
    assert [message["role"] for message in body["messages"][2:]] == ["assistant", "tool"]


def test_a_file_of_the_home_is_streamed_again_in_place_of_its_mark() -> None:
    file = EmbeddedFile("a" * 64, 30_000, "data:image/png;base64,", "room.png")
    body = {"model": "m", "messages": [{"role": "user", "content": [{"image_url": {"url": file}}]}]}
    call = exchange("c", body)
    assert call.elided == file.length
    message = Message("u", "user", (Media("image/png", f"blob:{'a' * 64}"),))
    restored, is_whole = restored_files(json.loads(call.request), [message], to_send=True)
    assert is_whole
    request = recorded_request(call, restored)
    assert request is not None
    sent = chat_call(Profile("demo", "demo", "Demo", "http://127.0.0.1/v1"), request).body
    assert sent is not None
    assert sent["messages"][0]["content"][0]["image_url"]["url"] == file
    assert restored_files(json.loads(call.request), [], to_send=True) == (json.loads(call.request), False)


def test_a_request_whose_file_is_not_saved_is_not_sent_again() -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 20_000}}
    body = {"model": "m", "messages": [{"role": "user", "content": [picture]}]}
    call = Exchange("chat", "demo", "m", "POST", "http://127.0.0.1/v1/chat/completions", {}, body, 80, Redactor())
    assert recorded_request(call) is None


async def test_an_edited_request_is_sent_as_it_stands_and_marked(qtbot: QtBot, tmp_path: Path) -> None:
    picture = {"type": "image_url", "image_url": {"url": "data:image/png;base64," + "A" * 20_000}}
    body = BODY | {"messages": [{"role": "user", "content": ["long " * 1_000, picture]}]}
    async with chat(qtbot, tmp_path, reply("recorded"), reply("again", "Hello again")) as harness:
        await asked(harness)
        session, panel = harness.workspace.current, panel_of(harness)
        assert session is not None
        question = session.branch[0]
        file = Media("image/png", picture["image_url"]["url"])  # type: ignore[index]
        session.tree.add(msgspec.structs.replace(question, parts=(*question.parts, file)))
        harness.calls.record(exchange("recorded", body))
        await inspected(harness, "recorded#0")
        view = panel.page.request.view
        assert not view.isReadOnly()
        assert "‹png, 15" in view.toPlainText() and "more characters›" in view.toPlainText()
        view.setPlainText(view.toPlainText().replace("0.11", "0.5,"))
        await harness.until(lambda: panel.page.request.fault is not None)
        named(harness, QPushButton, "Send again").click()
        await harness.until(lambda: bool(harness.messages))
        assert "not valid JSON" in harness.messages[-1] and len(harness.script.requests) == 1
        view.setPlainText(view.toPlainText().replace("0.5,", "0.5"))
        await harness.until(lambda: panel.page.request.fault is None)
        await inspected(harness, "recorded#0")
        edited: list[bool] = []
        send = harness.script.chat

        def sending(request: ChatRequest) -> AsyncIterator[ChatEvent]:
            edited.append(request_is_edited.get())
            return send(request)

        harness.script.chat = sending  # type: ignore[method-assign]
        named(harness, QPushButton, "Send again").click()
        await harness.until(lambda: len(harness.script.requests) == 2)
        await harness.settled()
        assert harness.script.requests[1].recorded == body | {"temperature": 0.5}, "also what was folded"
        assert edited == [True]
        assert session.tree.version(session.branch[-1].id) == (2, 2)


async def test_what_is_edited_stays_while_another_call_is_looked_at(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("one"), reply("two")) as harness:
        for call_id in ("one", "two"):
            harness.calls.record(exchange(call_id, BODY))
            await asked(harness)
        view = panel_of(harness).page.request.view
        await inspected(harness, "one#0")
        view.setPlainText('{"my": "draft"')
        await inspected(harness, "two#0")
        assert "draft" not in view.text()
        await inspected(harness, "one#0")
        await harness.until(lambda: view.text() == '{"my": "draft"')
        restore = named(harness, QPushButton, "Restore request")
        assert restore.isVisible()
        restore.click()
        assert "As it was" in view.text() and not restore.isVisible()
        view.undo()
        assert view.text() == '{"my": "draft"'


async def test_tries_searches_and_earlier_runs_are_listed(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(call_history, "PAGE_LENGTH", 20)
    async with chat(qtbot, tmp_path, reply("one")) as harness:
        call = exchange("one", BODY)
        call.attempts.insert(0, Attempt(0.0, ended=0.09, status=429, response='{"error": "slow down"}'))
        harness.calls.record(call)
        harness.calls.record(exchange("models", kind="models"))
        spoken = {"messages": [{"role": "assistant", "content": "Hello"}]}
        harness.calls.record(exchange("spoken", spoken, kind="speech"))
        for number in range(25):
            record = CallRecord(f"old{number}", "chat", "demo", "m", request="the old one" if number == 3 else "")
            await harness.stored_calls.keep(record)
        await asked(harness)
        harness.view.open_inspector()
        panel = panel_of(harness)
        await harness.until(lambda: len(listed(panel)) == 4)
        titles = [row.title for row in panel.calls._model.rows()]
        assert titles == ["Speak answer 1", "Model list", "Answer 1, try 2", "Answer 1, try 1"]
        await inspected(harness, "one#0")
        await harness.until(lambda: "slow down" in panel.page.response.view.text())
        panel.calls.search.setText("slow")
        named(harness, QPushButton, "All calls").click()
        await harness.until(lambda: listed(panel) == [])
        panel.calls.search.setText("The OLD one")
        await harness.until(lambda: listed(panel) == ["old3#0"])
        panel.calls.search.clear()
        await harness.until(lambda: len(listed(panel)) >= 24)
        panel.calls.more_wanted.emit()
        await harness.until(lambda: len(listed(panel)) == 29)
        await inspected(harness, "old3#0")
        await harness.until(lambda: "the old one" in panel.page.request.view.text())


async def test_after_a_restart_the_newest_call_of_the_conversation_is_shown(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, reply("first"), reply("second")) as harness:
        for call_id in ("first", "second"):
            await harness.stored_calls.keep(CallRecord(call_id, "chat", "demo", "m", request=f'"{call_id} request"'))
            await asked(harness)
        assert harness.workspace.current is not None
        await harness.workspace.settle(harness.workspace.current.id)
    async with chat(qtbot, tmp_path, last=True) as harness:
        harness.view.open_inspector()
        panel = panel_of(harness)
        await harness.until(lambda: panel.calls.rows.selected_key() == "second#0")
        await harness.until(lambda: "second request" in panel.page.request.view.text())
        assert not named(harness, QPushButton, "Restore request").isVisible(), "nothing was edited"
        assert harness.workspace.new() is not None
        await harness.until(lambda: panel.calls.rows.selected_key() is None)
        assert not named(harness, QPushButton, "Restore request").isVisible()


async def test_two_calls_are_compared(qtbot: QtBot, tmp_path: Path, qapp: QApplication) -> None:
    async with chat(qtbot, tmp_path, reply("one"), reply("two")) as harness:
        for number, call_id in enumerate(("one", "two")):
            call = exchange(call_id, BODY | {"temperature": number / 2})
            call.started += number
            tool = {"function": {"name": "weather", "arguments": json.dumps({"city": call_id, "unit": "C"})}}
            message = {"content": f"Hello {call_id} 世界", "tool_calls": [tool]}
            answer = {"choices": [{"message": message}], "usage": {"completion_tokens": 7}}
            call.received(json.dumps(answer).encode())
            harness.calls.record(call)
            await asked(harness)
        await inspected(harness, "two#0")
        named(harness, QPushButton, "Compare with").click()
        panel = panel_of(harness)
        assert named(harness, QPushButton, "Cancel comparison").isVisible()
        await asyncio.sleep(0)
        panel.calls.picked.emit("one#0")
        await harness.until(lambda: panel.page.comparison.isVisible())
        text = panel.page.comparison.text.toPlainText()
        assert "temperature: 0.0 → 0.5" in text
        assert "Hello onetwo 世界" in text, "removed and added words"
        assert "Answer tokens: 7" in text
        assert '1 weather · city: "one" → "two"' in text and "unit" not in text
        title = panel.page.comparison._title.text()
        assert "From" in title
        with in_chinese(qapp):
            words = set(re.findall("[A-Za-z]{4,}", panel.page.comparison._title.text()))
            assert not words & set(re.findall("[A-Za-z]{4,}", title))
        assert panel.page.comparison._title.text() == title
        named(harness, QPushButton, "Close comparison").click()
        assert not panel.page.comparison.isVisible()


async def test_find_opens_what_is_folded_and_counts(qtbot: QtBot, tmp_path: Path) -> None:
    body = BODY | {"extra": "x" * 30_000 + "Needle" + "y" * 30_000, "many": [f"needle {n}" for n in range(300)]}
    async with chat(qtbot, tmp_path, reply("one")) as harness:
        harness.calls.record(exchange("one", body))
        await asked(harness)
        await inspected(harness, "one#0")
        page = panel_of(harness).page
        QTest.keyClick(page.request.view, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
        assert page.find_bar.isVisible()
        page.find_bar._field.setText("needle")
        await harness.until(lambda: page.find_bar._count.text() == "1 of 301")
        assert page.request.view.textCursor().selectedText() == "Needle"
        named(harness, QPushButton, "Find previous in call").click()
        await harness.until(lambda: page.find_bar._count.text() == "301 of 301")
        assert page.request.view.textCursor().block().text().strip() == '"needle 299"'
        assert not page.request.fault


async def test_presentation_masks_every_part_of_the_inspector(qtbot: QtBot, tmp_path: Path) -> None:
    secret = "/home/annika/plans"
    body = BODY | {"messages": [{"role": "user", "content": secret}], "tools": [{"name": secret}]}
    async with chat(qtbot, tmp_path, reply("one"), reply("two")) as harness:
        for call_id in ("one", "two"):
            call = exchange(call_id, body | {"extra": f"{secret}/{call_id}"})
            call.attempts[0].headers = {"x-folder": secret, "content-type": "text/event-stream"}
            for number in range(3):
                chunk = {"choices": [{"delta": {"content": f"{secret} {number}"}}]}
                call.received(f"data: {json.dumps(chunk)}\n\n".encode())
            harness.calls.record(call)
            await asked(harness)
        harness.calls.record(exchange("s", {"messages": [{"role": "assistant", "content": secret}]}, kind="speech"))
        await inspected(harness, "two#0")
        panel = panel_of(harness)
        panel.page.request.headers.more.setChecked(True)
        panel.page.response.headers.more.setChecked(True)
        panel.page.events.event_selected.emit(1)
        await harness.tasks.drain()
        panel.page.buttons.compare.emit()
        panel.calls.picked.emit("one#0")
        await harness.until(panel.page.comparison.isVisible)

        def shown() -> list[str]:
            texts = [each.toPlainText() for each in panel.findChildren(QPlainTextEdit)]
            texts += [each.text() for kind in (QLabel, QLineEdit, QPushButton) for each in panel.findChildren(kind)]
            texts += [each.toolTip() for each in panel.findChildren(QWidget)]
            for rows in panel.findChildren(RowList):
                model = rows.model()
                texts += [
                    str(model.index(row, 0).data(role))
                    for row in range(model.rowCount())
                    for role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole, RowRole.SUBTITLE)
                ]
            return [text for text in texts if "annika" in text]

        assert len(shown()) >= 7, "it is there before"
        presentation_cover().set_mask(PresentationMask(["/home/annika"]))
        await asyncio.sleep(0)
        assert shown() == []
        assert panel.page.request.view.isReadOnly()
        await inspected(harness, "one#0")
        assert shown() == []
        presentation_cover().set_mask(None)
        assert not panel.page.request.view.isReadOnly()


async def test_a_call_of_no_conversation_is_sent_as_a_call_of_its_own(qtbot: QtBot, tmp_path: Path) -> None:
    hold = asyncio.Event()
    async with chat(qtbot, tmp_path, reply("own"), [Started("r", "m", "alone"), hold, Finished("stop")]) as harness:
        harness.calls.record(exchange("elsewhere", BODY))
        await asked(harness)
        named(harness, QPushButton, "All calls").click()
        await inspected(harness, "elsewhere#0")
        replies: list[Reply] = []
        harness.workspace.lone_calls.on_reply.subscribe(replies.append)
        view = panel_of(harness).page.request.view
        view.setPlainText(view.toPlainText().replace("0.11", "0.7"))
        named(harness, QPushButton, "Send again").click()
        await harness.until(lambda: len(harness.script.requests) == 2)
        assert harness.script.requests[1].recorded == BODY | {"temperature": 0.7}
        harness.calls.record(exchange("alone", BODY))
        stop = named(harness, QPushButton, "Stop call")
        presenter = harness.view.findChild(InspectorPresenter)
        assert presenter is not None
        presenter.refresh()
        await harness.until(lambda: panel_of(harness).calls.rows.selected_key() == "alone#0")
        named(harness, QPushButton, "Calls here").click()
        assert "alone#0" in listed(panel_of(harness))
        stop.click()
        await harness.tasks.drain()
        assert [(reply.call_id, reply.finish) for reply in replies] == [("alone", "stopped")], "it is counted"
        assert named(harness, QPushButton, "Send again").isEnabled()
        session = harness.workspace.current
        assert session is not None and len(session.branch) == 2, "the conversation has nothing of it"
