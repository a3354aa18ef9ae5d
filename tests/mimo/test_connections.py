"""Connections are reused after a complete response, and closed at once after anything else."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import ssl
from contextlib import aclosing
from typing import Any

import msgspec
import pytest

from app.core.errors import Code, WorkbenchError
from app.core.events import Finished, TextDelta
from app.mimo.call_recording import CallRecorder
from tests.mimo.recorded import (
    DONE,
    HELLO,
    HI,
    LINE,
    PATIENT,
    QUICK,
    RECORDING,
    STOP,
    chunk,
    error,
    frame,
    hear,
    impatient_about,
    redirects,
    silent,
    talk,
)
from tests.mimo.test_certificates import OWN
from tests.mimo.wire import KEY, Answer, Service, client_of, in_chunks, says, serving, then_stalls


async def test_a_connection_is_reused_after_a_complete_response() -> None:
    async with serving(in_chunks(HELLO + STOP + DONE)) as service, client_of(service) as client:
        for _ in range(3):
            async with aclosing(client.chat(HI)) as events:
                assert [event async for event in events][-1] == Finished("stop")
        assert (service.accepted, service.open, len(service.asked)) == (1, 1, 3)


async def test_a_broken_response_closes_only_its_own_connection() -> None:
    good, bad = in_chunks(HELLO + STOP + DONE), in_chunks(HELLO + frame({"error": {"code": "500"}}) + HELLO * 9)
    async with serving(good, bad, good) as service, client_of(service) as client:
        for broken in (False, True, False):
            try:
                async with aclosing(client.chat(HI)) as events:
                    assert [event async for event in events][-1] == Finished("stop") and not broken
            except Exception as failure:
                assert broken, failure
            async with asyncio.timeout(10):
                while service.open > (not broken):
                    await asyncio.sleep(0.001)
        assert (service.accepted, service.open) == (2, 1)


async def test_a_service_that_accepts_no_connection_times_out() -> None:
    """The queue of a socket that accepts no connections is full, so the next connection hangs."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen(0)
        waiting = [socket.socket() for _ in range(8)]
        for one in waiting:
            one.setblocking(False)
            one.connect_ex(listening.getsockname())
        service = Service(silent)
        service.port = listening.getsockname()[1]
        _, failure = await talk(service, timeouts=msgspec.structs.replace(PATIENT, connect=0.2))
        for one in waiting:
            one.close()
    assert failure is not None and failure.code is Code.CONNECT_TIMEOUT
    assert (failure.params["host"], failure.params["seconds"]) == ("127.0.0.1", 0.2)


@pytest.mark.parametrize(
    ("kind", "said"),
    [("speech", b""), ("speech", frame(chunk(audio={"data": "AAEC"}))), ("recognition", HELLO), ("models", b"")],
)
async def test_stopping_any_call_closes_its_connection(kind: str, said: bytes) -> None:
    async with serving(then_stalls(said)) as service, client_of(service) as client:

        async def listen() -> None:
            if kind == "models":
                await client.models()
            elif kind == "speech":
                async with aclosing(client.speak(LINE)) as sound:
                    _ = [event async for event in sound]
            else:
                async with aclosing(client.recognise(RECORDING)) as words:
                    _ = [event async for event in words]

        task = asyncio.ensure_future(listen())
        async with asyncio.timeout(10):
            while not service.asked:
                await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await service.gone()


async def test_an_early_hint_and_odd_headers_are_ignored() -> None:
    async def hints(line: Any) -> None:
        await line.say(b"HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n")
        await line.head("200 OK", "text/event-stream", "x-Odd:", "SET-COOKIE: a=b", "set-cookie: c=d")
        await line.say(HELLO + STOP + DONE)

    async with serving(hints) as service:
        heard = await hear(service, lambda client: client.chat(HI))
    assert heard.failure is None and heard.events[-1] == Finished("stop")


