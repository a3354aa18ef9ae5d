"""Connects the page that measures drift to the services."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import msgspec
from PySide6.QtCore import QCoreApplication, QObject

from app.core.drift import (
    MIN_TAKES,
    ORIGIN,
    TakeMeasures,
    can_be_measured,
    differing_fields,
    drift_of,
    of_equal_requests,
)
from app.core.errors import WorkbenchError
from app.core.takes import Take
from app.ui.reported_tasks import Spawn, in_notice
from app.ui.studio.context import SpeechContext
from app.ui.studio.health.drift_page import DriftPage
from app.ui.texts.health import (
    drift_gaps,
    drift_sentence,
    left_out_text,
    measures_text,
    too_few_takes,
    unequal_requests,
)
from app.ui.texts.jobs import estimate_text
from app.ui.texts.speech import session_title, take_name, take_state
from app.ui.widgets.row_model import Row


class DriftPresenter(QObject):
    """Measures takes of one request, and makes more of them."""

    def __init__(self, page: DriftPage, context: SpeechContext, spawn: Spawn) -> None:
        super().__init__(page)
        self._page, self._context, self._spawn = page, context, spawn
        self._takes: dict[str, Take] = {}
        self._measures: dict[str, TakeMeasures] = {}
        self._made: set[str] = set()
        """Ids of the takes that were made here."""
        self._session = ""
        page.speak.clicked.connect(self._speak_or_stop)
        page.more.valueChanged.connect(lambda _count: self._show_plan())
        subscriptions = (
            context.service.on_take.subscribe(self._on_take),
            context.service.on_deleted.subscribe(self._on_deleted),
            context.service.on_jobs.subscribe(self._show_plan),
        )
        for unsubscribe in subscriptions:
            self.destroyed.connect(unsubscribe)

    def open(self, chosen: Sequence[Take], listed: Sequence[Take], session: str) -> None:
        """Show chosen takes; of a single one all that were asked for alike among those that are listed."""
        takes = of_equal_requests(chosen[0], listed) if len(chosen) == 1 else list(chosen)
        self._takes, self._session = {take.id: take for take in takes}, session
        self._made.clear()
        self._page.list.select_key(None)
        self.show()

    def take(self, take_id: str) -> Take | None:
        """A take of the page."""
        return self._takes.get(take_id)

    def show(self) -> None:
        """Show everything in the present language, and measure what is not measured yet."""
        self._show_plan()
        self._show()
        self._spawn(self._measure())

    def _complete(self) -> list[Take]:
        return [take for take in self._takes.values() if can_be_measured(take)]

    async def _measure(self) -> None:
        takes = [take for take in self._complete() if take.id not in self._measures]
        if takes and not differing_fields(self._takes.values()):
            saved = [await self._context.service.ensure_saved(take) for take in takes]
            measured = await self._context.drift.measure(saved)
            self._measures |= {take.id: found for take, found in zip(saved, measured, strict=True)}
            self._show()

    def _show(self) -> None:
        page, complete = self._page, self._complete()
        differing = differing_fields(self._takes.values())
        measured = [self._measures[take.id] for take in complete if take.id in self._measures]
        is_measured = not differing and len(complete) >= MIN_TAKES and len(measured) == len(complete)
        page.notice.clear()
        if differing:
            page.notice.say("warn", partial(unequal_requests, differing))
        elif len(complete) < MIN_TAKES:
            page.notice.say("neutral", partial(too_few_takes, len(complete)))
        drift = drift_of(measured)
        left_out = sum(take.has_ended for take in self._takes.values()) - len(complete)
        gaps = [drift_gaps(drift), left_out_text(left_out) if left_out else ""] if is_measured else []
        page.show_measures(
            drift_sentence(drift) if is_measured else "", " ".join(filter(None, gaps)), measured if is_measured else ()
        )
        page.show_rows([self._row(take) for take in self._takes.values()])

    def _row(self, take: Take) -> Row:
        measures = self._measures.get(take.id)
        badge = "" if can_be_measured(take) else take_state(take)
        return Row(take.id, take_name(take, take.number), measures_text(measures) if measures else "", badge)

    # -- more takes -----------------------------------------------------------------------------------------------

    def _active(self) -> list[str]:
        return [take_id for take_id in self._made if self._context.service.is_active(take_id)]

    def _show_plan(self) -> None:
        page, takes = self._page, list(self._takes.values())
        is_running = bool(self._active())
        page.show_running(is_running)
        reason = self._reason_against_more(takes)
        page.speak.setEnabled(is_running or (bool(takes) and not reason))
        if is_running:
            done = sum(take.has_ended for take in takes if take.id in self._made)
            text = QCoreApplication.translate("Health", "{done} of {total} takes spoken")
            page.plan.setText(text.format(done=done, total=len(self._made)))
        elif reason or not takes:
            page.plan.setText(reason)
        else:
            page.plan.setText(estimate_text(self._context.service.estimate(takes[0].model, round(page.more.value()))))

    @staticmethod
    def _reason_against_more(takes: Sequence[Take]) -> str:
        """Why no more takes can be made like these; empty if they can."""
        if any(take.parts for take in takes):
            return QCoreApplication.translate("Health", "A take that was spoken in parts is made again with Redo.")
        if any(take.spoken for take in takes):
            return QCoreApplication.translate(
                "Health", "The service rewrote this text, so another take would say something else."
            )
        if differing_fields(takes):
            return QCoreApplication.translate("Health", "These takes were asked for differently.")
        return ""

    def _speak_or_stop(self) -> None:
        active = self._active()
        if active:
            for take_id in active:
                self._context.service.stop(take_id)
            return
        self._made.clear()
        try:
            self._request(next(iter(self._takes.values())), round(self._page.more.value()))
        except WorkbenchError as error:
            in_notice(self._page.notice)(error)
        self._show_plan()

    def _request(self, like: Take, count: int) -> None:
        """Request takes like one. Raises WorkbenchError, and then no number is used up."""
        sessions = self._context.sessions
        spec = msgspec.structs.replace(like, origin=ORIGIN, session=self._session, parent=None, relation="")
        numbers = sessions.reserve_take_numbers(self._session, count)
        specs = [msgspec.structs.replace(spec, number=number) for number in numbers]
        session = sessions.get(self._session)
        title = QCoreApplication.translate("Health", "Drift: {title}")
        title = title.format(title=session_title(session) if session is not None else "")
        try:
            made = self._context.service.request(specs, title=title, owner=self._session)
        except WorkbenchError:
            sessions.release_take_numbers(self._session, numbers)
            raise
        self._made |= {take.id for take in made}
        self._takes |= {take.id: take for take in made}

    def _on_take(self, take: Take) -> None:
        if take.id in self._takes:
            before, self._takes[take.id] = self._takes[take.id], take
            if take.state != before.state:
                self.show()

    def _on_deleted(self, take_id: str) -> None:
        self._made.discard(take_id)
        if self._takes.pop(take_id, None) is not None:
            self.show()
