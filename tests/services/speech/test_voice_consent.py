"""A voice of a recorded person is neither saved nor spoken without that person's consent."""

from __future__ import annotations

from collections.abc import AsyncIterator

import msgspec
import pytest

from app.core.errors import Code, InputError
from app.core.resources import resource_path
from app.core.takes import Take, TriedConsent, VoiceSnapshot
from app.core.voices import Consent, Voice, lacks_consent
from app.services.connection import Connection
from app.services.speech.library import VoiceLibrary, used
from app.services.speech.take_service import TakeService
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.plugins.take_services import take_service

SAMPLE = resource_path("samples", "lighthouse.wav").read_bytes()
CLONE_MODEL = "mimo-v2.5-tts-voiceclone"


@pytest.fixture
def library(database: Database) -> VoiceLibrary:
    return VoiceLibrary(database.voices, database.blobs, database.takes)


@pytest.fixture
async def guarded(connection: Connection, database: Database, library: VoiceLibrary) -> AsyncIterator[TakeService]:
    tasks = TaskSet(lambda _error: None)
    async with take_service(connection, tasks, database, consents=library.consents) as (service, _queue, _playback):
        yield service
    await tasks.aclose()


async def older_voice(database: Database, library: VoiceLibrary, voice_id: str = "old", **fields: object) -> Voice:
    voice = Voice(voice_id, "Keeper", "cloned", database.blobs.put(SAMPLE), created=1.0)
    await database.voices.keep(msgspec.structs.replace(voice, **fields))
    await library.load()
    found = library.voice(voice_id)
    assert found is not None
    return found


def line(voice: Voice) -> Take:
    return Take("", used(voice), "Good evening.", model=CLONE_MODEL)


async def test_a_voice_without_consent_is_refused_until_it_is_given(
    guarded: TakeService, library: VoiceLibrary, database: Database
) -> None:
    voice = await older_voice(database, library)
    refused: list[Voice] = []
    library.consents.on_refused.subscribe(refused.append)
    for ask in (guarded.generate, lambda spec: guarded.request([spec], title="t")):
        with pytest.raises(InputError) as error:
            ask(line(voice))
        assert error.value.code is Code.NO_CONSENT
    assert guarded.stored.joined is not None
    with pytest.raises(InputError) as error:
        guarded.stored.joined.request(line(voice), ["One.", "Two."], title="t")  # type: ignore[attr-defined]
    assert error.value.code is Code.NO_CONSENT
    assert refused == [voice] * 3
    assert await guarded.of_session("") == ()
    await library.give_consent(voice, "I agree.")
    take = guarded.generate(line(voice))
    await guarded.finished(take.id)
    assert (await guarded.of_session(""))[0].state == "done"
    assert library.voices[0].consent is not None and library.voices[0].consent.statement == "I agree."


@pytest.mark.parametrize("state", ["not loaded", "deleted", "gone"])
async def test_a_take_is_not_made_with_a_voice_that_is_not_in_the_library(
    guarded: TakeService, library: VoiceLibrary, database: Database, state: str
) -> None:
    voice = await older_voice(database, library)
    if state == "deleted":
        await library.delete(voice)
    library.voices = ()
    spec = line(voice)
    if state == "gone":
        spec = msgspec.structs.replace(spec, voice=msgspec.structs.replace(spec.voice, id="gone"))
    failed: list[Code] = []
    guarded.on_failed.subscribe(lambda _take, error: failed.append(error.code))
    take = guarded.generate(spec)
    await guarded.finished(take.id)
    assert failed == [Code.NO_CONSENT]


async def test_withdrawn_consent_holds_for_copies_and_can_be_undone(library: VoiceLibrary, database: Database) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    digest = database.blobs.put(SAMPLE + b"\0")
    take = Take("t", used(voice), "Hello.", audio=digest, state="done", frames=100)
    child = await library.keep_take(take, "Child")
    assert child.consent is not None and voice.consent is not None
    assert (child.consent.voice, child.consent.given) == ("Keeper", voice.consent.given)
    other = await library.save_clone(SAMPLE, "Other", "I agree too.")
    before = await library.withdraw_consent(voice)
    assert {each.name for each in library.voices if lacks_consent(each)} == {"Keeper", "Child"}
    tried = VoiceSnapshot("cloned", sample=voice.sample, consent="given")
    with pytest.raises(InputError):
        library.consents.check_loaded(tried)
    with pytest.raises(InputError) as error:
        await library.keep_take(take, "Another")
    assert error.value.code is Code.NO_CONSENT
    await library.put_back_consents(before)
    assert not any(map(lacks_consent, library.voices)) and library.voice(other.id) == other


@pytest.mark.parametrize("source", ["designed", "take"])
async def test_voices_of_no_person_need_none(library: VoiceLibrary, database: Database, source: str) -> None:
    voice = await older_voice(database, library, source=source)
    take = Take("t", used(voice), "Hello.", audio=voice.sample, state="done")
    kept = await library.keep_take(take, "Copy")
    assert kept.consent is None and not lacks_consent(kept)


async def test_consent_is_found_in_a_deleted_voice(library: VoiceLibrary, database: Database) -> None:
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    await library.delete(voice)
    take = Take("t", used(voice), "Hello.", audio=voice.sample, state="done")
    kept = await library.keep_take(take, "Child")
    assert kept.consent is not None and kept.consent.statement == "I agree."
    unknown = msgspec.structs.replace(take, voice=VoiceSnapshot("cloned", "gone", "Gone", sample="0" * 64))
    with pytest.raises(InputError):
        await library.keep_take(unknown, "Asked")
    asked = await library.keep_take(unknown, "Asked", "I agree now.")
    assert asked.consent is not None and (asked.consent.statement, asked.consent.voice) == ("I agree now.", "")


@pytest.mark.parametrize("agreed", [True, False])
async def test_an_older_voice_from_what_a_clone_spoke_is_traced_to_it(
    library: VoiceLibrary, database: Database, agreed: bool
) -> None:
    consent = Consent("I agree.", 5.0) if agreed else None
    clone = await older_voice(database, library, consent=consent)
    await database.takes.keep(Take("t", used(clone), "Hello.", audio=clone.sample, state="done"))
    child = await older_voice(database, library, "child", name="Child", source="take", take="t")
    assert child.consent is not None and child.consent.voice == "Keeper"
    assert lacks_consent(child) is not agreed
    stored = await database.voices.find("child")
    assert stored == child


async def test_a_sample_is_tried_only_if_its_speaker_agreed(
    guarded: TakeService, library: VoiceLibrary, database: Database
) -> None:
    digest = database.blobs.put(SAMPLE)

    def tried(consent: TriedConsent) -> Take:
        voice = VoiceSnapshot("cloned", sample=digest, consent=consent)
        return Take("", voice, "Good evening.", model=CLONE_MODEL)

    with pytest.raises(InputError) as error:
        guarded.request([tried("")], title="t")
    assert error.value.code is Code.NO_CONSENT and await guarded.of_session("") == ()
    for consent in ("given", "not-needed"):
        library.consents.check_loaded(tried(consent).voice)
    take = guarded.generate(tried("given"))
    await guarded.finished(take.id)
    (stored,) = await guarded.of_session("")
    assert (stored.state, stored.voice.consent) == ("done", "given"), "spoken again after a restart it is not refused"
    voice = await library.save_clone(SAMPLE, "Keeper", "I agree.")
    library.consents.check_loaded(tried("").voice)
    await library.withdraw_consent(voice)
    for consent in ("", "given"):
        with pytest.raises(InputError):
            library.consents.check_loaded(tried(consent).voice)
