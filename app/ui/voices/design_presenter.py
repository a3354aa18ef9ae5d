"""Connects the speech services and the Design tab."""

from __future__ import annotations

from collections.abc import Callable

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, InputError, WorkbenchError
from app.core.jobs import MAX_TITLE_LENGTH
from app.core.resources import resource_path
from app.core.settings import EQUAL_LOUDNESS
from app.core.tags import beginning
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import VoiceDraft
from app.services.speech.loudness_matching import equal_gains, estimated_gain
from app.ui.studio.context import SpeechContext
from app.ui.voices.design_tab import MAX_CANDIDATES, DesignTab
from app.ui.voices.draft_fields import DraftFields
from app.ui.voices.tab_tasks import TabTasks
from app.ui.widgets.presentation_cover import presentation_cover

ORIGIN = "design"


class DesignPresenter(QObject):
    """Generates candidates from a description and saves the selected one as a voice."""

    def __init__(self, tab: DesignTab, context: SpeechContext, show_busy: Callable[[bool], None]) -> None:
        super().__init__(tab)
        self._tab, self._context, self._show_busy = tab, context, show_busy
        self._tasks = TabTasks(context, tab.notice)
        self._highest: dict[str, int] = {}
        """The highest number of a deleted candidate by description."""
        tab.player.attach(context.playback)
        tab.player.play.clicked.connect(self._play_or_pause)
        tab.player.show_take(None)
        tab.design.clicked.connect(self._design_or_stop)
        tab.example.clicked.connect(self._fill_example)
        tab.takes.row_selected.connect(self._show_take)
        tab.takes.play_pressed.connect(self._on_play_pressed)
        tab.keep.clicked.connect(lambda: self._tasks.spawn(self._save()))
        context.service.on_take.subscribe(self._on_take)
        self._tasks.report_failures(ORIGIN)
        context.service.on_jobs.subscribe(self._show_running)
        context.service.on_deleted.subscribe(self._on_deleted)
        tab.polished.acted.connect(self._use_polished)
        presentation_cover().changed.connect(self._show_selected)
        tab.delete.clicked.connect(lambda: self._tasks.spawn(self._delete()))
        context.playback.on_change.subscribe(self._show_playing)
        self._draft = DraftFields(
            self,
            context.voice_drafts,
            self._typed,
            self._show_typed,
            *(tab.description.textChanged, tab.preview.textChanged, tab.polish.toggled, tab.candidates.value_changed),
        )
        self._tasks.spawn(self._draft.load())
        self._tasks.spawn(self._load())

    def _typed(self) -> VoiceDraft:
        tab = self._tab
        description, text = tab.description.toPlainText(), tab.preview.toPlainText()
        return VoiceDraft(ORIGIN, description, text, tab.polish.isChecked(), self._count())

    def _show_typed(self, draft: VoiceDraft) -> None:
        tab = self._tab
        for field, text in ((tab.description, draft.description), (tab.preview, draft.text)):
            if field.toPlainText() != text:
                field.setPlainText(text)
        tab.polish.setChecked(draft.polish)
        tab.candidates.set_value(min(max(draft.candidates, 1), MAX_CANDIDATES))

    def _count(self) -> int:
        return round(float(self._tab.candidates.value() or 1))

    async def _load(self) -> None:
        """Show the candidates of every round kept so far, also those of earlier runs of the program."""
        tab, takes = self._tab, await self._context.service.of_session(ORIGIN)
        begun = {take.id: take for take in tab.take_model.takes()}
        tab.take_model.set_takes((*begun.values(), *(take for take in takes if take.id not in begun)))
        if takes and tab.takes.selected_key() is None:
            first = tab.take_model.takes()[0].id
            tab.takes.select_key(first)
            self._show_take(first)

    def _next_number(self, description: str) -> int:
        """The number of the next candidate for a description. A deleted one keeps its number: it may be restored."""
        takes = self._tab.take_model.takes()
        shown = max((take.number for take in takes if take.voice.description == description), default=0)
        return max(shown, self._highest.get(description, 0)) + 1

    def _fill_example(self) -> None:
        example = msgspec.toml.decode(resource_path("samples", "examples.toml").read_bytes())["narrator"]
        self._tab.description.setPlainText(example["description"])
        self._tab.preview.setPlainText(example["text"])

    def _design_or_stop(self) -> None:
        if self._active():
            self._stop()
            return
        tab, polish = self._tab, self._tab.polish.isChecked()
        voice = VoiceSnapshot("designed", description=tab.description.toPlainText(), polish=polish)
        model = self._context.models.chosen("speech-design")
        request = Take("", voice, tab.preview.toPlainText(), model=model, origin=ORIGIN, session=ORIGIN)
        tab.notice.clear()
        first = self._next_number(voice.description)
        round_ = [msgspec.structs.replace(request, number=first + n) for n in range(self._count())]
        try:
            takes = self._context.service.request(
                round_, title=beginning(voice.description, MAX_TITLE_LENGTH), owner=ORIGIN, listen=self._gain
            )
        except WorkbenchError as error:
            self._refuse(error)
            return
        # The candidates of one description stand together, those of the latest first.
        begun = {take.id for take in takes}
        tab.take_model.set_takes((*takes, *(take for take in tab.take_model.takes() if take.id not in begun)))
        tab.takes.select_key(takes[0].id)
        self._show_take(takes[0].id)

    def _stop(self) -> None:
        """Stop generating. Audio that already arrived stays as a candidate but is not played."""
        for take_id in self._active():
            self._context.service.stop(take_id)

    def _active(self) -> tuple[str, ...]:
        """The ids of the candidates that are being made, or will be by themselves."""
        takes, service = self._tab.take_model.takes(), self._context.service
        return tuple(take.id for take in takes if not take.has_ended and service.is_active(take.id))

    def _show_running(self) -> None:
        is_running = bool(self._active())
        self._tab.show_running(is_running)
        self._show_busy(is_running)

    def _refuse(self, error: WorkbenchError) -> None:
        """Show why a candidate could not be generated, naming the field of this tab that is empty."""
        if error.code is Code.NO_TEXT:
            missing = QCoreApplication.translate(
                "Voices", "“Preview text” is empty. Type a line, or switch on “Polish the text” to have one written."
            )
            self._tab.notice.say("bad", missing)
        else:
            self._tasks.show_error(error)

    def _show_take(self, key: str | None) -> None:
        take = self._tab.take_model.take(key)
        self._tab.player.show_take(take)
        self._tab.set_can_save(take is not None and bool(take.audio) and bool(take.frames))
        spoken = take.spoken if take is not None else ""
        self._tab.show_polished(spoken if spoken != self._tab.preview.toPlainText() else "")
        self._tab.delete.setEnabled(take is not None and take.has_ended)

    def _show_selected(self) -> None:
        self._show_take(self._tab.takes.selected_key())

    def _use_polished(self) -> None:
        """Make the polished text the preview text; undo in the field restores what was typed."""
        take = self._tab.take_model.take(self._tab.takes.selected_key())
        if take is not None:
            cursor = self._tab.preview.textCursor()
            cursor.select(cursor.SelectionType.Document)
            cursor.insertText(take.spoken)
            self._show_take(take.id)

    def _on_play_pressed(self, take_id: str) -> None:
        """Play the candidate of a row, or pause it if it is playing."""
        self._tab.takes.select_key(take_id)
        self._show_take(take_id)
        self._play_or_pause()

    def _play_or_pause(self) -> None:
        take = self._tab.take_model.take(self._tab.takes.selected_key())
        if self._tab.player.is_loaded:
            self._context.playback.toggle()
        elif take is not None and take.frames:
            start = self._tab.player.position_ms
            self._tasks.spawn(self._context.playback.play_take(take, self._gain(take), start))

    def _gain(self, take: Take) -> float:
        """The gain of a candidate in decibels, by which all of them are equally loud."""
        if not self._context.settings.get(EQUAL_LOUDNESS):
            return 0.0
        takes = self._tab.take_model.takes()
        gains = equal_gains(takes)
        if take.id in gains:
            return gains[take.id]
        return estimated_gain(take, takes, self._context.usual_gains)

    async def _save(self) -> None:
        take = self._tab.take_model.take(self._tab.takes.selected_key())
        if take is None:
            raise InputError(Code.NO_SAMPLE)
        saved = await self._context.service.ensure_saved(take)
        self._tasks.show_saved(await self._context.library.keep_take(saved, self._tab.name.text()))

    async def _delete(self) -> None:
        """Delete the selected candidate; undoing restores it."""
        tab, take = self._tab, self._tab.take_model.take(self._tab.takes.selected_key())
        if take is None:
            return
        row = [listed.id for listed in tab.take_model.takes()].index(take.id)
        await self._context.service.delete([take.id])
        remaining = tab.take_model.takes()
        sibling = remaining[min(row, len(remaining) - 1)].id if remaining else None
        tab.takes.select_key(sibling)
        self._show_take(sibling)
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Voices", "The candidate was deleted."),
            undo=lambda: self._tasks.spawn(self._context.service.restore([take])),
        )

    def _on_deleted(self, take_id: str) -> None:
        take = self._tab.take_model.take(take_id)
        if take is not None:
            description = take.voice.description
            self._highest[description] = max(take.number, self._highest.get(description, 0))
            self._context.playback.forget(take_id)
            self._tab.take_model.remove(take_id)
            self._show_running()

    def _show_playing(self) -> None:
        playback = self._context.playback
        self._tab.take_model.set_playing(playback.key if playback.playing else None)

    def _on_take(self, take: Take) -> None:
        if take.session != ORIGIN:
            return
        tab = self._tab
        tab.take_model.show_take(take)
        if tab.takes.selected_key() == take.id:
            self._show_take(take.id)
        self._show_running()
        if take.has_ended and take.spoken and not tab.preview.toPlainText().strip():
            tab.preview.setPlainText(take.spoken)
