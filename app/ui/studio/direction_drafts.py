"""Has the chat model draft a direction for the text, and shows it until it is adopted or dismissed."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import WorkbenchError
from app.core.messages import FinishReason
from app.services.speech.direction import Layers
from app.services.speech.direction_drafting import MAX_TEXT, DirectionDrafting, parse_draft
from app.ui.reported_tasks import ReportedTasks
from app.ui.studio.context import SpeechContext
from app.ui.studio.saved_directions import SavedDirections
from app.ui.studio.view import StudioView
from app.ui.texts.errors import error_sentences
from app.ui.texts.numbers import count

_CUT: frozenset[FinishReason | None] = frozenset({"length", "content_filter", "repetition_truncation"})


class DirectionDrafts(QObject):
    """One draft at a time; the button that begins it stops it."""

    def __init__(self, view: StudioView, context: SpeechContext, saved: SavedDirections) -> None:
        super().__init__(view)
        self._view, self._panel, self._draft = view, view.direction_panel, view.direction_panel.draft
        self._models, self._notifier, self._saved = context.models, context.notifier, saved
        self._drafting = DirectionDrafting(context.lone_calls, context.models)
        self._tasks = ReportedTasks(context.tasks, "direction draft", self._report)
        self._task: asyncio.Task[Any] | None = None
        self._answer = ""
        self._panel.make_draft.clicked.connect(self._begin_or_stop)
        self._draft.adopt.clicked.connect(self._adopt)
        self._draft.dismiss.clicked.connect(self._dismiss)
        view.retranslated.connect(self._show_state)
        self.destroyed.connect(context.models.on_change.subscribe(self._show_state))
        self.destroyed.connect(context.sessions.on_open.subscribe(lambda _session: self.dismiss()))
        self._show_state()

    def _begin_or_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            return
        self._answer = ""
        self._draft.begin()
        self._panel.show_page("draft")
        self._task = self._tasks.spawn(self._run(self._view.text.plain_text()))
        if self._task is not None:
            self._task.add_done_callback(self._on_done)
        self._show_state()

    async def _run(self, text: str) -> None:
        draft = await self._drafting.draft(text, self._append)
        if draft.ended in _CUT:
            self._draft.notice.say("warn", partial(_cut_text, draft.ended))

    def _append(self, piece: str) -> None:
        self._answer += piece
        self._draft.text.append_text(piece)

    def _on_done(self, _task: object) -> None:
        self._task = None
        is_empty = not any(parse_draft(self._answer))
        self._draft.adopt.setEnabled(not is_empty)
        if is_empty and self._draft.notice.isHidden():
            self._draft.notice.say(
                "warn", lambda: QCoreApplication.translate("Directions", "Nothing was written. Try again.")
            )
        self._show_state()
        self._panel.height_changed.emit()

    def _report(self, error: WorkbenchError) -> None:
        if self._panel.page == "draft":
            self._draft.notice.say("bad", partial(error_sentences, error))
            self._panel.height_changed.emit()
        else:
            self._notifier.error(partial(error_sentences, error))

    def _adopt(self) -> None:
        """Put the draft in the place of what is typed; undo brings that back."""
        drafted, before, was_free = parse_draft(self._answer), self._panel.everything(), self._panel.is_free
        is_free = not any(drafted[1:])
        adopted = before._replace(free=drafted.free) if is_free else drafted._replace(free=before.free)
        self._saved.put(adopted, free=is_free)
        self._panel.first_field().setFocus()
        if _shown(before, free=is_free) != Layers():
            self._notifier.info(
                lambda: QCoreApplication.translate("Directions", "The draft has replaced what was there."),
                undo=self._saved.putting_back(before, free=was_free),
                topic="direction",
            )

    def dismiss(self) -> None:
        """Stop drafting and show the fields again, as they were: the draft was for another text."""
        if self._task is not None:
            self._task.cancel()
        if self._panel.page == "draft":
            self._panel.show_page("fields")

    def _dismiss(self) -> None:
        self.dismiss()
        self._panel.first_field().setFocus()

    def _show_state(self) -> None:
        """Offer the draft only where there is a chat model, and say what is happening."""
        is_running, model = self._task is not None, self._drafting.model
        button = self._panel.make_draft
        self._panel.show_drafting(is_running)
        button.setEnabled(bool(model) or is_running)
        asks = QCoreApplication.translate("Directions", "Ask {model} for Role, Scene and Guidance that suit the text")
        none = QCoreApplication.translate("Directions", "The service offers no chat model.")
        button.setToolTip(asks.format(model=model) if model else none)
        if is_running:
            state = QCoreApplication.translate("Directions", "{model} is writing.").format(model=model)
        else:
            state = QCoreApplication.translate("Directions", "Nothing changes until you adopt the draft.")
        if len(self._view.text.plain_text()) > MAX_TEXT:
            limit = QCoreApplication.translate("Directions", "It reads the first {n} characters of the text.")
            state = f"{state} {limit.format(n=count(MAX_TEXT))}"
        self._draft.state.setText(state)


def _cut_text(ended: FinishReason | None) -> str:
    """Why a draft is not whole, and what to do."""
    if ended == "content_filter":
        return QCoreApplication.translate(
            "Directions", "The service's content filter stopped the draft. Change the text, or write it yourself."
        )
    return QCoreApplication.translate(
        "Directions", "The draft was cut off before its end. Adopt what is there, or draft it again."
    )


def _shown(layers: Layers, *, free: bool) -> Layers:
    return Layers(layers.free) if free else layers._replace(free="")
