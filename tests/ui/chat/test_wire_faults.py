"""Every fault the demo service can play, over both protocols, as a person meets it: nothing is lost.

What the client makes of each fault is in `tests/mimo/test_demo_faults.py`.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.messages import Message, Text
from app.core.profiles import Profile, Timeouts
from app.demo.faults import CONTENT, TRANSPORT
from app.mimo.client import MimoClient
from app.services.chat.session import ChatSession
from app.services.speech.dictation import Dictation, Speech
from app.services.speech.recognition import Recognition
from app.ui.chat.context.offer import ContextOffer
from app.ui.widgets.notifications import Notification
from tests.mimo.test_demo_faults import BROKEN, ODD, REFUSED, SAID
from tests.plugins.demo_service import DemoService
from tests.services.test_chat_session import OneClient
from tests.ui.chat.harness import ChatHarness, chat

OTHERS = ("retry-after=0", "delay=0.01", "processing=0.01", "duplicate", "loop", "leak", "leak-content", "search-error",
          "search-none", "search-off", "padding=9", "no-default-voice", "no-audio", "drop-word",
          "add-word", "repeat-word", "no-bytes",
          "bad-base64", "rate")  # fmt: skip
"""Faults that end no plain answer: they concern tools, search or speech, or only take longer."""
FAULTS = {
    fault: (REFUSED | BROKEN)[fault][0]
    for fault in ("status=401", "status=429", "status=503; html", "quota", "ok-error", "cut=0", "cut=1", "junk",
                  "cut=2000", "error")
}  # fmt: skip
"""One of each way in which a call can end early: a refusal, an overload, a lost connection, an unreadable answer."""
DRAFT = "What I type meanwhile"


Step = tuple[str, str]
"""A protocol, and the fault with which the next answer fails."""


def over_both(*faults: str) -> tuple[Step, ...]:
    """Faults over the OpenAI protocol, and over Anthropic's those of them that depend on how a response is read."""
    told_apart = (*BROKEN, "ok-error", "junk")
    return (
        *(("openai", fault) for fault in faults),
        *(("anthropic", fault) for fault in faults if fault in told_apart),
    )


class EitherClient:
    """Clients of both protocols in one window, which takes most of the time: `protocol` is that of the next call."""

    def __init__(self, service: DemoService) -> None:
        self.protocol = "openai"
        self._clients = {protocol: client_of(service, protocol) for protocol in ("openai", "anthropic")}

    def __getattr__(self, name: str) -> Any:
        return getattr(self._clients[self.protocol], name)

    async def aclose(self) -> None:
        for client in self._clients.values():
            await client.aclose()


@asynccontextmanager
async def talking(
    qtbot: QtBot, folder: Path, service: DemoService, **more: Any
) -> AsyncIterator[tuple[ChatHarness, EitherClient]]:
    client = EitherClient(service)
    try:
        async with chat(qtbot, folder, make_client=lambda database: client, **more) as harness:
            yield harness, client
    finally:
        await client.aclose()


def client_of(service: DemoService, protocol: str = "openai") -> MimoClient:
    url = service.base_url if protocol == "openai" else service.anthropic_url
    times = Timeouts(connect=20.0, first_byte=20.0, idle=20.0, speech=20.0)
    profile = Profile("demo", "demo", "Demo", url, protocol=protocol, retries=0, timeouts=times)  # type: ignore[arg-type]
    return MimoClient(profile, service.key)


async def ended(harness: ChatHarness, button: str) -> ChatSession:
    """Wait until the answer that was asked for has ended and this button is offered, which was not there meanwhile."""
    session = harness.workspace.current
    assert session is not None and session.running and button not in offered(harness)
    await session.wait()
    await harness.until(lambda: button in offered(harness))
    return session


def offered(harness: ChatHarness) -> set[str]:
    """The names of the visible buttons."""
    return {
        name
        for button in harness.view.findChildren(QAbstractButton)
        if button.isVisible()
        for name in (button.accessibleName(), button.text())
    }


def answer_of(session: ChatSession) -> Message:
    return session.branch[-1]


def words_of(message: Message) -> str:
    return "".join(part.text for part in message.parts if isinstance(part, Text))


def test_every_fault_is_played_here_or_known_to_end_no_answer() -> None:
    played = {part.partition("=")[0].strip() for fault in (*REFUSED, *BROKEN, *ODD, *SAID, *OTHERS) for part in
              fault.split(";")}  # fmt: skip
    assert played == {*TRANSPORT, *CONTENT}


