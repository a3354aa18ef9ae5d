"""Speaks the sentences of an answer one after the other; the next one is made while this one plays."""

from __future__ import annotations

import math
import time
from collections.abc import Callable
from typing import Literal, NamedTuple

import numpy as np

from app.core.errors import AudioError, Code, WorkbenchError
from app.core.messages import new_id
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot, message_session
from app.services.models import Models
from app.services.speech.playback import Playback
from app.services.speech.ports import GrowingSource
from app.services.speech.take_service import TakeService

ORIGIN = "chat"
LEVEL_SECONDS, SILENT_DB, FULL_SCALE = 0.05, -96.0, 32768.0
MADE_AHEAD = 1
"""How many sentences are made before their turn."""

SentenceState = Literal["waiting", "making", "speaking", "heard", "failed"]


class Sentence:
    """One sentence of the queue.

    Attributes:
        text: as it is spoken.
        take: the take that speaks it; None before it is requested.
        source: its sound, once some has arrived.
        error: why it was not spoken whole.
        requested_at: `time.monotonic()` of the request.
    """

    def __init__(self, number: int, text: str) -> None:
        self.number = number
        self.text = text
        self.state: SentenceState = "waiting"
        self.take: Take | None = None
        self.source: GrowingSource | None = None
        self.error: WorkbenchError | None = None
        self.requested_at = 0.0


class Place(NamedTuple):
    """What sounds: the sentence, and where in it, in milliseconds; `milliseconds` is its length as far as known."""

    sentence: Sentence
    position: int
    milliseconds: int


