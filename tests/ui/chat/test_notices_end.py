"""A notification about the open conversation ends when its cause is gone, not only when it is dismissed."""

from __future__ import annotations

import asyncio
from pathlib import Path

from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.core.messages import Media
from app.ui.widgets.notifications import Notification
from tests.ui.chat.harness import ChatHarness, chat

HELLO = [TextDelta("Hello."), Finished("stop")]


class Shown:
    """The topics of the notifications that are shown."""

    def __init__(self, harness: ChatHarness) -> None:
        self.topics: set[str] = set()
        harness.notifier.posted.connect(self._add)
        harness.notifier.withdrawn.connect(self.topics.discard)

    def _add(self, message: Notification) -> None:
        self.topics.add(message.topic)


async def test_that_a_reply_is_running_is_said_until_it_has_ended(qtbot: QtBot, tmp_path: Path) -> None:
    gate = asyncio.Event()
    async with chat(qtbot, tmp_path, [gate, *HELLO], HELLO) as it:
        shown = Shown(it)
        await it.ask("Hi")
        it.presenter.explain_refusal()
        assert shown.topics == {"running"}
        gate.set()
        await it.settled()
        assert shown.topics == set()


async def test_refusals_go_with_the_next_reply_and_news_and_other_subjects_stay(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as it:
        shown, notifier = Shown(it), it.notifier
        for topic in ("attachments a.xyz", "attachments b.xyz", "resend", "leak m"):
            notifier.warning("refused", topic=topic)
        notifier.error("The disk is full.", topic="storage")
        notifier.info("“c.png” was attached.", undo=lambda: None, topic="attachments c.png")
        await it.ask("Hi")
        await it.settled()
        assert shown.topics == {"storage", "attachments c.png"}


async def test_warnings_do_not_follow_into_another_conversation(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path, HELLO) as it:
        await it.ask("Hi")
        await it.settled()
        shown = Shown(it)
        it.notifier.warning("There is no such model.", topic="model")
        it.notifier.error("The disk is full.", topic="storage")
        it.workspace.new()
        assert shown.topics == {"storage"}


async def test_the_warning_of_a_refused_attachment_goes_with_it(qtbot: QtBot, tmp_path: Path) -> None:
    async with chat(qtbot, tmp_path) as it:
        shown = Shown(it)
        session = it.workspace.current or it.workspace.new()
        refused = Media("video/mp4", "https://quay.example/a.mp4", name="a.mp4")
        session.configure(model="mimo-v2.5-pro", attachments=(refused,))
        assert shown.topics == {"attachments"}
        session.configure(attachments=())
        assert shown.topics == set()
