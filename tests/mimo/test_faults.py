"""The fault matrix: each fault on the wire, its error code, what is kept, and that no connection stays open."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from app.core.accumulator import Accumulator
from app.core.errors import Code
from app.core.events import AudioDelta, TextDelta
from app.core.messages import Text, Thinking
from app.mimo.client import MimoClient
from app.mimo.deadlines import Limits
from app.mimo.request_specs import recognition_call, speech_call
from tests.mimo.recorded import (
    DONE,
    ERROR,
    HELLO,
    HI,
    LINE,
    PATIENT,
    REASONING,
    RECORDING,
    STOP,
    WHOLE_LINE,
    WHOLE_RECORDING,
    Heard,
    chunk,
    closes,
    drips_words,
    error,
    frame,
    hear,
    impatient_about,
    pings,
    raw,
    redirects,
    silent,
    talk,
    zipped,
)
from tests.mimo.wire import (
    KEY,
    Answer,
    Line,
    as_json,
    in_chunks,
    profile,
    recorded,
    says,
    serving,
    then_drops,
    then_stalls,
)

NESTED = b'"x":' + b"[" * 100_000 + b"]" * 100_000 + b',"id"'
CHAT: dict[str, tuple[Answer, Code, str]] = {
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
    "deeply nested in a record": (says(HELLO + frame(chunk()).replace(b'"id"', NESTED)), Code.GARBAGE, "Hello"),
    "a deeply nested error": (says(b'{"error":' + b"[" * 100_000, "400 Bad Request"), Code.BAD_REQUEST, ""),
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
    "redirect elsewhere": (redirects("https://other.example/v1/chat/completions"), Code.REDIRECT_REFUSED, ""),
    "redirect that loses the body": (redirects("/elsewhere", "302 Found"), Code.REDIRECT_REFUSED, ""),
    "redirect in a circle": (redirects("/v1/chat/completions"), Code.REDIRECT_REFUSED, ""),
    "a chunk that never ends": (in_chunks(HELLO + HELLO[:40], finish=False), Code.CONNECTION_LOST, "Hello"),
    "a chunk whose size is no number": (in_chunks(HELLO, end=b"soon\r\n\r\n"), Code.GARBAGE, "Hello"),
    "text of a proxy": (says(b"Sorry, try later.\n", content_type="text/plain"), Code.GARBAGE, ""),
}


def named(name: str, record: dict[str, Any]) -> bytes:
    """An event of the Anthropic protocol."""
    return f"event: {name}\n".encode() + frame({"type": name} | record)


THOUGHT = recorded("anthropic.sse").split(b"event: content_block_stop")[0]
"""A stream up to the end of its thinking, `Two cities. 🤔`."""
WORDS = named("content_block_delta", {"index": 1, "delta": {"type": "text_delta", "text": "Hello"}})


def refused(kind: str) -> bytes:
    return named("error", {"error": {"type": kind, "message": "no"}})


ANTHROPIC: dict[str, tuple[Answer, Code, str]] = {
    "overloaded in the middle": (says(THOUGHT + refused("overloaded_error")), Code.OVERLOADED, "Two cities. 🤔"),
    "overloaded at once": (says(refused("overloaded_error")), Code.OVERLOADED, ""),
    "rate limit in the middle": (says(WORDS + refused("rate_limit_error")), Code.TOO_MANY_REQUESTS, "Hello"),
    "an unknown error": (says(WORDS + refused("new_error")), Code.SERVER_ERROR, "Hello"),
    "ended in the middle": (says(WORDS), Code.CUT_SHORT, "Hello"),
    "lost in the middle": (then_drops(WORDS), Code.CONNECTION_LOST, "Hello"),
    "silent in the middle": (then_stalls(WORDS), Code.IDLE_TIMEOUT, "Hello"),
    "junk in the middle": (says(WORDS + b"event: x\ndata: {\n\n"), Code.GARBAGE, "Hello"),
    "deeply nested": (says(WORDS + named("ping", {"id": 1}).replace(b'"id"', NESTED)), Code.GARBAGE, "Hello"),
    "the other protocol": (says(HELLO), Code.GARBAGE, ""),
    "a whole error with status 200": (
        as_json({"type": "error", "error": {"type": "api_error"}}),
        Code.SERVER_ERROR,
        "",
    ),
    "401": (says(error(401, type="authentication_error"), "401 Unauthorized"), Code.UNAUTHORIZED, ""),
    "413": (says(error(413, type="request_too_large"), "413 Too Large"), Code.TOO_LARGE, ""),
    "529": (says(error(529, type="overloaded_error"), "529 Overloaded"), Code.OVERLOADED, ""),
}

SOUND = frame(chunk(audio={"data": "AAECAw=="}))
SPEECH: dict[str, tuple[Answer, Code, bytes]] = {
    "silent": (silent, Code.FIRST_BYTE_TIMEOUT, b""),
    "only pings": (pings, Code.FIRST_BYTE_TIMEOUT, b""),
    "no sound after its first record": (then_stalls(frame(chunk(content=""))), Code.FIRST_BYTE_TIMEOUT, b""),
    "silent after a piece": (then_stalls(SOUND), Code.IDLE_TIMEOUT, b"\0\1\2\3"),
    "ended after a piece": (says(SOUND), Code.CUT_SHORT, b"\0\1\2\3"),
    "lost after a piece": (then_drops(SOUND), Code.CONNECTION_LOST, b"\0\1\2\3"),
    "error after a piece": (says(SOUND + frame(ERROR)), Code.SERVER_ERROR, b"\0\1\2\3"),
    "no base64": (says(SOUND + frame(chunk(audio={"data": "****"})) + STOP), Code.GARBAGE, b"\0\1\2\3"),
    "a refusal in place of sound": (
        says(frame(chunk("content_filter", content="Considered high risk."))),
        Code.CONTENT_REFUSED,
        b"",
    ),
    "a refusal that calls itself an answer": (
        says(
            frame(chunk(content="The request was rejected because "))
            + frame(chunk("stop", content="it was considered high risk"))
        ),
        Code.CONTENT_REFUSED,
        b"",
    ),
    "a refusal without an end of its own": (
        says(frame(chunk(content="The request was rejected because it was considered high risk")) + DONE),
        Code.CONTENT_REFUSED,
        b"",
    ),
    "an unknown voice": (says(error(400, param="Unknown voice: X."), "400 Bad Request"), Code.BAD_REQUEST, b""),
    "quota": (says(error(429, "quota exhausted"), "429 Too Many Requests"), Code.QUOTA_EXHAUSTED, b""),
    "a page": (says(b"<html></html>"), Code.GARBAGE, b""),
}

REFUSAL = b"".join(
    frame(chunk(content=word))
    for word in ("The ", "request", " was rejected", " because it was", " considered high", " risk", ".")
)
RECOGNITION: dict[str, tuple[Answer, Code, str]] = {
    "silent": (silent, Code.FIRST_BYTE_TIMEOUT, ""),
    "no word after its first record": (then_stalls(frame(chunk(content=""))), Code.FIRST_BYTE_TIMEOUT, ""),
    "silent in the middle": (then_stalls(HELLO), Code.IDLE_TIMEOUT, "Hello"),
    "ended in the middle": (says(HELLO), Code.CUT_SHORT, "Hello"),
    "lost in the middle": (then_drops(HELLO), Code.CONNECTION_LOST, "Hello"),
    "error in the middle": (says(HELLO + frame(ERROR)), Code.SERVER_ERROR, "Hello"),
    "a refusal": (says(frame(chunk("content_filter", content="No."))), Code.CONTENT_REFUSED, ""),
    "a refusal word by word": (
        says(REFUSAL + frame(chunk("content_filter")) + frame({"id": "1", "choices": [], "usage": {}})),
        Code.CONTENT_REFUSED,
        "",
    ),
    "a refusal word by word that calls itself an answer": (says(REFUSAL + STOP + DONE), Code.CONTENT_REFUSED, ""),
    "a refusal without an end of its own": (says(REFUSAL + DONE), Code.CONTENT_REFUSED, ""),
    "a refusal after words": (says(HELLO + frame(chunk("content_filter"))), Code.CONTENT_REFUSED, "Hello"),
    "not base64": (says(error(400, param="invalid base64 format"), "400 Bad Request"), Code.BAD_REQUEST, ""),
}

MODELS: dict[str, tuple[Answer, Code]] = {
    "silent": (silent, Code.FIRST_BYTE_TIMEOUT),
    "closed": (closes, Code.CONNECTION_LOST),
    "401": (says(error(401), "401 Unauthorized"), Code.UNAUTHORIZED),
    "404 page": (says(b"<html>openresty</html>", "404 Not Found", "text/html"), Code.NOT_FOUND),
    "no list": (as_json({"no": 1}), Code.GARBAGE),
    "a number": (as_json(7), Code.GARBAGE),
    "deeply nested": (says(b'{"data":' + b"[" * 100_000), Code.GARBAGE),
    "error with status 200": (as_json(ERROR), Code.SERVER_ERROR),
    "empty": (says(b""), Code.CUT_SHORT),
    "cut": (says(b'{"data":[{"id":"a"'), Code.GARBAGE),
}

SAYS: dict[Code, set[str]] = {
    Code.FIRST_BYTE_TIMEOUT: {"host", "seconds"},
    Code.IDLE_TIMEOUT: {"seconds"},
    Code.TOTAL_TIMEOUT: {"seconds"},
    Code.CONNECTION_LOST: {"host"},
    Code.GARBAGE: {"host"},
    Code.TOO_LARGE: {"host"},
    Code.REDIRECT_REFUSED: {"host", "target"},
    Code.SERVER_ERROR: {"status"},
    Code.UNEXPECTED_STATUS: {"status"},
}
"""The parameters that the sentence of a code needs."""


def holds(heard: Heard, code: Code) -> None:
    """Check the code, its parameters, the absence of the key, and the record of the call."""
    failure, exchange = heard.failure, heard.exchange
    assert failure is not None and exchange is not None
    assert failure.code is code
    assert all(failure.params[name] for name in SAYS.get(code, set()))
    assert KEY not in f"{failure!r} {failure} {failure.params}"
    assert failure.params["call_id"] == exchange.id
    assert exchange.error is code and exchange.ended is not None and exchange.attempts[-1].error is code
    assert KEY not in f"{exchange.request_headers} {exchange.error_params} {exchange.response()}"


def words(heard: Heard) -> str:
    return "".join(event.text for event in heard.events if isinstance(event, TextDelta))


@pytest.mark.parametrize("name", CHAT)
async def test_a_chat_that_fails(name: str) -> None:
    answer, code, kept = CHAT[name]
    async with serving(answer) as service:
        heard = await hear(service, lambda client: client.chat(HI), timeouts=impatient_about(code))
    holds(heard, code)
    assert words(heard) == kept


@pytest.mark.parametrize("name", ANTHROPIC)
async def test_a_chat_in_the_anthropic_protocol_that_fails(name: str) -> None:
    answer, code, kept = ANTHROPIC[name]
    async with serving(answer) as service:
        heard = await hear(
            service, lambda client: client.chat(HI), timeouts=impatient_about(code), protocol="anthropic"
        )
    holds(heard, code)
    accumulator = Accumulator()
    for event in heard.events:
        accumulator.fold(event, 0.0)
    assert "".join(part.text for part in accumulator.parts() if isinstance(part, Text | Thinking)) == kept


@pytest.mark.parametrize("name", SPEECH)
async def test_speech_that_fails(name: str) -> None:
    answer, code, kept = SPEECH[name]
    async with serving(answer) as service:
        heard = await hear(service, lambda client: client.speak(LINE), timeouts=impatient_about(code))
    holds(heard, code)
    assert sounds(heard) == kept


def sounds(heard: Heard) -> bytes:
    return b"".join(event.content for event in heard.events if isinstance(event, AudioDelta))


@pytest.mark.parametrize("answer", [silent, pings, then_stalls(b'{"id":"1",')])
async def test_a_whole_response_that_is_late_times_out(answer: Answer) -> None:
    for ask in (lambda client: client.speak(WHOLE_LINE), lambda client: client.recognise(WHOLE_RECORDING)):
        async with serving(answer) as service:
            heard = await hear(service, ask, timeouts=impatient_about(Code.TOTAL_TIMEOUT))
        holds(heard, Code.TOTAL_TIMEOUT)


async def test_a_service_may_generate_all_audio_before_sending_any() -> None:
    """The first record arrives at once, then nothing for longer than the idle limit."""

    async def in_one_piece(line: Line) -> None:
        await line.head()
        await line.say(frame(chunk(content="")))
        await asyncio.sleep(0.4)
        await line.say(SOUND + STOP + DONE)

    async with serving(in_one_piece) as service:
        heard = await hear(service, lambda client: client.speak(LINE), timeouts=impatient_about(Code.IDLE_TIMEOUT))
    assert heard.failure is None and sounds(heard) == b"\0\1\2\3"


def test_a_stream_may_last_as_long_as_more_arrives() -> None:
    limits = Limits(first=PATIENT.speech, idle=PATIENT.idle, total=None)
    service = profile("http://127.0.0.1/v1", timeouts=PATIENT)
    assert speech_call(service, LINE).limits == recognition_call(service, RECORDING).limits == limits
    whole = Limits(first=None, idle=None, total=PATIENT.speech)
    assert speech_call(service, WHOLE_LINE).limits == recognition_call(service, WHOLE_RECORDING).limits == whole


@pytest.mark.parametrize("name", RECOGNITION)
async def test_recognition_that_fails(name: str) -> None:
    answer, code, kept = RECOGNITION[name]
    async with serving(answer) as service:
        heard = await hear(service, lambda client: client.recognise(RECORDING), timeouts=impatient_about(code))
    holds(heard, code)
    assert words(heard) == kept
    if "word by word" in name:
        assert heard.failure is not None
        assert heard.failure.params["message"] == "The request was rejected because it was considered high risk."


@pytest.mark.parametrize("spoken", ["The request was", "The request was rejected, he said.", "The", "Theodore", " "])
async def test_a_transcript_that_begins_like_a_refusal_is_complete(spoken: str) -> None:
    deltas = b"".join(frame(chunk(content=letter)) for letter in spoken)
    async with serving(says(deltas + STOP + DONE)) as service:
        heard = await hear(service, lambda client: client.recognise(RECORDING))
    assert heard.failure is None and words(heard) == spoken


async def test_a_refusal_without_streaming_is_not_a_transcript() -> None:
    message = {"content": "The request was rejected because it was considered high risk"}
    body = {"id": "1", "choices": [{"index": 0, "finish_reason": "stop", "message": message}]}
    async with serving(as_json(body)) as service:
        heard = await hear(service, lambda client: client.recognise(RECORDING))
    holds(heard, Code.CONTENT_REFUSED)
    assert words(heard) == ""


@pytest.mark.parametrize("name", MODELS)
async def test_a_model_list_that_fails(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answer, code = MODELS[name]
    if code is Code.FIRST_BYTE_TIMEOUT:
        monkeypatch.setattr("app.mimo.request_specs._MODELS_TIMEOUT_SECONDS", 0.15)

    async def listed(client: MimoClient) -> Any:
        for model in await client.models():
            yield model

    async with serving(answer) as service:
        heard = await hear(service, listed)
    holds(heard, code)
    assert heard.events == []


async def test_an_error_with_an_endless_body_is_reported_by_its_status(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.transport._ERROR_BODY_TIMEOUT_SECONDS", 0.1)

    async def stalls(line: Any) -> None:
        await line.head("503 No", "application/json", "content-length: 500")
        await line.say(b'{"error":')
        await line.silence()

    async with serving(stalls) as service:
        heard = await hear(service, lambda client: client.chat(HI))
    holds(heard, Code.OVERLOADED)


def test_the_matrix_covers_every_fault() -> None:
    assert len(CHAT) + len(ANTHROPIC) + len(SPEECH) + len(RECOGNITION) + len(MODELS) >= 60


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
async def test_an_odd_but_valid_response_succeeds(name: str) -> None:
    answer, said = HOLDS[name]
    async with serving(answer, says(HELLO + STOP + DONE)) as service:
        accumulator, failure = await talk(service)
    assert failure is None
    assert "".join(part.text for part in accumulator.parts() if isinstance(part, Text)) == said
    assert accumulator.finish == "stop"
