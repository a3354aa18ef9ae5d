"""Connects the speech services and the Design tab: designing, stopping, drafts, and what came of a round."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import Code, WorkbenchError
from app.core.takes import Take
from app.core.voice_rounds import SESSION, VoiceRound
from app.core.voices import VoiceDraft
from app.services.speech.candidate_measures import CandidateMeasuring
from app.services.speech.voice_rounds import VoiceRounds
from app.ui.studio.context import SpeechContext
from app.ui.texts.jobs import estimate_text
from app.ui.texts.voice_design import round_name
from app.ui.voices.description_presenter import DescriptionPresenter
from app.ui.voices.design_tab import MAX_CANDIDATES, DesignTab
from app.ui.voices.draft_fields import DraftFields
from app.ui.voices.earlier_presenter import EarlierPresenter
from app.ui.voices.keep_presenter import KeepPresenter
from app.ui.voices.round_presenter import RoundPresenter
from app.ui.voices.sketch_presenter import SketchPresenter
from app.ui.voices.tab_tasks import TabTasks
from app.ui.widgets.presentation_cover import presentation_cover


class DesignPresenter(QObject):
    """Makes rounds of candidates from a description."""

    def __init__(self, tab: DesignTab, context: SpeechContext, show_busy: Callable[[bool], None]) -> None:
        super().__init__(tab)
        self._tab, self._context, self._show_busy = tab, context, show_busy
        self._tasks = TabTasks(context, tab.notice)
        self._rounds = VoiceRounds(context.service, context.settings)
        measuring = CandidateMeasuring(context.blobs, context.audio)
        self._shown = RoundPresenter(tab.side, context, self._rounds, measuring, self._tasks)
        self._earlier = EarlierPresenter(tab.side, context, self._rounds, self._shown, self._tasks, self._bring_back)
        self._keeping = KeepPresenter(tab.side.foot, context, self._shown, measuring, self._tasks)
        self._description = DescriptionPresenter(tab)
        self._sketch = SketchPresenter(tab.sketch_panel, context, self._adopt)
        self._connect()
        self._draft = DraftFields(
            self, context.voice_drafts, self._typed, self._show_typed,
            tab.description.textChanged, tab.preview.textChanged, tab.polish.toggled, tab.candidates.value_changed,
            tab.sketch.textChanged, tab.name.textChanged,
        )  # fmt: skip
        self._tasks.spawn(self._draft.load())
        self._tasks.spawn(self._load())

    def _connect(self) -> None:
        tab, service = self._tab, self._context.service
        tab.design.clicked.connect(self._design_or_stop)
        tab.side.starter_chosen.connect(self._adopt)
        tab.preview_panel.use_final.clicked.connect(self._use_final)
        tab.candidates.value_changed.connect(lambda _count: self._show_plan())
        self._shown.current_changed.connect(self._show_final)
        self._rounds.on_change.subscribe(self._on_change)
        self._tasks.report_failures(SESSION)
        presentation_cover().changed.connect(self._show_final)
        for unsubscribe in (
            service.on_jobs.subscribe(self._show_running),
            self._context.models.on_change.subscribe(self._show_plan),
        ):
            self.destroyed.connect(unsubscribe)
        self._show_plan()

    def retranslate(self) -> None:
        """Set the texts of this moment in the present language."""
        self._shown.show()
        self._earlier.show()
        self._keeping.show()
        self._description.show()
        self._sketch.show()
        self._show_plan()

    def _typed(self) -> VoiceDraft:
        tab = self._tab
        return VoiceDraft(
            SESSION, tab.description.toPlainText(), tab.preview.toPlainText(), tab.polish.isChecked(), self._count(),
            tab.sketch.toPlainText(), tab.name.text(),
        )  # fmt: skip

    def _show_typed(self, draft: VoiceDraft) -> None:
        tab = self._tab
        for field, text in (
            (tab.description, draft.description), (tab.preview, draft.text), (tab.sketch, draft.sketch),
        ):  # fmt: skip
            if field.toPlainText() != text:
                field.setPlainText(text)
        if tab.name.text() != draft.name:
            tab.name.setText(draft.name)
        tab.polish.setChecked(draft.polish)
        tab.candidates.set_value(min(max(draft.candidates, 1), MAX_CANDIDATES))

    def _count(self) -> int:
        return round(float(self._tab.candidates.value() or 1))

    async def _load(self) -> None:
        """Show the rounds made so far, also those of earlier runs of the program."""
        await self._rounds.load()
        self._shown.show()
        self._earlier.show()
        self._show_running()

    # -- rounds ---------------------------------------------------------------------------------------------------

    def _design_or_stop(self) -> None:
        if self._rounds.active():
            self._rounds.stop()
            return
        tab = self._tab
        tab.notice.clear()
        try:
            takes = self._rounds.request(
                tab.description.toPlainText(), tab.preview.toPlainText(),
                self._context.models.chosen("speech-design"), polish=tab.polish.isChecked(), count=self._count(),
                listen=self._shown.gain,
            )  # fmt: skip
        except WorkbenchError as error:
            self._refuse(error)
            return
        one = self._rounds.round_of(takes[0].id)
        if one is not None:
            self._shown.show_round(one.key)
            self._earlier.show()

    def _refuse(self, error: WorkbenchError) -> None:
        """Show why a candidate could not be generated, naming the field of this tab that is empty."""
        if error.code is Code.NO_TEXT:
            missing = QCoreApplication.translate(
                "Voices", "“Preview text” is empty. Type a line, or switch on “Polish the text” to have one written."
            )
            self._tab.notice.say("bad", missing)
        else:
            self._tasks.show_error(error)

    def _on_change(self, take: Take) -> None:
        self._shown.note(take)
        if take.has_ended or self._rounds.take(take.id) is None:
            self._earlier.show()
        self._show_running()

    def _show_running(self) -> None:
        is_running = bool(self._rounds.active())
        self._tab.show_running(is_running)
        self._show_busy(is_running)
        self._show_plan()

    def _show_plan(self) -> None:
        """Show what a round would take, as far as it is known."""
        model = self._context.models.chosen("speech-design")
        estimate = self._context.service.estimate(model, self._count()) if model else None
        self._tab.show_plan(estimate_text(estimate) if estimate is not None else "")

    # -- texts ----------------------------------------------------------------------------------------------------

    def _adopt(self, description: str) -> None:
        """Make a text the description; undo in the field brings back what was typed."""
        self._tab.description.change(description)
        self._description.show()
        self._tab.description.setFocus()

    def _bring_back(self, one: VoiceRound) -> None:
        """Bring back what a round was made from, with Undo."""
        tab = self._tab
        before = (tab.description.toPlainText(), tab.preview.toPlainText(), tab.polish.isChecked())
        self._put(one.description, one.text, one.polish)
        self._context.notifier.info(
            lambda: QCoreApplication.translate("Design", "{round}: its description and text are in the fields.").format(
                round=round_name(one)
            ),
            undo=lambda: self._put(*before),
            topic="round",
        )

    def _put(self, description: str, text: str, polish: bool) -> None:
        tab = self._tab
        tab.description.change(description)
        if tab.preview.toPlainText() != text:
            tab.preview.retype(text)
        tab.polish.setChecked(polish)
        self._description.show()

    def _final(self) -> str:
        """The text that the selected candidate spoke in the end, or the first one of its round with such a text."""
        one, take = self._shown.round, self._shown.take
        return take.spoken if take is not None and take.spoken else one.spoken if one is not None else ""

    def _show_final(self) -> None:
        one = self._shown.round
        if one is not None:
            self._tab.preview_panel.show_final(round_name(one), one.text, self._final())
        else:
            self._tab.preview_panel.show_final("", "", "")

    def _use_final(self) -> None:
        """Make the final text the preview text; undo in the field restores what was typed."""
        if final := self._final():
            self._tab.preview.retype(final)
