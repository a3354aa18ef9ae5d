"""Takes with known sounds in the open session of a studio, and the compare room over them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAbstractItemView, QWidget
from pytestqt.qtbot import QtBot

from app.core.settings import Settings
from app.core.takes import Take, VoiceSnapshot
from app.core.wav import wav_header
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.presenter import StudioPresenter
from app.ui.studio.take_model import TakeModel
from app.ui.studio.view import StudioView
from tests.audio.signals import Samples, noise, pcm16
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

RATE = 24_000
TEXT = "The ferry leaves at nine."
VOICES = (
    VoiceSnapshot("builtin", "白桦", "白桦"),
    VoiceSnapshot("designed", "", "Grandpa Zhou", "an old man"),
    VoiceSnapshot("builtin", "茉莉", "茉莉"),
)
_TEXTS = (
    QAccessible.Text.Name,
    QAccessible.Text.Description,
    QAccessible.Text.Value,
    QAccessible.Text.Help,
    QAccessible.Text.Accelerator,
)
_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.AccessibleTextRole,
    Qt.ItemDataRole.AccessibleDescriptionRole,
    Qt.ItemDataRole.ToolTipRole,
)


class CompareDesk(NamedTuple):
    """The studio with takes 1 to n, the newest first in `takes`."""

    context: Any
    view: StudioView
    player: FakePlayer
    takes: tuple[Take, ...]
    presenter: StudioPresenter

    def open(self, *, blind: bool = False) -> CompareRoom:
        """Open the room as the buttons above the takes do."""
        panel = self.view.takes_panel
        (panel.blind if blind else panel.compare).click()
        room = self.view.room
        assert isinstance(room, CompareRoom)
        return room

    @property
    def side(self) -> CompareSide:
        """The panel beside the open room."""
        return self.view.findChild(CompareSide)

    def hear_both(self) -> None:
        """Count both sides of the blind pair as heard, as playing each of them does."""
        presenter = self.presenter._compare._presenter
        assert presenter is not None
        listening = presenter._blind.listening
        listening._times.update(a=1, b=1)
        listening.show()

    async def quiet(self) -> None:
        """Wait until nothing is read or written any more."""
        await wait_until(lambda: not len(self.context.tasks))


async def add_take(context: Any, number: int, seconds: float, sound: Samples | None = None, **fields: Any) -> Take:
    """Store a take with a sound in the open session."""
    samples = noise(seconds, RATE, level=0.05 * number, seed=number) if sound is None else sound
    content = pcm16(samples)
    digest = await asyncio.to_thread(context.blobs.put, wav_header(RATE, len(content)) + content)
    pieces = np.array_split(samples, 60)
    peaks = np.array([(piece.min() * 127, piece.max() * 127) for piece in pieces], np.int8).tobytes()
    defaults = {
        "text": TEXT, "direction": "softly" if number % 2 else "", "model": "mimo-v2.5-tts",
        "loudness": -26.0 + 1.5 * number, "true_peak": -9.0 + number, "voice": VOICES[number % len(VOICES)],
        "rate": RATE, "frames": len(samples), "peaks": peaks,
    }  # fmt: skip
    take = Take(
        f"take-{number}", session=context.sessions.current.id, number=number, created=float(number), state="done",
        audio=digest, **(defaults | fields),
    )  # fmt: skip
    await context.service.stored._takes.keep(take)
    context.service.on_take.emit(take)
    return take


@contextmanager
def shown_studio(qtbot: QtBot) -> Iterator[StudioView]:
    """The studio in an active window. It is closed after the fixtures that use it, unlike a widget of `qtbot`."""
    view = StudioView(Settings())
    view.resize(1_364, 804)
    view.show()
    qtbot.waitExposed(view)
    view.activateWindow()
    qtbot.waitUntil(view.isActiveWindow)
    yield view
    view.close()
    view.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@asynccontextmanager
async def compare_desk(
    view: StudioView, demo_service: DemoService, folder: Path, lengths: Sequence[float] = (1.2, 1.0), player: Any = None
) -> AsyncIterator[CompareDesk]:
    """A studio with takes of these lengths in seconds."""
    player = player or FakePlayer()
    async with speech_context(demo_service, folder, player=player) as context:
        presenter = StudioPresenter(view, context)
        await wait_until(lambda: not len(context.tasks))
        takes = [await add_take(context, number, seconds) for number, seconds in enumerate(lengths, 1)]
        desk = CompareDesk(context, view, player, tuple(reversed(takes)), presenter)
        yield desk
        view.close_room()
        await desk.quiet()
        await presenter.aclose()


def texts_of(widget: QWidget) -> list[str]:
    """Everything a widget tells, whether it is shown or not."""
    interface = QAccessible.queryAccessibleInterface(widget)
    found = [interface.text(kind) for kind in _TEXTS] if interface is not None else []
    found += [widget.toolTip(), widget.statusTip(), widget.whatsThis(), widget.windowTitle(), widget.objectName()]
    values = interface.valueInterface() if interface is not None else None
    if values is not None:
        found.append(f"{values.currentValue()} of {values.maximumValue()}")
    if hasattr(widget, "text") and callable(widget.text):
        found.append(str(widget.text()))
    if isinstance(widget, QAbstractItemView) and widget.model() is not None:
        model = widget.model()
        for row in range(model.rowCount()):
            found += [str(model.index(row, 0).data(role)) for role in _ROLES]
            if isinstance(model, TakeModel) and isinstance(model.item(row), Take):
                found.append(str(model.shown(row)))
        found.append(str(widget.currentIndex().row()))
    return [text for text in found if text]


def told_by(root: QWidget) -> list[str]:
    return [text for widget in (root, *root.findChildren(QWidget)) for text in texts_of(widget)]
