"""A take while it is joined from parts that are made side by side: what has arrived of each, in order."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from typing import Any, Protocol

import msgspec
import numpy as np
from numpy.typing import NDArray

from app.core.errors import Code, StorageError, WorkbenchError
from app.core.takes import Take, TakePart
from app.core.wav import mono_pcm
from app.services.speech.generation import Generation
from app.services.speech.part_seams import (
    PAUSE_SECONDS,
    fade_frames,
    faded_in,
    faded_out,
    pauses_behind,
    silent_end,
    silent_start,
)
from app.services.speech.ports import Audio, Blobs, GrowingSource

_PIECE_FRAMES = 480_000
"""Frames that are added at a time, so that a long sound that is complete already does not hold up the program."""
STOPPED = "stopped"
VOICE_SEPARATOR = ", "
"""Between the names of several voices."""


class _PartSound(Protocol):
    """The sound of a part as far as it has arrived."""

    @property
    def rate(self) -> int: ...
    @property
    def ended(self) -> bool: ...
    def pcm(self, start: int = 0, count: int | None = None) -> NDArray[np.int16]: ...


class _StoredSound:
    """The sound of a part that was saved before."""

    ended = True

    def __init__(self, pcm: bytes, rate: int) -> None:
        self._pcm: NDArray[np.int16] = np.frombuffer(pcm, "<i2").reshape(-1, 1)
        self.rate = rate

    def pcm(self, start: int = 0, count: int | None = None) -> NDArray[np.int16]:
        return self._pcm[start : None if count is None else start + count]


class PartSlot:
    """One part of a joined take.

    Attributes:
        part: the part as it was planned: made by a hidden take, or kept from another take.
        take: the hidden take as it was seen last; None for a kept part.
        failure: why the hidden take or the reading of its sound failed.
        is_dropped: whether the hidden take was given up before anything was sent.
        start, frames: where its sound is in the joined sound.
        has_passed: whether its sound was added, as far as there is any.
    """

    def __init__(self, part: TakePart) -> None:
        self.part = part
        self.take: Take | None = None
        self.failure: WorkbenchError | None = None
        self.is_dropped = False
        self.start = self.frames = self.read = 0
        self.has_passed = False
        self.sound: _PartSound | None = None
        self._unwatch: Callable[[], None] | None = None

    @property
    def is_made(self) -> bool:
        """Whether it is made now, not kept from another take."""
        return bool(self.part.take)

    @property
    def has_ended(self) -> bool:
        return not self.is_made or self.is_dropped or (self.take is not None and self.take.has_ended)

    def follow(self, source: GrowingSource, wake: Callable[[], None]) -> None:
        """Use a sound that is arriving, and call `wake` whenever more of it does."""
        self.release()
        self.sound, self._unwatch = source, source.watch(wake)

    def release(self) -> None:
        """Let go of the sound."""
        if self._unwatch is not None:
            self._unwatch()
        self.sound = self._unwatch = None

    def outcome(self) -> TakePart:
        """The part as it is now."""
        error, take_id, call_id = self.part.error, "", ""
        if self.is_made:
            take = self.take
            if self.failure is not None and (take is None or take.state != "done"):
                error = str(self.failure.code)
            elif not self.has_ended or (take is not None and take.state == "done"):
                error = ""
            else:
                error = (take.error if take is not None else "") or STOPPED
            take_id = self.part.take if (error or not self.has_ended) and not self.is_dropped else ""
            call_id = take.call_id if take is not None else ""
        elif self.failure is not None:
            error = str(self.failure.code)
        return TakePart(self.part.text, self.start, self.frames, error, take=take_id, call_id=call_id)


class JoinedTake:
    """A take being joined.

    Attributes:
        generation: the take as it is listed and heard.
        stored: the take as it is stored until it is finished.
        slots: its parts, in order.
        waiting: ids of the hidden takes that wait, for the rate limit or to be repeated.
        is_finishing: whether all parts have ended and the take is being saved.
    """

    def __init__(
        self, take: Take, audio: Audio, blobs: Blobs, *, on_sound: Callable[[JoinedTake, PartSlot], None],
        on_progress: Callable[[JoinedTake], None], on_restart: Callable[[JoinedTake], None],
    ) -> None:  # fmt: skip
        """`on_sound` is called once, when the first sound arrives of a part that is made now.

        `on_restart` is called when the sound that was heard so far is no longer that of the take.
        """
        self.stored = take
        self.generation = Generation(take)
        self.slots = [PartSlot(part) for part in take.parts]
        self.waiting: set[str] = set()
        self.is_finishing = False
        self._audio, self._blobs = audio, blobs
        self._on_sound, self._on_progress, self._on_restart = on_sound, on_progress, on_restart
        self._has_sounded = self._is_stale = False
        self._changed = asyncio.Event()
        self._pauses = pauses_behind(take.text, [part.text for part in take.parts])
        self._kept_rate = take.rate if any(part.audio for part in take.parts) else 0
        self._set_members()

    def slot(self, take_id: str) -> PartSlot | None:
        """The part that a hidden take makes."""
        place = self._places.get(take_id)
        return self.slots[place] if place is not None else None

    def wake(self) -> None:
        """A part has changed."""
        self._changed.set()

    def replace(self, before: str, take: Take) -> bool:
        """Have a part made by another hidden take; return whether there is such a part."""
        place = self._places.get(before)
        if place is None:
            return False
        slot = self.slots[place]
        self._is_stale = self._is_stale or slot.has_passed or slot.read > 0
        slot.release()
        self.slots[place] = PartSlot(TakePart(slot.part.text, take=take.id))
        self.slots[place].take = take
        parts = list(self.stored.parts)
        parts[place] = self.slots[place].part
        self.stored = msgspec.structs.replace(self.stored, parts=tuple(parts))
        self._set_members()
        return True

    def parts(self) -> tuple[TakePart, ...]:
        """The parts as they are now."""
        return tuple(slot.outcome() for slot in self.slots)

    async def join(self) -> None:
        """Add the sound of the parts in order as it arrives, until all parts have ended."""
        while True:
            for place in range(len(self.slots)):
                await self._add(place)
            while not all(slot.has_ended for slot in self.slots):
                self._changed.clear()
                await self._changed.wait()
            if not self._is_stale and all(slot.has_passed for slot in self.slots):
                return
            # A part was made again after its place had passed.
            self._is_stale = False
            for slot in self.slots:
                slot.release()
                slot.start = slot.frames = slot.read = 0
                slot.has_passed = False
            if self.generation.source is not None:
                self.generation.restart_sound(self._audio)
                self._on_restart(self)

    async def _add(self, place: int) -> None:
        """Add the sound of a part as it arrives, until no more will."""
        while True:
            self._changed.clear()
            slot = self.slots[place]  # It may be made again meanwhile.
            if not slot.read:
                slot.start = self._known
            ended = slot.has_ended
            try:
                if ended and slot.sound is None:
                    slot.sound = await self._stored(slot)
                if slot.sound is not None and self.slots[place] is slot:
                    # The end of the sound comes before that of its take, which is saved in between.
                    ended = ended or slot.sound.ended
                    for piece in self._new(place, slot, slot.sound, ended=ended):
                        self._append(slot, piece)
                        await asyncio.sleep(0)
                        if self.slots[place] is not slot:
                            break
            except WorkbenchError as error:
                slot.failure, ended = slot.failure or error, True
            if self.slots[place] is not slot:
                slot.release()
                continue
            if ended:
                slot.release()
                slot.has_passed = True
                return
            await self._changed.wait()

    @property
    def _known(self) -> int:
        return self.generation.source.known if self.generation.source is not None else 0

    def _new(self, place: int, slot: PartSlot, sound: _PartSound, *, ended: bool) -> Iterator[NDArray[np.int16]]:
        """The sound of a part that was not added yet, in pieces at the rate of the take, as it meets the others.

        Its last frames wait until it is known whether more follows them: they are faded if the part ends loud.
        """
        rate = self._kept_rate or (self.generation.take.rate if self.generation.source is not None else sound.rate)
        if sound.rate != rate:
            if not ended:
                # Only a complete sound is converted: the seams of converted pieces would be heard.
                return
            sound = slot.sound = self._converted(sound, rate)
        if not slot.read and not self._meets_former(place, slot, sound, rate, ended=ended):
            return
        fade, is_last = fade_frames(rate), place == len(self.slots) - 1
        while len(piece := sound.pcm(slot.read, _PIECE_FRAMES + fade)):
            is_end = ended and len(piece) < _PIECE_FRAMES + fade
            if not is_end:
                piece = piece[:_PIECE_FRAMES] if len(piece) == _PIECE_FRAMES + fade else _settled(piece, fade)
            if not len(piece):
                return
            is_first, slot.read = not slot.read, slot.read + len(piece)
            if is_first and slot.start:
                piece = faded_in(piece, rate)
            yield faded_out(piece, rate) if is_end and not is_last else piece

    def _meets_former(self, place: int, slot: PartSlot, sound: _PartSound, rate: int, *, ended: bool) -> bool:
        """Add what is missing of the pause before a part; False if too little of it has arrived to tell."""
        fade, known = fade_frames(rate), self._known
        source = self.generation.source
        if not len(sound.pcm(0, 1)):
            return False
        if source is None or not known:
            self._begin(rate)
            return True
        former = max((at for at in range(place) if self.slots[at].frames), default=0)
        least = round(rate * PAUSE_SECONDS) if any(self._pauses[former:place]) else 0
        missing = max(0, least - silent_end(source.pcm(max(0, known - least))))
        head = sound.pcm(0, max(missing, 2 * fade))
        silent = silent_start(faded_in(head, rate))
        if not ended and len(head) < (max(missing, 2 * fade) if silent == len(head) else 2 * fade):
            return False
        if missing > silent:
            self.generation.append(bytes(2 * (missing - silent)))
        slot.start = self._known
        return True

    def _converted(self, sound: _PartSound, rate: int) -> _StoredSound:
        samples = np.multiply(sound.pcm(), np.float32(1 / 32768), dtype=np.float32)
        return _StoredSound(self._audio.to_pcm16(self._audio.resample(samples, sound.rate, rate)).tobytes(), rate)

    def _begin(self, rate: int) -> None:
        if self.generation.source is None:
            self.generation.begin_sound("pcm16", rate, self._audio)

    def _append(self, slot: PartSlot, piece: NDArray[np.int16]) -> None:
        announces = slot.is_made and not self._has_sounded
        if announces:
            self._has_sounded = True
            self._on_sound(self, slot)
        self.generation.append(piece.tobytes())
        slot.frames = self._known - slot.start
        if self.generation.progress_due():
            self.generation.set(parts=self.parts())
            self._on_progress(self)

    async def _stored(self, slot: PartSlot) -> _PartSound | None:
        """Read the sound of a part that was saved before; None if it has none. Raises StorageError and AudioError."""
        if slot.part.audio and slot.part.frames:
            start, stop = slot.part.start, slot.part.start + slot.part.frames
            return await asyncio.to_thread(self._read, slot.part.audio, start, stop)
        if slot.take is None or not slot.take.audio or not slot.take.frames:
            return None
        return await asyncio.to_thread(self._read, slot.take.audio)

    def _read(self, digest: str, start: int = 0, stop: int | None = None) -> _StoredSound:
        try:
            content = self._blobs.read(digest)
        except ValueError as error:  # Not a digest: an import may contain anything.
            raise StorageError(Code.NOT_KEPT, digest=digest[:80]) from error
        ours = mono_pcm(content)
        if ours is None:
            sound = self._audio.read_sound(content)
            mono = sound.samples.mean(axis=1, dtype=np.float32, keepdims=True)
            rate, pcm = sound.rate, self._audio.to_pcm16(mono).tobytes()
        else:
            rate, pcm = ours
        return _StoredSound(pcm[2 * start : None if stop is None else 2 * stop], rate)

    def _set_members(self) -> None:
        self._places = {slot.part.take: place for place, slot in enumerate(self.slots) if slot.is_made}
        self.generation.members = tuple(self._places)


def _settled(pcm: NDArray[np.int16], fade: int) -> NDArray[np.int16]:
    """What of a sound that may end here, or go on, is the same in both cases."""
    return pcm if silent_end(pcm[-1:]) else pcm[:-fade]


def voice_that_spoke(take: Take, slots: Sequence[PartSlot]) -> dict[str, Any]:
    """The voice fields of a joined take, some of whose parts another voice spoke in the place of the default one.

    Which one does depends on the language of each part: a take of several voices keeps the one it asked for, with the
    names of those that spoke. For the parts it shares with another take that one's names stand.
    """
    made = [slot.take for slot in slots if slot.is_made and slot.take is not None]
    sounding = [part for part in made if part.frames] or made
    names = dict.fromkeys(part.voice.id for part in sounding)
    has_kept = any(slot.frames and not slot.is_made for slot in slots)
    if len(names) == 1 and (not has_kept or take.voice.id in names):
        return {"voice": sounding[0].voice, "asked_voice": sounding[0].asked_voice}
    kept = take.voice.name.split(VOICE_SEPARATOR) if has_kept else []
    name = VOICE_SEPARATOR.join(dict.fromkeys([*kept, *names]))
    return {"voice": msgspec.structs.replace(take.voice, name=name), "asked_voice": ""}


def first_failure(slots: list[PartSlot]) -> WorkbenchError | str:
    """Why the first incomplete part is incomplete: an error, or a reason as in `Generation.stop_reason`; else empty."""
    for slot in slots:
        code = slot.outcome().error
        if not code:
            continue
        if code in (STOPPED, "length", "content_filter"):
            return code
        known = next((one for one in Code if one == code), Code.UNEXPECTED)
        return slot.failure or WorkbenchError(known)
    return ""
