"""Requests for the retired speech model."""

from __future__ import annotations

import pytest

from app.core.legacy_tts import is_legacy, upgrade_request, with_brackets
from app.core.requests import BuiltinVoice, DesignedVoice, SpeechRequest


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<style>开心</style>明天就是周五了。", "(开心)明天就是周五了。"),
        ("<style>Happy Whisper</style>I have a secret.", "(Happy Whisper)I have a secret."),
        ("<style>唱歌</style>原谅我这一生", "(唱歌)原谅我这一生"),
        ("<STYLE> sad </STYLE>One. <style>calm</style>Two.", "(sad)One. (calm)Two."),
        ("（小声）哎呀，[叹气]好。", "（小声）哎呀，[叹气]好。"),
        ("<style>a <style>b</style></style>c", "(a (b))c"),
        ("", ""),
    ],
)
def test_styles_are_converted_to_brackets(old: str, new: str) -> None:
    assert with_brackets(old) == new


@pytest.mark.parametrize(("old", "new"), [("default_zh", "冰糖"), ("default_en", "Mia"), ("mimo_default",) * 2])
def test_retired_voices_are_replaced_by_current_ones(old: str, new: str) -> None:
    request = SpeechRequest("xiaomi/mimo-v2-tts", "<style>calm</style>Hi.", BuiltinVoice(old), direction="Slowly.")
    expected = SpeechRequest("mimo-v2.5-tts", "(calm)Hi.", BuiltinVoice(new), direction="Slowly.")
    assert upgrade_request(request) == expected


def test_current_requests_are_not_changed() -> None:
    assert is_legacy("mimo-v2-tts") and not is_legacy("mimo-v2.5-tts") and not is_legacy("mimo-v9-tts")
    request = SpeechRequest("mimo-v2.5-tts-voicedesign", "<style>calm</style>Hi.", DesignedVoice("An old sailor."))
    assert upgrade_request(request) is request
