"""Speaks a long text in parts, shows what that will take, and speaks and plays single parts of a take."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from app.core.tags import MAX_ADVISED_LENGTH, in_parts
from app.core.takes import Take
from app.core.units import frames_to_milliseconds
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.speaking import Speaking
from app.ui.studio.take_playback import TakePlayback
from app.ui.studio.view import StudioView
from app.ui.texts.parts import parts_plan

_PLAN_DELAY_MS = 300


class PartSpeaking(QObject):
    """Connects the list of parts and the finding about a long text."""

    def __init__(
        self, view: StudioView, context: SpeechContext, speaking: Speaking, playback: TakePlayback, spawn: Spawn
    ) -> None:
        super().__init__(view)
        self._view, self._context, self._speaking = view, context, speaking
        self._playback, self._spawn = playback, spawn
        self._plan = QTimer(self)
        self._plan.setSingleShot(True)
        self._plan.setInterval(_PLAN_DELAY_MS)
        self._plan.timeout.connect(self.show_plan)
        parts = view.takes_panel.parts
        parts.play_pressed.connect(self._play)
        parts.again_pressed.connect(lambda take, place: spawn(speaking.redo_parts(take, {place})))
        view.text.text.textChanged.connect(self._plan_soon)
        view.model.chosen.connect(lambda _key: self.show_plan())
        view.retranslated.connect(self.show_plan)

    def _plan_soon(self) -> None:
        # A method of this object, which Qt disconnects with it: the text still changes while the view goes.
        self._plan.start()

    def show_plan(self) -> None:
        """Show beside the button what speaking in parts will take."""
        text, model = self._view.text.plain_text(), self._view.model.key()
        if len(text) <= MAX_ADVISED_LENGTH or not model:
            self._view.text.lint.show_plan("")
            return
        estimate = self._context.service.estimate(model, max(1, len(in_parts(text))))
        self._view.text.lint.show_plan(parts_plan(estimate))

    def _play(self, take: Take, place: int) -> None:
        self._playback.play_from(take, frames_to_milliseconds(take.parts[place].start, take.rate))