async def test_an_answer_that_fails_keeps_what_came_and_the_draft_and_is_asked_for_again(
    qtbot: QtBot, tmp_path: Path, demo_service: DemoService
) -> None:
    async with talking(qtbot, tmp_path, demo_service) as (harness, client):
        for number, (client.protocol, fault) in enumerate(over_both(*FAULTS)):
            demo_service.arm(fault)
            if number == 0:
                await harness.ask("Hello!")
                harness.view.composer.field.setPlainText(DRAFT)
            else:
                harness.button("Retry").click()
            session = await ended(harness, "Retry")
            answer = answer_of(session)
            error = session.error_of(answer.id)
            assert error is not None and error.code is FAULTS[fault], fault
            assert bool(answer.parts) == (fault in BROKEN), fault
            assert harness.view.composer.text() == DRAFT
        for client.protocol, button in (("openai", "Retry"), ("anthropic", "Regenerate")):
            harness.button(button).click()
            await ended(harness, "Regenerate")
            answer = answer_of(session)
            assert (session.error_of(answer.id), answer.replies[-1].finish) == (None, "stop")
            assert words_of(answer) and harness.view.composer.text() == DRAFT
        assert [message.text for message in session.branch if message.role == "user"] == ["Hello!"]


async def test_an_answer_that_fails_while_it_is_continued_keeps_what_it_had(
    qtbot: QtBot, tmp_path: Path, demo_service: DemoService
) -> None:
    async with talking(qtbot, tmp_path, demo_service) as (harness, client):
        demo_service.arm("length")
        await harness.ask("Hello!")
        session = await ended(harness, "Continue")
        assert words_of(answer_of(session))
        harness.view.composer.field.setPlainText(DRAFT)
        for client.protocol, fault in over_both("status=429", "quota", "junk", *BROKEN):
            before = words_of(answer_of(session))
            demo_service.arm(fault)
            harness.button("Continue").click()
            await ended(harness, "Continue")
            error = session.error_of(answer_of(session).id)
            assert error is not None and error.code is FAULTS[fault], fault
            assert words_of(answer_of(session)).startswith(before), fault
            assert harness.view.composer.text() == DRAFT
        before = words_of(answer_of(session))
        harness.button("Continue").click()
        await ended(harness, "Regenerate")
        assert words_of(answer_of(session)).startswith(before) and len(words_of(answer_of(session))) > len(before)
        assert session.error_of(answer_of(session).id) is None
        await harness.workspace.settle(session.id)


async def test_a_summary_that_fails_keeps_what_came_and_can_be_made_again(
    qtbot: QtBot, tmp_path: Path, demo_service: DemoService
) -> None:
    async with talking(qtbot, tmp_path, demo_service) as (harness, client):
        await harness.ask("Hello!")
        await ended(harness, "Regenerate")
        harness.view.composer.field.setPlainText(DRAFT)
        harness.presenter.context.offer()
        (offer,) = harness.view.findChildren(ContextOffer)
        for client.protocol, fault in (*over_both(*FAULTS), ("openai", ""), ("anthropic", "")):
            if fault:
                demo_service.arm(fault)
            offer.say_progress(str)
            offer.summarise_button.click()
            await harness.until(
                lambda: not harness.presenter.context._writing.is_running and offer.progress.text() != ""
            )
            assert offer.summarise_button.isEnabled() and offer.number.isEnabled(), fault
            is_over = "Read it and change" in offer.progress.text()
            assert is_over == (not fault), (fault, offer.progress.text())
            assert bool(offer.summary_text()) == (fault in (*BROKEN, "")), fault
            assert harness.view.composer.text() == DRAFT


class _Models:
    def chosen(self, kind: str) -> str:
        return "mimo-v2.5-asr"


async def test_a_dictation_that_fails_is_recognised_again_from_the_same_recording(
    qtbot: QtBot, tmp_path: Path, demo_service: DemoService
) -> None:
    from app.composition.audio_adapter import audio

    client = client_of(demo_service)
    recognition = Recognition(OneClient(client), audio())  # type: ignore[arg-type]
    recorded: list[Speech] = []

    class Recorded(Dictation):
        async def record(self, show: Any) -> Speech:
            recorded.append(Speech(np.full((24_000, 1), 0.1, np.float32), True, -12.0))
            return recorded[-1]

    dictation = Recorded(None, recognition, audio(), _Models(), lambda: 1.0, tmp_path)  # type: ignore[arg-type]
    notices: list[Notification] = []
    async with talking(qtbot, tmp_path / "home", demo_service, dictation=lambda: dictation) as (harness, _):
        harness.notifier.posted.connect(notices.append)
        field = harness.view.composer.field
        field.setPlainText(DRAFT)
        for number, fault in enumerate(FAULTS):
            demo_service.arm(fault)
            if number == 0:
                harness.button("Dictate").click()
            else:
                retry = notices[-1].retry
                assert retry is not None
                retry()
            await harness.until(lambda number=number: len(notices) > number)  # type: ignore[misc]
            assert notices[-1].retry is not None, fault
            assert field.toPlainText() == DRAFT and len(recorded) == 1, fault
        retry = notices[-1].retry
        assert retry is not None
        retry()
        await harness.until(lambda: field.toPlainText() != DRAFT)
        assert DRAFT in field.toPlainText() and len(recorded) == 1
    await client.aclose()
