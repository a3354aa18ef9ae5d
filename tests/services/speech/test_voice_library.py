"""The library keeps, changes, deletes and exchanges voices, and says what they spoke."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import msgspec
import pytest

from app.composition.audio_adapter import audio
from app.core.errors import Code, InputError, WorkbenchError
from app.core.resources import resource_path
from app.core.settings import BUILTIN_VOICE_USE, Settings
from app.core.takes import Take, VoiceSnapshot
from app.core.voices import Voice, VoiceStep, lacks_consent
from app.services.speech.builtin import BUILTIN
from app.services.speech.drift_measuring import DriftMeasuring
from app.services.speech.library import VoiceLibrary, used
from app.services.speech.library_entries import Filter, builtin_entry, counts, listed, saved_entry
from app.services.speech.sample_outlines import SampleOutlines
from app.services.speech.take_service import TakeService
from app.services.speech.voice_drift import VoiceDriftChecks, session_of
from app.services.speech.voice_use import VoiceUse
from app.services.tasks import TaskSet
from app.storage.database import Database
from app.ui.texts.voice_library import known_steps, step_text
from tests.waiting import wait_until

SAMPLE = resource_path("samples", "lighthouse.wav").read_bytes()


@pytest.fixture
def library(database: Database) -> VoiceLibrary:
    return VoiceLibrary(database.voices, database.blobs, database.takes)


async def test_changes_of_a_voice_are_stored(library: VoiceLibrary, database: Database) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    await library.annotate(voice.id, note="Slow is best.", language="en", favourite=True)
    await library.set_tags(voice.id, [" calm ", "", "calm", "low  voice"])
    await library.rename(voice, "Narrator")
    copy = await library.duplicate(voice)
    again = VoiceLibrary(database.voices, database.blobs)
    await again.load()
    stored = again.voice(voice.id)
    assert stored is not None
    assert (stored.name, stored.note, stored.language, stored.favourite, stored.tags) == (
        "Narrator", "Slow is best.", "en", True, ("calm", "low voice"),
    )  # fmt: skip
    assert copy.consent is not None and copy.consent.voice == "Keeper"
    assert copy.steps[-1] == VoiceStep("copy", "Keeper")
    await library.delete(*library.voices)
    assert library.voices == ()
    await library.restore(voice, copy)
    assert {each.id for each in library.voices} == {voice.id, copy.id}


async def test_several_voices_travel_in_one_file(library: VoiceLibrary, database: Database, tmp_path: Path) -> None:
    first = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    second = await library.save_clone(SAMPLE + b"\0", "Other", "I agree too.")
    await library.annotate(first.id, note="A note.")
    await database.voices.keep(Voice("old", "Old", "cloned", first.sample, created=1.0))
    await library.load()
    before = library.voices
    await library.export(before, tmp_path / "all.mimovoice")
    await library.delete(*before)
    added = await library.import_voices(tmp_path / "all.mimovoice")
    assert [voice.name for voice in library.voices] == [voice.name for voice in before] == [v.name for v in added]
    assert [(v.sample, v.consent, v.note) for v in added] == [(v.sample, v.consent, v.note) for v in before]
    assert [lacks_consent(voice) for voice in added] == [False, False, True]
    assert all(voice.steps[-1].kind == "import" for voice in added)
    assert second.name == added[0].name


def _one(voice: dict[str, Any], sample: str = "UklGRgAAAABXQVZF") -> bytes:
    return json.dumps({"format": "mimo-voice-1", "voice": voice, "sample": sample}).encode()


def _many(*voices: dict[str, Any]) -> bytes:
    return json.dumps({"format": "mimo-voices-1", "voices": voices}).encode()


VOICE = {"id": "v", "name": "Keeper", "source": "cloned", "sample": "0" * 64}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Code.IMPORT_UNREADABLE),
        (_one(VOICE)[:-20], Code.IMPORT_UNREADABLE),
        (_one({**VOICE, "source": "stolen"}), Code.IMPORT_UNREADABLE),
        (_one(VOICE, sample="AAAA"), Code.IMPORT_UNREADABLE),
        (b"[" * 200_000, Code.IMPORT_TOO_LARGE),
        ([("voices.json", b'{"format": "mimo-voices-1", "voices": []}')], Code.IMPORT_UNREADABLE),
        ([("voices.json", _many(VOICE))], Code.IMPORT_UNREADABLE),
        ([("../voices.json", b"{}")], Code.IMPORT_UNREADABLE),
        (
            [
                ("voices.json", _many(VOICE, {**VOICE, "sample": "1"})),
                (f"samples/{'0' * 64}", SAMPLE),
                ("samples/1", b"text"),
            ],
            Code.IMPORT_UNREADABLE,
        ),
    ],
)  # fmt: skip
async def test_a_hostile_file_is_refused_and_nothing_of_it_is_saved(
    library: VoiceLibrary, tmp_path: Path, content: bytes | list[tuple[str, bytes]], code: Code
) -> None:
    path = tmp_path / "hostile.mimovoice"
    if isinstance(content, bytes):
        path.write_bytes(content)
    else:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
            for name, entry in content:
                file.writestr(name, entry)
    with pytest.raises(WorkbenchError) as refused:
        await library.import_voices(path)
    assert refused.value.code is code
    await library.load()
    assert library.voices == ()


async def test_texts_of_an_imported_voice_are_bounded(library: VoiceLibrary, tmp_path: Path) -> None:
    huge = {**VOICE, "name": "n" * 5000, "note": "x" * 10**6, "tags": ["t" * 500] * 500, "created": 1e300}
    (tmp_path / "v.mimovoice").write_bytes(_one(huge))
    (voice,) = await library.import_voices(tmp_path / "v.mimovoice")
    assert (len(voice.name), len(voice.note), len(voice.tags), len(voice.tags[0])) == (200, 20_000, 50, 200)


async def test_another_sample_needs_consent_and_the_same_one_does_not(
    library: VoiceLibrary, database: Database
) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    database.blobs.remove({voice.sample})
    outlines = SampleOutlines(library, database.blobs, audio())
    await outlines.check()
    assert outlines.missing == {voice.id}
    await library.replace_sample(voice, SAMPLE, "keeper.wav")
    await outlines.check()
    assert outlines.missing == frozenset() and library.voice(voice.id) == voice
    with pytest.raises(InputError) as refused:
        await library.replace_sample(voice, SAMPLE + b"\0", "other.wav")
    assert refused.value.code is Code.NO_CONSENT
    before = await library.replace_sample(voice, SAMPLE + b"\0", "other.wav", "I agree again.")
    changed = library.voice(voice.id)
    assert changed is not None and changed.sample != voice.sample and changed.consent is not None
    assert (changed.consent.statement, changed.steps[-1].name) == ("I agree again.", "other.wav")
    await library.put_back(before)
    assert library.voice(voice.id) == voice


async def test_outlines_are_drawn_once_and_damaged_samples_are_found(library: VoiceLibrary, database: Database) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    other = await library.save_clone(SAMPLE + b"\0" * 8, "Other", "I agree.")
    database.blobs.path(other.sample).write_bytes(b"RIFF")
    outlines = SampleOutlines(library, database.blobs, audio())
    await outlines.check()
    assert outlines.missing == frozenset()
    await outlines.draw([voice.id, other.id])
    drawn = library.voice(voice.id)
    assert drawn is not None and len(drawn.peaks) == 192 and drawn.seconds > 1
    assert outlines.missing == {other.id}


async def test_the_moment_a_voice_spoke_is_stored_with_it(library: VoiceLibrary) -> None:
    voice, settings = await library.save_clone(SAMPLE, "Keeper", "I agree."), Settings()
    tasks = TaskSet(lambda _error: None)
    use = VoiceUse(library, settings, tasks)
    for spoken in (used(voice), VoiceSnapshot("builtin", "Mia", "Mia"), VoiceSnapshot("designed")):
        take = Take("t", spoken, frames=10)
        use.note(take)
        use.note(msgspec.structs.replace(take, state="done"))
    use.note(Take("older", used(voice), frames=10, state="done"))
    await use.save()
    await tasks.aclose()
    changed = library.voice(voice.id)
    assert changed is not None and changed.used > voice.created - 1
    assert set(settings.get(BUILTIN_VOICE_USE)) == {"Mia"}


async def test_what_a_voice_spoke_is_counted_by_session(library: VoiceLibrary, database: Database) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    spoken = Take("t", used(voice), f"About {voice.id}", session="s", audio=voice.sample, state="done")
    for number, session in enumerate(("s", "s", "")):
        await database.takes.keep(msgspec.structs.replace(spoken, id=f"t{number}", session=session))
    other = msgspec.structs.replace(spoken, id="other", voice=VoiceSnapshot("builtin", "Mia", "Mia"))
    await database.takes.keep(other)
    await database.takes.delete(["t1"])
    found = await database.takes.spoken_by(voice.id)
    assert found.sessions == {"s": 1, "": 1}
    assert found.last_take is not None and found.last_take.id == "t2"


async def test_drift_is_measured_and_stored(library: VoiceLibrary, database: Database, speech: TakeService) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    tasks = TaskSet(lambda _error: None)
    checks = VoiceDriftChecks(library, speech, DriftMeasuring(database.blobs, audio()), tasks)
    checks.start(voice, "Hello.", "mimo-v2.5-tts-voiceclone", "Drift")
    assert checks.progress(voice.id) == (0, 8)
    await wait_until(lambda: library.voices[0].drift is not None)
    drift = library.voices[0].drift
    assert drift is not None and (drift.text, len(drift.takes)) == ("Hello.", 8)
    assert checks.progress(voice.id) is None
    await tasks.aclose()


async def test_a_drift_check_that_was_running_at_the_end_is_measured_by_the_next_run(
    library: VoiceLibrary, database: Database, speech: TakeService
) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    tasks = TaskSet(lambda _error: None)
    measuring = DriftMeasuring(database.blobs, audio())
    spec = Take(
        "", used(voice), "Hello.", model="mimo-v2.5-tts-voiceclone", origin="drift", session=session_of(voice.id)
    )
    takes = speech.request([spec] * 3, title="Drift")
    next_run = VoiceDriftChecks(library, speech, measuring, tasks)
    await next_run.resume(voice)
    for take in takes:
        await speech.finished(take.id)
    await next_run.resume(voice)
    await wait_until(lambda: library.voices[0].drift is not None)
    assert library.voices[0].drift is not None and len(library.voices[0].drift.takes) == 3
    measured: list[Voice] = []
    library.on_change.subscribe(lambda: measured.extend(library.voices))
    await next_run.resume(library.voices[0])
    assert next_run.progress(voice.id) is None and not measured, "each is measured once"
    await tasks.aclose()


@pytest.mark.parametrize(
    ("steps", "said"),
    [
        ((VoiceStep("take", "1984"),), "A take of “1984”"),
        ((VoiceStep("description", "Old"), VoiceStep("take", number=2)), "Candidate 2"),
        ((VoiceStep("description", "Old"), VoiceStep("take", "3")), "Candidate 3"),
    ],
    ids=["a voice called so", "candidate", "candidate of an earlier version"],
)  # fmt: skip
def test_a_voice_whose_name_is_a_number_is_no_candidate(steps: tuple[VoiceStep, ...], said: str) -> None:
    assert step_text(known_steps(Voice("v", "V", "take", steps=steps))[-1]) == said


def test_entries_are_filtered_searched_and_sorted() -> None:
    voices = [
        Voice("a", "Anna", "cloned", language="en", note="for the museum", created=3.0, used=9.0),
        Voice("b", "Bo", "designed", language="zh", tags=("hoarse",), favourite=True, created=5.0),
        Voice("c", "Cy", "take", created=4.0),
    ]
    mia = next(profile for profile in BUILTIN if profile.id == "Mia")
    entries = [*map(saved_entry, voices), builtin_entry(mia, "Mia", "lively", ("lively",), used={"Mia": 7.0})]

    def names(wanted: Filter, order: Any = "used") -> list[str]:
        found = listed(entries, wanted, order, lambda code: {"zh": "Chinese 中文"}.get(code, ""))
        return [entry.name for entry in found]

    assert counts(entries) == {"all": 4, "builtin": 1, "designed": 2, "cloned": 1}
    assert names(Filter()) == ["Anna", "Mia", "Bo", "Cy"]
    assert names(Filter(), "name") == ["Anna", "Bo", "Cy", "Mia"]
    assert names(Filter(), "newest") == ["Bo", "Cy", "Anna", "Mia"]
    assert names(Filter(shown="designed")) == ["Bo", "Cy"]
    assert names(Filter(languages=frozenset({"en"}))) == ["Anna", "Mia"]
    assert names(Filter(starred=True)) == ["Bo"]
    for query in ("MUSEUM anna", "hoarse", "chinese", "lively"):
        assert len(names(Filter(query=query))) == 1, query
