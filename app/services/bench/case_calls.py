"""Makes the calls of cases: asks for answers, puts questions to the judging model, and stores each as it ends."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Sequence
from contextlib import aclosing, suppress
from datetime import date
from typing import NamedTuple

import msgspec

from app.core.accumulator import Accumulator
from app.core.case_judging import judging_request, read_verdict
from app.core.cases import (
    Case,
    CaseResult,
    CaseVersion,
    Cell,
    Check,
    Judgement,
    result_id,
    result_key,
    sent_key,
    sent_texts,
)
from app.core.catalogue import catalogue
from app.core.errors import Code, InputError, ServiceError, StorageError, TransportError, WorkbenchError
from app.core.events import Sending, TextDelta, Waiting
from app.core.messages import Failure, FinishReason, Reply, Text, new_id, user_message
from app.core.observers import Event
from app.core.prompts import fill_placeholders
from app.core.requests import ChatRequest
from app.core.sent_parameters import sent_sampling
from app.services.bench.case_book import CaseBook
from app.services.bench.case_checks import judgement_of, question_of
from app.services.bench.case_jobs import JUDGED
from app.services.bench.case_spending import CaseCosts, SpendGuard
from app.services.bench.ports import CaseResultStore
from app.services.connection import Connection
from app.services.jobs.ports import CallProgress, NotNow

NOTIFY_SECONDS = 0.1
"""Shortest time between two notifications that an answer has grown."""


class _Answer(NamedTuple):
    text: str
    reply: Reply
    service: str


class _Call:
    """What is known of one call while it is made."""

    def __init__(self) -> None:
        self.fold = Accumulator(0)
        self.service = ""
        self.began = time.monotonic()
        self.was_sent = False

    def text(self) -> str:
        return "".join(part.text for part in self.fold.parts() if isinstance(part, Text))

    def answer(self, model: str, ended: FinishReason | None) -> _Answer:
        return _Answer(self.text(), self.fold.reply(model, time.monotonic() - self.began, ended), self.service)


class CaseCalls:
    """Makes calls for the job queue.

    Attributes:
        on_reply: emits how every call went, also one that failed or was stopped.
        guards: what was spent by each run that goes on.
    """

    def __init__(
        self, connection: Connection, results: CaseResultStore, costs: CaseCosts,
        book: Callable[[str], Awaitable[CaseBook]], known: Callable[[str], CaseBook | None],
        is_closing: Callable[[], bool],
    ) -> None:  # fmt: skip
        """`book` opens the book of a set; `known` returns it if it is open; `is_closing` says whether calls are
        cancelled because the program ends, and not because somebody stopped them."""
        self._connection = connection
        self._results = results
        self._costs = costs
        self._book = book
        self._known = known
        self._is_closing = is_closing
        self.guards: dict[str, SpendGuard] = {}
        self.on_reply: Event[Reply] = Event()

    # -- for jobs -------------------------------------------------------------------------------------------------

    async def answer(self, subject: str, model: str, progress: CallProgress) -> float | None:
        """Ask for one answer, store it, and have it judged; return what is known to have been spent.

        Passes NotNow on. Raises WorkbenchError, with the parameter `sent` if an answer may have been billed.
        """
        key = result_key(subject)
        book = await self._book(key.set_id)
        cell = Cell(key.case_id, key.version_id)
        stays = False
        book.begin(cell)
        try:
            result = book.find(subject)
            if result is None or result.state != "done":
                result = await self._ask(book, cell, subject, model, progress)
            result = await self._judge_all(book, result, progress, key.run_id)
            return _known_cost(result)
        except NotNow:
            stays = True
            raise
        except WorkbenchError as error:
            stays = progress.is_kept(error)
            raise
        finally:
            book.end(cell, is_queued=stays)
            await asyncio.shield(book.check((cell,)))

    async def judge(self, subject: str, progress: CallProgress) -> float | None:
        """Have one answer judged that is there; return what that is known to have cost."""
        answer_id, run_id = judged_answer(subject)
        key = result_key(answer_id)
        book = await self._book(key.set_id)
        result = book.find(answer_id)
        if result is None:
            raise InputError(Code.NOT_KEPT, id=answer_id)
        cell = Cell(key.case_id, key.version_id)
        try:
            judged = await self._judge_all(book, result, progress, run_id, again=True)
            return judged.spent - result.spent
        finally:
            await asyncio.shield(book.check((cell,)))

    def new_subject(self, subject: str) -> str:
        """The subject of another attempt at the same."""
        if JUDGED in subject:
            return judging_subject(*judged_answer(subject))
        key = result_key(subject)
        return result_id(key.set_id, Cell(key.case_id, key.version_id), key.run_id)

    def dropped(self, subjects: Sequence[str]) -> None:
        """Calls that were never made were given up."""
        for subject in subjects:
            key = result_key(subject)
            book = self._known(key.set_id)
            if book is not None and JUDGED not in subject:
                book.drop([Cell(key.case_id, key.version_id)])

    # -- answers --------------------------------------------------------------------------------------------------

    async def _ask(self, book: CaseBook, cell: Cell, subject: str, model: str, progress: CallProgress) -> CaseResult:
        case, version = book.case(cell.case_id), book.cases.version(cell.version_id)
        if case is None or version is None:
            # The row or the column was removed while it waited.
            raise InputError(Code.NOT_KEPT, id=subject)
        texts = sent_texts(version, case.values, book.cases.variables)
        sampling = book.cases.sampling
        request = ChatRequest(
            model, (user_message(texts.message),), fill_placeholders(texts.system, date.today()),
            sent_sampling(sampling, catalogue().model(model), self._connection.profile),
        )  # fmt: skip
        begun = CaseResult(
            subject, sent=sent_key(texts), model=model, sampling=sampling, created=time.time(),
        )  # fmt: skip
        expected, currency = self._costs.answer(model, texts.system + texts.message, sampling.max_tokens)
        call = _Call()
        with self._reserved(result_key(subject).run_id, book, expected) as spent:
            try:
                await self._exchange(call, request, progress, lambda: self._grown(book, cell, call))
            except NotNow:
                raise
            except (WorkbenchError, asyncio.CancelledError) as error:
                if call.was_sent and isinstance(error, WorkbenchError):
                    _mark_sent(error)
                spent(None if _may_be_billed(call, error) else 0.0)
                await asyncio.shield(self._store_failed(book, begun, call, error, progress))
                raise
            answer = call.answer(model, None)
            self._costs.answered(model, answer.reply.usage)
            cost, _ = self._costs.actual(model, answer.reply.usage)
            spent(cost)
        result = msgspec.structs.replace(
            begun, answer=answer.text, service=answer.service, reply=answer.reply, cost=cost, currency=currency
        )
        try:
            await self._store(book, result)
        except StorageError as error:
            error.params.setdefault("sent", True)
            raise
        return result

    def _grown(self, book: CaseBook, cell: Cell, call: _Call) -> None:
        if cell in book.writing:
            book.writing[cell] = call.text()
            book.on_cells.emit((cell,))

    async def _store_failed(
        self, book: CaseBook, begun: CaseResult, call: _Call, error: BaseException, progress: CallProgress
    ) -> None:
        """Keep what had arrived, and why no more did."""
        is_kept = isinstance(error, WorkbenchError) and progress.is_kept(error)
        if is_kept or (not call.was_sent and not isinstance(error, WorkbenchError)):
            return
        was_lost = _may_be_billed(call, error)
        was_stopped = not isinstance(error, WorkbenchError) and not self._is_closing()
        answer = call.answer(begun.model, "stopped" if was_stopped else "error")
        failed = msgspec.structs.replace(
            begun, state="cut" if was_lost else "failed", answer=answer.text, service=answer.service,
            reply=answer.reply, failure=Failure.of(error) if isinstance(error, WorkbenchError) else None,
        )  # fmt: skip
        with suppress(StorageError):  # The error that led here is the one that is shown.
            await self._store(book, failed)

    # -- judging --------------------------------------------------------------------------------------------------

    async def _judge_all(
        self, book: CaseBook, result: CaseResult, progress: CallProgress, run_id: str, *, again: bool = False
    ) -> CaseResult:
        """Put every question that was not answered yet; with `again` also those that led to no verdict."""
        key = result_key(result.id)
        case, version = book.case(key.case_id), book.cases.version(key.version_id)
        if case is None or version is None:
            return result
        for check in book.cases.checks:
            question = question_of(check, case.values, book.cases.variables) if check.kind == "judge" else ""
            known = judgement_of(check, question, result, book.judge_model) if question else None
            if question and (known is None or (again and known.state == "none")):
                result = await self._judge(book, case, version, result, check, question, progress, run_id)
        return result

    async def _judge(
        self, book: CaseBook, case: Case, version: CaseVersion, result: CaseResult, check: Check, question: str,
        progress: CallProgress, run_id: str,
    ) -> CaseResult:  # fmt: skip
        model, asked = (
            book.judge_model,
            Judgement(
                check.id, question, book.judge_model, run_id="" if run_id == result_key(result.id).run_id else run_id
            ),
        )
        texts = sent_texts(version, case.values, book.cases.variables)
        sent = f"{texts.system}\n\n{texts.message}".strip()
        # Stored before the request leaves: after a kill it is seen that the question may have been billed.
        lost = _with_judgement(result, msgspec.structs.replace(asked, code="lost"))
        expected, _ = self._costs.judgement(model, check, sent + result.answer, None)
        call = _Call()
        try:
            with self._reserved(run_id, book, expected) as spent:
                request = judging_request(model, question, sent, result.answer)
                reported = progress._replace(
                    sending=lambda service, more: progress.sending(
                        service, (*more, self._results.writing(_graded_now(book, lost)))
                    )
                )
                await self._exchange(call, request, reported, lambda: None)
                answer = call.answer(model, None)
                cost, _ = self._costs.actual(model, answer.reply.usage)
                spent(cost)
        except NotNow:
            # The answer is there; the question is put when the job goes on.
            await progress.refused((self._results.writing(_graded_now(book, result)),))
            raise
        except asyncio.CancelledError:
            await asyncio.shield(self._store(book, lost if call.was_sent else result))
            raise
        except WorkbenchError as error:
            if error.code is Code.SPEND_LIMIT:
                await progress.refused((self._results.writing(_graded_now(book, result)),))
                raise
            was_lost = call.was_sent and bool(error.params.get("sent"))
            failed = msgspec.structs.replace(
                asked, code="lost" if was_lost else str(error.code), call_id=str(error.params.get("call_id", ""))
            )
            return await self._store(book, _with_judgement(result, failed))
        found = read_verdict(answer.text)
        judgement = msgspec.structs.replace(
            asked, state=found.state, code="nonsense" if found.state == "none" else "", said=found.said,
            call_id=answer.reply.call_id, cost=cost,
        )  # fmt: skip
        return await self._store(book, _with_judgement(result, judgement))

    # -- both -----------------------------------------------------------------------------------------------------

    async def _exchange(
        self, call: _Call, request: ChatRequest, progress: CallProgress, grown: Callable[[], None]
    ) -> None:
        notified, ended = 0.0, True
        try:
            async with self._connection.client() as (profile, client):
                try:
                    events = client.chat(request, priority="batch", resend_lost=False)
                    async with aclosing(events) as listened:
                        async for event in listened:
                            if isinstance(event, Sending):
                                await progress.sending(profile.id, ())
                                call.was_sent, call.service, call.began = True, profile.name, time.monotonic()
                            elif isinstance(event, Waiting) and event.reason == "retry":
                                call.was_sent = False
                                await progress.refused(())
                            call.fold.fold(event, time.monotonic() - call.began)
                            if isinstance(event, TextDelta) and time.monotonic() - notified > NOTIFY_SECONDS:
                                notified = time.monotonic()
                                grown()
                except WorkbenchError as error:
                    raise self._connection.explain(error, profile) from error
        except BaseException:
            ended = False
            raise
        finally:
            if call.was_sent:
                self.on_reply.emit(call.answer(request.model, None if ended else "error").reply)

    def guard(self, run_id: str, book: CaseBook) -> SpendGuard:
        """What a run has spent; after a restart that is known from its answers."""
        if run_id not in self.guards:
            self.guards[run_id] = SpendGuard(book.spent_by(run_id))
        return self.guards[run_id]

    def _reserved(self, run_id: str, book: CaseBook, expected: float | None) -> _Reservation:
        return _Reservation(self.guard(run_id, book), expected or 0.0, book.cases.spend_limit)

    async def _store(self, book: CaseBook, result: CaseResult) -> CaseResult:
        """Show and store an answer as it is now."""
        result = _graded_now(book, result)
        # In the book first: a disk that is full must not hide what was paid for.
        book.add([result])
        await self._results.keep([result])
        return result


class _Reservation:
    """Reserves what a call is expected to cost for as long as it is made."""

    def __init__(self, guard: SpendGuard, expected: float, limit: float) -> None:
        self._guard, self._expected, self._limit = guard, expected, limit
        self._cost: float | None = 0.0

    def __enter__(self) -> Callable[[float | None], None]:
        self._guard.reserve(self._expected, self._limit)
        return self._set_cost

    def __exit__(self, *_: object) -> None:
        self._guard.release(self._expected, self._cost)

    def _set_cost(self, cost: float | None) -> None:
        self._cost = cost


def judging_subject(answer_id: str, run_id: str) -> str:
    """The subject of an attempt of a run to have an answer judged; no other has the same."""
    return f"{answer_id}{JUDGED}{run_id}/{new_id()}"


def judged_answer(subject: str) -> tuple[str, str]:
    """The answer that an attempt judges, and the run that it belongs to."""
    answer_id, _, attempt = subject.partition(JUDGED)
    return answer_id, attempt.partition("/")[0]


def _graded_now(book: CaseBook, result: CaseResult) -> CaseResult:
    """An answer with the grade it has: it may have been given by hand while the judge was asked."""
    known = book.find(result.id)
    return result if known is None else msgspec.structs.replace(result, grade=known.grade)


def _with_judgement(result: CaseResult, judgement: Judgement) -> CaseResult:
    return msgspec.structs.replace(result, judged=(*result.judged, judgement))


def _known_cost(result: CaseResult) -> float | None:
    costs = [result.cost, *(each.cost for each in result.judged)]
    return None if None in costs else sum(cost for cost in costs if cost is not None)


def _may_be_billed(call: _Call, error: BaseException) -> bool:
    """Whether a call that ended early may have been billed."""
    return bool(error.params.get("sent")) if isinstance(error, WorkbenchError) else call.was_sent


def _mark_sent(error: WorkbenchError) -> None:
    if not isinstance(error, ServiceError | TransportError):
        # It broke off here, and may have been billed. Of other errors the client says whether they were sent.
        error.params.setdefault("sent", True)
