"""Keeps the selected candidate as a voice, and plays its line both ways."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, InputError, WorkbenchError
from app.core.takes import Take
from app.core.voices import Voice
from app.services.speech.candidate_measures import CandidateMeasuring
from app.services.speech.loudness_matching import estimated_gain, matching
from app.services.speech.voice_keeping import KEPT_SESSION, VoiceKeeping
from app.ui.studio.context import SpeechContext
from app.ui.texts.jobs import estimate_text
from app.ui.texts.voice_design import difference_text, freezes_text
from app.ui.voices.round_foot import RoundFoot
from app.ui.voices.round_presenter import RoundPresenter
from app.ui.voices.tab_tasks import TabTasks


class KeepPresenter(QObject):
    """Connects the foot to the candidate that is selected above it."""

    def __init__(
        self, foot: RoundFoot, context: SpeechContext, shown: RoundPresenter, measuring: CandidateMeasuring,
        tasks: TabTasks,
    ) -> None:  # fmt: skip
        super().__init__(foot)
        self._foot, self._context, self._shown = foot, context, shown
        self._measuring, self._tasks = measuring, tasks
        self._keeping = VoiceKeeping(
            context.library, context.service, context.models, context.blobs, context.audio, measuring
        )
        self._line: Take | None = None
        self._of = ("", "", "")
        """The candidate, its voice, and the comparison of that, whose line is shown."""
        self._spoken: dict[str, str] = {}
        """Ids of the takes that are being made to speak a line, by the candidate."""
        foot.keep.clicked.connect(lambda: self._tasks.spawn(self._keep()))
        foot.same_line.speak.clicked.connect(self._speak)
        foot.same_line.design.clicked.connect(lambda: self._play(self._shown.playable))
        foot.same_line.kept.clicked.connect(lambda: self._play(self._line))
        shown.current_changed.connect(self.show)
        for unsubscribe in (
            context.library.on_change.subscribe(self.show),
            context.service.on_take.subscribe(self._on_take),
            context.playback.on_change.subscribe(self._show_playing),
            context.models.on_change.subscribe(self.show),
        ):
            self.destroyed.connect(unsubscribe)
        self.show()

    def show(self) -> None:
        """Show what keeping freezes, and the line of the voice that was kept from the candidate."""
        take, one = self._shown.playable, self._shown.round
        measures = self._measuring.known(take) if take is not None else None
        place = one.place_of(take.id) if one is not None and take is not None else 0
        self._foot.show_freezes(freezes_text(measures, place))
        voice = self._keeping.voice_of(take) if take is not None else None
        key = (take.id, voice.id, voice.comparison) if take is not None and voice is not None else ("", "", "")
        if key != self._of:
            self._of, self._line = key, None
            self._foot.same_line.show_difference("")
            if voice is not None:
                self._tasks.run_quietly(self._load(voice, key))
        is_running = take is not None and take.id in self._spoken
        self._foot.same_line.show_line(take, self._line, is_kept=voice is not None, is_running=is_running)
        model = self._context.models.chosen("speech-clone")
        self._foot.same_line.show_plan(estimate_text(self._context.service.estimate(model, 1)) if model else "")
        self._show_playing()

    async def _load(self, voice: Voice, key: tuple[str, str, str]) -> None:
        line, take = await self._keeping.line_of(voice), self._shown.playable
        if key != self._of or line is None or take is None:
            return
        self._line = line
        self.show()
        difference = await self._keeping.difference(take, line)
        if key == self._of:
            self._foot.same_line.show_difference(difference_text(difference))

    async def _keep(self) -> None:
        take = self._shown.playable
        if take is None:
            raise InputError(Code.NO_SAMPLE)
        saved = await self._context.service.ensure_saved(take)
        round_ = self._shown.round
        place = round_.place_of(take.id) if round_ is not None else 0
        voice = await self._keeping.keep(saved, self._foot.name.text(), place)
        self._say_kept(voice)
        self.show()

    def _say_kept(self, voice: Voice) -> None:
        self._context.notifier.success(
            partial(_kept_text, voice.name), undo=lambda: self._tasks.spawn(self._context.library.delete(voice))
        )

    def _speak(self) -> None:
        """Have the line spoken with the kept voice; it is heard when its sound arrives."""
        take = self._shown.playable
        voice = self._keeping.voice_of(take) if take is not None else None
        if take is None or voice is None:
            return
        try:
            spoken = self._keeping.speak_line(voice, take, self._gain)
        except WorkbenchError as error:
            self._tasks.show_error(error)
            return
        self._spoken[take.id] = spoken.id
        self.show()

    def _gain(self, line: Take) -> float:
        take = self._shown.playable
        return estimated_gain(line, [take] if take is not None else [], self._context.usual_gains)

    def _on_take(self, line: Take) -> None:
        if line.session != KEPT_SESSION or not line.has_ended:
            return
        self._spoken = {take_id: made for take_id, made in self._spoken.items() if made != line.id}
        self._tasks.run_quietly(self._keeping.note_line(line))
        self.show()

    def _play(self, take: Take | None) -> None:
        """Play one of the two at equal loudness, or pause it."""
        if take is None:
            return
        if self._context.playback.key == take.id:
            self._context.playback.toggle()
            return
        both = [one for one in (self._shown.playable, self._line) if one is not None]
        self._context.service.listen_to("")
        self._tasks.spawn(self._context.playback.play_take(take, matching(both).gains.get(take.id, 0.0)))

    def _show_playing(self) -> None:
        playback, take = self._context.playback, self._shown.playable
        key = playback.key if playback.playing else ""
        self._foot.same_line.show_playing(
            design=take is not None and key == take.id, kept=self._line is not None and key == self._line.id
        )


def _kept_text(name: str) -> str:
    text = QCoreApplication.translate(
        "Design", "“{name}” is in the library and stays as it is. No person was recorded, so it needs no consent."
    )
    return text.format(name=name)
