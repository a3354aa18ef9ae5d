"""Media in messages: accepted and refused formats, and token counts (WIRE.md sections 5 and 8)."""

from __future__ import annotations

import base64
import io
import struct
from typing import Any

import numpy as np
import pytest
import soundfile

from tests.demo.conftest import Post
from tests.demo.test_images import picture

MODEL = "mimo-v2.5"


def url(file: bytes, mime: str) -> str:
    return f"data:{mime};base64,{base64.b64encode(file).decode()}"


def image(file: bytes, mime: str = "image/png") -> dict[str, Any]:
    return {"type": "image_url", "image_url": {"url": url(file, mime)}}


def sound(file: bytes, mime: str = "audio/wav") -> dict[str, Any]:
    return {"type": "input_audio", "input_audio": {"data": url(file, mime)}}


def video(file: bytes, mime: str = "video/mp4") -> dict[str, Any]:
    return {"type": "video_url", "video_url": {"url": url(file, mime)}}


def user(*parts: dict[str, Any]) -> dict[str, Any]:
    return {"role": "user", "content": list(parts)}


def wav(seconds: float) -> bytes:
    file = io.BytesIO()
    soundfile.write(file, np.zeros(round(seconds * 8_000), np.float32), 8_000, format="WAV")
    return file.getvalue()


def container(brand: bytes, seconds: int) -> bytes:
    """An MP4 that contains nothing but its duration."""
    head = struct.pack(">I4s4sI", 16, b"ftyp", brand, 0)
    length = struct.pack(">I4sIIIII", 28, b"mvhd", 0, 0, 0, 1_000, 1_000 * seconds)
    return head + struct.pack(">I4s", 8 + len(length), b"moov") + length


def media_tokens(answer: Any) -> dict[str, int]:
    assert answer.status_code == 200, answer.text
    details: dict[str, int] = answer.json()["usage"]["prompt_tokens_details"]
    return {name: count for name, count in details.items() if name != "cached_tokens"}


def test_media_of_earlier_messages_are_counted_but_not_described(post: Post) -> None:
    earlier = user(image(picture("PNG")), sound(wav(8)), video(container(b"isom", 2)))
    history = [earlier, {"role": "assistant", "content": "I see."}]
    alone = media_tokens(post(MODEL, [earlier]))
    assert alone.keys() == {"image_tokens", "audio_tokens", "video_tokens"}
    answer = post(MODEL, [*history, {"role": "user", "content": "Thanks!"}])
    assert media_tokens(answer) == alone
    assert "320" not in answer.json()["choices"][0]["message"]["content"]
    twice = media_tokens(post(MODEL, [*history, user(image(picture("PNG")))]))
    assert twice["image_tokens"] == 2 * alone["image_tokens"]


@pytest.mark.parametrize(
    ("part", "param"),
    [
        (image(b"<svg/>", "image/svg+xml"), "Unsupported image format: image/svg+xml. Supported formats: JPEG"),
        (image(picture("PNG"), "text/plain"), "Unsupported image format: text/plain"),
        (image(b"no picture"), "image could not be decoded"),
        (sound(b"no sound"), "audio could not be decoded"),
        (sound(wav(1), "audio/aiff"), "Unsupported audio format: audio/aiff"),
        (video(b"no film"), "video could not be decoded"),
        (video(container(b"isom", 2), "video/webm"), "Unsupported video format: video/webm"),
    ],
)
@pytest.mark.parametrize("earlier", [False, True])
def test_unsupported_media_are_refused_in_any_message(
    post: Post, part: dict[str, Any], param: str, earlier: bool
) -> None:
    answer = post(MODEL, [user(part), *([{"role": "user", "content": "Well?"}] if earlier else [])])
    assert answer.status_code == 400
    assert answer.json()["error"]["param"].startswith(param)


@pytest.mark.parametrize("earlier", [False, True])
def test_undecodable_audio_is_measured_by_its_container(post: Post, earlier: bool) -> None:
    asked = [user(sound(container(b"M4A ", 40), "audio/mp4"))]
    answer = post(MODEL, [*asked, *([{"role": "user", "content": "Well?"}] if earlier else [])])
    assert media_tokens(answer) == {"audio_tokens": 250}
    assert ("M4A, 40.0 s" in answer.text) != earlier


def test_old_quicktime_file_without_type_box_is_recognised(post: Post) -> None:
    old = container(b"qt  ", 2)[16:]
    assert media_tokens(post(MODEL, [user(video(old, "video/quicktime"))])).keys() == {"video_tokens"}


def test_image_in_a_tool_result_is_described(ask: Post) -> None:
    file = base64.b64encode(picture("PNG")).decode()
    shot = {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": file}}
    use = {"type": "tool_use", "id": "1", "name": "screenshot", "input": {}}
    result = {"type": "tool_result", "tool_use_id": "1", "content": [{"type": "text", "text": "taken"}, shot]}
    history = [{"role": "user", "content": "What is on the screen?"}, {"role": "assistant", "content": [use]}]
    answer = ask(MODEL, [*history, {"role": "user", "content": [result]}])
    assert answer.status_code == 200, answer.text
    content = answer.json()["content"][-1]["text"]
    assert "taken" in content
    assert "320 × 200" in content
    shot["source"]["data"] = base64.b64encode(b"no picture").decode()  # type: ignore[index]
    assert ask(MODEL, [*history, {"role": "user", "content": [result]}]).status_code == 400


def test_tokens_of_a_video_that_cannot_be_measured_are_not_said(post: Post) -> None:
    header = bytes.fromhex("3026b2758e66cf11a6d900aa0062ce6c") + bytes(64)
    answer = post(MODEL, [user({"type": "text", "text": "What is this?"}, video(header, "video/x-ms-wmv"))])
    text = answer.json()["choices"][0]["message"]["content"]
    assert "WMV" in text and "tokens" not in text
