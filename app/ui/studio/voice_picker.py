"""Chooses voice, model and format in the studio, and explains beside the choice why an entry is not accepted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QObject

from app.core.catalogue import ModelKind, catalogue
from app.core.sentence_joiner import join_sentences
from app.core.settings import SPEECH_VOICE
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.builtin import BUILTIN
from app.services.speech.library import used
from app.ui.studio.context import SpeechContext
from app.ui.studio.view import StudioView
from app.ui.texts.speech import voice_name
from app.ui.texts.voices import builtin_name, builtin_traits, origin_name
from app.ui.widgets.choice import Choice
from app.ui.widgets.row_model import Row

_KINDS: dict[str, ModelKind] = {"builtin": "speech", "designed": "speech-design", "cloned": "speech-clone"}


class VoicePicker(QObject):
    """Offers the voices, and the models that support the chosen one."""

    def __init__(self, view: StudioView, context: SpeechContext) -> None:
        super().__init__(view)
        self._view, self._context = view, context
        self._is_user_choice = False
        view.voices.row_selected.connect(self.choose)
        view.model.chosen.connect(self._choose_model)
        view.model.refused.connect(self._refuse_model)
        view.format.chosen.connect(lambda _key: view.choice_notice.clear())
        view.format.refused.connect(self._refuse_format)
        context.library.on_change.subscribe(self.show)
        context.models.on_change.subscribe(self._show_models)
        context.service.on_voice_replaced.subscribe(self._say_replaced)
        self._said_replaced: set[str] = set()
        self.show()

    def show(self) -> None:
        before = self._view.voices.selected_key()
        rows = [Row(voice.id, builtin_name(voice), builtin_traits(voice)) for voice in BUILTIN]
        rows += [Row(voice.id, voice.name, origin_name(voice)) for voice in self._context.library.voices]
        self._view.voice_model.set_rows(rows)
        selected = self._view.voices.selected_key() if self._is_user_choice else None
        chosen = selected or self._context.settings.get(SPEECH_VOICE)
        if self._view.voice_model.row_of(chosen) < 0:
            chosen = BUILTIN[0].id
        self._view.voices.select_key(chosen)
        if chosen != before:
            # A voice that was added or removed changes which models are offered.
            self._show_models()
        self._show_chosen()

    def voice(self) -> VoiceSnapshot:
        key = self._view.voices.selected_key() or BUILTIN[0].id
        own = self._context.library.voice(key)
        if own is not None:
            return used(own)
        return next((voice.used() for voice in BUILTIN if voice.id == key), BUILTIN[0].used())

    def choose(self, key: str) -> None:
        self._is_user_choice = True
        self._context.settings.set(SPEECH_VOICE, key)
        self._view.voices.select_key(key)
        self._show_chosen()
        self._show_models()

    def _show_chosen(self) -> None:
        row = self._view.voice_model.row_of(self._view.voices.selected_key() or "")
        if row >= 0:
            shown = self._view.voice_model.rows()[row]
            self._view.show_voice(shown.title, shown.subtitle)

    def _say_replaced(self, take: Take) -> None:
        """Say once which voice speaks in place of the default one, which the service does not know."""
        if take.voice.id in self._said_replaced:
            return
        self._said_replaced.add(take.voice.id)
        default = builtin_name(VoiceSnapshot("builtin", take.asked_voice))
        self._context.notifier.info(
            lambda: QCoreApplication.translate(
                "Studio", "The service does not know the voice {default}. {used} speaks in its place."
            ).format(default=default, used=take.voice.id),
            topic="voice replaced",
        )

    def select_if_present(self, key: str) -> None:
        """Choose the voice of a session if it still exists."""
        if self._view.voice_model.row_of(key) >= 0:
            self.choose(key)

    def _show_models(self) -> None:
        kind = _KINDS[self.voice().kind]
        chosen = self._context.models.chosen(kind)
        offered = dict.fromkeys((*(model.id for model in self._context.models.of_kind(kind)), chosen))
        self._view.model.set_choices([(model, model) for model in offered if model])
        self._view.model.set_key(chosen or None)
        model = catalogue().model(self._view.model.key() or catalogue().default_model("speech").id)
        self._view.text.set_supported(tags=model.may("tags"), singing=model.may("singing"))

    def _choose_model(self, model_id: str) -> None:
        self._view.choice_notice.clear()
        self._context.models.choose(_KINDS[self.voice().kind], model_id)

    def reuse(self, take: Take) -> None:
        """Choose voice, model and format of a take. If one is gone, keep the current one and say so."""
        self._view.choice_notice.clear()
        if self._view.voice_model.row_of(take.voice.id) < 0:
            missing = QCoreApplication.translate(
                "Studio", "The take's voice “{name}” is no longer in the library. Choose another voice."
            )
            self._view.choice_notice.say("warn", missing.format(name=voice_name(take)))
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
        reason = QCoreApplication.translate("Studio", "The service offers no speech model “{name}” for this voice.")
        remedy = QCoreApplication.translate("Studio", "Choose one of: {names}.")
        self._refuse(reason.format(name=typed), remedy, self._view.model)

    def _refuse_format(self, typed: str) -> None:
        reason = QCoreApplication.translate("Studio", "The service does not support the format “{name}”.")
        remedy = QCoreApplication.translate(
            "Studio", "Choose one of: {names}. Takes can also be exported as FLAC, MP3 or OGG."
        )
        self._refuse(reason.format(name=typed), remedy, self._view.format)

    def _refuse(self, reason: str, remedy: str, choice: Choice) -> None:
        """Show beside the choice that the typed entry is not offered, and which ones are."""
        names = ", ".join(choice.itemText(row) for row in range(choice.count()))
        self._view.choice_notice.say("bad", join_sentences(reason, remedy.format(names=names)))
