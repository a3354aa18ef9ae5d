"""Speak shows that an answer is prepared or read, and stops it."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton
from pytestqt.qtbot import QtBot

from app.core.errors import Code, InputError, WorkbenchError
from app.core.events import Finished, TextDelta
from app.core.observers import Event
from app.ui.theme.icons import Icon
from app.ui.widgets.painted_button import PaintedButton
from tests.ui.chat.harness import chat


class FakeReadAloud:
    def __init__(self) -> None:
        self.speaking = ""
        self.error: InputError | None = None
        self.on_change: Event[()] = Event()
        self.on_failed: Event[WorkbenchError] = Event()

    def toggle(self, message_id: str, markdown: str) -> None:
        if self.error is not None:
            raise self.error
        self.speaking = "" if self.speaking == message_id else message_id
        self.on_change.emit()

    def end(self) -> None:
        self.speaking = ""
        self.on_change.emit()


def is_pressed(button: QAbstractButton) -> bool:
    return bool(QAccessible.queryAccessibleInterface(button).state().pressed)


async def test_speak_is_pressed_and_shows_stop_while_it_reads(qtbot: QtBot, tmp_path: Path) -> None:
    aloud = FakeReadAloud()
    answer = [TextDelta("Hello"), Finished("stop")]
    async with chat(qtbot, tmp_path, answer, answer, read_aloud=lambda: aloud) as it:
        it.view.activateWindow()
        await it.until(it.view.isActiveWindow)
        for _ in range(2):
            await it.ask("Hi")
            await it.settled()
        assert it.view.transcript is not None
        first, last = (
            view.footer.speak_button
            for view in it.view.transcript._window.views.values()
            if view.footer.speak_button is not None
        )
        last.setFocus()
        last.click()
        assert is_pressed(last) and not is_pressed(first)
        assert last.glyph() is Icon.STOP and last.accessibleName() == "Speak" and last.toolTip().startswith("Stop")
        it.view.composer.field.setFocus()
        assert is_pressed(last), "the state does not depend on the focus"
        silenced: list[bool] = []
        it.view.silenced.connect(lambda: silenced.append(True))
        last.setFocus()
        QTest.keyClick(last, Qt.Key.Key_Escape)
        assert silenced
        aloud.end()
        assert not is_pressed(last) and last.glyph() is Icon.SPEAKER and last.toolTip().startswith("Speak")

        first.click()
        it.presenter._updater.redraw()
        views = it.view.transcript._window.views.values()
        rebuilt = [view.footer.speak_button for view in views if view.footer.speak_button is not None]
        assert [is_pressed(button) for button in rebuilt] == [True, False], "its message has got a new widget"
        assert isinstance(rebuilt[0], PaintedButton)
        rebuilt[0].click()
        assert not is_pressed(rebuilt[0]) and aloud.speaking == ""


async def test_the_reason_why_nothing_is_read_goes_with_the_next_reading(qtbot: QtBot, tmp_path: Path) -> None:
    aloud = FakeReadAloud()
    async with chat(qtbot, tmp_path, [TextDelta("Hello"), Finished("stop")], read_aloud=lambda: aloud) as it:
        await it.ask("Hi")
        await it.settled()
        withdrawn: list[str] = []
        it.notifier.withdrawn.connect(withdrawn.append)
        aloud.error = InputError(Code.ONLY_CODE)
        it.button("Speak").click()
        assert len(it.messages) == 1 and not withdrawn
        aloud.error = None
        it.button("Speak").click()
        assert withdrawn == ["aloud"]
