"""Connects the detail of the selected voice with the services."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Coroutine
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.drift import drift_of
from app.core.errors import Code, WorkbenchError
from app.core.settings import EQUAL_LOUDNESS
from app.core.takes import Take, joined_id
from app.core.voices import Voice, lacks_consent, needs_consent
from app.services.speech.library_entries import LibraryEntry
from app.services.speech.sample_comparison import SAMPLE, SampleComparison
from app.services.speech.sample_editor import SampleEditor
from app.services.speech.voice_drift import VoiceDriftChecks
from app.services.speech.voice_files import MAX_FILE_BYTES
from app.services.speech.voice_samples import LINES
from app.ui.files import ask_to_open
from app.ui.studio.context import SpeechContext
from app.ui.studio.take_note import TakeNote
from app.ui.texts.consent import consent_state, consent_wording
from app.ui.texts.health import drift_gaps, drift_sentence
from app.ui.texts.numbers import seconds
from app.ui.texts.speech import session_title
from app.ui.texts.voice_library import (
    builtin_limits,
    detail_line,
    drift_caption,
    drift_progress,
    drift_values,
    known_steps,
    language_name,
    used_elsewhere,
    used_in,
)
from app.ui.voices.consent import ConsentRequests
from app.ui.voices.library_tab import LibraryTab
from app.ui.voices.tab_tasks import TabTasks

_SOUND_FILES = "*.wav *.mp3 *.flac *.ogg *.aiff *.m4a"


class LibraryDetailPresenter(QObject):
    """Shows one voice, and changes it."""

    def __init__(
        self, tab: LibraryTab, context: SpeechContext, tasks: TabTasks, check_samples: Callable[[], None]
    ) -> None:
        """`check_samples` finds out anew which samples are missing."""
        super().__init__(tab)
        self._tab, self._view, self._context, self._tasks = tab, tab.detail, context, tasks
        self._library, self._check_samples = context.library, check_samples
        self._entry: LibraryEntry | None = None
        self._spoken: Take | None = None
        self._read_for: tuple[str, float] | None = None
        self._replacement: tuple[Voice, bytes, str] | None = None
        """A sample that waits for the consent of its speaker: the voice, the sample and the name of its file."""
        self._comparison = SampleComparison(context.blobs, context.audio)
        self._drift = VoiceDriftChecks(context.library, context.service, context.drift, context.tasks)
        self._consents = ConsentRequests(context.library, context.notifier, tasks.spawn)
        self._note = TakeNote(self._view.note, self._save_note)
        self._connect()

    def _connect(self) -> None:
        view, library = self._view, self._library
        view.rename.clicked.connect(self._rename)
        view.name.returnPressed.connect(self._rename)
        view.name.escaped.connect(self._close_name)
        view.duplicate.clicked.connect(lambda: self._with_voice(self._duplicate))
        view.tag_added.connect(lambda tag: self._with_voice(lambda voice: self._set_tags(voice, (*voice.tags, tag))))
        view.tag_removed.connect(lambda tag: self._with_voice(partial(self._remove_tag, tag)))
        view.language.chosen.connect(
            lambda key: self._with_voice(lambda voice: library.annotate(voice.id, language=key))
        )
        view.before.play.clicked.connect(lambda: self._with_voice(self._play_sample))
        view.after.play.clicked.connect(lambda: self._with_voice(self._play_spoken))
        view.check_drift.clicked.connect(self._check_drift)
        view.agree.clicked.connect(lambda: self._with_voice(self._consents.give))
        view.withdraw.clicked.connect(lambda: self._with_voice(self._withdraw))
        view.notice.acted.connect(lambda: self._tasks.spawn(self._replace_with_consent()))
        view.sample_notice.acted.connect(lambda: self._with_voice(self._replace_sample))
        self._drift.on_change.subscribe(self._show_drift)
        self._drift.on_failed.subscribe(self._report_drift)
        self._context.service.on_take.subscribe(self._on_take)
        self._context.playback.on_change.subscribe(self._show_playing)

    @property
    def _voice(self) -> Voice | None:
        return self._entry.voice if self._entry is not None else None

    def _with_voice(self, act: Callable[[Voice], Coroutine[Any, Any, object]]) -> None:
        voice = self._voice
        if voice is not None:
            self._tasks.spawn(act(voice))

    # -- showing --------------------------------------------------------------------------------------------------

    def show(self, entry: LibraryEntry | None) -> None:
        """Show a voice, or a newer state of it."""
        view = self._view
        is_other = (entry.id if entry else "") != (self._entry.id if self._entry else "")
        self._entry = entry
        voice = self._voice
        if is_other:
            self._close_name()
            view.notice.clear()
            self._replacement, self._spoken, self._read_for = None, None, None
        view.setEnabled(entry is not None)
        self._note.show(voice)
        if entry is None:
            return
        view.show_head(entry.name, detail_line(entry), starred=entry.favourite)
        for part in (view.rename, view.duplicate, view.export, view.delete, view.check_drift, view.note):
            part.setEnabled(voice is not None)
            part.setAccessibleDescription("" if voice is not None else builtin_limits())
        view.check_drift.setEnabled(voice is not None and not entry.is_missing)
        view.use.setEnabled(not entry.is_missing)
        view.show_kind(saved=voice is not None)
        suggestions = sorted({tag for other in self._library.voices for tag in other.tags} - set(entry.tags))
        view.show_tags(entry.tags, suggestions, editable=voice is not None)
        if voice is None:
            view.sample_notice.clear()
            view.show_comparison(None, None)
            view.show_drift("", "", (), ())
            return
        view.language.set_choices([(code, language_name(code)) for code in ("zh", "en")])
        view.language.set_key(voice.language or None)
        view.steps.show_steps(known_steps(voice))
        self._show_missing(entry)
        self._show_consent(voice)
        self._show_drift()
        self._show_spoken()
        if self._read_for != (voice.id, voice.used):
            self._read_for = (voice.id, voice.used)
            self._tasks.run_quietly(self._read_use(voice))

    def _show_missing(self, entry: LibraryEntry) -> None:
        notice = self._view.sample_notice
        if not entry.is_missing:
            notice.clear()
        elif notice.isHidden():
            text = QCoreApplication.translate(
                "Voices", "The sample of this voice is missing or damaged, so it can't speak. A backup may have it."
            )
            notice.say("warn", text, QCoreApplication.translate("Voices", "Replace the sample…"))

    def _show_consent(self, voice: Voice) -> None:
        consent, missing = voice.consent, lacks_consent(voice)
        wording = ""
        if needs_consent(voice):
            wording = consent.statement if consent is not None and not missing else consent_wording()
        self._view.show_consent(
            consent_state(voice), wording, missing=missing, given=needs_consent(voice) and not missing
        )

    def _show_drift(self) -> None:
        voice = self._voice
        if voice is None:
            return
        view, drift, progress = self._view, voice.drift, self._drift.progress(voice.id)
        if progress is not None:
            view.check_drift.setText(QCoreApplication.translate("Voices", "Stop check"))
        else:
            view.check_drift.setText(QCoreApplication.translate("Voices", "Check drift"))
        caption = drift_progress(*progress) if progress is not None else ""
        if drift is None:
            text = QCoreApplication.translate("Voices", "Not checked: one line is spoken several times and compared.")
            view.show_drift(caption, "" if progress is not None else text, (), ())
            return
        spread = drift_of(drift.takes)
        values = drift_values(spread)
        sentence = " ".join(part for part in (f"{drift_sentence(spread)}.", drift_gaps(spread)) if part)
        caption = caption or drift_caption(len(drift.takes), drift.measured)
        view.show_drift(caption, sentence, values, drift.takes)

    def _show_spoken(self) -> None:
        entry, spoken = self._entry, self._spoken
        if entry is None or entry.voice is None:
            return
        voice = entry.voice
        sample = None if entry.is_missing else (voice.peaks, seconds(voice.seconds) if voice.seconds else "")
        length = seconds(spoken.frames / spoken.rate) if spoken is not None else ""
        self._view.show_comparison(sample, (spoken.peaks, length) if spoken is not None else None)
        self._show_playing()

    def _show_playing(self) -> None:
        playback, voice = self._context.playback, self._voice
        playing = playback.key if playback.playing else ""
        self._view.before.play.set_playing(bool(playing) and voice is not None and playing == _sample_key(voice))
        self._view.after.play.set_playing(bool(playing) and self._spoken is not None and playing == self._spoken.id)

    async def _read_use(self, voice: Voice) -> None:
        """Find what the voice spoke, and in which sessions."""
        context = self._context
        found = await context.service.spoken_by(voice.id)
        await context.sessions.load()
        await self._drift.resume(voice)
        spoken = found.last_take
        if voice.comparison:
            spoken = await context.service.stored_take(voice.comparison) or spoken
        if self._voice is None or self._voice.id != voice.id:
            return
        self._spoken = spoken
        listed = {session.id: session for session in context.sessions.sessions()}
        chosen = [session.id for session in listed.values() if session.voice and session.voice.id == voice.id]
        ids = dict.fromkeys((*(key for key in found.sessions if key in listed), *chosen))
        chips = [(key, used_in(session_title(listed[key]), found.sessions.get(key, 0))) for key in ids]
        # Hidden takes that make parts of another are no takes of their own.
        others = sum(number for key, number in found.sessions.items() if key not in listed and not joined_id(key))
        self._view.show_use(chips, used_elsewhere(others) if others else "")
        self._show_spoken()

    def _on_take(self, take: Take) -> None:
        voice = self._voice
        if voice is not None and take.voice.id == voice.id and take.has_ended:
            self._tasks.run_quietly(self._read_use(voice))

    # -- playing --------------------------------------------------------------------------------------------------

    async def _gains(self, voice: Voice) -> dict[str, float]:
        if self._spoken is None or not self._context.settings.get(EQUAL_LOUDNESS):
            return {}
        return await self._comparison.gains(voice, self._spoken)

    async def _play_sample(self, voice: Voice) -> None:
        playback = self._context.playback
        if playback.key == _sample_key(voice):
            playback.toggle()
        else:
            await playback.play_blob(_sample_key(voice), voice.sample, (await self._gains(voice)).get(SAMPLE, 0.0))

    async def _play_spoken(self, voice: Voice) -> None:
        playback, spoken = self._context.playback, self._spoken
        if spoken is None:
            return
        if playback.key == spoken.id:
            playback.toggle()
        else:
            await playback.play_take(spoken, (await self._gains(voice)).get(spoken.id, 0.0))

    # -- changing -------------------------------------------------------------------------------------------------

    def _rename(self) -> None:
        """Show the field for the new name, or save what is in it."""
        field, voice = self._view.name, self._voice
        if voice is None:
            return
        if field.isHidden():
            self._view.open_name()
            return
        if field.text().strip() != voice.name:
            self._tasks.spawn(self._library.rename(voice, field.text()))
        self._close_name()
        self._tab.voices.setFocus()

    def _close_name(self) -> None:
        if not self._view.name.isHidden():
            self._view.close_name()
            self._tab.voices.setFocus()

    def _save_note(self, voice_id: str, note: str) -> None:
        if self._library.voice(voice_id) is not None:
            self._tasks.spawn(self._library.annotate(voice_id, note=note))

    async def save_pending(self) -> None:
        """Save a note that is being typed. Raises StorageError."""
        pending = self._note.pending()
        if pending is not None and self._library.voice(pending[0]) is not None:
            await self._library.annotate(pending[0], note=pending[1])

    async def _set_tags(self, voice: Voice, tags: tuple[str, ...]) -> None:
        await self._library.set_tags(voice.id, tags)

    async def _remove_tag(self, tag: str, voice: Voice) -> None:
        before = voice.tags
        await self._library.set_tags(voice.id, [other for other in before if other != tag])
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Voices", "The tag “{name}” was removed.").format(name=tag),
            undo=lambda: self._tasks.spawn(self._library.set_tags(voice.id, before)),
            topic="voice tag",
        )

    async def _duplicate(self, voice: Voice) -> None:
        copy = await self._library.duplicate(voice)
        self._tab.voices.go_to(copy.id)
        self._tasks.show_saved(copy)

    # -- consent --------------------------------------------------------------------------------------------------

    async def _withdraw(self, voice: Voice) -> None:
        before = await self._library.withdraw_consent(voice)

        def wording() -> str:
            if len(before) == 1:
                text = QCoreApplication.translate("Voices", "The consent for “{name}” is withdrawn: it is not spoken.")
                return text.format(name=voice.name)
            text = QCoreApplication.translate(
                "Voices", "The consent for “{name}” and {n} voices made from it is withdrawn: they are not spoken."
            )
            return text.format(name=voice.name, n=len(before) - 1)

        self._context.notifier.info(wording, undo=lambda: self._tasks.spawn(self._library.put_back_consents(before)))

    # -- the sample -----------------------------------------------------------------------------------------------

    async def _replace_sample(self, voice: Voice) -> None:
        """Let the user choose another sample; one that the voice did not have needs its speaker's consent."""
        title = QCoreApplication.translate("Voices", "Replace the sample")
        sound = QCoreApplication.translate("Voices", "Sound")
        path = await ask_to_open(self._tab, title, f"{sound} ({_SOUND_FILES})", self._context.settings)
        if path is None:
            return
        sample = await self._read_sample(voice, path)
        try:
            await self._library.replace_sample(voice, sample, path.name)
        except WorkbenchError as error:
            if error.code is not Code.NO_CONSENT:
                raise
            self._replacement = voice, sample, path.name
            agree = QCoreApplication.translate("Voices", "The speaker has agreed")
            self._view.notice.say("neutral", consent_wording, agree)
            return
        self._check_samples()

    async def _replace_with_consent(self) -> None:
        if self._replacement is None:
            return
        (voice, sample, name), self._replacement = self._replacement, None
        self._view.notice.clear()
        before = await self._library.replace_sample(voice, sample, name, consent_wording())
        self._check_samples()
        self._context.notifier.success(
            lambda: QCoreApplication.translate("Voices", "“{name}” has another sample.").format(name=voice.name),
            undo=lambda: self._tasks.spawn(self._library.put_back(before)),
        )

    async def _read_sample(self, voice: Voice, path: Path) -> bytes:
        """A file as a sample: the very file that is missing as it is, any other as the Clone tab would send it.

        Raises InputError and AudioError.
        """
        editor = SampleEditor(self._context.audio)
        await editor.open(path)
        return await asyncio.to_thread(_same_file, path, voice.sample) or editor.sample()

    # -- drift ----------------------------------------------------------------------------------------------------

    def _check_drift(self) -> None:
        voice, context = self._voice, self._context
        if voice is None:
            return
        if self._drift.progress(voice.id) is not None:
            self._drift.stop(voice.id)
            return
        text = voice.preview_text or LINES["zh" if voice.language == "zh" else "en"]
        title = QCoreApplication.translate("Health", "Drift: {title}").format(title=voice.name)
        try:
            self._drift.start(voice, text, context.models.chosen("speech-clone"), title)
        except WorkbenchError as error:
            self._tasks.show_error(error)

    def _report_drift(self, voice_id: str, error: WorkbenchError | None) -> None:
        voice = self._library.voice(voice_id)
        if error is not None:
            self._tasks.show_error(error)
        elif voice is not None:
            text = QCoreApplication.translate(
                "Voices", "The drift of “{name}” was not measured: fewer than two takes are complete. Check it again."
            )
            self._tab.notice.say("warn", text.format(name=voice.name))
        self._show_drift()


def _sample_key(voice: Voice) -> str:
    """The key under which the sample is played at the loudness of what the voice spoke."""
    return f"{SAMPLE} {voice.id}"


def _same_file(path: Path, digest: str) -> bytes:
    """The content of a file if it has this digest; else nothing."""
    content = path.read_bytes() if path.stat().st_size <= MAX_FILE_BYTES else b""
    return content if hashlib.sha256(content).hexdigest() == digest else b""
