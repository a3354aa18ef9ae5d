"""Who speaks in the studio, with which model and in which format; what can't be chosen is refused beside its choice."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import ModelKind, catalogue
from app.core.settings import SPEECH_VOICE
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.builtin import BUILTIN
from app.services.speech.library import used
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView
from app.ui.texts.speech import voice_name
from app.ui.texts.voices import builtin_name, builtin_traits, source
from app.ui.widgets.choice import Choice
from app.ui.widgets.rows import Row

_KINDS: dict[str, ModelKind] = {"builtin": "speech", "designed": "speech-design", "cloned": "speech-clone"}


class VoicePicker(QObject):
    """The voices to choose from, and the models that speak with the one chosen."""

    def __init__(self, view: StudioView, speech: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._speech = view, speech
        self._chosen_here = False
        view.voices.row_selected.connect(self.choose)
        view.model.chosen.connect(self._choose_model)
        view.model.refused.connect(self._refuse_model)
        view.format.chosen.connect(lambda _key: view.choice_notice.clear())
        view.format.refused.connect(self._refuse_format)
        speech.library.on_change.append(self.show)
        speech.models.on_change.append(self._show_models)
        self.show()

    def show(self) -> None:
        before = self._view.voices.selected_key()
        rows = [Row(voice.id, builtin_name(voice), builtin_traits(voice)) for voice in BUILTIN]
        rows += [Row(voice.id, voice.name, source(voice)) for voice in self._speech.library.voices]
        self._view.voice_model.set_rows(rows)
        selected = self._view.voices.selected_key() if self._chosen_here else None
        chosen = selected or self._speech.settings.get(SPEECH_VOICE)
        if self._view.voice_model.place(chosen) < 0:
            chosen = BUILTIN[0].id
        self._view.voices.select_key(chosen)
        if chosen != before:
            # One that came or went takes its models with it.
            self._show_models()

    def voice(self) -> VoiceSnapshot:
        key = self._view.voices.selected_key() or BUILTIN[0].id
        own = self._speech.library.voice(key)
        if own is not None:
            return used(own)
        return next((voice.used() for voice in BUILTIN if voice.id == key), BUILTIN[0].used())

    def choose(self, key: str) -> None:
        self._chosen_here = True
        self._speech.settings.set(SPEECH_VOICE, key)
        self._view.voices.select_key(key)
        self._show_models()

    def show_voice(self, key: str) -> None:
        """The voice of a session, where it is still there."""
        if self._view.voice_model.place(key) >= 0:
            self.choose(key)

    def _show_models(self) -> None:
        kind = _KINDS[self.voice().kind]
        chosen = self._speech.models.chosen(kind)
        offered = dict.fromkeys((*(model.id for model in self._speech.models.of_kind(kind)), chosen))
        self._view.model.set_choices([(model, model) for model in offered if model])
        self._view.model.set_key(chosen or None)
        model = catalogue().model(self._view.model.key() or catalogue().default_model("speech").id)
        self._view.text.set_abilities(tags=model.may("tags"), singing=model.may("singing"))

    def _choose_model(self, model_id: str) -> None:
        self._view.choice_notice.clear()
        self._speech.models.choose(_KINDS[self.voice().kind], model_id)

    def reuse(self, take: Take) -> None:
        """Voice, model and format of a take; of what is not there any more that is said, and the present one stays."""
        self._view.choice_notice.clear()
        if self._view.voice_model.place(take.voice.id) < 0:
            gone = QCoreApplication.translate("Studio", "The voice “{name}” of that take is not in the library now.")
            self._view.choice_notice.say("warn", gone.format(name=voice_name(take)))
            self._view.format.set_key(take.container)
            return
        self.choose(take.voice.id)
        model = self._view.model
        before = model.key()
        model.set_key(take.model)
        if model.key() != take.model:
            model.set_key(before)
            self._refuse_model(take.model)
        self._view.format.set_key(take.container)

    def _refuse_model(self, typed: str) -> None:
        told = QCoreApplication.translate("Studio", "The service offers no speech model “{name}” for this voice.")
        remedy = QCoreApplication.translate("Studio", "Choose one of: {names}.")
        self._refuse(told.format(name=typed), remedy, self._view.model)

    def _refuse_format(self, typed: str) -> None:
        told = QCoreApplication.translate("Studio", "The service does not speak “{name}”.")
        remedy = QCoreApplication.translate(
            "Studio", "Choose one of: {names}. A take can be exported as FLAC, MP3 and OGG too."
        )
        self._refuse(told.format(name=typed), remedy, self._view.format)

    def _refuse(self, told: str, remedy: str, choice: Choice) -> None:
        """What was typed is none of the choices: said beside them, with what they are."""
        names = ", ".join(choice.itemText(row) for row in range(choice.count()))
        self._view.choice_notice.say("bad", f"{told} {remedy.format(names=names)}")
