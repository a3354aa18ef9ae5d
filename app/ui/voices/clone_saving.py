"""Saves a clone with the consent that it needs, by where its sample comes from."""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QCoreApplication

from app.core.takes import Take
from app.core.voices import VoiceStep, needs_consent
from app.services.speech.library import VoiceLibrary
from app.services.speech.sample_checks import MIN_SPEECH_SECONDS, Fix
from app.services.speech.sample_editor import SampleEditor
from app.ui.studio.context import SpeechContext
from app.ui.texts.numbers import seconds, short_date
from app.ui.voices.clone_tab import CloneTab
from app.ui.voices.sample_queue import SampleQueue, SourceKind
from app.ui.voices.tab_tasks import TabTasks
from app.ui.voices.trial_presenter import TrialPresenter


class ConsentNeed(NamedTuple):
    """Whether the speaker has to agree, and what is said about it."""

    is_asked: bool
    note: str


def consent_need(kind: SourceKind, take: Take | None, library: VoiceLibrary) -> ConsentNeed:
    """Decide it. A recording of a person needs consent; what a built-in or designed voice spoke does not.

    A take of a cloned voice inherits the consent of that voice.
    """
    if kind != "take" or take is None:
        return ConsentNeed(
            True,
            QCoreApplication.translate("Voices", "A person was recorded. Date and wording stay with the voice."),
        )
    if take.voice.kind != "cloned":
        return ConsentNeed(
            False, QCoreApplication.translate("Voices", "No person was recorded, so nobody has to agree.")
        )
    spoke = library.voice(take.voice.id) if take.voice.id else None
    if spoke is not None and spoke.consent is not None and spoke.consent.is_valid:
        text = QCoreApplication.translate("Voices", "The consent to “{voice}” of {date} holds for this voice too.")
        return ConsentNeed(False, text.format(voice=spoke.name, date=short_date(spoke.consent.given)))
    if spoke is not None and not needs_consent(spoke):
        return ConsentNeed(
            False, QCoreApplication.translate("Voices", "No person was recorded, so nobody has to agree.")
        )
    return ConsentNeed(
        True, QCoreApplication.translate("Voices", "A cloned voice spoke this take; its speaker has to agree.")
    )


class CloneSaving:
    """Asks for the consent that the open sample needs, and saves the sample as a voice with it."""

    def __init__(
        self, tab: CloneTab, context: SpeechContext, editor: SampleEditor, queue: SampleQueue, trial: TrialPresenter,
        tasks: TabTasks,
    ) -> None:  # fmt: skip
        self._tab, self._context, self._editor = tab, context, editor
        self._queue, self._trial, self._tasks = queue, trial, tasks

    def show_consent(self) -> None:
        kind, take = self._source()
        need = consent_need(kind, take, self._context.library)
        self._trial.needs_consent = need.is_asked
        self._tab.trial.show_consent_needed(need.is_asked, need.note)

    async def save(self) -> None:
        """Save the sample with its edits. One from a take has the consent of the voice that spoke it.

        Raises as `SampleEditor.sample` and `VoiceLibrary`.
        """
        tab, library, editor = self._tab, self._context.library, self._editor
        kind, take = self._source()
        statement = tab.statement.text() if tab.agreed.isChecked() else ""
        sample, name, speech_seconds = editor.sample(), tab.name.text(), editor.speech
        steps = _steps(editor, kind, len(sample))
        if take is None:
            saved = await library.save_clone(sample, name, statement, steps)
        else:
            saved = await library.keep_take(take, name, statement, cut=sample, steps=steps)
        self._tasks.show_saved(saved)
        if speech_seconds < MIN_SPEECH_SECONDS:
            warning = QCoreApplication.translate(
                "Voices",
                "The sample has only {t} of speech, so the voice may not sound like the speaker. Use 10 "
                "to 60 s of speech.",
            )
            tab.notice.say("warn", warning.format(t=seconds(speech_seconds)))

    def _source(self) -> tuple[SourceKind, Take | None]:
        entry = self._queue.get(self._queue.current)
        return ("file", None) if entry is None else (entry.kind, entry.take)


def _steps(editor: SampleEditor, kind: SourceKind, size: int) -> tuple[VoiceStep, ...]:
    """How the sample was made: what it comes from, what was done to it, and what is sent."""
    opened, edited = editor.opened, editor.edited
    assert opened is not None and edited is not None
    done = editor.edits.fixes | editor.edits.shrunk
    fixes = tuple(fix.value for fix in Fix if fix in done)
    steps = [VoiceStep(
        kind, opened.name, seconds=opened.sound.seconds, rate=opened.sound.rate, channels=opened.sound.channels,
        size=opened.size,
    )]  # fmt: skip
    if editor.edits.trim != (0, opened.milliseconds) and Fix.TRIM not in done:
        steps.append(VoiceStep("stretch", seconds=edited.seconds))
    if fixes:
        steps.append(VoiceStep("fixes", fixes=fixes, seconds=edited.seconds))
    steps.append(VoiceStep("sample", seconds=edited.seconds, rate=edited.rate, channels=edited.channels, size=size))
    return tuple(steps)
