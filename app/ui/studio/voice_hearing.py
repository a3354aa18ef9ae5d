"""Lets the chosen voice be heard: by its button, or with Space in the list of voices; Escape stops."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QLocale, QObject, Qt
from PySide6.QtGui import QKeyEvent

from app.core.errors import WorkbenchError
from app.services.speech.builtin import BUILTIN
from app.services.speech.voice_samples import LINES, VoiceSamples
from app.ui.reported_tasks import Spawn
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView
from app.ui.studio.voice_picker import VoicePicker
from app.ui.texts.speech import take_error


class VoiceHearing(QObject):
    """Connects the button and the keys to the samples of the voices."""

    def __init__(self, view: StudioView, context: SpeechContext, voice_picker: VoicePicker, spawn: Spawn) -> None:
        super().__init__(view)
        self._view, self._context, self._voice_picker, self._spawn = view, context, voice_picker, spawn
        self._samples = VoiceSamples(context.service, context.playback, context.models)
        self._samples.on_change.subscribe(self._show)
        self._samples.on_failed.subscribe(self._report)
        view.hear.clicked.connect(self._toggle)
        for widget in (view.voices, view.hear):
            widget.installEventFilter(self)
        self._show()

    def _toggle(self) -> None:
        if self._samples.active:
            self._samples.stop()
        else:
            self._spawn(self._samples.hear(self._voice_picker.voice(), self._line()))

    def _line(self) -> str:
        """The line in the language of the chosen voice; a voice the service decides on speaks that of the window."""
        key = self._voice_picker.voice().id
        language = next((voice.language for voice in BUILTIN if voice.id == key), "")
        shown = "zh" if QLocale().language() == QLocale.Language.Chinese else "en"
        return LINES[language or shown]

    def _report(self, error: WorkbenchError) -> None:
        self._view.notice.say("bad", take_error(error))

    def _show(self) -> None:
        self._view.voice_panel.show_hearing(self._samples.active)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Handle Space in the list, and Escape while a voice is heard."""
        if not isinstance(event, QKeyEvent) or event.modifiers():
            return False
        is_escape = event.key() == Qt.Key.Key_Escape and self._samples.active
        is_space = event.key() == Qt.Key.Key_Space and watched is self._view.voices
        if event.type() == QEvent.Type.ShortcutOverride and (is_escape or is_space):
            event.accept()
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        if is_escape:
            self._samples.stop()
        elif is_space:
            self._toggle()
        return is_escape or is_space
