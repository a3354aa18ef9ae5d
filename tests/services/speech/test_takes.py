"""A take is spoken, kept whole or as far as it came, and never overwritten."""

from __future__ import annotations

import asyncio
from pathlib import Path

import msgspec
import pytest

from app.composition.audio_adapter import audio
from app.core.errors import AudioError, Code, InputError, WorkbenchError
from app.core.takes import Take, VoiceSnapshot
from app.services.speech.export import export_take
from app.services.speech.library import VoiceLibrary, used
from app.services.speech.loudness_matching import equal_gains
from app.services.speech.new_takes import as_redo
from app.services.speech.recognition import Recognition
from app.services.speech.sample_checks import Fix
from app.services.speech.sample_editor import SampleEditor
from app.services.speech.take_export import ExportedTake, ExportOptions, TakeExport
from app.services.speech.take_service import TakeService
from app.storage.database import Database
from tests.plugins.demo_service import DemoService
from tests.waiting import wait_until

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
LINE = Take("", MIA, text="The tide comes in, and the tide goes out.", model="mimo-v2.5-tts")
DESIGN = Take(
    "", VoiceSnapshot("designed", description="An old man, hoarse and slow."), text="Good evening.",
    model="mimo-v2.5-tts-voicedesign",
)  # fmt: skip


async def spoken(speech: TakeService, wish: Take) -> Take:
    take = speech.generate(wish)
    await speech.finished(take.id)
    return next(kept for kept in await speech.of_session(wish.session) if kept.id == take.id)


@pytest.mark.parametrize(("stream", "container"), [(True, "wav"), (False, "wav"), (False, "mp3"), (False, "pcm16")])
async def test_a_take_is_kept_with_all_that_was_measured(
    speech: TakeService, database: Database, stream: bool, container: str
) -> None:
    take = await spoken(speech, msgspec.structs.replace(LINE, stream=stream, container=container))
    assert take.state == "done"
    assert take.frames > 24_000
    assert take.loudness is not None
    assert take.first_sound is not None
    assert take.peaks
    sound = audio().read_sound(database.blobs.read(take.audio))
    assert len(sound.samples) == take.frames


async def test_a_key_that_was_typed_into_a_take_reaches_no_exported_file(
    speech: TakeService, database: Database, tmp_path: Path
) -> None:
    """The take as it is told to the views, which was never read again."""
    key = "sk-quarzlampe0123456789abcdef"
    database.access._redactor.add(key)
    told: list[Take] = []
    speech.on_take.subscribe(told.append)
    take = speech.generate(msgspec.structs.replace(LINE, text=f"The key is {key}, keep it.", direction=f"Say {key}"))
    await speech.finished(take.id)
    await speech.annotate(take.id, note=f"not {key}")
    assert told[-1].state == "done" and told[-1].note.startswith("not ")
    for shown in (told[-1], (await speech.of_session(""))[0]):
        assert key not in repr(shown)
        for container in ("wav", "flac", "mp3", "ogg"):
            item = ExportedTake(shown, f"a.{container}", "Mia")
            options = ExportOptions(container)  # type: ignore[arg-type]
            await TakeExport(database.blobs, audio()).run([item], tmp_path, options)
    await export_take(told[-1], tmp_path / "copied.wav", database.blobs, audio())
    files = [path for path in tmp_path.iterdir() if path.is_file()]
    assert len(files) == 15, "a sound of each format twice, settings beside three of them, and the copied one"
    assert not any(key.encode() in path.read_bytes() for path in files)


async def test_a_redo_stands_beside_the_first(speech: TakeService) -> None:
    first = await spoken(speech, LINE)
    second = speech.generate(as_redo(first))
    await speech.finished(second.id)
    kept = await speech.of_session("")
    assert [take.id for take in kept] == [second.id, first.id]
    assert kept[0].parent == first.id


async def test_what_arrived_before_the_connection_broke_is_kept_and_marked(
    speech: TakeService, demo_service: DemoService
) -> None:
    demo_service.arm("cut=60000")
    told: list[WorkbenchError] = []
    speech.on_failed.subscribe(lambda take, error: told.append(error))
    take = await spoken(speech, msgspec.structs.replace(LINE, text=LINE.text * 6))
    assert take.state in ("cut", "failed")
    assert told
    assert take.error == told[0].code


async def test_stop_keeps_what_has_arrived(speech: TakeService) -> None:
    heard = asyncio.Event()
    speech.on_sound.subscribe(lambda take, source: heard.set())
    take = speech.generate(msgspec.structs.replace(LINE, text="One more line of it. " * 60))
    await asyncio.wait_for(heard.wait(), 20)
    speech.stop(take.id)
    await speech.finished(take.id)
    kept = (await speech.of_session(""))[0]
    assert kept.state == "cut"
    assert kept.frames > 0
    assert kept.audio


async def test_a_deleted_take_comes_back(speech: TakeService) -> None:
    take = await spoken(speech, LINE)
    await speech.delete([take.id])
    assert await speech.of_session("") == ()
    await speech.restore([take])
    assert (await speech.of_session(""))[0].id == take.id


