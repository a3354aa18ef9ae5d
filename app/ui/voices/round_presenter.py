"""Shows a round of candidates, plays and compares them, and lists the earlier rounds."""

from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from app.core.comparison import MAX_TAKES, MIN_TAKES
from app.core.settings import EQUAL_LOUDNESS
from app.core.takes import Take
from app.core.voice_rounds import SESSION, VoiceRound
from app.services.speech.candidate_measures import CandidateMeasuring
from app.services.speech.loudness_matching import estimated_gain, matching
from app.services.speech.voice_rounds import VoiceRounds
from app.ui.studio.compare.compare_model import RowDetails
from app.ui.studio.compare.presenter import ComparePresenter
from app.ui.studio.compare.room import CompareRoom
from app.ui.studio.compare.room_playback import FRAME_INTERVAL_MS, RoomPlayback
from app.ui.studio.compare.side import CompareSide
from app.ui.studio.context import SpeechContext
from app.ui.texts.speech import take_failure
from app.ui.texts.takes import progress_text
from app.ui.texts.voice_design import measured_figures, round_name, round_subtitle
from app.ui.voices.round_panel import CANDIDATE_TEXTS, RoundPanel
from app.ui.voices.tab_tasks import TabTasks

_PROGRESS_INTERVAL_MS = 1_000


