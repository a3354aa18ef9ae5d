"""Looking at an address: what goes out, and how little is read."""

from __future__ import annotations

import pytest

from app.core.errors import Code, TransportError
from app.mimo.address_check import look_at
from tests.mimo.wire import Line, as_json, profile, says, serving

PNG = b"\x89PNG\r\n\x1a\n"


async def test_one_request_goes_out_with_nothing_of_ours() -> None:
    async with serving(says(PNG, "200 OK", "Image/PNG; q=1", "content-length: 8")) as service:
        answer = await look_at(f"{service.url}/a.png?b=1", profile(service.url, authentication="bearer"))
        await service.gone()
    (asked,) = service.asked
    assert (asked.method, asked.body) == ("GET", b"") and asked.path.endswith("/a.png?b=1")
    assert set(asked.headers) <= {"host", "accept", "accept-encoding", "connection", "user-agent"}
    assert "mimo" not in str(asked.headers).lower()
    assert (answer.status, answer.mime, answer.size, answer.head) == (200, "image/png", 8, PNG)


async def test_a_redirect_is_said_and_not_followed() -> None:
    async with serving(says(b"", "302 Found", "text/html", "location: /elsewhere")) as service:
        answer = await look_at(f"{service.url}/a.png", profile(service.url))
        await service.gone()
    assert len(service.asked) == 1 and answer.target.endswith("/elsewhere") and answer.status == 302


async def test_of_an_endless_answer_the_beginning_is_read() -> None:
    sent = 0

    async def endless(line: Line) -> None:
        nonlocal sent
        await line.head("200 OK", "video/mp4")
        while True:
            await line.say(bytes(1024))
            sent += 1024

    async with serving(endless) as service:
        answer = await look_at(f"{service.url}/film.mp4", profile(service.url))
        await service.gone()
    assert len(answer.head) == 4096 and answer.size is None


async def test_the_proxy_of_the_settings_is_used() -> None:
    async with serving(as_json({})) as proxy:
        settings = profile("https://api.example/v1", proxy=proxy.url.removesuffix("/v1"))
        await look_at("http://quay.example/a.png", settings)
        await proxy.gone()
    assert proxy.asked[0].path == "http://quay.example/a.png"


async def test_an_address_that_nobody_answers_is_an_error() -> None:
    with pytest.raises(TransportError) as failed:
        await look_at("http://127.0.0.1:1/a.png", profile("http://127.0.0.1:1"))
    assert failed.value.code is Code.UNREACHABLE
