"""Whether a voice may be spoken: the speaker's consent to what a recording of them is used for.

A voice that was cloned from a recording needs it, and so does one that was kept from what such a voice spoke. Voices
of a home of an earlier version may have none; they stay, and ask for it once.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol

import msgspec

from app.core.errors import Code, InputError, StorageError
from app.core.observers import Event
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Consent, Voice, lacks_consent, needs_consent

if TYPE_CHECKING:  # these import numpy, which is not needed during startup
    from app.services.speech.ports import RecordStore, TakeStore


class ConsentCheck(Protocol):
    """Refuses voices that lack consent."""

    def check_loaded(self, voice: VoiceSnapshot) -> None:
        """Refuse a voice by what is in memory. Raises InputError NO_CONSENT."""

    async def check(self, voice: VoiceSnapshot) -> None:
        """Refuse a voice that may not be spoken. Raises InputError NO_CONSENT and StorageError."""


class NoConsentNeeded:
    """Refuses no voice: for services without a library."""

    def check_loaded(self, voice: VoiceSnapshot) -> None:
        pass

    async def check(self, voice: VoiceSnapshot) -> None:
        pass


class VoiceConsents:
    """The consent of the voices of the library.

    Attributes:
        on_refused: a voice was to be spoken, or kept from what another spoke, and that one lacks consent.
        on_unknown: a voice was to be kept from a take whose voice has no record.
    """

    def __init__(
        self, store: RecordStore[Voice], takes: TakeStore | None, voices: Callable[[], Sequence[Voice]]
    ) -> None:
        """`voices` returns the voices of the library. Without `takes` older voices are not traced to their take."""
        self._store, self._takes, self._voices = store, takes, voices
        self._traced: set[str] = set()
        """Ids of the older voices whose origin is known."""
        self.on_refused: Event[Voice] = Event()
        self.on_unknown: Event[Take] = Event()

    def check_loaded(self, voice: VoiceSnapshot) -> None:
        if voice.kind != "cloned":
            return
        if not voice.id:
            self._check_tried(voice)
            return
        for known in self._voices():
            if known.id == voice.id:
                self._require(known)

    def _check_tried(self, voice: VoiceSnapshot) -> None:
        """Refuse a sample that is of no voice yet, unless its speaker agreed to that it is tried."""
        alike = [known for known in self._voices() if voice.sample and known.sample == voice.sample]
        for known in alike:
            if _is_withdrawn(known):
                self._require(known)
        if not voice.consent and all(map(lacks_consent, alike)):
            raise InputError(Code.NO_CONSENT, field="consent")

    async def check(self, voice: VoiceSnapshot) -> None:
        if voice.kind != "cloned":
            return
        self.check_loaded(voice)
        if not voice.id or any(known.id == voice.id for known in self._voices()):
            return
        record = await self._store.find(voice.id)
        if record is not None:
            self._require(record)
        elif not voice.description:
            # Nothing is left of the voice, so it may have been cloned. A designed one has a description.
            raise InputError(Code.NO_CONSENT, voice=voice.name)

    def _require(self, voice: Voice) -> None:
        if lacks_consent(voice):
            self.on_refused.emit(voice)
            raise InputError(Code.NO_CONSENT, voice=voice.name)

    async def of_take(self, take: Take, statement: str = "") -> Consent | None:
        """The consent that a voice made from a take has: that of the voice which spoke it, None if it needs none.

        `statement` is what the speaker agreed to where nothing is known of that voice. Raises InputError NO_CONSENT and
        StorageError.
        """
        voice = take.voice
        if voice.kind != "cloned":
            return None
        spoke = await self._speaker(voice)
        if spoke is not None and not needs_consent(spoke):
            return None
        if spoke is not None and spoke.consent is not None and spoke.consent.is_valid:
            return inherited(spoke.consent, spoke.name)
        if statement:
            return Consent(statement, time.time())
        if spoke is None:
            self.on_unknown.emit(take)
            raise InputError(Code.NO_CONSENT, field="consent")
        self.on_refused.emit(spoke)
        raise InputError(Code.NO_CONSENT, voice=spoke.name, field="consent")

    async def _speaker(self, voice: VoiceSnapshot) -> Voice | None:
        """The voice of the library that spoke, also if it was deleted; one that has its sample, if it had no record."""
        record = await self._store.find(voice.id) if voice.id else None
        if record is not None:
            return record
        alike = [known for known in self._voices() if voice.sample and known.sample == voice.sample]
        return next((known for known in alike if not lacks_consent(known)), alike[0] if alike else None)

    async def traced(self, voice: Voice) -> Voice:
        """An older voice, saved from a take, with the consent that this implies; any other as it is."""
        if voice.source != "take" or voice.consent is not None or voice.steps or voice.id in self._traced:
            return voice
        self._traced.add(voice.id)
        if self._takes is None or not voice.take:
            return voice
        try:
            spoken = (await self._takes.get(voice.take)).voice
        except StorageError as error:
            if error.code is not Code.NOT_KEPT:
                raise
            return voice
        spoke = await self._speaker(spoken) if spoken.kind == "cloned" else None
        if spoke is None or not needs_consent(spoke):
            return voice
        consent = Consent("", 0.0) if spoke.consent is None else spoke.consent
        return msgspec.structs.replace(voice, consent=inherited(consent, spoke.name))


def inherited(consent: Consent, name: str) -> Consent:
    """The consent of a voice called `name` as that of a voice made from it."""
    return msgspec.structs.replace(consent, voice=consent.voice or name)


def is_same_consent(one: Consent | None, other: Consent | None) -> bool:
    """Whether both were given by one answer of the speaker."""
    if one is None or other is None or not one.statement:
        return False
    return (one.statement, one.given) == (other.statement, other.given)


def _is_withdrawn(voice: Voice) -> bool:
    return voice.consent is not None and bool(voice.consent.withdrawn)
