"""Lists the earlier rounds: searches them, plays their candidates, brings their words back, and deletes them."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from app.core.differences import Run, word_differences
from app.core.takes import Take
from app.core.voice_rounds import VoiceRound, found_rounds
from app.services.speech.voice_rounds import VoiceRounds
from app.ui.studio.context import SpeechContext
from app.ui.texts.voice_design import round_name, round_remark, round_time, spoken_round
from app.ui.voices.earlier_rounds import EarlierRound
from app.ui.voices.round_panel import RoundPanel
from app.ui.voices.round_presenter import RoundPresenter
from app.ui.voices.tab_tasks import TabTasks

MAX_LISTED = 300
"""Rounds that are listed; older ones are found by searching."""
MAX_COMPARED = 1_000
"""Characters of descriptions in which changed words are marked."""


class EarlierPresenter(QObject):
    """Fills the list with all rounds but the one that is shown."""

    def __init__(
        self, panel: RoundPanel, context: SpeechContext, rounds: VoiceRounds, shown: RoundPresenter, tasks: TabTasks,
        use: Callable[[VoiceRound], object],
    ) -> None:  # fmt: skip
        """`use` brings the description and the text of a round back."""
        super().__init__(panel)
        self._panel, self._context, self._rounds = panel, context, rounds
        self._shown, self._tasks, self._use = shown, tasks, use
        self._runs: dict[tuple[str, str], list[Run]] = {}
        panel.search.textChanged.connect(lambda _text: self.show())
        earlier = panel.earlier
        earlier.show_pressed.connect(self._show_round)
        earlier.use_pressed.connect(self._use_round)
        earlier.delete_pressed.connect(self._delete_round)
        earlier.number_pressed.connect(self._play_number)
        for unsubscribe in (
            context.playback.on_change.subscribe(self._show_playing),
            context.library.on_change.subscribe(self.show),
        ):
            self.destroyed.connect(unsubscribe)

    def show(self) -> None:
        """List the rounds, with what became of them."""
        now = time.time()
        kept = {voice.take: voice.name for voice in reversed(self._context.library.voices) if voice.take}
        rounds = self._rounds.rounds
        newer = {one.key: rounds[at - 1] if at else None for at, one in enumerate(rounds)}
        found = found_rounds(rounds, self._panel.search.text(), kept)
        rows = []
        for one in [one for one in found if one.key != self._shown.shown][:MAX_LISTED]:
            remark = round_remark(one, kept)
            runs = self._runs_of(newer[one.key], one)
            rows.append(EarlierRound(one, runs, round_time(one, now), remark, spoken_round(one, remark, now)))
        self._panel.earlier.earlier.set_rows(rows)

    def _runs_of(self, newer: VoiceRound | None, one: VoiceRound) -> list[Run]:
        """The description, with what is not in the one after it marked as added."""
        after = one.description
        before = newer.description if newer is not None else after
        if newer is None or max(len(before), len(after)) > MAX_COMPARED:
            return [Run("same", after)]
        if (before, after) not in self._runs:
            if len(self._runs) > MAX_LISTED:
                self._runs.clear()
            runs = [run for run in word_differences(before, after) if run.change != "removed"]
            # Where most is different, marking all of it would say nothing.
            changed = sum(len(run.text) for run in runs if run.change == "added")
            self._runs[before, after] = runs if 2 * changed <= len(after) else [Run("same", after)]
        return self._runs[before, after]

    def _show_playing(self) -> None:
        playback = self._context.playback
        self._panel.earlier.earlier.set_playing(playback.key if playback.playing else "")

    def _show_round(self, key: str) -> None:
        if self._rounds.round(key) is not None:
            self._shown.show_round(key)
            self.show()
            self._panel.list.setFocus()

    def _use_round(self, key: str) -> None:
        one = self._rounds.round(key)
        if one is not None:
            self._use(one)

    def _play_number(self, key: str, number: int) -> None:
        """Play a candidate of a round, or pause it."""
        one = self._rounds.round(key)
        take = one.takes[number - 1] if one is not None and number <= len(one.takes) else None
        if take is None or not take.audio:
            return
        if self._context.playback.key == take.id:
            self._context.playback.toggle()
        else:
            self._context.service.listen_to("")
            self._tasks.spawn(self._context.playback.play_take(take, self._shown.gain(take)))

    def _delete_round(self, key: str) -> None:
        one = self._rounds.round(key)
        if one is not None:
            self._tasks.spawn(self._delete(one, list(one.takes)))

    async def _delete(self, one: VoiceRound, takes: list[Take]) -> None:
        await self._context.service.delete([take.id for take in takes])
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Design", "{round} was deleted with its candidates.").format(
                round=round_name(one)
            ),
            undo=lambda: self._tasks.spawn(self._context.service.restore(takes)),
        )
