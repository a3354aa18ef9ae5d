"""A fast stream of a chat is read in batches; nothing waits longer than a rest, and nothing that comes slowly waits."""

from __future__ import annotations

import asyncio
import contextlib
import ssl
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import AbstractContextManager, aclosing
from typing import Any

import pytest

from app.core.errors import WorkbenchError
from app.core.events import ChatEvent, Finished, TextDelta
from app.core.messages import Text
from app.mimo import transport
from app.mimo.read_pacing import FAST_SECONDS, REST_SECONDS, reads_in_batches
from tests.mimo.recorded import DONE, ERROR, HELLO, HI, LINE, RECORDING, STOP, chunk, frame, talk
from tests.mimo.test_certificates import OWN
from tests.mimo.virtual_time import in_no_time
from tests.mimo.wire import Answer, Line, client_of, says, serving

TOLERANCE = 1e-9


class Socket:
    """A connection that receives pieces at given times, in seconds; an exception among them breaks it.

    Plain, a read returns all that has come; encrypted, one piece, and takes all that has come from the network.
    """

    def __init__(self, pieces: list[tuple[float, bytes | Exception]], *, encrypted: bool = False) -> None:
        self._pieces = deque(pieces)
        self._records: deque[bytes] = deque()
        self._encrypted = encrypted
        self.network_reads = 0

    def get_extra_info(self, info: str) -> Any:
        return object() if info == "ssl_object" and self._encrypted else None

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        clock = asyncio.get_running_loop().time
        if self._records:
            return self._records.popleft()
        self.network_reads += 1
        await asyncio.sleep(max(0.0, self._pieces[0][0] - clock()) if self._pieces else 0)
        ready: list[bytes] = []
        while self._pieces and self._pieces[0][0] <= clock() + TOLERANCE:
            if isinstance(piece := self._pieces[0][1], Exception):
                if ready:
                    break
                raise piece
            ready.append(piece)
            self._pieces.popleft()
        if self._encrypted and ready:
            self._records.extend(ready[1:])
            return ready[0]
        return b"".join(ready)


async def _arrivals(socket: Socket, *, count: int | None = None) -> list[tuple[float, bytes]]:
    """What is read and when, until the end or `count` reads."""
    clock = asyncio.get_running_loop().time
    found: list[tuple[float, bytes]] = []
    with reads_in_batches(socket):
        while (content := await socket.read(65_536)) and len(found) != count:
            found.append((clock(), content))
    return found


def _numbered(count: int, gap: float, start: float = 0.5) -> list[tuple[float, bytes | Exception]]:
    return [(start + number * gap, b"%03d" % number) for number in range(count)]


