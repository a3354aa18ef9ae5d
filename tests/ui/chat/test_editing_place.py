"""The field that edits a message opens in view, and the place in the transcript outlives it."""

from __future__ import annotations

import asyncio
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from pytestqt.qtbot import QtBot

from app.core.events import Finished, TextDelta
from app.ui.chat.transcript.edit_field import EditField
from app.ui.chat.transcript.user_message import UserMessageView
from tests.ui.chat.harness import chat


async def test_the_field_opens_in_view_where_the_message_is_at_the_top_edge(qtbot: QtBot, tmp_path: Path) -> None:
    answer = "\n\n".join(f"Paragraph {number}" for number in range(18))
    async with chat(qtbot, tmp_path, [TextDelta(answer), Finished("stop")]) as it:
        transcript = it.view.transcript
        assert transcript is not None
        it.view.activateWindow()
        await it.until(it.view.isActiveWindow)
        await it.ask("Question")
        await it.settled()
        message = next(iter(transcript._window.views.values()))
        assert isinstance(message, UserMessageView)
        bar = transcript.verticalScrollBar()
        await it.until(lambda: 0 < bar.value() < message.y() + message.height())
        before = bar.maximum()
        it.button("Edit message").click()
        await it.until(lambda: bar.maximum() > before)
        await asyncio.sleep(0)
        field = message.findChild(EditField)
        assert field is not None and field.editor.hasFocus()
        assert field.editor.mapTo(transcript.viewport(), QPoint()).y() >= 0

        it.button("Cancel").click()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        place = bar.value()
        transcript._anchor.restore()
        assert bar.value() == place, "the field that was held in place is gone"
