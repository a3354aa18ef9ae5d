"""The guided tour: drives the real window through the main tasks and writes a report.

It is both a demonstration and a test: each step operates the same controls as a user, checks the result and takes a
picture.
"""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QListView, QPlainTextEdit, QTextEdit, QWidget

from app.core.takes import Take
from app.core.units import frames_to_seconds
from app.services.speech.playback import Playback
from app.ui.theme.theme import theme
from app.ui.theme.tokens import Radius, Space, Type
from app.ui.views import VIEWS
from app.ui.widgets.buttons import Button
from app.ui.widgets.labels import Label
from app.ui.widgets.themed import paint_box, paint_shadow
from app.ui.window import Window

W = TypeVar("W", bound=QWidget)
SaveSound = Callable[[Take, Path], Awaitable[None]]

WAIT_SECONDS = 30.0
"""What a step waits for (an approval, the end of an answer, of a take, of playing) has failed when it takes longer."""

STEP_SECONDS = 90.0
"""A step that takes longer has failed. It waits several times, and what it plays has a length of its own."""


class TourFailed(Exception):
    """A step did not lead to the expected result; the message describes what is missing."""


class Caption(QWidget):
    """A caption at the bottom of the window that describes the step, with a button to stop."""

    def __init__(self, window: QWidget, stop: Callable[[], None]) -> None:
        super().__init__(window)
        self._window = window
        self._label = Label(size=Type.HEADING, weight=Type.MEDIUM)
        button = Button(QCoreApplication.translate("Tour", "Stop the tour"))
        button.clicked.connect(stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.S24, Space.S12, Space.S16, Space.S12)
        row.setSpacing(Space.S16)
        row.addWidget(self._label)
        row.addWidget(button)

    def show_text(self, text: str) -> None:
        """Show a sentence, centred above the status bar."""
        self._label.setText(text)
        self.adjustSize()
        self.move((self._window.width() - self.width()) // 2, self._window.height() - self.height() - 44)
        self.show()
        self.raise_()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        area = QRectF(self.rect()).adjusted(4, 4, -4, -4)
        paint_shadow(painter, area, Radius.PANEL, 4)
        paint_box(painter, area, Radius.PANEL, theme().colour("surface"), theme().colour("accent"))


class Tour:
    """Runs the steps one after the other.

    Attributes:
        ok: whether every step so far succeeded.
    """

    def __init__(
        self,
        window: Window,
        folder: Path,
        *,
        takes: Callable[[], list[Take]],
        playback: Playback,
        save_sound: SaveSound,
        set_theme: Callable[[str], None],
        set_language: Callable[[str], None],
        sample: Path,
        playback_error: Callable[[], str],
    ) -> None:
        self.ok = True
        self._window = window
        self._folder = folder
        self._takes = takes
        self._playback = playback
        self._save_sound = save_sound
        self._set_theme = set_theme
        self._set_language = set_language
        self._sample = sample
        self._playback_error = playback_error
        self._stopped = False
        self._files: list[str] = []
        self._rows: list[dict[str, object]] = []
        self._caption = Caption(window, self._stop)

    async def run(self) -> None:
        """Run the tour and write `tour.json`; a failed step ends it."""
        self._folder.mkdir(parents=True, exist_ok=True)
        began = time.monotonic()
        steps: list[tuple[str, str, Callable[[], Awaitable[str]]]] = [
            (
                "chat",
                QCoreApplication.translate("Tour", "Ask a question: MiMo thinks, calls a tool, and answers."),
                self._chat,
            ),
            (
                "speak",
                QCoreApplication.translate("Tour", "A line spoken by a built-in voice, played while it is generated."),
                self._speak,
            ),
            ("design", QCoreApplication.translate("Tour", "A voice designed from a description."), self._design),
            ("clone", QCoreApplication.translate("Tour", "A voice cloned from a short sample."), self._clone),
            (
                "settings",
                QCoreApplication.translate("Tour", "Services, keys and appearance are in Settings."),
                self._settings,
            ),
            ("dark", QCoreApplication.translate("Tour", "The same in the dark theme."), self._dark),
            ("chinese", QCoreApplication.translate("Tour", "And in Chinese."), self._chinese),
        ]
        for name, sentence, step in steps:
            if not await self._play(name, sentence, step):
                break
        self._caption.hide()
        report = {"ok": self.ok, "seconds": round(time.monotonic() - began, 2), "steps": self._rows}
        text = json.dumps(report, ensure_ascii=False, indent=1)
        await asyncio.to_thread((self._folder / "tour.json").write_text, text, encoding="utf-8")

    async def _play(self, name: str, sentence: str, step: Callable[[], Awaitable[str]]) -> bool:
        self._caption.show_text(sentence)
        self._files = []
        began = time.monotonic()
        try:
            async with asyncio.timeout(STEP_SECONDS):
                seen = await step()
            ok = True
        except (TourFailed, TimeoutError) as error:
            seen, ok = str(error) or f"nothing within {STEP_SECONDS:g} s", False
            self._shot(f"{name}-failed")
        self.ok = self.ok and ok
        seconds = round(time.monotonic() - began, 2)
        self._rows.append({"name": name, "ok": ok, "seconds": seconds, "seen": seen, "files": self._files})
        return ok

    def _stop(self) -> None:
        self._stopped = True

    # -- steps ----------------------------------------------------------------------------------------------------

    async def _chat(self) -> str:
        self._window.show_view("chat")
        self._find("New conversation", QAbstractButton).click()
        self._turn_on_tool("Calculator")
        self._find("Message", QPlainTextEdit).setPlainText("What is 17.5 * 3? Use the calculator.")
        self._find("Send", QAbstractButton).click()
        await self._until(lambda: self._has("Allow"), "no tool call waits for approval")
        self._shot("chat-approval")
        self._find("Allow", QAbstractButton).click()
        await self._until(lambda: self._has("Send"), "the reply does not end")
        answer = self._find("Answer", QTextEdit).toPlainText()
        if "52.5" not in answer:
            raise TourFailed(f"the answer does not hold the result: {answer[:200]}")
        if not self._has("Thoughts"):
            raise TourFailed("no thoughts are shown")
        await self._settle()
        self._shot("chat")
        return answer

    def _turn_on_tool(self, title: str) -> None:
        """Offer a tool to the model, in the panel that is left as it was."""
        panel = self._find("Tools", QAbstractButton)
        was_open = panel.isChecked()
        if not was_open:
            panel.click()
        tools = self._find("Tool list", QListView).model()
        rows = [tools.index(row, 0) for row in range(tools.rowCount())]
        row = next((row for row in rows if row.data() == title), None)
        if row is None or not tools.setData(row, Qt.CheckState.Checked, Qt.ItemDataRole.CheckStateRole):
            raise TourFailed(f"there is no tool {title}")
        if not was_open:
            panel.click()

    async def _speak(self) -> str:
        self._window.show_view("studio")
        voices = self._find("Voice list", QListView)
        model = voices.model()
        mia = next((row for row in range(model.rowCount()) if "Mia" in str(model.index(row, 0).data())), 0)
        voices.setCurrentIndex(model.index(mia, 0))
        line = "Hey boss, guess what? I just got the results back, and I actually passed!"
        self._find("Text to speak", QPlainTextEdit).setPlainText(line)
        return await self._make_take("Speak", "studio")

    async def _design(self) -> str:
        self._window.show_view("voices")
        self._press_tab(0)
        description = "An elderly man with a hoarse, warm voice, slow and deliberate."
        self._find("Voice description", QPlainTextEdit).setPlainText(description)
        self._find("Preview text", QPlainTextEdit).setPlainText("The lighthouse keeper climbed the stairs once more.")
        return await self._make_take("Design voice", "design", "voices-design")

    async def _clone(self) -> str:
        self._press_tab(1)
        path = self._find("Sample file", QWidget)
        path.setProperty("text", str(self._sample))
        path.returnPressed.emit()  # type: ignore[attr-defined]
        checks = self._find("Sample checks", QListView)
        await self._until(lambda: checks.model().rowCount() > 0, "the sample is not checked")
        agreed = self._find("The speaker has agreed", QAbstractButton)
        if not agreed.isChecked():
            agreed.click()
        self._find("Test text", QPlainTextEdit).setPlainText("Yes, I had a sandwich. And no, there is none left.")
        return await self._make_take("Speak with this voice", "clone", "voices-clone")

    async def _settings(self) -> str:
        self._window.show_view("settings")
        pages = self._find("Settings pages", QListView)
        names = [str(pages.model().index(row, 0).data()) for row in range(pages.model().rowCount())]
        await self._settle()
        self._shot("settings")
        return ", ".join(names)

    async def _dark(self) -> str:
        self._set_theme("dark" if not theme().dark else "light")
        for view in VIEWS:
            self._window.show_view(view.name)
            await self._settle()
            self._shot(f"{view.name}-{'dark' if theme().dark else 'light'}")
        seen = "dark" if theme().dark else "light"
        self._set_theme("light" if theme().dark else "dark")
        return seen

    async def _chinese(self) -> str:
        self._set_language("zh_CN")
        self._window.show_view("chat")
        await self._settle()
        self._shot("chat-chinese")
        seen = self._window.rail.buttons["chat"].text()
        self._set_language("en")
        if not any("\u4e00" <= letter <= "\u9fff" for letter in seen):
            raise TourFailed(f"the rail still says {seen}")
        return seen

    # -- operating and reading the window -------------------------------------------------------------------------

    async def _make_take(self, button: str, name: str, shot: str = "") -> str:
        """Press a button that generates takes; wait until they are done and played, and save the first to a file."""
        before = {take.id for take in self._takes()}
        self._find(button, QAbstractButton).click()

        def made() -> list[Take]:
            return [take for take in self._takes() if take.id not in before]

        await self._until(lambda: bool(made()), "no take begins")
        await self._until(lambda: all(take.has_ended for take in made()), "the take does not end")
        take = made()[0]
        if take.state != "done" or not take.frames:
            raise TourFailed(f"the take is {take.state} with {take.frames} frames {take.error}")
        self._shot(shot or name)
        target = self._folder / f"{name}.wav"
        await self._save_sound(take, target)
        self._files.append(target.name)
        length = frames_to_seconds(take.frames, take.rate)
        playback = await self._await_playback()
        return f"{take.voice.name or take.voice.kind}, {length:.1f} s, {take.loudness} LUFS; {playback}"

    async def _await_playback(self) -> str:
        """Wait until playback ends. Lack of an audio device is mentioned in the report but is not a failure."""
        if error := self._playback_error():
            return f"not heard: {error}"
        if not self._playback.playing and not self._playback.ended:
            return "made, not played by itself"
        began = time.monotonic()
        await self._until(lambda: not self._playback.playing or bool(self._playback_error()), "playing does not end")
        if error := self._playback_error():
            return f"not heard: {error}"
        return f"played to its end after {time.monotonic() - began:.1f} s"

    def _press_tab(self, index: int) -> None:
        from app.ui.widgets.tabs import Tabs

        tabs = next(iter(self._window.view("voices").findChildren(Tabs)))
        tabs.setCurrentIndex(index)

    def _find(self, name: str, kind: type[W]) -> W:
        """Find the visible control with this accessible name (English). Raises TourFailed if there is none."""
        for widget in self._window.findChildren(kind):
            if widget.isVisible() and (widget.accessibleName() == name or _caption(widget) == name):
                return widget
        raise TourFailed(f"there is no {name}")

    def _has(self, name: str) -> bool:
        try:
            self._find(name, QAbstractButton)
        except TourFailed:
            return False
        return True

    async def _until(self, ready: Callable[[], bool], otherwise: str) -> None:
        began = time.monotonic()
        while not ready():
            if self._stopped:
                raise TourFailed("stopped by the user")
            if time.monotonic() - began > WAIT_SECONDS:
                raise TourFailed(otherwise)
            await asyncio.sleep(0.03)

    async def _settle(self) -> None:
        """Wait for animations to finish before taking a picture."""
        await asyncio.sleep(0.25)

    def _shot(self, name: str) -> None:
        picture = self._folder / f"{name}.png"
        self._window.grab().save(str(picture))
        self._files.append(picture.name)


def _caption(widget: QWidget) -> str:
    return widget.text() if isinstance(widget, QAbstractButton) and not widget.accessibleName() else ""