class RoundPresenter(QObject):
    """Runs the panel.

    Attributes:
        shown: key of the round that is shown; empty before the first.
        current: id of the candidate that is selected; empty for none.

    Signals:
        current_changed: another candidate is selected, or the selected one or its round changed.
    """

    current_changed = Signal()

    def __init__(
        self, panel: RoundPanel, context: SpeechContext, rounds: VoiceRounds, measuring: CandidateMeasuring,
        tasks: TabTasks,
    ) -> None:  # fmt: skip
        super().__init__(panel)
        self._panel, self._context, self._rounds = panel, context, rounds
        self._measuring, self._tasks = measuring, tasks
        self.shown = self.current = ""
        self._ids: tuple[str, ...] = ()
        self._gains: Mapping[str, float] = {}
        self._compare: ComparePresenter | None = None
        self._room: CompareRoom | None = None
        self._playback = RoomPlayback(self, context.playback, tasks.spawn)
        self._timer = QTimer(self, interval=_PROGRESS_INTERVAL_MS)
        self._timer.timeout.connect(self._show_details)
        self._stream_timer = QTimer(self, interval=FRAME_INTERVAL_MS)
        self._stream_timer.timeout.connect(self._show_playing)
        panel.equal_loudness.setChecked(context.settings.get(EQUAL_LOUDNESS))
        self._connect()
        self.show()

    def _connect(self) -> None:
        panel = self._panel
        panel.equal_loudness.toggled.connect(self._set_equal)
        panel.blind.clicked.connect(self._set_blind)
        panel.list.row_selected.connect(self._select)
        panel.list.badge_pressed.connect(self._press_badge)
        panel.list.sought.connect(self._playback.seek)
        panel.ruler.sought.connect(self._playback.seek)
        panel.play_pressed.connect(self._play_or_pause)
        panel.flip_pressed.connect(self._flip)
        panel.number_pressed.connect(self._go_to_number)
        panel.star_pressed.connect(self._toggle_star)
        panel.step_pressed.connect(self._playback.step)
        panel.foot.delete.clicked.connect(self._delete_current)
        self._playback.changed.connect(self._show_playing)
        self.destroyed.connect(self._context.playback.on_change.subscribe(self._show_playing))

    # -- which round ----------------------------------------------------------------------------------------------

    def show_round(self, key: str) -> None:
        """Show a round in the place of another one."""
        if key != self.shown:
            self.shown, self.current = key, ""
            self.show()

    def show(self) -> None:
        """Show the round as it is now; the newest where the shown one is gone."""
        one = self.round
        if one is None and self._rounds.rounds:
            self.shown, self.current = self._rounds.rounds[0].key, ""
            one = self.round
        takes = one.takes if one is not None else ()
        ids = tuple(take.id for take in takes)
        compared = self._panel.list.compared
        if ids != self._ids:
            self._ids = ids
            compared.set_takes(takes)
        else:
            for take in takes:
                compared.show_take(take)
            self._panel.list.fit()
        if self.current not in ids:
            self.current = next((take.id for take in takes if take.audio), ids[0] if ids else "")
        self._offer(takes)
        self._panel.list.select_key(self.current or None)
        self._choose()
        self._show_heading()
        self._show_details()
        self._show_playing()
        self.current_changed.emit()

    def note(self, take: Take) -> None:
        """A candidate has changed, was deleted or came back."""
        if self._rounds.take(take.id) is None:
            self._context.playback.forget(take.id)
        one = self._rounds.round_of(take.id)
        if take.id in self._ids or one is None or one.key == self.shown:
            self.show()

    @property
    def round(self) -> VoiceRound | None:
        return self._rounds.round(self.shown)

    @property
    def take(self) -> Take | None:
        """The selected candidate."""
        return self._rounds.take(self.current)

    @property
    def playable(self) -> Take | None:
        """The selected candidate, if it has its sound."""
        take = self.take
        return take if take is not None and _has_sound(take) else None

    def gain(self, take: Take) -> float:
        """The gain of a candidate in decibels, by which those of its round are equally loud."""
        if not self._panel.equal_loudness.isChecked():
            return 0.0
        one = self._rounds.round_of(take.id)
        takes = one.takes if one is not None else ()
        gains = matching(takes).gains
        return gains[take.id] if take.id in gains else estimated_gain(take, takes, self._context.usual_gains)

    # -- playing --------------------------------------------------------------------------------------------------

    def _offer(self, takes: Sequence[Take]) -> None:
        """Offer the candidates; one that is heard keeps its gain until it is played anew: a change is heard."""
        self._gains = matching(takes).gains if self._panel.equal_loudness.isChecked() else {}
        self._playback.offer([take for take in takes if _has_sound(take)], self._gains)
        self._panel.list.compared.set_gains(self._gains)

    def _set_equal(self, on: bool) -> None:
        self._context.settings.set(EQUAL_LOUDNESS, on)
        one = self.round
        if one is not None:
            self._offer(one.takes)
            self._playback.set_gains(self._gains)

    def _select(self, take_id: str) -> None:
        """Make a candidate the current one, at the spot that is reached."""
        self.current = take_id
        self._panel.list.select_key(take_id)
        self._choose()
        self._show_playing()
        self.current_changed.emit()

    def _choose(self) -> None:
        if self.playable is not None and self._playback.current != self.current:
            self._playback.choose(self.current)

    def _press_badge(self, take_id: str) -> None:
        """Play the candidate whose number was pressed; pause it if it plays already."""
        is_current = take_id == self.current and self._context.playback.key == take_id
        self._select(take_id)
        if is_current:
            self._play_or_pause()
        elif self.playable is not None:
            self._playback.go_to(take_id)
            self._playback.play()

    def _play_or_pause(self) -> None:
        self._context.service.listen_to("")
        if self._context.playback.key == self.current and self.current:
            self._playback.toggle() if self.playable is not None else self._context.playback.toggle()
        elif self.playable is not None:
            self._playback.toggle()

    def _flip(self) -> None:
        """Go over to the other of the last two at the same spot."""
        other = self._playback.other
        if other:
            self.current = other
            self._panel.list.select_key(other)
            self._playback.go_to(other)
            self._show_playing()
            self.current_changed.emit()

    def _go_to_number(self, number: int) -> None:
        if number <= len(self._ids):
            self._select(self._ids[number - 1])

    def _show_playing(self) -> None:
        """Show what plays and where."""
        playback, panel = self._context.playback, self._panel
        playing = playback.key if playback.playing and playback.key in self._ids else ""
        take = self.take
        # One that still arrives is not offered yet, so nobody else follows it.
        if playing and playing not in self._playback.offered:
            self._stream_timer.start()
        else:
            self._stream_timer.stop()
        is_loaded = bool(self.current) and playback.key == self.current
        position = playback.position if is_loaded else self._playback.position
        panel.list.compared.set_marks(playing, self._playback.other)
        panel.set_position(position)
        length = round(1000 * take.frames / take.rate) if take is not None else 0
        panel.foot.show_time(min(position, length) if length else position, length)
        panel.foot.show_playing(bool(playing) and playing == self.current)
        panel.foot.show_current(
            playable=self.playable is not None, stars=take is not None and bool(take.stars),
            can_flip=bool(self._playback.other), can_delete=take is not None and take.has_ended,
        )  # fmt: skip

    # -- what is shown of each ------------------------------------------------------------------------------------

    def _show_heading(self) -> None:
        one = self.round
        if one is None:
            self._panel.show_heading("", "")
        else:
            self._panel.show_heading(round_name(one), round_subtitle(one, time.time()))
        playable = [take for take in one.takes if _has_sound(take)] if one is not None else []
        self._panel.blind.setEnabled(len(playable) >= MIN_TAKES)

    def _show_details(self) -> None:
        """Show what is measured, or how far a candidate is; go on as long as one is being made."""
        one, details = self.round, {}
        for take in one.takes if one is not None else ():
            measures = self._measuring.known(take) if _has_sound(take) else None
            if measures is None and _has_sound(take):
                self._tasks.run_quietly(self._measure(take))
            remark = take_failure(take) or progress_text(take, self._context.service.progress(take.id))
            stretch = measures.stretch.milliseconds if measures is not None else (0, 0)
            details[take.id] = RowDetails(measured_figures(measures), stretch, remark)
        self._panel.list.compared.set_details(details)
        is_made = one is not None and any(not take.has_ended for take in one.takes)
        self._timer.start() if is_made else self._timer.stop()

    async def _measure(self, take: Take) -> None:
        if await self._measuring.measure(take, lambda: take.id in self._ids) is not None:
            self._show_details()
            self.current_changed.emit()

    # -- what is done with them -----------------------------------------------------------------------------------

    def _toggle_star(self) -> None:
        take = self.take
        if take is not None:
            self._tasks.spawn(self._context.service.annotate(take.id, stars=0 if take.stars else 1))

    def _delete_current(self) -> None:
        take = self.take
        if take is not None:
            self._tasks.spawn(self._delete(take))

    async def _delete(self, take: Take) -> None:
        """Delete the selected candidate; undoing restores it."""
        place = self._ids.index(take.id)
        await self._context.service.delete([take.id])
        if self._ids:
            self._select(self._ids[min(place, len(self._ids) - 1)])
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Voices", "The candidate was deleted."),
            undo=lambda: self._tasks.spawn(self._context.service.restore([take])),
        )

    # -- blind ----------------------------------------------------------------------------------------------------

    def _set_blind(self) -> None:
        """Hear the candidates blind in the compare room, which is shown in the place of the round until it is left."""
        one = self.round
        takes = [take for take in one.takes if _has_sound(take)][:MAX_TAKES] if one is not None else []
        self._panel.blind.setChecked(False)
        if one is None or len(takes) < MIN_TAKES:
            return
        if self._compare is None or self._room is None:
            self._room, side = CompareRoom(CANDIDATE_TEXTS), CompareSide()
            side.setParent(self._panel)
            side.hide()
            self._compare = ComparePresenter(self._room, side, self._context, self._tasks.spawn)
            self._compare.closed.connect(lambda: self._panel.show_room(None))
        self._panel.show_room(self._room)
        self._compare.open(takes, session=SESSION, title=round_name(one), blind=True)


def _has_sound(take: Take) -> bool:
    return take.has_ended and take.frames > 0 and bool(take.audio)
