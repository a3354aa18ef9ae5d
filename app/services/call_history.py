"""The history of calls: complete ones of this run, and saved ones of earlier runs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

from app.core.call_record import CallRecord, TimedText
from app.core.errors import Code, WorkbenchError
from app.services.ports import Call, CallLog, CallStore, OwnCall, TimelineRow
from app.services.tasks import Report, TaskSet

MOST_TEXT = 64_000
"""Characters saved of a request, of a response, and of all its events together."""
MOST_OF_AN_EVENT = 2_000
TRIMMED_EVERY = 50
"""Calls between two trims of the store."""


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

    def __getitem__(self, call_id: str) -> OwnCall:
        return self._running[call_id]

    def __iter__(self) -> Iterator[OwnCall]:
        return iter(self._running)

    def __len__(self) -> int:
        return len(self._running)

    def keep(self, call: OwnCall) -> None:
        """Save a finished call in the background."""
        if not self._writes.closed:
            self._writes.spawn(self._keep(call), "keep call")

    async def find(self, call_id: str) -> Call:
        """Return a call. Raises StorageError NOT_KEPT if it is unknown or was dropped."""
        try:
            return self._running[call_id]
        except KeyError:
            return SavedCall(await self._store.get(call_id))

    async def aclose(self) -> None:
        """Wait until all calls are saved."""
        await self._writes.drain()
        await self._writes.aclose()

    async def _keep(self, call: OwnCall) -> None:
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


def record_of(call: OwnCall) -> CallRecord:
    """Convert a call to its stored form. Parses the response: don't call it on the loop."""
    last = call.attempts[-1] if call.attempts else None
    response = call.response()
    return CallRecord(
        call.id, call.kind, call.profile_id, call.model, method=call.method, url=call.url,
        started=call.started, seconds=call.ended or 0.0, attempts=max(1, len(call.attempts)),
        request_headers=call.request_headers, request=call.request[:MOST_TEXT], request_bytes=call.request_bytes,
        status=last.status if last else None, response_headers=last.headers if last else {},
        response=response[:MOST_TEXT], response_bytes=call.response_bytes,
        left_out=call.left_out + len(response[MOST_TEXT:].encode()), events=tuple(_events(call)),
        error=str(call.error) if call.error is not None else "",
    )  # fmt: skip


def _events(call: Call) -> Iterator[TimedText]:
    """Yield the first events that fit the limit."""
    room = MOST_TEXT
    for event in call.timeline():
        content = event.content[:MOST_OF_AN_EVENT]
        room -= len(content) + len(event.name)
        if room < 0:
            return
        yield TimedText(event.at, event.name, content)
