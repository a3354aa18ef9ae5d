"""Requests whose files are streamed from the home: the same bytes as if they had been in the message."""

from __future__ import annotations

import base64
import hashlib
import json
import random
from collections.abc import Callable
from contextlib import aclosing
from pathlib import Path
from typing import Any

import pytest

from app.core.errors import Code, WorkbenchError
from app.core.messages import Media, user_message
from app.core.requests import ChatRequest
from app.mimo.call_recording import Exchange
from app.mimo.client import MimoClient
from app.mimo.embedded_files import RequestContent
from app.mimo.estimates import chat_tokens
from app.storage.blobs import Blobs
from tests.mimo.recorded import DONE, HELLO, STOP, error
from tests.mimo.wire import KEY, Service, profile, says, serving

GOOD = says(HELLO + STOP + DONE)
BUSY = says(error(503), "503 Service Unavailable")


@pytest.fixture(autouse=True)
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.mimo.retry._FIRST_DELAY_SECONDS", 0.01)


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "blobs")


def stored(blobs: Blobs, content: bytes, mime: str = "image/png", name: str = "a.png") -> Media:
    return Media(mime, f"blob:{blobs.put(content)}", name, len(content))


async def asked(
    service: Service, blob_path: Callable[[str], Path] | None, *media: Media, text: str = "Look", **changes: Any
) -> list[Exchange]:
    """Send a message; return the recorded exchanges. Raises what the call raises."""
    recorded: list[Exchange] = []
    client = MimoClient(profile(service.url, **changes), KEY, record=recorded.append, blob_path=blob_path)
    try:
        request = ChatRequest("mimo-v2.5", (user_message(text, media=media),))
        async with aclosing(client.chat(request)) as events:
            async for _ in events:
                pass
    finally:
        await client.aclose()
        await service.gone()
    return recorded


@pytest.mark.parametrize("size", [1, 2, 3 << 16, (3 << 16) + 1, 500_000])
async def test_a_file_goes_out_as_its_data_url(blobs: Blobs, size: int) -> None:
    content = random.Random(size).randbytes(size)
    async with serving(GOOD) as service:
        recorded = await asked(service, blobs.path, stored(blobs, content), text="é \ud800")
    (request,) = service.asked
    text, image = request.json()["messages"][0]["content"]
    assert text == {"type": "text", "text": "é ?"}, "a lone surrogate is no JSON"
    assert image["image_url"]["url"] == f"data:image/png;base64,{base64.b64encode(content).decode()}"
    assert int(request.headers["content-length"]) == len(request.body)
    assert "transfer-encoding" not in request.headers
    shown = recorded[-1]
    assert shown.request_bytes == len(request.body)
    assert f"sha256 {hashlib.sha256(content).hexdigest()}>" in shown.request and len(shown.request) < 1_000


async def test_each_kind_stands_where_it_belongs_and_a_retry_sends_all_again(blobs: Blobs) -> None:
    sound, film = stored(blobs, b"RIFF", "audio/wav"), stored(blobs, b"ftyp", "video/mp4")
    async with serving(BUSY, GOOD) as service:
        await asked(service, blobs.path, sound, Media("image/png", "https://a.example/b.png"), film, sound, retries=1)
    first, second = service.asked
    assert first.body == second.body
    parts = first.json()["messages"][0]["content"][1:]
    assert parts == [
        {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,UklGRg=="}},
        {"type": "image_url", "image_url": {"url": "https://a.example/b.png"}},
        {"type": "video_url", "video_url": {"url": "data:video/mp4;base64,ZnR5cA=="}},
        {"type": "input_audio", "input_audio": {"data": "data:audio/wav;base64,UklGRg=="}},
    ]


async def test_over_the_other_protocol_an_image_is_base64_without_a_prefix(blobs: Blobs) -> None:
    content = RequestContent.of({"data": None}, None)
    assert [piece async for piece in content] == [b'{"data":null}']
    async with serving(says(b"{}", "200 OK", "application/json")) as service:
        with pytest.raises(WorkbenchError):
            await asked(service, blobs.path, stored(blobs, b"\x89PNG"), protocol="anthropic")
    source = service.asked[0].json()["messages"][0]["content"][1]["source"]
    assert source == {"type": "base64", "media_type": "image/png", "data": "iVBORw=="}


@pytest.mark.parametrize("damage", ["gone", "changed", "nowhere"])
async def test_what_is_not_as_it_was_attached_is_not_sent(blobs: Blobs, damage: str) -> None:
    media = stored(blobs, b"picture", name="quay.png")
    path = blobs.path(media.digest)
    if damage == "gone":
        path.unlink()
    elif damage == "changed":
        path.write_bytes(b"another")
    async with serving(GOOD) as service:
        with pytest.raises(WorkbenchError) as failed:
            await asked(service, None if damage == "nowhere" else blobs.path, media)
    assert failed.value.code is Code.ATTACHMENT_MISSING and failed.value.params["name"] == "quay.png"
    assert not service.asked


async def test_a_file_that_vanishes_while_it_is_sent_ends_the_call(blobs: Blobs) -> None:
    media = stored(blobs, random.Random(1).randbytes(400_000), name="quay.png")
    body = {"url": None}
    content = RequestContent.of(body | {"file": _embedded(media)}, blobs.path)
    pieces = aiter(content)
    assert await anext(pieces) and await anext(pieces)
    blobs.path(media.digest).write_bytes(b"short")
    with pytest.raises(WorkbenchError) as failed:
        await anext(pieces)
    assert failed.value.code is Code.ATTACHMENT_MISSING


def _embedded(media: Media) -> Any:
    from app.mimo.embedded_files import embedded

    return embedded(media.url, media.mime, media.name, media.size)


@pytest.mark.parametrize("protocol", ["openai", "anthropic"])
async def test_a_recorded_request_is_sent_again_with_its_files(blobs: Blobs, protocol: str) -> None:
    media = stored(blobs, b"\x89PNG and more")
    async with serving(GOOD) as service:
        recorded: list[Exchange] = []
        settings = profile(service.url, protocol=protocol)
        client = MimoClient(settings, KEY, record=recorded.append, blob_path=blobs.path)
        try:
            await _send(client, ChatRequest("mimo-v2.5", (user_message("Look", media=(media,)),)))
            again = ChatRequest("mimo-v2.5", (), recorded=json.loads(recorded[-1].request))
            await _send(client, again)
            blobs.path(media.digest).unlink()
            with pytest.raises(WorkbenchError) as failed:
                async with aclosing(client.chat(again)) as events:
                    await anext(events)
        finally:
            await client.aclose()
            await service.gone()
    first, second = service.asked
    assert first.body == second.body and b"iVBORyBhbmQgbW9yZQ==" in second.body
    assert failed.value.code is Code.ATTACHMENT_MISSING


async def _send(client: MimoClient, request: ChatRequest) -> None:
    try:
        async with aclosing(client.chat(request)) as events:
            async for _ in events:
                pass
    except WorkbenchError:
        pass  # The answer is that of the other protocol.


def test_the_rate_limit_counts_what_an_attachment_takes() -> None:
    def tokens(*media: Media) -> int:
        return chat_tokens(ChatRequest("mimo-v2.5", (user_message("Look", media=media),)))

    without = tokens()
    assert tokens(Media("image/png", "blob:1", width=2048, height=1024)) == without + 2048
    assert tokens(Media("audio/wav", "blob:1", seconds=160.0)) == without + 1000
    assert tokens(Media("video/mp4", "https://films.example/a.mp4")) == without + 1024, "a guess for what is unknown"
