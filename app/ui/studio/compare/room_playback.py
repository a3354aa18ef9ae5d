"""Plays the takes of the compare room through the one player: which is current, where, and which a flip goes to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QObject, QTimer, Signal

from app.core.errors import WorkbenchError
from app.core.takes import Take
from app.services.speech.playback import Playback
from app.ui.reported_tasks import Spawn

FRAME_INTERVAL_MS = 33
_HIDDEN = "blind "
"""Before the key of a take that is heard blind: no list that shows takes by name knows such a key."""


class RoomPlayback(QObject):
    """One playhead over several takes. A take that is gone over to plays on at the spot that was reached.

    Attributes:
        current: id of the current take; empty for none.

    Signals:
        changed: what plays, or where, changed.
    """

    changed = Signal()

    def __init__(self, parent: QObject, playback: Playback, spawn: Spawn) -> None:
        super().__init__(parent)
        self._playback, self._spawn = playback, spawn
        self._takes: dict[str, Take] = {}
        self._gains: Mapping[str, float] = {}
        self._prefix = ""
        self.current = ""
        self._recent: list[str] = []
        self._switches = 0
        self._start_ms: int | None = None
        self._is_play_wanted = self._is_begun = False
        self._timer = QTimer(self, interval=FRAME_INTERVAL_MS)
        self._timer.timeout.connect(self.changed)
        playback.on_change.subscribe(self._on_change)

    @property
    def offered(self) -> tuple[str, ...]:
        """The ids of the takes that can be played."""
        return tuple(self._takes)

    @property
    def other(self) -> str:
        """The other of the last two takes, else the next one: what a flip goes to. Empty if there is only one."""
        recent = [take_id for take_id in self._recent if take_id in self._takes and take_id != self.current]
        if recent:
            return recent[0]
        ids = list(self._takes)
        if self.current not in ids or len(ids) < 2:
            return ""
        return ids[(ids.index(self.current) + 1) % len(ids)]

    @property
    def playing(self) -> bool:
        return self._playback.playing and self._is_loaded

    @property
    def ended(self) -> bool:
        return self._playback.ended and self._is_loaded

    @property
    def position(self) -> int:
        """Where the playhead is, in milliseconds."""
        return self._playback.position if self._is_loaded and self._start_ms is None else self._start_ms or 0

    @property
    def _is_loaded(self) -> bool:
        return bool(self.current) and self._playback.key == self._prefix + self.current

    def begin(self) -> None:
        """Begin at the start of whatever is offered next. What was loaded before is set aside until `end`."""
        if self._is_begun:
            self.pause()
        else:
            self._playback.park()
        self._is_begun = True
        self.current, self._recent, self._start_ms = "", [], 0

    def end(self) -> None:
        """Fall silent, forget the takes, and have ready again what was loaded before, where it was."""
        self._switches += 1
        self._is_play_wanted = self._is_begun = False
        if not self._playback.key or self._is_ours:
            self._playback.unpark()
        else:
            self._playback.drop_parked()
        self._takes, self.current, self._recent = {}, "", []
        self._timer.stop()

    def offer(self, takes: Sequence[Take], gains: Mapping[str, float], *, hidden: bool = False) -> None:
        """Offer takes with their gains in dB. While `hidden`, nobody else can tell which of them plays.

        A current take that is not among them falls silent, and none is current.
        """
        offered = {take.id: take for take in takes}
        if self.current and self.current not in offered:
            self.pause()
            self.current = ""
        self._takes = offered
        self._gains = gains
        self._prefix = _HIDDEN if hidden else ""

    def set_gains(self, gains: Mapping[str, float]) -> None:
        """Play with other gains from now on."""
        self._gains = gains
        if self._is_loaded:
            self._playback.set_gain(gains.get(self.current, 0.0))

    def restart(self, take_id: str) -> None:
        """Have a take ready at its start, silent."""
        self.pause()
        self._recent, self.current, self._start_ms = [], "", 0
        self.go_to(take_id)

    def choose(self, take_id: str) -> None:
        """Make a take the current one. While another one of these is loaded go over to it; else touch no sound.

        One that was loaded while it arrived goes on as it is, with the gain it is heard with.
        """
        is_loaded = self._playback.key == self._prefix + take_id
        if take_id not in self._takes or (self._is_ours and not is_loaded):
            self.go_to(take_id)
        elif take_id != self.current:
            self._recent = [take_id, *(other for other in self._recent if other != take_id)][:2]
            self.current, self._start_ms = take_id, None if is_loaded else self._start_ms or 0
            self.changed.emit()

    def go_to(self, take_id: str) -> None:
        """Make a take the current one, at the same spot; it plays if the former did."""
        take = self._takes.get(take_id)
        if take is None or (take_id == self.current and self._is_loaded):
            return
        self._recent = [take_id, *(other for other in self._recent if other != take_id)][:2]
        self.current = take_id
        self._switches += 1
        self._spawn(self._switch(take, self._switches))
        self.changed.emit()

    def play(self) -> None:
        """Play the current take, once it is read."""
        if self._is_loaded and not self.playing:
            self._toggle()
        elif not self._is_loaded:
            self._is_play_wanted = bool(self.current)

    def toggle(self) -> None:
        """Play or pause the current take."""
        take = self._takes.get(self.current)
        if self._is_loaded:
            self._toggle()
        elif take is not None:
            self._is_play_wanted = not self._is_play_wanted
            self._switches += 1
            self._spawn(self._switch(take, self._switches))

    def pause(self) -> None:
        """Fall silent; also what is about to begin does."""
        self._is_play_wanted = False
        if self._is_ours or self._playback.playing:
            self._playback.pause()

    @property
    def _is_ours(self) -> bool:
        """Whether a take of the room is loaded, under a name or without."""
        return self._playback.key.removeprefix(_HIDDEN) in self._takes

    def step(self, milliseconds: int) -> None:
        """Move the playhead forward, or back by a negative step, within the current take."""
        take = self._takes.get(self.current)
        length = round(1000 * take.frames / take.rate) if take is not None else 0
        self.seek(min(max(0, self.position + milliseconds), length))

    def seek(self, milliseconds: int) -> None:
        """Move the playhead."""
        if self._is_loaded and self._start_ms is None:
            self._playback.seek(milliseconds)
        else:
            self._start_ms = milliseconds
        self.changed.emit()

    def _toggle(self) -> None:
        if self._playback.ended:
            self._playback.set_gain(self._gains.get(self.current, 0.0))
        self._playback.toggle()

    async def _switch(self, take: Take, number: int) -> None:
        """Go over to a take, then do what was asked for while it was read. Raises as `Playback.switch_blob`."""
        if number != self._switches:
            return
        key, gain = self._prefix + take.id, self._gains.get(take.id, 0.0)
        try:
            await self._playback.switch_blob(key, take.audio, gain, self._start_ms)
        except WorkbenchError:
            if number == self._switches:
                # The former take would be heard under the name of this one.
                self.pause()
                self.changed.emit()
            raise
        if number != self._switches or self._playback.key != key:
            return
        self._start_ms = None
        if self._is_play_wanted and not self._playback.playing:
            self._playback.toggle()
        self._is_play_wanted = False
        self.changed.emit()

    def _on_change(self) -> None:
        if not self._takes:
            return
        if self.playing and not self._timer.isActive():
            self._timer.start()
        elif not self.playing:
            self._timer.stop()
        self.changed.emit()
