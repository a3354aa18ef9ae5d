"""Where the service does not know its default voice, another speaks, the take says which, and so do the samples."""

from __future__ import annotations

from pathlib import Path

import pytest

from app.core.takes import Take, VoiceSnapshot
from app.services.speech.part_joining import PartJoining
from app.services.speech.playback import Playback
from app.services.speech.take_service import TakeService
from app.services.speech.voice_samples import LINES, VoiceSamples
from tests.plugins.demo_service import DemoService
from tests.plugins.speech_harness import speech_context
from tests.ui.studio.player_harness import FakePlayer
from tests.waiting import wait_until

DEFAULT = VoiceSnapshot("builtin", "mimo_default", "mimo_default")


@pytest.mark.parametrize(("text", "voice"), [("你好。", "冰糖"), ("Hello.", "Mia")])
async def test_the_take_keeps_the_voice_that_spoke_and_the_one_asked_for(
    speech: TakeService, demo_service: DemoService, text: str, voice: str
) -> None:
    replaced: list[Take] = []
    speech.on_voice_replaced.subscribe(replaced.append)
    demo_service.arm("no-default-voice")
    take = speech.generate(Take("", DEFAULT, text, model="mimo-v2.5-tts"))
    await speech.finished(take.id)
    (ended,) = await speech.of_session("")
    assert ended.state == "done"
    assert (ended.voice.id, ended.asked_voice) == (voice, "mimo_default")
    assert [it.voice.id for it in replaced] == [voice]


async def test_a_take_whose_parts_other_voices_spoke_names_them(speech: TakeService, demo_service: DemoService) -> None:
    """Which voice replaces the default one depends on the language of the part."""
    parts = speech.stored.joined
    assert isinstance(parts, PartJoining)
    demo_service.arm("no-default-voice", 4)
    spec = Take("", DEFAULT, "你好。 Hello.", model="mimo-v2.5-tts")
    take = parts.request(spec, ("你好。", "Hello."), title="a job")
    await wait_until(lambda: speech.generation(take.id) is None)
    ended = await speech._takes.get(take.id)
    assert (ended.state, ended.voice.id, ended.asked_voice) == ("done", "mimo_default", "")
    assert ended.voice.name == "冰糖, Mia"
    demo_service.arm("no-default-voice", 2)
    redone = parts.redo(ended, {1}, number=0, title="again")
    await wait_until(lambda: speech.generation(redone.id) is None)
    assert (await speech._takes.get(redone.id)).voice == ended.voice, "the kept part is still of the other voice"
    again = parts.request(ended, ("你好。", "Hello."), title="in the default voice")
    await wait_until(lambda: speech.generation(again.id) is None)
    assert (await speech._takes.get(again.id)).voice == DEFAULT, "names are of those that spoke this take"


async def test_parts_that_one_voice_spoke_are_of_that_voice(speech: TakeService, demo_service: DemoService) -> None:
    parts = speech.stored.joined
    assert isinstance(parts, PartJoining)
    demo_service.arm("no-default-voice", 4)
    take = parts.request(Take("", DEFAULT, "One. Two.", model="mimo-v2.5-tts"), ("One.", "Two."), title="a job")
    await wait_until(lambda: speech.generation(take.id) is None)
    ended = await speech._takes.get(take.id)
    assert (ended.voice.id, ended.voice.name, ended.asked_voice) == ("Mia", "Mia", "mimo_default")


async def test_a_sample_of_a_replaced_voice_is_spoken_once_too(demo_service: DemoService, tmp_path: Path) -> None:
    async with speech_context(demo_service, tmp_path) as original:
        context = original._replace(playback=Playback(FakePlayer(), original.blobs, original.audio))
        samples = VoiceSamples(context.service, context.playback, context.models)
        demo_service.arm("no-default-voice")
        made: list[Take] = []
        context.service.on_take.subscribe(lambda take: made.append(take) if take.has_ended else None)
        await samples.hear(DEFAULT, LINES["en"])
        await wait_until(lambda: len(made) == 1 and not len(context.tasks))
        samples.stop()
        before = len(demo_service.requests())
        await samples.hear(DEFAULT, LINES["en"])
        assert samples.active and len(demo_service.requests()) == before
        await samples.hear(VoiceSnapshot("builtin", "Mia", "Mia"), LINES["en"])
        await wait_until(lambda: len(made) == 2 and not len(context.tasks))
        samples.stop()
        context.playback.close()
