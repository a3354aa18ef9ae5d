"""Has the chat model describe the voice of a character, and shows the draft until it is adopted or dismissed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import WorkbenchError
from app.core.messages import FinishReason
from app.services.speech.description_drafting import DescriptionDrafting, parse_description
from app.ui.reported_tasks import ReportedTasks
from app.ui.studio.context import SpeechContext
from app.ui.texts.errors import error_sentences
from app.ui.voices.sketch_panel import SketchPanel

_CUT: frozenset[FinishReason | None] = frozenset({"length", "content_filter", "repetition_truncation"})


class SketchPresenter(QObject):
    """One draft at a time; the button that begins it stops it."""

    def __init__(self, panel: SketchPanel, context: SpeechContext, adopt: Callable[[str], object]) -> None:
        """`adopt` makes a draft the description, so that it can be undone."""
        super().__init__(panel)
        self._panel, self._adopt = panel, adopt
        self._drafting = DescriptionDrafting(context.lone_calls, context.models)
        self._tasks = ReportedTasks(context.tasks, "voice description", self._report)
        self._task: asyncio.Task[Any] | None = None
        self._answer = ""
        panel.describe.clicked.connect(self._begin_or_stop)
        panel.adopt.clicked.connect(self._adopt_draft)
        panel.dismiss.clicked.connect(self._dismiss)
        self.destroyed.connect(context.models.on_change.subscribe(self.show))
        self.show()

    def _begin_or_stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            return
        self._answer = ""
        self._panel.begin()
        self._task = self._tasks.spawn(self._run(self._panel.sketch.toPlainText()))
        if self._task is not None:
            self._task.add_done_callback(self._on_done)
        self.show()

    async def _run(self, sketch: str) -> None:
        answer = await self._drafting.draft(sketch, self._append)
        if answer.ended in _CUT:
            self._panel.notice.say("warn", partial(_cut_text, answer.ended))

    def _append(self, piece: str) -> None:
        self._answer += piece
        self._panel.text.append_text(piece)

    def _on_done(self, _task: object) -> None:
        self._task = None
        description = parse_description(self._answer)
        self._panel.text.setPlainText(description)
        self._panel.adopt.setEnabled(bool(description))
        if not description and self._panel.notice.isHidden():
            self._panel.notice.say(
                "warn", lambda: QCoreApplication.translate("Directions", "Nothing was written. Try again.")
            )
        self.show()

    def _report(self, error: WorkbenchError) -> None:
        self._panel.notice.say("bad", partial(error_sentences, error))

    def _adopt_draft(self) -> None:
        self._adopt(parse_description(self._answer))
        self._panel.draft.hide()

    def _dismiss(self) -> None:
        if self._task is not None:
            self._task.cancel()
        self._panel.draft.hide()
        self._panel.sketch.setFocus()

    def show(self) -> None:
        """Offer the draft only where there is a chat model, and say what is happening."""
        is_running, model = self._task is not None, self._drafting.model
        panel = self._panel
        panel.show_running(is_running)
        panel.describe.setEnabled(bool(model) or is_running)
        asks = QCoreApplication.translate("Design", "Ask {model} to describe the voice of this character")
        none = QCoreApplication.translate("Directions", "The service offers no chat model.")
        panel.describe.setToolTip(asks.format(model=model) if model else none)
        if is_running:
            state = QCoreApplication.translate("Directions", "{model} is writing.").format(model=model)
        else:
            state = QCoreApplication.translate("Design", "The description stays as it is until you use this one.")
        panel.state.setText(state)


def _cut_text(ended: FinishReason | None) -> str:
    """Why a draft is not whole, and what to do."""
    if ended == "content_filter":
        return QCoreApplication.translate(
            "Design", "The service's content filter stopped the description. Change the sketch, or write it yourself."
        )
    return QCoreApplication.translate(
        "Design", "The description was cut off before its end. Use what is there, or have it described again."
    )
