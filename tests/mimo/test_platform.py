"""What the client does about the platform's own ways: two header styles, two model lists, a voice, comment lines."""

from __future__ import annotations

import asyncio
from contextlib import aclosing

import msgspec
import pytest

from app.core.errors import Code, WorkbenchError
from app.core.events import AudioDelta, Finished, PreviewText, VoiceReplaced
from app.core.messages import Text
from app.core.profiles import Authentication, Timeouts
from app.core.requests import BuiltinVoice, ModelEntry
from app.mimo.call_recording import CallRecorder
from app.mimo.rate_limiter import ModelLimit
from tests.mimo.recorded import DONE, HELLO, HI, LINE, STOP, chunk, error, frame, hear, talk
from tests.mimo.virtual_time import in_no_time
from tests.mimo.wire import KEY, Line, as_json, client_of, says, serving

BAD_KEY = says(error(401), "401 Unauthorized")
GOOD = says(HELLO + STOP + DONE)
NO_PAGE = says(b"<html>404</html>", "404 Not Found", "text/html")
LIST = as_json({"object": "list", "data": [{"id": "mimo-v2.6-pro"}]})


async def test_the_other_header_style_is_tried_once_and_remembered_for_the_service() -> None:
    recorder = CallRecorder()
    kept: list[Authentication] = []
    async with serving(BAD_KEY, GOOD) as service:
        async with client_of(
            service, record=recorder.record, remember_style=lambda _profile, style: kept.append(style)
        ) as client:
            for _ in range(2):
                async with aclosing(client.chat(HI)) as events:
                    assert [event async for event in events][-1] == Finished("stop")
        assert kept == ["bearer"]
        async with client_of(service, working_authentication="bearer") as again, aclosing(again.chat(HI)) as events:
            _ = [event async for event in events]
        sent = [(asked.headers.get("api-key"), asked.headers.get("authorization")) for asked in service.asked]
    assert sent == [(KEY, None), *[(None, f"bearer {KEY}")] * 3]
    first = next(iter(recorder))
    assert [attempt.status for attempt in first.attempts] == [401, 200]
    assert "Authorization" in first.request_headers and KEY not in str(first.request_headers)


async def test_a_key_refused_in_both_styles_is_refused() -> None:
    async with serving(BAD_KEY) as service, client_of(service, retries=3) as client:
        for calls in (2, 4):
            with pytest.raises(WorkbenchError) as caught:
                async with aclosing(client.chat(HI)) as events:
                    _ = [event async for event in events]
            assert caught.value.code is Code.UNAUTHORIZED and len(service.asked) == calls


@pytest.mark.parametrize("kind", ["gateway", "self-hosted"])
async def test_other_services_get_the_style_that_was_chosen(kind: str) -> None:
    async with serving(BAD_KEY) as service:
        _, failure = await talk(service, kind=kind)
        assert failure is not None and len(service.asked) == 1


async def test_the_model_list_may_be_at_the_root_of_the_host() -> None:
    async with serving(NO_PAGE, LIST) as service, client_of(service) as client:
        assert await client.models() == (ModelEntry("mimo-v2.6-pro"),)
        assert [asked.path for asked in service.asked] == ["/v1/models", "/models"]
    async with serving(NO_PAGE) as service, client_of(service) as client:
        with pytest.raises(WorkbenchError) as caught:
            await client.models()
        assert caught.value.code is Code.NOT_FOUND and len(service.asked) == 2


@pytest.mark.parametrize(("text", "voice"), [("你好。", "冰糖"), ("Hello.", "Mia")])
async def test_the_default_voice_is_replaced_where_it_is_unknown(text: str, voice: str) -> None:
    unknown = as_json(
        {"error": {"code": "400", "message": "Param Incorrect", "param": "Unknown voice: mimo_default. Available …"}},
        "400 Bad Request",
    )
    sound = says(frame(chunk(audio={"data": "AAECAw=="})) + STOP + DONE)
    request = msgspec.structs.replace(LINE, text=text, voice=BuiltinVoice("mimo_default"))
    async with serving(unknown, sound) as service:
        heard = await hear(service, lambda client: client.speak(request))
        assert any(isinstance(event, AudioDelta) for event in heard.events) and heard.failure is None
        assert [event for event in heard.events if isinstance(event, VoiceReplaced)] == [
            VoiceReplaced("mimo_default", voice)
        ]
        assert [asked.json()["audio"]["voice"] for asked in service.asked] == ["mimo_default", voice]
    async with serving(unknown) as service:
        heard = await hear(service, lambda client: client.speak(LINE))
        assert heard.failure is not None and len(service.asked) == 1, "a voice that was chosen is never replaced"


@pytest.mark.parametrize("place", ["usage", "top"])
async def test_the_spoken_text_is_read_wherever_it_is(place: str) -> None:
    record = chunk(audio={"data": "AAECAw=="})
    record |= {"usage": {"final_text_preview": "Spoken."}} if place == "usage" else {"final_text_preview": "Spoken."}
    async with serving(says(frame(record) + STOP + DONE)) as service:
        heard = await hear(service, lambda client: client.speak(LINE))
    assert PreviewText("Spoken.") in heard.events


async def comments_then_answers(line: Line) -> None:
    await line.head()
    for _ in range(3):
        await asyncio.sleep(0.2)
        await line.say(b": PROCESSING\n\n")
    await asyncio.sleep(0.2)
    await line.say(HELLO + STOP + DONE)


async def test_a_comment_line_restarts_the_wait_for_the_first_event_and_is_none() -> None:
    limits = Timeouts(connect=20.0, first_byte=0.5, idle=20.0)
    async with serving(comments_then_answers) as service:
        accumulator, failure = await talk(service, timeouts=limits)
    assert failure is None and accumulator.parts() == (Text("Hello"),)


def test_calls_in_parallel_are_limited_halved_and_rise_again() -> None:
    async def work() -> None:
        limit = ModelLimit(1000, max_parallel=29)
        permits = [limit.permit("interactive") for _ in range(30)]
        assert [limit.try_acquire(permit) for permit in permits] == [True] * 29 + [False]
        permits[0].refused()
        for permit in permits[:16]:
            permit.sent()
            permit.end(succeeded=False)
        assert limit.parallel == 14 and [limit.try_acquire(limit.permit("interactive")) for _ in range(2)] == [
            True,
            False,
        ]
        for permit in permits[16:29]:
            permit.sent()
            permit.end(succeeded=True)
        assert 14.5 < limit.parallel < 15

    in_no_time(work())
