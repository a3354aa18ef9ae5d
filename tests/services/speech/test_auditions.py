"""Blind auditions: their sounds give nothing away, their keys are kept, and their votes are read in."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from pathlib import Path

import msgspec
import numpy as np
import pytest

from app.audio.files import Sound, read_sound
from app.audio.loudness import measure
from app.composition.audio_adapter import audio
from app.core.auditions import Audition, AuditionVote, check_of, new_audition, revealed, tally
from app.core.errors import StorageError, WorkbenchError
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.services.speech.auditions import Auditions, AuditionSounds
from app.services.tasks import TaskSet
from app.storage.archive import export_all, import_all
from app.storage.database import Database
from app.storage.home import open_home
from tests.waiting import wait_until

MIA = VoiceSnapshot("builtin", "Mia", "Mia")
TAKES = [Take(f"take-{n}", MIA, "The ferry leaves at nine.", session="s", number=n, state="done") for n in (1, 2, 3)]


def dealt(session: str = "s", seed: int = 4) -> Audition:
    return new_audition(TAKES, random.Random(seed), title="Harbour", session=session, now=1.0)


def code(record: Audition, choices: str = "B", vote: str = "3F9ZPQ") -> str:
    body = f"{record.id}-{choices}-{vote}"
    return f"MIMO-{body}-{check_of(body)} [Anna]"


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    failures: list[BaseException] = []
    owned = TaskSet(failures.append)
    yield owned
    await owned.aclose()
    assert failures == []


def sounding(database: Database, lengths: dict[str, tuple[float, float, int]]) -> list[Take]:
    """Takes with a tone, by id: seconds, amplitude and sample rate."""
    takes = []
    for name, (seconds, amplitude, rate) in lengths.items():
        at = np.arange(round(seconds * rate)) / rate
        samples = (amplitude * np.sin(2 * np.pi * 440 * at)).astype(np.float32)[:, None]
        digest = database.blobs.put(audio().wav_bytes(Sound(samples, rate)))
        takes.append(Take(name, MIA, "x", state="done", audio=digest, rate=rate, frames=len(samples)))
    return takes


async def test_the_sounds_of_a_page_are_equally_long_large_and_loud(database: Database) -> None:
    takes = sounding(database, {"a": (1.0, 0.5, 24_000), "b": (2.5, 0.05, 24_000), "c": (1.7, 0.2, 24_000)})
    done: list[int] = []
    ((first, second, third), (alone,)) = await AuditionSounds(database.blobs, audio()).make(
        [takes, takes[:1]], done.append
    )
    assert len(first) == len(second) == len(third) > len(alone)
    sounds = [read_sound(file) for file in (first, second, third)]
    assert len({len(sound.samples) for sound in sounds}) == 1
    assert sounds[0].seconds == pytest.approx(2.5, abs=0.1)
    levels = [measure(sound.samples[: sound.rate - 2_000], sound.rate).integrated for sound in sounds]
    assert levels == pytest.approx([levels[0]] * 3, abs=0.3)
    assert done == [1, 2, 3, 4]


async def test_the_sounds_of_a_page_have_no_tags(database: Database) -> None:
    takes = sounding(database, {"take-name": (0.5, 0.5, 24_000), "other": (0.5, 0.5, 48_000)})
    ((first, second),) = await AuditionSounds(database.blobs, audio()).make([takes])
    for file in (first, second):
        assert file[0] == 0xFF and file[1] & 0xE0 == 0xE0
        assert not any(tag in file for tag in (b"ID3", b"TAG", b"APETAGEX", b"Mia", b"take-name"))
    assert read_sound(first).rate == read_sound(second).rate == 48_000
    assert len(first) == len(second)


async def test_making_the_sounds_can_be_stopped(database: Database) -> None:
    takes = sounding(database, {f"t{n}": (1.0, 0.5, 24_000) for n in range(4)})
    begun = asyncio.Event()
    done: list[int] = []

    def report(finished: int) -> None:
        done.append(finished)
        begun.set()

    making = asyncio.create_task(AuditionSounds(database.blobs, audio()).make([takes], report))
    await begun.wait()
    making.cancel()
    with pytest.raises(asyncio.CancelledError):
        await making
    assert len(done) < 4


async def test_a_missing_sound_is_an_error(database: Database) -> None:
    with pytest.raises(WorkbenchError):
        await AuditionSounds(database.blobs, audio()).make([TAKES])


async def test_votes_are_read_in_once_and_stay_after_a_restart(database: Database, tasks: TaskSet) -> None:
    auditions = Auditions(database.auditions, tasks)
    mine, other = dealt(), msgspec.structs.replace(dealt(), id="00000000")
    auditions.put(mine)
    text = "\n".join([code(mine), code(mine), code(mine, "C", "ABCDEF"), code(other), code(mine)[:-9] + "ZZ"])
    changes: list[None] = []
    auditions.on_change.subscribe(lambda: changes.append(None))
    read = auditions.read_in(text, 5.0)
    assert len(changes) == 1, "many votes for a page are stored and shown once"
    assert (read.pages, read.counted, read.unknown, read.damaged) == ((mine.id,), 2, 1, 1)
    assert auditions.read_in(code(mine), 6.0).counted == 1
    await auditions.aclose()
    later = Auditions(database.auditions, tasks)
    await later.load()
    found = later.get(mine.id)
    assert found is not None
    assert tally(found, 0).counts == (0, 1, 1)
    assert found.votes[-1] == AuditionVote("3F9ZPQ", (1,), "Anna", 6.0)
    await wait_until(lambda: not len(tasks))


async def test_deleting_is_undone_and_a_purge_ends_that(database: Database, tasks: TaskSet) -> None:
    auditions = Auditions(database.auditions, tasks)
    record = revealed(dealt(), 2.0)
    auditions.put(record)
    await auditions.delete(record)
    assert auditions.in_order() == []
    await auditions.restore(record)
    assert await database.auditions.listed() == (record,)
    await auditions.delete(record)
    await database.purge()
    with pytest.raises(StorageError):
        await database.auditions.restore(record.id)


async def test_an_audition_goes_with_its_session_but_not_with_its_takes(database: Database) -> None:
    for name in ("s", "t"):
        await database.sessions.keep(SpeechSession(name))
    for take in TAKES:
        await database.takes.keep(take)
    mine, other = dealt(), dealt("t", seed=5)
    await database.auditions.keep(mine)
    await database.auditions.keep(other)
    await database.takes.delete([take.id for take in TAKES])
    await database.purge()
    assert {record.id for record in await database.auditions.listed()} == {mine.id, other.id}
    await database.sessions.delete("s")
    await database.purge()
    assert await database.auditions.listed() == (other,)


async def test_an_archive_and_a_backup_have_keys_and_votes(database: Database, tmp_path: Path) -> None:
    record = msgspec.structs.replace(dealt(), votes=(AuditionVote("X", (1,), "Anna", 3.0),))
    await database.auditions.keep(record)
    backup = await database.back_up()
    archive = tmp_path / "all.zip"
    await export_all(database, archive)
    other = await Database.open(open_home(tmp_path / "other"))
    try:
        await import_all(other, archive)
        assert await other.auditions.listed() == (record,)
    finally:
        await other.close()
    await database.auditions.delete(record.id)
    await database.restore(backup)
    assert await database.auditions.listed() == (record,)
