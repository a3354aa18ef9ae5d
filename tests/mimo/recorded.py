"""Responses of the odd service, and functions to run calls against it."""

from __future__ import annotations

import asyncio
import gzip
import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from typing import Any, NamedTuple

import msgspec

from app.core.accumulator import Accumulator
from app.core.errors import Code, WorkbenchError
from app.core.messages import user_message
from app.core.profiles import Timeouts
from app.core.requests import BuiltinVoice, ChatRequest, RecognitionRequest, Sampling, SpeechRequest
from app.mimo.call_recording import CallRecorder, Exchange
from app.mimo.client import MimoClient
from tests.mimo.wire import Answer, Line, Service, client_of, says

HI = ChatRequest("mimo-v2.6-pro", (user_message("Hi"),))
WHOLE = ChatRequest("mimo-v2.6-pro", (user_message("Hi"),), sampling=Sampling(stream=False))
LINE = SpeechRequest("mimo-v2.5-tts", "Hi.", BuiltinVoice("Mia"))
WHOLE_LINE = msgspec.structs.replace(LINE, stream=False)
RECORDING = RecognitionRequest("mimo-v2.5-asr", b"RIFF", "audio/wav")
WHOLE_RECORDING = msgspec.structs.replace(RECORDING, stream=False)
PATIENT = Timeouts(connect=20.0, first_byte=20.0, idle=20.0, speech=20.0)
QUICK = msgspec.structs.replace(PATIENT, first_byte=0.15, speech=0.15)


def impatient_about(code: Code) -> Timeouts:
    """Short only for the tested limit, so that a busy machine does not exceed another one first."""
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


def redirects(location: str, status: str = "307 Temporary Redirect") -> Answer:
    return says(b"", status, "text/plain", f"location: {location}", "content-length: 0")


def zipped(body: bytes, *, broken: bool = False) -> Answer:
    packed = gzip.compress(body)
    return says(b"not gzip" + packed if broken else packed, "200 OK", "text/event-stream", "content-encoding: gzip")


async def talk(
    service: Service, request: ChatRequest = HI, **changes: Any
) -> tuple[Accumulator, WorkbenchError | None]:
    """Run a chat; return the parts so far and the error that ended it."""
    heard = await hear(service, lambda client: client.chat(request), **changes)
    accumulator = Accumulator()
    for event in heard.events:
        accumulator.fold(event, 0.0)
    return accumulator, heard.failure


class Heard(NamedTuple):
    """The result of a call: its events, the error that ended it, and its record."""

    events: list[Any]
    failure: WorkbenchError | None
    exchange: Exchange | None


async def hear(service: Service, call: Callable[[MimoClient], AsyncGenerator[Any, None]], **changes: Any) -> Heard:
    """Run a call to its end, also after an error, and check that its connection is closed."""
    recorder, events, failure = CallRecorder(), list[Any](), None
    async with client_of(service, record=changes.pop("record", recorder.record), **changes) as client:
        try:
            async with aclosing(call(client)) as coming:
                async for event in coming:
                    events.append(event)
        except WorkbenchError as caught:
            failure = caught
        await service.gone()
        assert service.open == 0
    return Heard(events, failure, next(iter(recorder), None))