class SpeechQueue:
    """The sentences of one answer, in order.

    Attributes:
        message_id: the answer; empty before the first.
        sentences: all of them.
        is_whole: whether no more will be added.
        on_change: a sentence was added or changed its state.
        on_failed: emits a sentence that was not spoken whole, and why. What follows it waits for `retry`.
        on_end: the last sentence was heard, or nothing was to be spoken.
    """

    def __init__(
        self, service: TakeService, playback: Playback, models: Models, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._service, self._playback, self._models, self._clock = service, playback, models, clock
        self.message_id = ""
        self.sentences: list[Sentence] = []
        self.is_whole = True
        self._voice: VoiceSnapshot | None = None
        self._direction = ""
        self._current: Sentence | None = None
        self._has_sounded = self._has_ended = False
        self._waits_since: float | None = None
        self.on_change: Event[()] = Event()
        self.on_failed: Event[Sentence, WorkbenchError] = Event()
        self.on_end: Event[()] = Event()
        service.on_sound.subscribe(self._on_sound)
        service.on_failed.subscribe(self._on_take_failed)
        service.on_take.subscribe(self._on_take)
        playback.on_change.subscribe(self._on_playback)
        playback.on_error.subscribe(self._on_device_error)

    # -- what is to be spoken --------------------------------------------------------------------------------------

    def begin(self, message_id: str, voice: VoiceSnapshot, direction: str) -> None:
        """Begin with another answer; what was spoken falls silent."""
        self.silence()
        self.message_id, self._voice, self._direction = message_id, voice, direction
        self.sentences, self.is_whole, self._has_ended = [], False, False
        self._waits_since = None

    def add(self, text: str) -> None:
        """Add a sentence of the answer."""
        if not self.is_whole:
            self.sentences.append(Sentence(len(self.sentences) + 1, text))
            self._advance()

    def finish(self) -> None:
        """No more sentences will be added."""
        if not self.is_whole:
            self.is_whole = True
            self._advance()

    def silence(self) -> None:
        """Fall silent at once, and drop what is not heard yet."""
        current, self._current = self._current, None
        if current is not None:
            self._playback.silence()
        dropped = [sentence for sentence in self.sentences if sentence.state != "heard"]
        self.sentences = [sentence for sentence in self.sentences if sentence.state == "heard"]
        self.is_whole = self._has_ended = True
        self._waits_since = None
        for sentence in dropped:
            if sentence.take is not None and sentence.take.id in self._service.running():
                self._service.stop(sentence.take.id)
        if dropped:
            self.on_change.emit()

    def retry(self) -> None:
        """Speak the sentence that failed once more, and what follows it."""
        failed = self.failed
        if failed is None:
            return
        is_made = failed.take is not None and failed.take.state == "done" and failed.source is not None
        failed.state, failed.error = ("making" if is_made else "waiting"), None
        if not is_made:
            failed.take, failed.source = None, None
        self._has_ended = False
        self._advance()

    # -- what goes on ----------------------------------------------------------------------------------------------

    @property
    def failed(self) -> Sentence | None:
        """The sentence that what follows waits for."""
        return next((sentence for sentence in self.sentences if sentence.state == "failed"), None)

    @property
    def is_active(self) -> bool:
        """Whether something sounds or will by itself."""
        return self._current is not None or (self.failed is None and self._following() is not None)

    @property
    def current(self) -> Sentence | None:
        """The sentence that sounds."""
        return self._current

    @property
    def place(self) -> Place | None:
        """What sounds now, and where in it."""
        if self._current is None:
            return None
        return Place(self._current, self._playback.position, self._playback.milliseconds)

    @property
    def level(self) -> float:
        """The level of what sounds now, in dBFS (RMS of 50 ms)."""
        current = self._current
        if current is None or current.source is None:
            return SILENT_DB
        frames = round(LEVEL_SECONDS * current.source.rate)
        heard = current.source.pcm(round(self._playback.position * current.source.rate / 1000), frames)
        if not len(heard):
            return SILENT_DB
        power = float(np.mean(np.square(heard, dtype=np.float64))) / FULL_SCALE**2
        return max(SILENT_DB, 10 * math.log10(power)) if power else SILENT_DB

    @property
    def waited(self) -> float | None:
        """Seconds since the sentence before ended while the next one is still being made; None if it is not."""
        return None if self._waits_since is None else self._clock() - self._waits_since

    def _following(self) -> Sentence | None:
        """The next sentence that was not heard."""
        return next((each for each in self.sentences if each.state in ("waiting", "making")), None)

    def _advance(self) -> None:
        """Request and play what is due."""
        self._request()
        following = self._following()
        if self._current is None and self.failed is None:
            if following is not None and following.source is not None and following.take is not None:
                self._play(following, following.take, following.source)
                self._request()
            elif following is None and self.is_whole and not self._has_ended:
                self._has_ended = True
                self._waits_since = None
                self.on_change.emit()
                self.on_end.emit()
                return
            elif following is not None and self._waits_since is None and following.number > 1:
                self._waits_since = self._clock()
        self.on_change.emit()

    def _request(self) -> None:
        """Request the sentence whose turn it is and `MADE_AHEAD` after it."""
        ahead = MADE_AHEAD if self._current is not None else MADE_AHEAD + 1
        if self.failed is not None:
            return
        unheard = [each for each in self.sentences if each.state in ("waiting", "making")]
        for sentence in unheard[:ahead]:
            if sentence.state == "waiting" and not self._generate(sentence):
                return

    def _generate(self, sentence: Sentence) -> bool:
        voice = self._voice
        assert voice is not None
        model = self._models.chosen("speech" if voice.kind == "builtin" else "speech-clone")
        spec = Take(new_id(), voice, sentence.text, direction=self._direction, model=model, origin=ORIGIN,
                    session=message_session(self.message_id), number=sentence.number)  # fmt: skip
        try:
            sentence.take = self._service.generate(spec)
        except WorkbenchError as error:
            self._fail(sentence, error)
            return False
        sentence.state, sentence.requested_at = "making", self._clock()
        return True

    def _play(self, sentence: Sentence, take: Take, source: GrowingSource) -> None:
        sentence.state, self._current = "speaking", sentence
        self._has_sounded = False
        self._waits_since = None
        self._playback.play_stream(take, source)

    # -- what the services report ----------------------------------------------------------------------------------

    def _of_take(self, take_id: str) -> Sentence | None:
        return next((each for each in self.sentences if each.take is not None and each.take.id == take_id), None)

    def _on_sound(self, take: Take, source: GrowingSource) -> None:
        sentence = self._of_take(take.id)
        if sentence is not None and sentence.state == "making":
            sentence.source = source
            self._advance()

    def _on_take(self, take: Take) -> None:
        """Note a take that was stopped elsewhere, such as in the studio, before it had any sound."""
        sentence = self._of_take(take.id)
        if sentence is None or not take.has_ended:
            return
        sentence.take = take
        if sentence.state == "making" and sentence.source is None and sentence.error is None:
            self._fail(sentence, AudioError(Code.SOUND_EMPTY))

    def _on_take_failed(self, take: Take, error: WorkbenchError) -> None:
        sentence = self._of_take(take.id)
        if sentence is None or sentence.state not in ("making", "speaking"):
            return
        if sentence.source is not None and sentence.source.known:
            # What there is of it is heard; then it fails.
            sentence.error = error
            return
        self._fail(sentence, error)

    def _fail(self, sentence: Sentence, error: WorkbenchError) -> None:
        if self._current is sentence:
            self._current = None
        sentence.state, sentence.error = "failed", error
        self._waits_since = None
        self.on_change.emit()
        if self._current is None:
            self.on_failed.emit(sentence, error)

    def _on_playback(self) -> None:
        current = self._current
        if current is None or current.take is None:
            return
        if self._playback.key != current.take.id:
            # Another sound was started in its place.
            self._current = None
            current.state = "heard"
            self.silence()
            self.on_end.emit()
            return
        self._has_sounded = self._has_sounded or self._playback.playing
        if not self._has_sounded or not self._playback.ended:
            return
        self._current = None
        if current.error is not None:
            self._fail(current, current.error)
            return
        current.state = "heard"
        failed = self.failed
        if failed is not None and failed.error is not None:
            self.on_change.emit()
            self.on_failed.emit(failed, failed.error)
        else:
            self._advance()

    def _on_device_error(self, error: AudioError) -> None:
        current = self._current
        if current is not None and current.take is not None and self._playback.key == current.take.id:
            self._fail(current, error)
