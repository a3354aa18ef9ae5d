"""Says on the Cases page what a run left, and what the next one does about it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QCoreApplication

from app.core.sentence_joiner import join_sentences
from app.services.bench.case_book import CaseBook
from app.services.bench.case_plan import RunPlan, RunProgress
from app.ui.texts.cases import left_out_text, paused_text, stopped_text
from app.ui.widgets.notices import InlineNotice
from app.ui.widgets.notifications import NoticeKind


class RunNotice:
    """Shows a sentence once, so that it can be closed, and takes it away when it is not true any more."""

    def __init__(self, notice: InlineNotice) -> None:
        self._notice = notice
        self._said = ""

    def show_run(self, book: CaseBook, plan: RunPlan, progress: RunProgress) -> None:
        """Show what there is to say about a run; an error that is shown instead stays."""
        if progress.is_running:
            self._say("neutral", str)
        elif progress.is_paused:
            self._say("warn", partial(paused_text, progress, book.cases.spend_limit))
        elif plan.lost:
            self._say("warn", partial(_left_text, plan), QCoreApplication.translate("Cases", "Ask once more"))
        elif (plan.broken or plan.incomplete) and book.cases.versions:
            self._say("warn", partial(_left_text, plan))
        else:
            self._say("neutral", partial(stopped_text, plan))

    def clear(self) -> None:
        """Take away what is shown; what is still true is said again."""
        self._notice.clear()
        self._said = ""

    def _say(self, kind: NoticeKind, words: Callable[[], str], action: str = "") -> None:
        text = words()
        if text == self._said:
            return
        if text:
            self._notice.say(kind, words, action)
        elif self._notice.text() == self._said:
            self._notice.clear()
        self._said = text


def _left_text(plan: RunPlan) -> str:
    return join_sentences(left_out_text(plan), stopped_text(plan))