def _delays(pieces: list[tuple[float, bytes | Exception]], found: list[tuple[float, bytes]]) -> list[float]:
    """How long each piece waited, once all have been read in order."""
    whole = b"".join(content for _, content in found)
    assert whole == b"".join(content for _, content in pieces if isinstance(content, bytes))
    arrived = [at for at, content in found for _ in range(len(content) // 3)]
    return [at - sent for at, (sent, _) in zip(arrived, pieces, strict=False)]


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_fast_stream_is_read_in_batches_that_wait_no_longer_than_a_rest(encrypted: bool) -> None:
    pieces = _numbered(400, 1 / 400)
    socket = Socket(pieces, encrypted=encrypted)
    delays = _delays(pieces, in_no_time(_arrivals(socket)))
    assert delays[:2] == pytest.approx([0, 0]), "the first pieces are passed on at once"
    assert max(delays) <= REST_SECONDS + TOLERANCE
    assert socket.network_reads < 400 / 3


@pytest.mark.parametrize("encrypted", [False, True])
def test_a_stream_of_fifty_pieces_a_second_is_not_delayed(encrypted: bool) -> None:
    pieces = _numbered(100, 1 / 50)
    delays = _delays(pieces, in_no_time(_arrivals(Socket(pieces, encrypted=encrypted))))
    assert max(delays) <= TOLERANCE


def test_what_follows_a_silence_is_not_delayed() -> None:
    fast = _numbered(40, 1 / 400)
    later = [(2.0, b"aaa"), (3.0, b"bbb"), (3.5, b"ccc")]
    found = in_no_time(_arrivals(Socket([*fast, *later])))
    assert [content for at, content in found if at >= 2] == [content for _, content in later]
    assert [at for at, _ in found if at >= 2] == pytest.approx([at for at, _ in later])


def test_a_break_and_the_end_are_noticed_within_a_rest() -> None:
    async def broken() -> float:
        with pytest.raises(ConnectionError):
            await _arrivals(Socket([*_numbered(40, 1 / 400, start=0.0), (0.1, ConnectionError())]))
        return asyncio.get_running_loop().time()

    async def ended() -> float:
        await _arrivals(Socket(_numbered(41, 1 / 400, start=0.0)))
        return asyncio.get_running_loop().time()

    for end in in_no_time(broken()), in_no_time(ended()):
        assert 0.1 <= end + TOLERANCE <= 0.1 + 2 * REST_SECONDS


def test_a_reader_that_is_cancelled_while_the_connection_rests_ends_at_once() -> None:
    async def stopped() -> tuple[float, float]:
        clock = asyncio.get_running_loop().time
        socket = Socket(_numbered(400, 1 / 400, start=0.0))
        reading = asyncio.ensure_future(_arrivals(socket))
        await asyncio.sleep(0.1 + FAST_SECONDS / 3)
        reads, asked = socket.network_reads, clock()
        reading.cancel()
        await asyncio.wait((reading,))
        assert reading.cancelled() and socket.network_reads == reads
        return asked, clock()

    asked, ended = in_no_time(stopped())
    assert ended == asked


def test_a_connection_is_read_as_before_afterwards() -> None:
    socket = Socket(_numbered(40, 1 / 400))
    before = socket.read
    in_no_time(_arrivals(socket, count=10))
    assert socket.read == before


def _at_400_a_second(records: list[bytes], then: Callable[[Line], Awaitable[None]], *headers: str) -> Answer:
    async def answer(line: Line) -> None:
        await line.head("200 OK", "text/event-stream", *headers)
        for record in records:
            await line.say(record)
            await asyncio.sleep(1 / 400)
        await then(line)

    return answer


def _words(count: int) -> list[bytes]:
    return [frame(chunk(content=f"{number} ")) for number in range(count)]


@pytest.mark.parametrize("secure", [False, True])
async def test_a_fast_answer_streams_and_is_whole(secure: bool) -> None:
    async def ends(line: Line) -> None:
        await line.say(STOP + DONE)

    tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    tls.load_cert_chain(OWN)
    texts: list[tuple[float, str]] = []
    last: ChatEvent | None = None
    size = sum(map(len, (*_words(80), STOP, DONE)))
    answer = _at_400_a_second(_words(80), ends, f"content-length: {size}")
    async with serving(answer, tls=tls if secure else None) as service:
        known = {"base_url": f"https://localhost:{service.port}/v1", "certificates": str(OWN)} if secure else {}
        async with client_of(service, **known) as client, aclosing(client.chat(HI)) as events:
            async for last in events:
                if isinstance(last, TextDelta):
                    texts.append((asyncio.get_running_loop().time(), last.text))
    assert [text for _, text in texts] == [f"{number} " for number in range(80)]
    assert last == Finished("stop")
    assert texts[40][0] - texts[0][0] > REST_SECONDS and texts[79][0] - texts[40][0] > REST_SECONDS


async def test_stopping_a_fast_answer_closes_its_connection_at_once() -> None:
    async with serving(_at_400_a_second(_words(2_000), Line.silence)) as service, client_of(service) as client:
        begun = asyncio.Event()
        number = 0

        async def listen() -> None:
            nonlocal number
            async with aclosing(client.chat(HI)) as events:
                async for event in events:
                    number += isinstance(event, TextDelta)
                    if number > 20:
                        begun.set()

        listening = asyncio.ensure_future(listen())
        await asyncio.wait_for(begun.wait(), 20)
        listening.cancel()
        await asyncio.wait((listening,))
        seen = number
        assert listening.cancelled()
        await service.gone()
        assert number == seen < 2_000


async def test_an_error_in_a_fast_answer_ends_it_after_all_that_came_before() -> None:
    async def fails(line: Line) -> None:
        await line.say(frame(ERROR))
        await line.silence()

    async with serving(_at_400_a_second(_words(40), fails)) as service:
        answer, failure = await talk(service)
    assert answer.parts() == (Text("".join(f"{number} " for number in range(40)), 0),)
    assert failure is not None and failure.params["message"] == "boom"


async def test_only_the_connection_of_a_chat_rests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sound that arrives is played: nothing of it waits."""
    batched: list[object] = []

    def noted(connection: Any) -> AbstractContextManager[None]:
        batched.append(connection)
        return reads_in_batches(connection)

    monkeypatch.setattr(transport, "reads_in_batches", noted)
    async with serving(says(HELLO + STOP + DONE)) as service, client_of(service) as client:
        for call, expected in ((client.speak(LINE), 0), (client.recognise(RECORDING), 0), (client.chat(HI), 1)):
            with contextlib.suppress(WorkbenchError):  # an answer without sound
                async with aclosing(call) as events:
                    async for _ in events:
                        pass
            assert len(batched) == expected
