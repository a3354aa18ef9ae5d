"""`attach`: pauses of the loop while an image of 35 MB is attached, shown, sent and saved.

The image is pasted into the message field, copied into the home, measured and drawn small; saved with the conversation;
sent as 48 MB of base64 to a service in a process of its own, and recorded, until the service begins to answer; drawing
the answer is the matter of other benchmarks. Meanwhile a task of the loop wants to run every millisecond: by how much
it is late is a pause. The peer is one repaint of a page of plain text. Best of 3.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.core.events import ChatEvent, Sending, Waiting
from app.core.profiles import Profile
from app.mimo.call_recording import CallRecorder
from app.mimo.client import MimoClient
from app.services.chat.session import ChatSession
from app.services.chat.session_observer import SessionObserver
from app.storage.database import Database
from tests.benchmarks.pages import mixed, percentile, repaint_seconds
from tests.benchmarks.row import Row, row
from tests.benchmarks.stream_decoding import served
from tests.ui.chat.attachment_parts import previews_of
from tests.ui.chat.harness import ChatHarness, chat

SIZE = (4000, 3000)
"""Noise of this many pixels is a PNG of 36 MB."""
MAX_RATIO = 3.0
ROUNDS = 3
_TICK_SECONDS = 0.001
_LOOK_SECONDS = 0.5
"""Between the card and the press, as with a user in a hurry."""
_EVENTS = 40
_TIMEOUT_SECONDS = 120


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    repaint = repaint_seconds(mixed())
    loop = QEventLoop(application)
    with served() as port, tempfile.TemporaryDirectory() as folder, loop:
        rounds = loop.run_until_complete(_measured(Path(folder), port))
    p99 = min(percentile(pauses, 99) for pauses in rounds)
    longest = min(max(pauses) for pauses in rounds)
    return [
        row("attach", p99 * 1e3, "ms", peer="a page repaint", peer_value=repaint * 1e3, at_most=MAX_RATIO),
        row("attach-longest", longest * 1e3, "ms", peer="a page repaint", peer_value=repaint * 1e3),
    ]


async def _measured(folder: Path, port: int) -> list[list[float]]:
    """Seconds by which each run of the task was late, from the paste to the first event, for each round."""
    path = _image(folder)
    profile = Profile(
        "bench", "self-hosted", "Bench", f"http://127.0.0.1:{port}/{_EVENTS}/v1", authentication="none",
        requests_per_minute=0,
    )  # fmt: skip
    recorder = CallRecorder()

    def client(database: Database) -> MimoClient:
        return MimoClient(profile, None, record=recorder.record, blob_path=database.blobs.path)

    async with chat(_NoQtBot(), folder / "home", make_client=client) as it:  # type: ignore[arg-type]
        # The first turn of a program loads modules and opens a connection; that is no cost of an attachment.
        await it.ask("Hello")
        await _finished(it)
        rounds = [await _round(it, path) for _ in range(ROUNDS)]
    sent = [exchange.request_bytes for exchange in recorder if exchange.error is None]
    assert min(sent[1:]) > 47_000_000 and len(sent) == 1 + ROUNDS, "all of it was sent, each time"
    return rounds


async def _round(it: ChatHarness, path: Path) -> list[float]:
    it.workspace.new()  # Another conversation, which does not send the images before again.
    pauses: list[float] = []
    ticking = asyncio.ensure_future(_tick(pauses))
    try:
        async with asyncio.timeout(_TIMEOUT_SECONDS):
            await _attach_and_send(it, path)
    finally:
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
    await _finished(it)
    return pauses


async def _attach_and_send(it: ChatHarness, path: Path) -> None:
    session = _session(it)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    it.view.composer.field.insertFromMimeData(data)
    await _until(lambda: bool(session.conversation.attachments))
    media = session.conversation.attachments[0]
    await _until(lambda: previews_of(it.view).of(media) is not None)
    await asyncio.sleep(_LOOK_SECONDS)
    answer = _FirstEvent()
    session.subscribe(answer)
    it.view.composer.field.setPlainText("What is this?")
    it.button("Send").click()
    await answer.event.wait()


class _FirstEvent(SessionObserver):
    """Waits until the service begins to answer."""

    def __init__(self) -> None:
        self.event = asyncio.Event()

    def arrived(self, message_id: str, step: int, event: ChatEvent, at: float) -> None:
        if not isinstance(event, Sending | Waiting):
            self.event.set()


async def _finished(it: ChatHarness) -> None:
    session = _session(it)
    await session.wait()
    assert session.branch[-1].text, "it was answered"
    await it.workspace.settle(session.id)


def _session(it: ChatHarness) -> ChatSession:
    assert it.workspace.current is not None
    return it.workspace.current


async def _until(condition: Callable[[], bool]) -> None:
    while not condition():
        await asyncio.sleep(0.005)


async def _tick(pauses: list[float]) -> None:
    while True:
        start = time.perf_counter()
        await asyncio.sleep(_TICK_SECONDS)
        pauses.append(max(0.0, time.perf_counter() - start - _TICK_SECONDS))


def _image(folder: Path) -> Path:
    width, height = SIZE
    noise = np.random.default_rng(7).integers(0, 255, (height, width, 3), dtype=np.uint8)
    image = QImage(noise.data, width, height, 3 * width, QImage.Format.Format_RGB888)
    path = folder / "noise.png"
    assert image.save(str(path), "PNG", 100)  # type: ignore[call-overload]
    assert path.stat().st_size > 35_000_000
    return path


class _NoQtBot:
    def addWidget(self, widget: Any) -> None:
        """The harness closes its widgets with the interpreter here."""
