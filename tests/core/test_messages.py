"""Messages: what a reply consists of."""

from __future__ import annotations

import msgspec
import pytest

from app.core.media_tokens import media_tokens
from app.core.messages import Media, Message, Part, Reply, Text, Thinking, ToolCall


@pytest.mark.parametrize(
    ("parts", "finish", "spent"),
    [
        ((Thinking("Hm"),), "length", True),
        ((Thinking("Hm"), Text(" \n")), "length", True),
        ((), "length", True),
        ((Thinking("Hm"), Text("Yes")), "length", False),
        ((Thinking("Hm"), ToolCall("c", "f")), "length", False),
        ((Thinking("Hm"),), "stop", False),
    ],
)
def test_a_limit_spent_on_thinking(parts: tuple[Part, ...], finish: str, spent: bool) -> None:
    message = Message("m", "assistant", parts, replies=(Reply("m", "m", finish),))  # type: ignore[arg-type]
    assert message.spent_on_thinking is spent


@pytest.mark.parametrize(("fps", "bounded"), [(2.0, 2.0), (0.1, 0.1), (1e308, None), (0.0, None), (-1.0, None)])
def test_frames_per_second_of_a_file_are_bounded(fps: float, bounded: float | None) -> None:
    encoded = msgspec.json.encode({"type": "media", "mime": "video/mp4", "url": "blob:0", "fps": fps, "seconds": 1e6})
    media = msgspec.json.decode(encoded, type=Part)
    assert isinstance(media, Media)
    assert media.fps == bounded
    assert (media_tokens(msgspec.structs.replace(media, width=64, height=64)) or 0) >= 0
