"""Talk as the composition root wires it: the voice of a conversation, and half duplex."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import pytest

from app.composition import talk as composition
from app.composition.talk import talk_dependencies
from app.core.takes import Take, VoiceSnapshot, message_session
from tests.test_container import open_services


async def test_speak_and_talk_use_the_voice_and_direction_of_the_conversation(tmp_path: Path) -> None:
    async with open_services(tmp_path) as services:
        needs = talk_dependencies(services, lambda name, close: None)
        spoken: list[Take] = []

        def generate(spec: Take) -> Take:
            spoken.append(spec)
            return spec

        audio = services.audio_services()
        audio.speech.generate = generate  # type: ignore[method-assign]
        session = services.workspace.new()
        audio.aloud.toggle("m", "Hello there.")
        session.configure(voice="白桦", direction="softly")
        audio.aloud.toggle("n", "Hello again.")
        session.configure(voice="deleted since")
        audio.aloud.toggle("o", "And again.")
        assert [(take.voice.id, take.direction) for take in spoken] == [
            ("Mia", ""), ("白桦", "softly"), ("Mia", "softly"),
        ]  # fmt: skip
        assert needs.voices.voice(session.conversation).id == "Mia"
        assert needs.create() is needs.create()


async def test_a_sound_that_plays_ends_the_listening_and_takes_of_answers_are_announced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(composition, "HALF_DUPLEX_SECONDS", 0.0)
    async with open_services(tmp_path) as services:
        needs = talk_dependencies(services, lambda name, close: None)
        announced: list[bool] = []
        needs.on_spoken.subscribe(lambda: announced.append(True))
        talk, audio = needs.create(), services.audio_services()
        stopped: list[bool] = []
        talk.escape = lambda: bool(stopped.append(True)) or True  # type: ignore[method-assign, func-returns-value]
        talk.state = "listening"
        playing: Any = type(audio.playback)
        monkeypatch.setattr(playing, "playing", property(lambda _self: True))
        audio.playback.on_change.emit()
        await asyncio.sleep(0.01)
        assert stopped == [True]
        for session, state in (("studio", "done"), (message_session("m"), "speaking"), (message_session("m"), "done")):
            take = Take("t", VoiceSnapshot("builtin", "Mia"), session=session, state=state)  # type: ignore[arg-type]
            audio.speech.on_take.emit(take)
        assert announced == [True]
        talk.state = "silent"
