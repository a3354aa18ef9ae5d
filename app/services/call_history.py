"""The history of calls: complete ones of this run, and saved ones of earlier runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence

from app.core.call_record import CallRecord, CallSummary, TimedText, TryRecord
from app.core.call_timeline import sort_of, timeline_of
from app.core.elided_files import ELIDED
from app.core.errors import Code, WorkbenchError
from app.services.ports import Call, CallLog, CallStore, TimelineRow, Try
from app.services.tasks import Report, TaskSet

MAX_TEXT_LENGTH = 64_000
"""Characters saved of a request, of a response, and of all its events together."""
MOST_OF_AN_EVENT = 2_000
TRIMMED_EVERY = 50
"""Calls between two trims of the store."""
PAGE_LENGTH = 200
"""Stored calls listed at once."""


class SavedCall:
    """A call of an earlier run, for the inspector. Error codes of a newer program become UNEXPECTED."""

    def __init__(self, record: CallRecord) -> None:
        self._record = record
        self.id, self.kind, self.model = record.id, record.kind, record.model
        self.profile_id = record.profile
        self.method, self.url = record.method, record.url
        self.started = record.started
        self.ended: float | None = record.seconds
        self.request, self.request_headers = record.request, record.request_headers
        self.request_bytes, self.response_bytes = record.request_bytes, record.response_bytes
        self.left_out = record.left_out
        known = Code(record.error) if record.error in set(Code) else Code.UNEXPECTED
        self.error: Code | None = known if record.error else None
        self.edited, self.stopped = record.edited, record.stopped
        self.elided = sum(int(length) for _, length, _ in ELIDED.findall(record.request))
        self.attempts: Sequence[TryRecord] = record.tries or (
            TryRecord(ended=record.seconds, status=record.status, headers=record.response_headers, error=record.error),
        )

    @property
    def record(self) -> CallRecord:
        return self._record

    def response(self) -> str:
        return self._record.response

    def timeline(self) -> Iterator[TimelineRow]:
        return iter(self._record.events)


class CallHistory:
    """Implements `CallLog` for the calls of this run; `find` also returns calls of earlier runs."""

    def __init__(
        self,
        running: CallLog,
        store: CallStore,
        most: Callable[[], int],
        failed: Callable[[WorkbenchError], object],
        report: Report,
    ) -> None:
        self._running = running
        self._store = store
        self._most = most
        self._failed = failed
        self._writes = TaskSet(report)
        self._kept = 0
        self._converting = asyncio.Lock()
        """Of many calls that end together one is converted at a time, or the window would stutter."""

    def __getitem__(self, call_id: str) -> Call:
        return self._running[call_id]

    def __iter__(self) -> Iterator[Call]:
        return iter(self._running)

    def __len__(self) -> int:
        return len(self._running)

    def keep(self, call: Call) -> None:
        """Save a finished call in the background."""
        if not self._writes.closed:
            self._writes.spawn(self._keep(call), "keep call")

    async def find(self, call_id: str) -> Call:
        """Return a call. Raises StorageError NOT_KEPT if it is unknown or was dropped."""
        try:
            return self._running[call_id]
        except KeyError:
            return SavedCall(await self._store.get(call_id))

    async def stored(self, *, before: int | None = None, query: str = "") -> tuple[tuple[int, CallSummary], ...]:
        """Return a page of stored calls, newest first, each with its number; `before` is the last number seen.

        Calls of this run are among them once they have ended. `query` selects calls that contain a text. Raises
        StorageError, as do the next two.
        """
        return await self._store.summaries(PAGE_LENGTH, before, query)

    async def stored_count(self, query: str = "") -> int:
        """Return how many calls are stored."""
        return await self._store.count(query)

    async def stored_among(self, call_ids: Sequence[str]) -> tuple[CallSummary, ...]:
        """Return those of these calls that are stored."""
        return await self._store.by_ids(call_ids) if call_ids else ()

    async def aclose(self) -> None:
        """Wait until all calls are saved."""
        await self._writes.drain()
        await self._writes.aclose()

    async def _keep(self, call: Call) -> None:
        try:
            async with self._converting:
                record = await asyncio.to_thread(record_of, call)
            await self._store.keep(record)
            # At the first call too, because most runs make only a few.
            due = self._kept % TRIMMED_EVERY == 0
            self._kept += 1
            if due:
                await self._store.trim(self._most())
        except WorkbenchError as error:
            self._failed(error)


def record_of(call: Call) -> CallRecord:
    """Convert a call to its stored form. Parses the response: don't call it on the loop."""
    last = call.attempts[-1] if call.attempts else None
    response = call.response()
    times = [(event.at, sort_of(event.content)) for event in call.timeline()]
    return CallRecord(
        call.id, call.kind, call.profile_id, call.model, method=call.method, url=call.url,
        started=call.started, seconds=call.ended or 0.0, attempts=max(1, len(call.attempts)),
        request_headers=call.request_headers, request=call.request[:MAX_TEXT_LENGTH], request_bytes=call.request_bytes,
        status=last.status if last else None, response_headers=last.headers if last else {},
        response=response[:MAX_TEXT_LENGTH], response_bytes=call.response_bytes,
        left_out=call.left_out + len(response[MAX_TEXT_LENGTH:].encode()), events=tuple(_events(call)),
        error=str(call.error) if call.error is not None else "",
        event_count=len(times), tries=tuple(map(_try, call.attempts)), edited=call.edited, stopped=call.stopped,
        timeline=timeline_of(
            times, sent=last.sent if last else None, first_byte=last.answered if last else None, end=call.ended
        ),
    )  # fmt: skip


def _try(attempt: Try) -> TryRecord:
    return TryRecord(
        attempt.at, attempt.sent, attempt.answered, attempt.ended, attempt.status, attempt.headers,
        str(attempt.error) if attempt.error is not None else "", attempt.response,
    )  # fmt: skip


def _events(call: Call) -> Iterator[TimedText]:
    """Yield the first events that fit the limit."""
    room = MAX_TEXT_LENGTH
    for event in call.timeline():
        content = event.content[:MOST_OF_AN_EVENT]
        room -= len(content) + len(event.name)
        if room < 0:
            return
        yield TimedText(event.at, event.name, content)
