"""Runs the speech engine on its own thread, as eSpeak NG requires. Requests are interleaved by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from app.demo.errors import Refusal, incorrect
from app.demo.media.measures import SoundMeasures
from app.demo.speech.synthesis_request import Recognised, Sound, SynthesisRequest

if TYPE_CHECKING:
    from app.demo.speech.acoustics import Samples
    from app.demo.speech.encode import Container
    from app.demo.speech.engine import SpeechEngine

T = TypeVar("T")


class SpeechWorker:
    """Owns the thread and the engine, which is loaded on that thread when first needed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speech")
        self._company: SpeechEngine | None = None

    async def perform(self, line: SynthesisRequest) -> AsyncIterator[Samples]:
        """Synthesise sentence by sentence; other requests are served in between.

        Raises:
            Refusal: 400 if the clone sample can't be decoded, 503 if the speech extra is not installed.
        """
        pieces = await self._on_stage(lambda: self._troupe().perform(line))
        while (piece := await self._on_stage(lambda: next(pieces, None))) is not None:
            yield piece

    async def sound(self, line: SynthesisRequest, container: Container) -> Sound:
        """Synthesise a complete audio file.

        Raises:
            Refusal: as `synthesise`.
        """
        parts = [piece async for piece in self.perform(line)]
        return await self._on_stage(lambda: self._troupe().sound(parts, container))

    async def pcm(self, piece: Samples) -> bytes:
        return (await self._on_stage(lambda: self._troupe().sound([piece], "pcm16"))).file

    async def recognise(self, file: bytes) -> Recognised:
        """Recognise an audio file.

        Raises:
            Refusal: 400 if the file can't be decoded.
        """
        return await self._on_stage(lambda: _decoded(self._troupe(), file))

    async def listen(self, file: bytes) -> tuple[SoundMeasures, Recognised] | None:
        """Measure and recognise an audio file; None if libsndfile can't read it."""
        return await self._on_stage(lambda: _heard(self._troupe(), file))

    async def _on_stage(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _troupe(self) -> SpeechEngine:
        if self._company is None:
            try:
                from app.demo.speech.engine import SpeechEngine

                self._company = SpeechEngine()
            except (ImportError, OSError) as error:
                raise Refusal(
                    503, "Speech is not installed", f"the demo service needs the `demo` extra: {error}"
                ) from error
        return self._company


def _heard(troupe: SpeechEngine, file: bytes) -> tuple[SoundMeasures, Recognised] | None:
    from soundfile import LibsndfileError

    from app.demo.media import sound

    try:
        return sound.measure(file), troupe.recognise(file)
    except LibsndfileError:
        return None


def _decoded(troupe: SpeechEngine, file: bytes) -> Recognised:
    from soundfile import LibsndfileError

    try:
        return troupe.recognise(file)
    except LibsndfileError as error:
        raise incorrect("input_audio.data could not be decoded as audio") from error