@pytest.mark.parametrize("said", [HELLO + STOP + DONE, HELLO + STOP, HELLO + DONE])
async def test_a_connection_left_open_after_the_end_does_not_delay_the_result(
    said: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.mimo.deadlines.DRAIN_SECONDS", 0.1)
    async with serving(then_stalls(said)) as service, asyncio.timeout(15):
        accumulator, failure = await talk(service)
    assert failure is None and accumulator.finish == "stop"


async def test_a_closed_port_is_unreachable() -> None:
    async with serving(silent) as service:
        port = service.port
    gone = Service(silent)
    gone.port = port
    _, failure = await talk(gone)
    assert failure is not None and failure.code is Code.UNREACHABLE


async def test_a_server_without_tls_is_a_tls_error() -> None:
    async def plain(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(10)
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(plain, "127.0.0.1", 0)
    service = Service(silent)
    service.port = server.sockets[0].getsockname()[1]
    _, failure = await talk(service, base_url=service.url.replace("http", "https"))
    server.close()
    assert failure is not None and failure.code is Code.TLS


async def test_a_stuck_handshake_leaves_no_connection() -> None:
    async with serving(silent) as service:
        _, failure = await talk(service, base_url=service.url.replace("http", "https"), timeouts=QUICK)
    assert failure is not None and failure.code is Code.FIRST_BYTE_TIMEOUT


async def test_a_key_in_the_services_message_is_redacted() -> None:
    recorder = CallRecorder()
    told = error(401, f"Incorrect API key provided: {KEY}")
    async with serving(says(told, "401 Unauthorized", "application/json", f"x-echo: {KEY}")) as service:
        _, failure = await talk(service, record=recorder.record)
    assert failure is not None and "Incorrect API key" in failure.params["message"]
    (exchange,) = recorder
    shown = f"{failure} {exchange.request_headers} {exchange.attempts} {exchange.error_params} {exchange.response()}"
    assert KEY not in shown and KEY not in repr(exchange)


async def test_a_key_is_not_sent_to_another_port() -> None:
    async with serving(says(HELLO + STOP)) as other:
        async with serving(redirects(f"{other.url}/chat/completions")) as service:
            _, failure = await talk(service)
        assert failure is not None and failure.code is Code.REDIRECT_REFUSED
        assert other.asked == []


@pytest.mark.parametrize("said", [b"", HELLO])
async def test_stopping_closes_the_connection_at_once(said: bytes) -> None:
    async with serving(then_stalls(said)) as service, client_of(service) as client:

        async def listen() -> None:
            async with aclosing(client.chat(HI)) as events:
                async for _ in events:
                    pass

        task = asyncio.ensure_future(listen())
        async with asyncio.timeout(10):
            while not service.asked:
                await asyncio.sleep(0.001)
        assert service.open == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await service.gone()  # the service was not going to end it, and the client is still open


async def test_closing_after_the_first_text_closes_the_connection() -> None:
    async with serving(then_stalls(HELLO)) as service, client_of(service) as client:
        async with aclosing(client.chat(HI)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    break
        await service.gone()  # the service was not going to end it, and the client is still open


def with_its_length(body: bytes, status: str = "200 OK", *more: str) -> Answer:
    return says(body, status, "text/event-stream", f"content-length: {len(body)}", *more, piece=60)


STREAM = HELLO * 3 + STOP + DONE


@pytest.mark.parametrize(
    ("answer", "secure"),
    [
        (with_its_length(STREAM), False),
        (with_its_length(STREAM), True),
        (with_its_length(gzip.compress(STREAM), "200 OK", "content-encoding: gzip"), False),
        (with_its_length(error(400, "no"), "400 Bad Request"), False),
    ],
)
async def test_stopping_at_any_moment_leaves_no_connection(answer: Answer, secure: bool) -> None:
    """Stops after a number of loop iterations, from before the connection to after its end.

    The first 150 are taken one by one; on a busy machine thousands may pass while a thread resolves the name.
    """
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(OWN)
    async with serving(answer, tls=tls if secure else None) as service:
        known = {"base_url": f"https://localhost:{service.port}/v1", "certificates": str(OWN)} if secure else {}
        async with client_of(service, **known) as client:

            async def listen() -> None:
                with contextlib.suppress(WorkbenchError):
                    async with aclosing(client.chat(HI)) as events:
                        _ = [event async for event in events]

            over, turns = False, 0
            while not over:
                task = asyncio.ensure_future(listen())
                for _ in range(turns):
                    await asyncio.sleep(0)
                over = task.done()
                task.cancel()
                await asyncio.wait((task,))
                await service.gone()  # the client is still open
                turns += max(1, turns // 150)
        assert service.asked


async def test_a_slow_consumer_does_not_count_as_idle_service() -> None:
    async with (
        serving(says(HELLO * 3 + STOP + DONE)) as service,
        client_of(service, timeouts=impatient_about(Code.IDLE_TIMEOUT)) as client,
    ):
        async with aclosing(client.chat(HI)) as events:
            words = []
            async for event in events:
                if isinstance(event, TextDelta):
                    words.append(event.text)
                    await asyncio.sleep(0.1)
        assert words == ["Hello"] * 3


async def test_many_concurrent_streams_leave_no_connection() -> None:
    async with serving(says(HELLO + STOP + DONE, piece=20)) as service, client_of(service) as client:

        async def one() -> Any:
            async with aclosing(client.chat(HI)) as events:
                return [event async for event in events][-1]

        assert await asyncio.gather(*(one() for _ in range(50))) == [Finished("stop")] * 50
