"""The reason of a failed answer is shown in the run it happened in and after a restart."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from app.core.errors import Code, ServiceError
from app.core.events import TextDelta
from app.core.messages import Failure
from tests.ui.chat.harness import chat


async def test_the_real_reason_is_shown_after_a_restart(qtbot: QtBot, tmp_path: Path) -> None:
    error = ServiceError(Code.QUOTA_EXHAUSTED, message="no quota left", status=429, host="h", call_id="c9")
    async with chat(qtbot, tmp_path, [TextDelta("Half an"), error]) as harness:
        await harness.ask("Hi")
        await harness.settled()
        session = harness.workspace.current
        assert session is not None
        reply = session.branch[-1].replies[-1]
        assert (reply.finish, reply.call_id) == ("error", "c9"), "a failed call can be inspected"
    async with chat(qtbot, tmp_path, last=True) as harness:
        session = harness.workspace.current
        assert session is not None
        kept = session.error_of(session.branch[-1].id)
        assert kept is not None
        assert (kept.code, kept.params["message"]) == (Code.QUOTA_EXHAUSTED, "no quota left")
        labels = [label.text() for label in harness.view.findChildren(QLabel)]
        assert any("no quota left" in text for text in labels)


def test_a_reason_of_a_newer_version_is_not_guessed() -> None:
    assert Failure("of-tomorrow").error is None
