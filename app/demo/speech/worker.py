"""Runs the speech engine on its own thread, as eSpeak NG requires. Requests are interleaved by sentence."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, TypeVar

from app.demo.errors import Refusal, incorrect
from app.demo.media.measures import AudioMeasures
from app.demo.speech.synthesis_request import EncodedSpeech, Recognition, SynthesisRequest

if TYPE_CHECKING:
    from app.demo.speech.acoustics import Samples
    from app.demo.speech.encode import Container
    from app.demo.speech.engine import SpeechEngine

T = TypeVar("T")


class SpeechWorker:
    """Owns the thread and the engine, which is loaded on that thread when first needed."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="speech")
        self._engine: SpeechEngine | None = None

    async def synthesise(self, request: SynthesisRequest) -> AsyncIterator[Samples]:
        """Synthesise sentence by sentence; other requests are served in between.

        Raises:
            Refusal: 400 if the clone sample can't be decoded, 503 if the speech extra is not installed.
        """
        pieces = await self._run(lambda: self._loaded_engine().synthesise(request))
        while (piece := await self._run(lambda: next(pieces, None))) is not None:
            yield piece

    async def synthesise_file(self, request: SynthesisRequest, container: Container) -> EncodedSpeech:
        """Synthesise a complete audio file.

        Raises:
            Refusal: as `synthesise`.
        """
        parts = [piece async for piece in self.synthesise(request)]
        return await self._run(lambda: self._loaded_engine().encoded(parts, container))

    async def pcm(self, piece: Samples) -> bytes:
        return (await self._run(lambda: self._loaded_engine().encoded([piece], "pcm16"))).file

    async def recognise(self, file: bytes) -> Recognition:
        """Recognise an audio file.

        Raises:
            Refusal: 400 if the file can't be decoded.
        """
        return await self._run(lambda: _recognised(self._loaded_engine(), file))

    async def analyse(self, file: bytes) -> tuple[AudioMeasures, Recognition] | None:
        """Measure and recognise an audio file; None if libsndfile can't read it."""
        return await self._run(lambda: _analysed(self._loaded_engine(), file))

    async def _run(self, work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(self._thread, work)

    def _loaded_engine(self) -> SpeechEngine:
        if self._engine is None:
            try:
                from app.demo.speech.engine import SpeechEngine

                self._engine = SpeechEngine()
            except (ImportError, OSError) as error:
                raise Refusal(
                    503, "Speech is not installed", f"the demo service needs the `demo` extra: {error}"
                ) from error
        return self._engine


def _analysed(engine: SpeechEngine, file: bytes) -> tuple[AudioMeasures, Recognition] | None:
    from soundfile import LibsndfileError

    from app.demo.media import sound

    try:
        return sound.measure(file), engine.recognise(file)
    except LibsndfileError:
        return None


def _recognised(engine: SpeechEngine, file: bytes) -> Recognition:
    from soundfile import LibsndfileError

    try:
        return engine.recognise(file)
    except LibsndfileError as error:
        raise incorrect("input_audio.data could not be decoded as audio") from error
