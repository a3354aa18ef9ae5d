"""What was begun in one conversation stays there when another one is opened."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from app.core.errors import Code, InputError
from app.core.events import Finished, TextDelta
from app.core.messages import Media
from app.core.presentation_mask import PresentationMask
from app.core.settings import PARAMETERS_OPEN
from app.services.chat.session import ChatSession
from app.ui.chat.composer_parts.template_list import SAVE, TemplateList
from app.ui.widgets.presentation_cover import presentation_cover
from tests.ui.chat.attachment_parts import presenter_of
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


async def begin(harness: ChatHarness) -> ChatSession:
    """Open another conversation; return the one that was open."""
    before = harness.workspace.current
    assert before is not None
    harness.button("New conversation").click()
    await harness.until(lambda: harness.workspace.current is not before)
    return before


async def talk(harness: ChatHarness) -> None:
    await harness.ask("Hi")
    assert harness.workspace.current is not None
    await harness.workspace.current.wait()


def offers(harness: ChatHarness) -> list[Callable[[], object]]:
    """What the offers of notifications do from now on."""
    found: list[Callable[[], object]] = []
    harness.notifier.posted.connect(lambda message: message.offer and found.append(message.offer[1]))
    return found


async def test_send_as_typed_sends_nothing_from_another_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO, HELLO) as harness:
        await talk(harness)
        found, withdrawn = offers(harness), []
        await harness.ask("Hi {{a}}")
        harness.notifier.withdrawn.connect(withdrawn.append)
        await begin(harness)
        assert "variables" in withdrawn
        harness.view.composer.field.setPlainText("Unfinished {{b}}")
        found[-1]()
        assert harness.view.composer.text() == "Unfinished {{b}}"
        harness.button("Send").click()
        assert len(harness.script.requests) == 1
        found[-1]()
        await harness.settled()
        assert harness.script.requests[-1].messages[-1].text == "Unfinished {{b}}"


async def test_send_as_typed_is_withdrawn_when_the_message_is_changed(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        found, withdrawn = offers(harness), []
        await harness.ask("Hi {{a}}")
        harness.notifier.withdrawn.connect(withdrawn.append)
        harness.view.composer.field.insertPlainText(" and")
        assert withdrawn == ["variables"]
        found[-1]()
        assert harness.script.requests == []


async def test_a_model_is_used_for_the_conversation_that_it_was_offered_for(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        monkeypatch.setattr(harness.presenter._models, "error", RuntimeError("no list"))
        await talk(harness)
        found, session = offers(harness), harness.workspace.current
        assert session is not None
        image = Media(url="https://x.example/a.png", mime="image/png")
        session.configure(model="mimo-v2.5-pro", attachments=(image,))
        await begin(harness)
        other = harness.workspace.current
        assert other is not None
        other.configure(model="mimo-v2.5-pro")
        found[-1]()
        assert (session.conversation.model, other.conversation.model) == ("mimo-v2.6-pro", "mimo-v2.5-pro")


async def _paste_path(harness: ChatHarness, path: Path) -> ChatSession:
    image = QImage(4, 4, QImage.Format.Format_RGB32)
    image.fill(0)
    image.save(str(path))
    data = QMimeData()
    data.setText(str(path))
    harness.view.composer.field.insertFromMimeData(data)
    session = harness.workspace.current
    assert session is not None
    await harness.until(lambda: len(session.conversation.attachments) == 1)
    return session


async def test_a_pasted_path_becomes_text_where_it_was_pasted(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "pic.png"
    async with chat(qtbot, tmp_path / "home", HELLO) as harness:
        await talk(harness)
        harness.view.composer.field.setPlainText("Look:")
        first = await _paste_path(harness, path)
        await begin(harness)
        harness.view.composer.field.setPlainText("Another draft")
        harness.undo()
        assert harness.view.composer.text() == "Another draft"
        assert first.conversation.attachments == ()
        assert first.conversation.draft == f"Look:\n{path}"


async def test_a_pasted_path_is_not_lost_in_a_covered_draft(qtbot: QtBot, tmp_path: Path) -> None:
    path = tmp_path / "pic.png"
    async with chat(qtbot, tmp_path / "home", HELLO) as harness:
        harness.view.composer.field.setPlainText("Annika: ")
        session = await _paste_path(harness, path)
        presentation_cover().set_mask(PresentationMask(names=["annika"]))
        try:
            harness.undo()
            assert str(path) not in harness.view.composer.field.document().toPlainText()
        finally:
            presentation_cover().set_mask(None)
        assert harness.view.composer.text() == session.conversation.draft == f"Annika: {path}"


async def test_the_list_of_templates_closes_with_its_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await talk(harness)
        harness.view.composer.field.setPlainText("Text of the first")
        harness.view.composer.templates.click()
        (templates,) = harness.view.findChildren(TemplateList)
        templates._choose(SAVE)
        templates.name.setText("greeting")
        assert templates.isVisible()
        await begin(harness)
        assert not templates.isVisible()


async def test_a_number_being_typed_is_used_before_a_branch_is_opened(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await talk(harness)
        first = harness.workspace.current
        assert first is not None
        assert harness.view.parameters is not None
        harness.view.open_panel(PARAMETERS_OPEN)
        edit = harness.view.parameters.max_tokens.number.lineEdit()
        edit.selectAll()
        QTest.keyClicks(edit, "777")
        harness.presenter.tree.act(first.branch[-1].id, "branch")
        await harness.until(lambda: harness.workspace.current is not first)
        branch = harness.workspace.current
        assert branch is not None
        assert (first.conversation.sampling.max_tokens, branch.conversation.sampling.max_tokens) == (777, 777)


class _SlowChecks:
    """Answers a check of an address with an error once the gate is open."""

    def __init__(self) -> None:
        self.gate = asyncio.Event()
        self.checked: list[str] = []

    async def __call__(self, url: str) -> object:
        self.checked.append(url)
        await self.gate.wait()
        raise InputError(Code.ATTACHMENT_MISSING, name=url)


async def test_a_late_check_says_nothing_about_another_address(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        checks = _SlowChecks()
        monkeypatch.setattr(presenter_of(harness.view)._drafts._addresses._service, "check_address", checks)
        assert harness.view.attachments is not None
        row = harness.view.attachments.address
        harness.view.composer.attach_address.click()
        QTest.keyClicks(row.field, "https://a.example/1.png")
        row._check.click()
        await harness.until(lambda: bool(checks.checked))
        QTest.keyClicks(row.field, "?x")
        assert not row._check.isEnabled()
        checks.gate.set()
        await harness.until(row._check.isEnabled)
        assert not row.notice.isVisible()
        row._check.click()
        await harness.until(row.notice.isVisible)


async def test_an_address_stays_with_its_conversation(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        checks = _SlowChecks()
        monkeypatch.setattr(presenter_of(harness.view)._drafts._addresses._service, "check_address", checks)
        await talk(harness)
        assert harness.view.attachments is not None
        row = harness.view.attachments.address
        harness.view.composer.attach_address.click()
        QTest.keyClicks(row.field, "https://a.example/1.png")
        row._check.click()
        await harness.until(lambda: bool(checks.checked))
        first = await begin(harness)
        assert (row.isVisible(), row.field.text()) == (False, "")
        harness.view.composer.attach_address.click()
        QTest.keyClicks(row.field, "https://a.example/1.png")
        checks.gate.set()
        await asyncio.sleep(0)
        await asyncio.sleep(0)
        assert not row.notice.isVisible()
        row._check.click()
        await harness.until(row.notice.isVisible)
        await harness.workspace.open(first.id)
        assert (row.isVisible(), row.field.text()) == (True, "https://a.example/1.png")
        assert not row.notice.isVisible()


async def test_appending_to_a_recalled_message_keeps_the_draft(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await talk(harness)
        session, field = harness.workspace.current, harness.view.composer.field
        assert session is not None
        field.setPlainText("Unsent")
        field.moveCursor(field.textCursor().MoveOperation.Start)
        QTest.keyClick(field, Qt.Key.Key_Up)
        assert field.toPlainText() == "Hi"
        harness.view.composer.append(" dictated")
        assert session.conversation.draft == "Unsent\nHi dictated"


async def test_a_change_of_the_service_is_seen_by_counter_and_attachments(
    qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with chat(qtbot, tmp_path, HELLO) as harness:
        await talk(harness)
        session = harness.workspace.current
        assert session is not None
        session.configure(attachments=(Media(url="https://x.example/a.mp4", mime="video/mp4"),))
        harness.messages.clear()
        measured: list[str] = []
        monkeypatch.setattr(type(harness.workspace), "protocol", property(lambda workspace: "anthropic"))
        monkeypatch.setattr(harness.presenter.context, "show", lambda conversation: measured.append(conversation.id))
        harness.presenter._models.on_change.emit()
        assert measured == [session.id]
        assert "Only images can be sent over the Anthropic protocol" in harness.messages[-1]
