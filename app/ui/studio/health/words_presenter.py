"""Connects the page that reads takes back to the services."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject

from app.core.errors import WorkbenchError
from app.core.read_back import WordRun, word_runs
from app.core.takes import ReadBack, Take
from app.services.speech.take_health import IN_WORDS
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.health.words_page import WordsPage
from app.ui.texts.errors import error_sentences
from app.ui.texts.health import (
    being_checked,
    check_progress,
    heard_by,
    not_checked,
    not_checked_yet,
    words_as_written,
    words_found,
)
from app.ui.texts.jobs import estimate_text
from app.ui.texts.speech import session_title, take_name
from app.ui.texts.takes import finding_name
from app.ui.theme.icons import Icon
from app.ui.widgets.row_model import Row


class WordsPresenter(QObject):
    """Checks the words of some takes of the open session, and shows what was found.

    Attributes:
        is_shown: whether the page is on the screen; else failures are shown as notifications.
    """

    def __init__(self, page: WordsPage, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(page)
        self._page, self._context, self._spawn = page, context, spawn
        self._takes: dict[str, Take] = {}
        self._session = ""
        self._errors: dict[str, WorkbenchError] = {}
        self.is_shown: Callable[[], bool] = lambda: False
        page.check.clicked.connect(self._check_or_stop)
        page.list.row_selected.connect(lambda _key: self._show_words())
        subscriptions = (
            context.word_checks.on_failed.subscribe(self._on_failed),
            context.jobs.on_change.subscribe(lambda _job: self._show_progress()),
            context.service.on_take.subscribe(self._on_take),
            context.service.on_deleted.subscribe(self._on_deleted),
            context.models.on_change.subscribe(self._show_progress),
        )
        for unsubscribe in subscriptions:
            self.destroyed.connect(unsubscribe)

    def open(self, takes: Sequence[Take], session: str) -> None:
        """Show takes with sound; nothing is sent before the button is pressed."""
        self._takes, self._session = {take.id: take for take in takes}, session
        self._page.notice.clear()
        self._page.list.select_key(takes[0].id if takes else None)
        self.show()

    def show(self) -> None:
        """Show everything in the present language."""
        self._show_rows()
        self._show_progress()
        self._show_words()

    def _check_or_stop(self) -> None:
        checks = self._context.word_checks
        if checks.progress(self._session) is not None:
            checks.stop(self._session)
        else:
            self._page.notice.clear()
            for take_id in self._takes:
                self._errors.pop(take_id, None)
            self._spawn(self._check(list(self._takes.values()), self._session))

    async def _check(self, takes: Sequence[Take], session_id: str) -> None:
        context = self._context
        session = context.sessions.get(session_id)
        title = QCoreApplication.translate("Health", "Words: {title}")
        title = title.format(title=session_title(session) if session is not None else "")
        model = context.models.chosen("recognition")
        try:
            saved = [await context.service.ensure_saved(take) for take in takes]
            await context.word_checks.request(saved, model, title=title, session=session_id)
        except WorkbenchError as error:
            in_notice(self._page.notice)(error)
        self.show()

    # -- what happens ---------------------------------------------------------------------------------------------

    def _on_take(self, take: Take) -> None:
        if take.id in self._takes and take != self._takes[take.id]:
            self._takes[take.id] = take
            self._show_rows()
            if self._page.list.selected_key() == take.id:
                self._show_words()

    def _on_deleted(self, take_id: str) -> None:
        if self._takes.pop(take_id, None) is not None:
            self.show()

    def _on_failed(self, take_id: str, error: WorkbenchError) -> None:
        self._errors[take_id] = error
        self._spawn(self._say_failure(take_id, error))

    async def _say_failure(self, take_id: str, error: WorkbenchError) -> None:
        take = self._takes.get(take_id)
        if take is not None and self.is_shown():
            self._page.notice.say("bad", partial(_failure, take, error))
            self._show_rows()
            return
        stored = take or next(
            (one for one in await self._context.service.of_session(self._session) if one.id == take_id), None
        )
        self._context.notifier.error(
            partial(_failure, stored, error) if stored is not None else partial(error_sentences, error),
            topic=f"words {take_id}",
        )

    # -- showing --------------------------------------------------------------------------------------------------

    def _show_rows(self) -> None:
        checking = self._context.word_checks.checking(self._session)
        self._page.show_rows([self._row(take, checking=take.id in checking) for take in self._takes.values()])

    def _row(self, take: Take, *, checking: bool) -> Row:
        title, error = take_name(take, take.number), self._errors.get(take.id)
        if checking:
            return Row(take.id, title, badge=being_checked())
        if error is not None:
            return Row(take.id, title, str(error_sentences(error)), not_checked_yet(), "bad", icon=Icon.ERROR)
        found = [finding for finding in take.findings if finding.code in IN_WORDS]
        if found:
            badge = QCoreApplication.translate("Health", ", ").join(map(finding_name, found))
            return Row(take.id, title, words_found(found), badge, "warn", icon=Icon.WARNING)
        if take.read_back is not None:
            return Row(take.id, title, badge=words_as_written(), badge_kind="good", icon=Icon.CHECK)
        return Row(take.id, title, badge=not_checked_yet())

    def _show_progress(self) -> None:
        context, page = self._context, self._page
        progress = context.word_checks.progress(self._session) if self._session else None
        page.show_running(progress is not None)
        model = context.models.chosen("recognition")
        page.check.setEnabled(progress is not None or bool(model and self._takes))
        if progress is not None:
            page.plan.setText(check_progress(progress.done, progress.total))
        elif not model:
            page.plan.setText(QCoreApplication.translate("Health", "The service offers no recognition model."))
        else:
            estimate = context.word_checks.estimate(list(self._takes.values()), model)
            page.plan.setText(f"{estimate_text(estimate)} · {model}")
        self._show_rows()

    def _show_words(self) -> None:
        take = self._takes.get(self._page.list.selected_key() or "")
        if take is None:
            self._page.show_words(())
        elif take.read_back is None:
            note = QCoreApplication.translate("Health", "What is heard in the take appears here.")
            self._page.show_words((), note)
        else:
            self._spawn(self._compare(take, take.read_back))

    async def _compare(self, take: Take, read_back: ReadBack) -> None:
        """Compare in a thread: of long texts it takes a second."""
        runs: list[WordRun] = await asyncio.to_thread(word_runs, take.spoken or take.text, read_back.heard)
        if self._page.list.selected_key() == take.id:
            self._page.show_words(runs, heard_by(read_back))


def _failure(take: Take, error: WorkbenchError) -> str:
    return not_checked(take_name(take, take.number), str(error_sentences(error)))
