"""The fault matrix: what goes wrong on the wire, the code it gets, what is kept, and no connection stays behind."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import Any

import msgspec
import pytest

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, AudioFormat, Finished, TextDelta, Waiting
from app.core.messages import Text, Thinking, ToolCall, user_message
from app.core.profiles import Timeouts
from app.core.requests import BuiltinVoice, ChatRequest, RecognitionRequest, Sampling, SpeechRequest
from app.mimo.exchange import Journal
from tests.mimo.wire import (
    KEY,
    Answer,
    Line,
    Service,
    as_json,
    client_of,
    recorded,
    says,
    serving,
    sse,
    then_drops,
    then_stalls,
)

HI = ChatRequest("mimo-v2.5-pro", (user_message("Hi"),))
WHOLE = ChatRequest("mimo-v2.5-pro", (user_message("Hi"),), sampling=Sampling(stream=False))
LINE = SpeechRequest("mimo-v2.5-tts", "Hi.", BuiltinVoice("Mia"))
PATIENT = Timeouts(connect=10.0, first_byte=10.0, idle=10.0, speech=20.0)
QUICK = msgspec.structs.replace(PATIENT, first_byte=0.15)


def impatient_about(code: Code) -> Timeouts:
    """Short only where the test is about that limit: a busy machine must not run into another one first."""
    match code:
        case Code.FIRST_BYTE_TIMEOUT:
            return QUICK
        case Code.IDLE_TIMEOUT:
            return msgspec.structs.replace(PATIENT, idle=0.15)
        case Code.TOTAL_TIMEOUT:
            return msgspec.structs.replace(PATIENT, speech=0.3)
    return PATIENT


REASONING = "The reasoning_content in the thinking mode must be passed back to the API."


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"id": "1", "model": "m", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def frame(value: Any) -> bytes:
    return b"data: " + json.dumps(value, ensure_ascii=False).encode() + b"\n\n"


HELLO = frame(chunk(content="Hello"))
STOP = frame(chunk("stop"))
DONE = b"data: [DONE]\n\n"
ERROR = {"error": {"code": "500", "message": "boom", "param": "x"}}


def error(status: int, message: str = "m", **more: Any) -> bytes:
    return json.dumps({"error": {"code": str(status), "message": message, **more}}).encode()


async def raw(line: Line) -> None:
    await line.say(b"NONSENSE\r\n\r\n")
    line.drop()


async def closes(line: Line) -> None:
    line.drop()


async def silent(line: Line) -> None:
    await line.silence()


async def pings(line: Line) -> None:
    await line.head()
    while True:
        await line.say(b": ping\n\n")
        await asyncio.sleep(0.02)


async def drips_words(line: Line) -> None:
    await line.head()
    for word in ("one ", "two ", "three ", "four"):
        await line.say(frame(chunk(content=word)))
        await asyncio.sleep(0.08)
    await line.say(STOP + DONE)


async def never_closes_after_done(line: Line) -> None:
    await line.head()
    await line.say(HELLO + STOP + DONE)
    await line.silence()


def redirects(location: str, status: str = "307 Temporary Redirect") -> Answer:
    return says(b"", status, "text/plain", f"location: {location}", "content-length: 0")


def zipped(body: bytes, *, broken: bool = False) -> Answer:
    packed = gzip.compress(body)
    return says(b"not gzip" + packed if broken else packed, "200 OK", "text/event-stream", "content-encoding: gzip")


async def talk(
    service: Service, request: ChatRequest = HI, **changes: Any
) -> tuple[Accumulator, WorkbenchError | None]:
    """What a chat left: the parts so far, and the error that ended it."""
    accumulator = Accumulator()
    failure = None
    async with client_of(service, **changes) as client:
        try:
            async with aclosing(client.chat(request)) as events:
                async for event in events:
                    accumulator.fold(event, 0.0)
        except WorkbenchError as caught:
            failure = caught
    assert service.open == 0
    return accumulator, failure


BREAKS: dict[str, tuple[Answer, Code, str]] = {
    "dropped before the answer": (closes, Code.CONNECTION_LOST, ""),
    "dropped after a word": (then_drops(HELLO), Code.CONNECTION_LOST, "Hello"),
    "dropped within a word": (then_drops(HELLO + HELLO[:-12]), Code.CONNECTION_LOST, "Hello"),
    "dropped within a character": (then_drops(HELLO + frame(chunk(content="世"))[:-70]), Code.CONNECTION_LOST, "Hello"),
    "ended after a word": (says(HELLO), Code.CUT_SHORT, "Hello"),
    "ended within an event": (says(HELLO + HELLO[:30]), Code.GARBAGE, "Hello"),
    "empty stream": (says(b""), Code.CUT_SHORT, ""),
    "only comments": (says(b": ping\n\n: ping\n\n"), Code.CUT_SHORT, ""),
    "silent": (silent, Code.FIRST_BYTE_TIMEOUT, ""),
    "silent after the head": (then_stalls(b""), Code.FIRST_BYTE_TIMEOUT, ""),
    "only pings for ever": (pings, Code.FIRST_BYTE_TIMEOUT, ""),
    "stalled after a word": (then_stalls(HELLO), Code.IDLE_TIMEOUT, "Hello"),
    "stalled within an event": (then_stalls(HELLO + HELLO[:20]), Code.IDLE_TIMEOUT, "Hello"),
    "not HTTP": (raw, Code.GARBAGE, ""),
    "a page instead of a stream": (says(b"<html>login</html>", content_type="text/html"), Code.GARBAGE, ""),
    "a page as a stream": (says(b"  <!doctype html><html></html>"), Code.GARBAGE, ""),
    "junk between words": (says(HELLO + b"data: {not json\n\n" + HELLO), Code.GARBAGE, "Hello"),
    "a number for a record": (says(HELLO + b"data: 7\n\n"), Code.GARBAGE, "Hello"),
    "a record of another kind": (says(HELLO + b'data: {"hello":1}\n\n'), Code.GARBAGE, "Hello"),
    "content that is a number": (says(HELLO + frame(chunk(content=7))), Code.GARBAGE, "Hello"),
    "deeply nested": (says(HELLO + b"data: " + b"[" * 100_000 + b"\n\n"), Code.GARBAGE, "Hello"),
    "broken compression": (zipped(HELLO, broken=True), Code.GARBAGE, ""),
    "error after a word": (says(HELLO + frame(ERROR)), Code.SERVER_ERROR, "Hello"),
    "error and word in one read": (says(HELLO + HELLO + frame(ERROR) + HELLO), Code.SERVER_ERROR, "HelloHello"),
    "error first in a stream": (says(frame(ERROR)), Code.SERVER_ERROR, ""),
    "error with status 200": (as_json(ERROR), Code.SERVER_ERROR, ""),
    "bare error with status 200": (
        as_json({"code": "429", "message": "Too many requests"}),
        Code.TOO_MANY_REQUESTS,
        "",
    ),
    "error without its blank line": (says(HELLO + frame(ERROR).rstrip()), Code.SERVER_ERROR, "Hello"),
    "400": (says(error(400), "400 Bad Request", "application/json"), Code.BAD_REQUEST, ""),
    "400 without reasoning": (
        says(error(400, "Param Incorrect", param=REASONING), "400 Bad Request"),
        Code.REASONING_MISSING,
        "",
    ),
    "400 search off": (says(error(400, "webSearchEnabled is false"), "400 Bad Request"), Code.SEARCH_OFF, ""),
    "401": (says(error(401), "401 Unauthorized"), Code.UNAUTHORIZED, ""),
    "402": (says(error(402), "402 Payment Required"), Code.NO_BALANCE, ""),
    "403": (says(error(403), "403 Forbidden"), Code.FORBIDDEN, ""),
    "403 risk": (says(error(403, "risk control"), "403 Forbidden"), Code.RISK_CONTROL, ""),
    "404 page": (says(b"<html>openresty</html>", "404 Not Found", "text/html"), Code.NOT_FOUND, ""),
    "404 image, framed": (
        says(b"data:" + error(404, "No endpoints found that support image input"), "404 Not Found"),
        Code.NO_IMAGE_INPUT,
        "",
    ),
    "421": (says(error(421), "421 Misdirected Request"), Code.CONTENT_REFUSED, ""),
    "429": (says(error(429, "Too many requests"), "429 Too Many Requests"), Code.TOO_MANY_REQUESTS, ""),
    "429 quota": (says(error(429, "quota exhausted"), "429 Too Many Requests"), Code.QUOTA_EXHAUSTED, ""),
    "441 in 400": (says(error(441, type="risk_control"), "400 Bad Request"), Code.RISK_CONTROL, ""),
    "500": (says(b"oops", "500 Internal Server Error"), Code.SERVER_ERROR, ""),
    "502": (says(b"<html></html>", "502 Bad Gateway", "text/html"), Code.SERVER_ERROR, ""),
    "503": (says(error(503), "503 Service Unavailable"), Code.OVERLOADED, ""),
    "418": (says(b"", "418 Teapot"), Code.UNEXPECTED_STATUS, ""),
    "413": (says(b"", "413 Too Large"), Code.TOO_LARGE, ""),
    "error whose body stalls": (then_stalls(b""), Code.FIRST_BYTE_TIMEOUT, ""),
    "redirect elsewhere": (redirects("https://other.example/v1/chat/completions"), Code.REDIRECT_REFUSED, ""),
    "redirect that loses the body": (redirects("/elsewhere", "302 Found"), Code.REDIRECT_REFUSED, ""),
    "redirect in a circle": (redirects("/v1/chat/completions"), Code.REDIRECT_REFUSED, ""),
}


@pytest.mark.parametrize("name", BREAKS)
async def test_what_breaks_has_a_code_and_keeps_what_came(name: str) -> None:
    answer, code, kept = BREAKS[name]
    async with serving(answer) as service:
        accumulator, failure = await talk(service, timeouts=impatient_about(code))
    assert failure is not None
    assert failure.code is code
    assert "".join(part.text for part in accumulator.parts() if isinstance(part, Text)) == kept
    assert KEY not in f"{failure!r} {failure} {failure.params}"
    assert failure.params["call_id"]


HOLDS: dict[str, tuple[Answer, str]] = {
    "one byte at a time": (says(HELLO + frame(chunk(content=" 世界 🌏")) + STOP + DONE, piece=1), "Hello 世界 🌏"),
    "carriage returns": (says((HELLO + STOP + DONE).replace(b"\n", b"\r\n"), piece=3), "Hello"),
    "comments between": (says(b": a\n\n" + HELLO + b": b\n\n" + STOP + DONE), "Hello"),
    "slow but alive": (drips_words, "one two three four"),
    "another content type": (says(HELLO + STOP + DONE, content_type="application/octet-stream"), "Hello"),
    "no content type": (says(HELLO + STOP + DONE, content_type=""), "Hello"),
    "compressed": (zipped(HELLO + STOP + DONE), "Hello"),
    "a whole record instead of a stream": (
        as_json({"id": "1", "choices": [{"index": 0, "finish_reason": "stop", "message": {"content": "Hello"}}]}),
        "Hello",
    ),
    "lost after its finish reason": (then_drops(HELLO + STOP), "Hello"),
    "no finish reason but done": (says(HELLO + DONE), "Hello"),
    "no done but finished": (says(HELLO + STOP), "Hello"),
    "no last blank line": (says(HELLO + STOP.rstrip()), "Hello"),
    "words after done": (says(HELLO + STOP + DONE + b"\n\n\n"), "Hello"),
    "every key null": (
        says(
            HELLO
            + frame({"id": None, "model": None, "choices": None, "usage": None, "object": "x"} | {"id": "1"})
            + STOP
        ),
        "Hello",
    ),
    "an empty delta": (
        says(HELLO + frame({"id": "1", "choices": [{"delta": {}}]}) + frame({"id": "1", "choices": [{}]}) + STOP),
        "Hello",
    ),
    "a lone surrogate": (
        says(frame(chunk(content="Hel")) + b'data: {"id":"1","choices":[{"delta":{"content":"\\ud83d"}}]}\n\n' + STOP),
        "Hel?",
    ),
    "text as a list of parts": (says(frame(chunk(content=[{"type": "text", "text": "Hello"}])) + STOP), "Hello"),
    "an unknown finish reason": (says(HELLO + frame(chunk("because"))), "Hello"),
    "a byte order mark": (says(b"\xef\xbb\xbf" + HELLO + STOP), "Hello"),
    "a second answer beside the first": (
        says(HELLO + frame({"id": "1", "choices": [{"index": 1, "delta": {"content": "No"}}]}) + STOP),
        "Hello",
    ),
    "usage in odd shapes": (
        says(
            HELLO
            + frame({"id": "1", "choices": [], "usage": {"prompt_tokens": None, "completion_tokens_details": []}})
            + STOP
        ),
        "Hello",
    ),
    "an error after the end": (says(HELLO + STOP + frame(ERROR)), "Hello"),
    "a redirect at home": (redirects("/v2/chat/completions"), "Hello"),
}


@pytest.mark.parametrize("name", HOLDS)
async def test_what_is_only_odd_goes_through(name: str) -> None:
    answer, said = HOLDS[name]
    async with serving(answer, says(HELLO + STOP + DONE)) as service:
        accumulator, failure = await talk(service)
    assert failure is None
    assert "".join(part.text for part in accumulator.parts() if isinstance(part, Text)) == said
    assert accumulator.finish == "stop"


async def test_a_service_that_never_closes_after_done_holds_nobody_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.transport.FAREWELL", 0.1)
    async with serving(never_closes_after_done) as service, asyncio.timeout(2):
        accumulator, failure = await talk(service)
    assert failure is None and accumulator.finish == "stop"


async def test_nobody_listens() -> None:
    async with serving(silent) as service:
        port = service.port
    gone = Service(silent)
    gone.port = port
    _, failure = await talk(gone)
    assert failure is not None and failure.code is Code.UNREACHABLE


async def test_tls_that_is_none() -> None:
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


async def test_a_handshake_that_never_ends_leaves_no_connection() -> None:
    async with serving(silent) as service:
        _, failure = await talk(service, base_url=service.url.replace("http", "https"), timeouts=QUICK)
    assert failure is not None and failure.code is Code.FIRST_BYTE_TIMEOUT


async def test_a_key_in_the_services_words_is_taken_out() -> None:
    journal = Journal()
    told = error(401, f"Incorrect API key provided: {KEY}")
    async with serving(says(told, "401 Unauthorized", "application/json", f"x-echo: {KEY}")) as service:
        _, failure = await talk(service, record=journal.record)
    assert failure is not None and "Incorrect API key" in failure.params["message"]
    (exchange,) = journal
    shown = f"{failure} {exchange.request_headers} {exchange.attempts} {exchange.error_params} {exchange.response()}"
    assert KEY not in shown and KEY not in repr(exchange)


async def test_a_key_does_not_travel_to_another_port() -> None:
    async with serving(says(HELLO + STOP)) as other:
        async with serving(redirects(f"{other.url}/chat/completions")) as service:
            _, failure = await talk(service)
        assert failure is not None and failure.code is Code.REDIRECT_REFUSED
        assert other.asked == []


@pytest.mark.parametrize(
    "first",
    [
        closes,
        says(error(500), "500 Internal Server Error"),
        says(error(503), "503 Service Unavailable"),
        says(frame(ERROR)),
        says(error(429, "Too many requests"), "429 Too Many Requests", "application/json", "retry-after: 0"),
    ],
)
async def test_what_may_be_tried_again_is(first: Answer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.retry._FIRST_WAIT", 0.01)
    async with serving(first, says(HELLO + STOP + DONE)) as service, client_of(service, retries=2) as client:
        async with aclosing(client.chat(HI)) as events:
            seen = [event async for event in events]
        assert len(service.asked) == 2
    waits = [event for event in seen if isinstance(event, Waiting)]
    assert [(wait.reason, wait.attempt) for wait in waits] == [("retry", 1)]
    assert seen[-1] == Finished("stop")


@pytest.mark.parametrize(
    "answer",
    [
        says(error(status, words), f"{status} No")
        for status, words in (
            (400, ""),
            (401, ""),
            (402, ""),
            (403, ""),
            (404, ""),
            (421, ""),
            (429, "quota exhausted"),
        )
    ]
    + [then_drops(HELLO), says(HELLO + frame(ERROR))],
)
async def test_what_must_not_be_tried_again_is_not(answer: Answer) -> None:
    async with serving(answer) as service:
        _, failure = await talk(service, retries=3)
        assert failure is not None and len(service.asked) == 1


async def test_a_401_is_tried_once_more_where_the_key_has_worked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.retry._FIRST_WAIT", 0.01)
    good, bad = says(HELLO + STOP + DONE), says(error(401), "401 Unauthorized")
    async with serving(good, bad, good, bad) as service, client_of(service, retries=2) as client:
        for _ in range(2):
            async with aclosing(client.chat(HI)) as events:
                assert [event async for event in events][-1] == Finished("stop")
        with pytest.raises(WorkbenchError) as caught:
            async with aclosing(client.chat(HI)) as events:
                _ = [event async for event in events]
        assert caught.value.code is Code.UNAUTHORIZED and len(service.asked) == 5


async def test_stop_during_a_wait_for_a_retry() -> None:
    refusing = says(b"", "503 No", "text/plain", "retry-after: 30")
    async with serving(refusing) as service, client_of(service, retries=2) as client, asyncio.timeout(1):
        async with aclosing(client.chat(HI)) as events:
            assert await anext(events) == Waiting(30.0, "retry", 1)
        await service.gone()


@pytest.mark.parametrize("said", [b"", HELLO])
async def test_stop_closes_the_connection_at_once(said: bytes) -> None:
    async with serving(then_stalls(said)) as service, client_of(service) as client:

        async def listen() -> None:
            async with aclosing(client.chat(HI)) as events:
                async for _ in events:
                    pass

        task = asyncio.ensure_future(listen())
        await asyncio.sleep(0.05)
        assert service.open == 1
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        async with asyncio.timeout(0.2):
            await service.gone()


async def test_leaving_after_the_first_word_closes_the_connection() -> None:
    async with serving(then_stalls(HELLO)) as service, client_of(service) as client:
        async with aclosing(client.chat(HI)) as events:
            async for event in events:
                if isinstance(event, TextDelta):
                    break
        async with asyncio.timeout(0.2):
            await service.gone()


async def test_a_slow_consumer_is_no_idle_service() -> None:
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


Use = Callable[[Any], Awaitable[list[Any]]]


async def speak(client: Any) -> list[Any]:
    async with aclosing(client.speak(LINE)) as events:
        return [event async for event in events]


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (silent, Code.TOTAL_TIMEOUT),
        (pings, Code.TOTAL_TIMEOUT),
        (then_stalls(frame(chunk(audio={"data": "AAEC"}))), Code.IDLE_TIMEOUT),
        (says(frame(chunk(audio={"data": "AAEC"}))), Code.CUT_SHORT),
        (says(frame(chunk(audio={"data": "****"})) + STOP), Code.GARBAGE),
        (says(frame(chunk("content_filter", content="Considered high risk."))), Code.CONTENT_REFUSED),
        (says(error(400, param="Unknown voice: X."), "400 Bad Request"), Code.BAD_REQUEST),
    ],
)
async def test_speech_that_breaks(answer: Answer, code: Code) -> None:
    async with serving(answer) as service, client_of(service, timeouts=impatient_about(code)) as client:
        with pytest.raises(WorkbenchError) as caught:
            await speak(client)
    assert caught.value.code is code and service.open == 0


async def test_speech_streams_and_speaks() -> None:
    async with serving(says(recorded("speech_odd_bytes.sse"), piece=5)) as service, client_of(service) as client:
        events = await speak(client)
    assert AudioFormat("pcm16", 24_000) in events
    assert sum(len(event.content) for event in events if isinstance(event, AudioDelta)) == 24


async def test_recognition_and_models() -> None:
    rows = {"object": "list", "data": [{"id": "mimo-v2.5", "owned_by": "xiaomi"}, {"id": "x"}, {"id": "x"}, 7, {}]}
    async with (
        serving(says(recorded("recognition.sse")), as_json(rows), as_json(["a"]), as_json({"no": 1})) as service,
        client_of(service) as client,
    ):
        async with aclosing(client.recognise(RecognitionRequest("mimo-v2.5-asr", b"RIFF", "audio/wav"))) as events:
            words = [event.text async for event in events if isinstance(event, TextDelta)]
        assert "".join(words) == "Good morning. 今天天气怎么样？"
        assert [(model.id, model.owner) for model in await client.models()] == [("mimo-v2.5", "xiaomi"), ("x", "")]
        assert [model.id for model in await client.models()] == ["a"]
        with pytest.raises(WorkbenchError) as caught:
            await client.models()
        assert caught.value.code is Code.GARBAGE


async def test_anthropic_over_the_wire() -> None:
    async with serving(says(recorded("anthropic.sse"), piece=7)) as service:
        accumulator, failure = await talk(service, protocol="anthropic")
        assert service.asked[0].path == "/v1/messages"
    assert failure is None
    assert [type(part) for part in accumulator.parts()] == [Thinking, Text, ToolCall, ToolCall]
    overloaded = b'event: error\ndata: {"type":"error","error":{"type":"overloaded_error","message":"Overloaded"}}\n\n'
    begun = recorded("anthropic.sse").split(b"event: content_block_stop")[0]
    async with serving(says(begun + overloaded)) as service:
        accumulator, failure = await talk(service, protocol="anthropic")
    assert failure is not None and failure.code is Code.OVERLOADED
    (thinking,) = accumulator.parts()
    assert isinstance(thinking, Thinking) and thinking.text == "Two cities. 🤔"


async def test_a_whole_anthropic_message() -> None:
    message = {
        "id": "b9",
        "type": "message",
        "role": "assistant",
        "model": "mimo-v2.5-pro",
        "stop_reason": "end_turn",
        "content": [{"type": "thinking", "thinking": "hm", "signature": "s"}, {"type": "text", "text": "Hello"}],
        "usage": {"input_tokens": 57, "output_tokens": 54},
    }
    async with serving(as_json(message)) as service:
        accumulator, failure = await talk(service, WHOLE, protocol="anthropic")
    assert failure is None and accumulator.finish == "stop"
    assert accumulator.parts() == (Thinking("hm", 0, 0.0, "s"), Text("Hello"))


async def test_the_example_whose_answer_sits_in_the_thinking() -> None:
    message = {"content": "", "role": "assistant", "tool_calls": None, "reasoning_content": "Good morning."}
    body = {
        "id": "55",
        "choices": [{"finish_reason": "stop", "index": 0, "message": message}],
        "model": "mimo-v2.5",
        "usage": {"completion_tokens": 17, "prompt_tokens": 86},
    }
    async with serving(as_json(body)) as service:
        accumulator, failure = await talk(service, WHOLE)
    assert failure is None
    assert accumulator.parts() == (Thinking("Good morning.", 0, 0.0),)


@pytest.mark.parametrize(
    "calls",
    [
        [
            {"id": "a", "function": {"name": "f", "arguments": "{}"}},
            {"id": "b", "function": {"name": "g", "arguments": {"x": 1}}},
        ],
        [
            {"index": 0, "id": "a", "function": {"name": "f", "arguments": "{}"}},
            {"index": 0, "id": "b", "function": {"name": "g", "arguments": '{"x": 1}'}},
        ],
    ],
)
async def test_tool_calls_of_gateways_without_or_with_wrong_indexes(calls: list[dict[str, Any]]) -> None:
    async with serving(says(sse(*(chunk(tool_calls=[call]) for call in calls), chunk("tool_calls")))) as service:
        accumulator, failure = await talk(service)
    assert failure is None
    assert accumulator.parts() == (ToolCall("a", "f", "{}"), ToolCall("b", "g", '{"x": 1}'))


async def test_many_streams_through_one_client_leave_nothing() -> None:
    async with serving(says(HELLO + STOP + DONE, piece=20)) as service, client_of(service) as client:

        async def one() -> Any:
            async with aclosing(client.chat(HI)) as events:
                return [event async for event in events][-1]

        assert await asyncio.gather(*(one() for _ in range(50))) == [Finished("stop")] * 50