@pytest.mark.parametrize(
    ("wish", "code"),
    [
        (msgspec.structs.replace(LINE, text=" "), Code.NO_TEXT),
        (msgspec.structs.replace(LINE, model=""), Code.NO_MODEL),
        (msgspec.structs.replace(DESIGN, voice=VoiceSnapshot("designed")), Code.NO_DESCRIPTION),
        (msgspec.structs.replace(LINE, voice=VoiceSnapshot("cloned")), Code.NO_SAMPLE),
    ],
)
async def test_what_cannot_be_spoken_is_refused_before_anything_is_kept(
    speech: TakeService, wish: Take, code: Code
) -> None:
    with pytest.raises(InputError) as refused:
        speech.generate(wish)
    assert refused.value.code == code
    assert await speech.of_session("") == ()


async def test_a_designed_voice_is_frozen_and_speaks_again(speech: TakeService, database: Database) -> None:
    library = VoiceLibrary(database.voices, database.blobs)
    voice = await library.keep_take(await spoken(speech, DESIGN), "Grandpa")
    take = await spoken(speech, Take("", used(voice), text="Hello again.", model="mimo-v2.5-tts-voiceclone"))
    assert take.state == "done"
    assert take.voice.sample == voice.sample


async def test_a_voice_travels_as_one_file(speech: TakeService, database: Database, tmp_path: Path) -> None:
    library = VoiceLibrary(database.voices, database.blobs)
    voice = await library.keep_take(await spoken(speech, DESIGN), "Grandpa")
    await library.export(voice, tmp_path / "grandpa.mimovoice")
    await library.delete(voice)
    assert library.voices == ()
    (again,) = await library.import_voices(tmp_path / "grandpa.mimovoice")
    assert (again.name, again.sample) == (voice.name, voice.sample)


@pytest.mark.parametrize("ending", [".wav", ".flac", ".mp3", ".ogg"])
async def test_a_take_is_exported_by_the_ending_of_its_name(
    speech: TakeService, database: Database, tmp_path: Path, ending: str
) -> None:
    take = await spoken(speech, LINE)
    path = tmp_path / f"line{ending}"
    await export_take(take, path, database.blobs, audio())
    assert abs(audio().read_sound(path).seconds - take.frames / take.rate) < 0.15


async def test_a_sample_is_checked_mended_and_unmended(speech: TakeService, database: Database, tmp_path: Path) -> None:
    take = await spoken(speech, LINE)
    path = tmp_path / "sample.wav"
    await export_take(take, path, database.blobs, audio())
    bench = SampleEditor(audio())
    await bench.open(path)
    whole = len(bench.sample())
    await bench.set_trim(200, 1_200)
    assert bench.edited is not None
    assert abs(bench.edited.seconds - 1.0) < 0.01
    await bench.set_fix(Fix.LEVEL, True)
    await bench.set_fix(Fix.LEVEL, False)
    await bench.set_trim(0, bench.milliseconds)
    assert len(bench.sample()) == whole
    with pytest.raises(WorkbenchError) as refused:
        (tmp_path / "words.txt").write_text("no sound")
        await bench.open(tmp_path / "words.txt")
    assert refused.value.code == Code.SOUND_UNREADABLE
    assert len(bench.sample()) == whole


async def test_words_are_read_from_a_file(
    speech: TakeService, database: Database, connection: object, tmp_path: Path
) -> None:
    path = tmp_path / "line.wav"
    await export_take(await spoken(speech, LINE), path, database.blobs, audio())
    recognition = Recognition(speech._connection, audio())
    words = "".join([piece async for piece in recognition.transcribe(path, "mimo-v2.5-asr")])
    assert "tide" in words


def test_equal_loudness_brings_all_down_together_for_the_highest_peak() -> None:
    quiet = Take("a", MIA, loudness=-31.0, true_peak=-6.0)
    loud = Take("b", MIA, loudness=-15.0, true_peak=-2.0)
    gains = equal_gains([quiet, loud])
    assert gains == {"a": pytest.approx(5.0), "b": pytest.approx(-11.0)}


async def test_audio_that_cannot_be_decoded_is_kept_and_decoded_later(
    speech: TakeService, database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_content: object) -> object:
        raise AudioError(Code.SOUND_UNREADABLE)

    readable = audio()
    monkeypatch.setattr(speech._making, "_audio", readable._replace(read_sound=refuse))
    spec = Take("", VoiceSnapshot("builtin", "Mia", "Mia"), "Hello.", model="mimo-v2.5-tts", stream=False, session="s")
    made = speech.generate(spec)
    await speech.finished(made.id)
    kept = await database.takes.get(made.id)
    assert (kept.state, kept.frames) == ("failed", 0)
    raw = database.blobs.read(kept.audio)
    assert raw
    await export_take(kept, tmp_path / "raw.wav", database.blobs, readable)
    assert (tmp_path / "raw.wav").read_bytes() == raw
    await speech.of_session("s")
    await wait_until(lambda: not speech.stored._measuring)
    later = await database.takes.get(made.id)
    assert (later.state, later.error) == ("done", "") and later.frames > 0
