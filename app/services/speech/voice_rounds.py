"""The rounds of designing a voice: requests them, and follows their candidates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from app.core.jobs import MAX_TITLE_LENGTH
from app.core.observers import Event
from app.core.settings import DESIGN_ROUNDS, Settings
from app.core.tags import beginning
from app.core.takes import Take, VoiceSnapshot
from app.core.voice_rounds import SESSION, VoiceRound, next_number, rounds_of

if TYPE_CHECKING:  # imports numpy, which is not needed during startup
    from app.services.speech.listening import Gain
    from app.services.speech.take_service import TakeService


class VoiceRounds:
    """All rounds, the newest first.

    Attributes:
        on_change: a candidate was added, changed, deleted or brought back; emits it.
    """

    def __init__(self, service: TakeService, settings: Settings) -> None:
        self._service, self._settings = service, settings
        self._takes: dict[str, Take] = {}
        self._rounds: tuple[VoiceRound, ...] | None = None
        self._highest: dict[str, int] = {}
        """The highest number of a deleted candidate by description: it may be restored."""
        self.on_change: Event[Take] = Event()
        service.on_take.subscribe(self._on_take)
        service.on_deleted.subscribe(self._on_deleted)

    async def load(self) -> None:
        """Read the candidates of earlier runs. Raises StorageError."""
        for take in await self._service.of_session(SESSION):
            self._takes.setdefault(take.id, take)
        self._rounds = None

    @property
    def rounds(self) -> tuple[VoiceRound, ...]:
        if self._rounds is None:
            self._rounds = rounds_of(self._takes.values())
        return self._rounds

    def take(self, take_id: str) -> Take | None:
        return self._takes.get(take_id)

    def round(self, key: str) -> VoiceRound | None:
        return next((one for one in self.rounds if one.key == key), None)

    def round_of(self, take_id: str) -> VoiceRound | None:
        """The round that a candidate belongs to."""
        return next((one for one in self.rounds if one.take(take_id) is not None), None)

    def request(
        self, description: str, text: str, model: str, *, polish: bool, count: int, listen: Gain
    ) -> Sequence[Take]:
        """Request a round of candidates as one job; the first is played when its sound arrives.

        Raises InputError as `TakeService.request`; then nothing was requested.
        """
        voice = VoiceSnapshot("designed", description=description, polish=polish)
        spec = Take(
            "", voice, text, model=model, origin=SESSION, session=SESSION,
            round=next_number(self.rounds, self._settings.get(DESIGN_ROUNDS)),
        )  # fmt: skip
        alike = (take.number for take in self._takes.values() if take.voice.description == description)
        first = max([self._highest.get(description, 0), *alike]) + 1
        specs = [msgspec.structs.replace(spec, number=first + at) for at in range(count)]
        title = beginning(description, MAX_TITLE_LENGTH)
        takes = self._service.request(specs, title=title, owner=SESSION, listen=listen)
        self._settings.set(DESIGN_ROUNDS, spec.round)
        return takes

    def active(self) -> tuple[str, ...]:
        """The ids of the candidates that are being made, or will be by themselves."""
        return tuple(
            take.id for take in self._takes.values() if not take.has_ended and self._service.is_active(take.id)
        )

    def stop(self) -> None:
        """Stop making candidates. Sound that already arrived stays, but is not played."""
        for take_id in self.active():
            self._service.stop(take_id)

    def _on_take(self, take: Take) -> None:
        if take.session == SESSION:
            self._takes[take.id] = take
            self._rounds = None
            self.on_change.emit(take)

    def _on_deleted(self, take_id: str) -> None:
        take = self._takes.pop(take_id, None)
        if take is None:
            return
        description = take.voice.description
        self._highest[description] = max(take.number, self._highest.get(description, 0))
        self._rounds = None
        self.on_change.emit(take)
