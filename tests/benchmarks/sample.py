"""`sample`: a sample of ten minutes is opened in the Clone tab: drawn, examined, and its best stretch proposed.

`sample` is the processor time from the choice of the file until its checks are listed, `sample-outline` until its
waveform is drawn. The peer is what reading the file with soundfile and measuring it with pyebur128, with true peaks,
takes in one go. `sample-whole` is the examination of all ten minutes after the proposal was undone. `sample-pauses` is
by how much a timer of the loop is late meanwhile, beside one repaint of a page. Best of 3.
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
import pyebur128
import soundfile
from PySide6.QtWidgets import QApplication
from qasync import QEventLoop

from app.core.resources import resource_path
from app.core.settings import Settings
from app.services.speech.sample_checks import Fix
from tests.benchmarks.pages import mixed, repaint_seconds
from tests.benchmarks.row import Row, row
from tests.benchmarks.takes_at_once import Ticks
from tests.plugins.demo_service import start, stop
from tests.plugins.speech_harness import speech_context

SECONDS = 600
RATE = 48_000
ROUNDS = 3
MAX_RATIO = 1.5
MAX_OUTLINE = 0.3
MAX_REPAINTS = 3.0
_TIMEOUT_SECONDS = 120


def run() -> list[Row]:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication([])
    repaint = repaint_seconds(mixed())
    loop = QEventLoop(application)
    service = start()
    try:
        with tempfile.TemporaryDirectory() as folder, loop:
            path = _recording(Path(folder))
            peer = min(_peer(path) for _ in range(ROUNDS))
            found = loop.run_until_complete(_measured(service, Path(folder), path))
    finally:
        stop(service)
    peer_name = "soundfile and pyebur128"
    return [
        row("sample", found["examined"], "s", peer=peer_name, peer_value=peer, at_most=MAX_RATIO),
        row("sample-outline", found["outlined"], "s", peer=peer_name, peer_value=peer, at_most=MAX_OUTLINE),
        row("sample-whole", found["whole"], "s", peer=peer_name, peer_value=peer),
        row(
            "sample-pauses",
            found["pause"] * 1e3,
            "ms",
            peer="a page repaint",
            peer_value=repaint * 1e3,
            at_most=MAX_REPAINTS,
        ),
    ]


def _recording(folder: Path) -> Path:
    """Speech at changing levels over a quiet room."""
    spoken, rate = soundfile.read(resource_path("samples", "lighthouse.wav"), dtype="float32")
    spoken = np.interp(np.arange(len(spoken) * RATE // rate) * rate / RATE, np.arange(len(spoken)), spoken)
    path = folder / "ten-minutes.wav"
    random = np.random.default_rng(1)
    with soundfile.SoundFile(path, "w", RATE, 1, "PCM_16") as file:
        written = 0
        while written < SECONDS * RATE:
            part = spoken[: SECONDS * RATE - written] * random.uniform(0.2, 0.6)
            file.write((part + random.standard_normal(len(part)) * 2e-4).astype(np.float32))
            written += len(part)
    return path


def _peer(path: Path) -> float:
    before = time.process_time()
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    mode = pyebur128.MeasurementMode.MODE_I | pyebur128.MeasurementMode.MODE_TRUE_PEAK
    meter = pyebur128.R128State(1, rate, mode)
    meter.add_frames(samples.ravel(), len(samples))
    pyebur128.get_loudness_global(meter)
    pyebur128.get_true_peak(meter, 0)
    return time.process_time() - before


async def _measured(service: Any, folder: Path, path: Path) -> dict[str, float]:
    from app.ui.voices.presenter import VoicesPresenter
    from app.ui.voices.view import VoicesView
    from tests.ui.voices.test_voices import NoMicrophone

    rounds: list[dict[str, float]] = []
    async with speech_context(service, folder) as context:
        view = VoicesView(Settings())
        view.resize(1440, 900)
        VoicesPresenter(view, context, NoMicrophone())
        view.tabs.setCurrentIndex(1)
        view.show()
        for number in range(ROUNDS + 1):
            # The first round loads what a sample needs.
            found = await _round(view.clone, context, path)
            if number:
                rounds.append(found)
        view.hide()
        view.deleteLater()
    return {name: min(found[name] for found in rounds) for name in rounds[0]}


async def _round(tab: Any, context: Any, path: Path) -> dict[str, float]:
    tab.clear_sample()
    ticks = Ticks()
    ticks.begin()
    begun = time.process_time()
    tab.file_chosen.emit(path)
    await _until(lambda: tab.wave.maximum() > 0)
    outlined = time.process_time() - begun
    await _until(lambda: tab.check_model.rowCount() > 0 and not len(context.tasks))
    examined = time.process_time() - begun
    pause = ticks.end()
    begun = time.process_time()
    tab.table.fix_pressed.emit(Fix.BEST, False)
    await _until(lambda: tab.wave.end.value() == tab.wave.maximum() and not len(context.tasks))
    whole = time.process_time() - begun
    tab.bar.queue_model.set_rows(())
    return {"outlined": outlined, "examined": examined, "whole": whole, "pause": pause}


async def _until(condition: Callable[[], object]) -> None:
    async with asyncio.timeout(_TIMEOUT_SECONDS):
        while not condition():
            await asyncio.sleep(0.005)
