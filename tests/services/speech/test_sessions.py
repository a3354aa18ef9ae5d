"""Studio sessions: saving what is typed, titles, deletion with undo, search, and take numbers. Without Qt."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable

import msgspec
import pytest

from app.core.errors import Code, StorageError, WorkbenchError
from app.core.settings import LAST_SESSION, Settings
from app.core.takes import SpeechSession, Take, VoiceSnapshot
from app.services.speech import session_saver, sessions
from app.services.speech.direction import Layers
from app.services.speech.sessions import SpeechSessions
from app.services.tasks import TaskSet
from app.storage.database import Database
from tests.waiting import wait_until

MIA, MILO = (VoiceSnapshot("builtin", name, name) for name in ("Mia", "Milo"))
HARBOUR = SpeechSession("a", text="The ferry leaves at nine.", updated=1.0)
WEATHER = SpeechSession("b", text="Rain tomorrow.", guidance="like a sailor", updated=2.0)
Make = Callable[[], SpeechSessions]


@pytest.fixture(autouse=True)
def fast(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sessions, "AUTOSAVE_SECONDS", 0.01)
    monkeypatch.setattr(session_saver, "RETRY_DELAY_SECONDS", 0.01)


@pytest.fixture
async def tasks() -> AsyncIterator[TaskSet]:
    failures: list[BaseException] = []
    owned = TaskSet(failures.append)
    yield owned
    await owned.aclose()
    assert failures == []


@pytest.fixture
def make(database: Database, tasks: TaskSet) -> Make:
    """Creates the service, as each start of the program does, with the same settings."""
    settings = Settings()
    return lambda: SpeechSessions(database.sessions, database.takes, database.search, tasks, settings)


async def loaded(make: Make) -> SpeechSessions:
    service = make()
    await service.load()
    service.open_last()
    return service


def enter(service: SpeechSessions, text: str, voice: VoiceSnapshot = MIA, *, chosen: bool = False) -> None:
    service.edit(text, Layers(), voice, "mimo-v2.5-tts", voice_is_chosen=chosen)


def texts(service: SpeechSessions) -> list[str]:
    return [session.text for session in service.sessions()]


async def keep_take(database: Database, take_id: str, session: str, number: int) -> None:
    await database.takes.keep(Take(take_id, MIA, "x", session=session, number=number, state="failed"))


async def test_what_is_typed_is_saved_after_a_pause_and_at_the_end(make: Make, database: Database) -> None:
    service = await loaded(make)
    assert not service.sessions()
    enter(service, "Good")
    enter(service, "Good evening.")
    await wait_until(lambda: texts(service) == ["Good evening."])
    await service.flush()
    (stored,) = await database.sessions.listed()
    assert (stored.text, stored.title, stored.voice) == ("Good evening.", "Good evening.", MIA)
    enter(service, "Good evening, all.")
    await service.aclose()
    assert (await database.sessions.listed())[0].text == "Good evening, all."


async def test_text_typed_before_the_sessions_were_loaded_stays_open(make: Make, database: Database) -> None:
    await database.sessions.keep(HARBOUR)
    service = make()
    opened: list[SpeechSession] = []
    service.on_open.subscribe(opened.append)
    enter(service, "Faster than the disk.")
    await service.load()
    service.open_last()
    assert opened == [] and service.current.text == "Faster than the disk."
    assert texts(service) == ["Faster than the disk.", HARBOUR.text]
    await service.flush()
    assert [session.text for session in await database.sessions.listed()] == texts(service)


async def test_the_last_session_is_opened_and_viewing_changes_nothing(make: Make, database: Database) -> None:
    for session in (HARBOUR, WEATHER):
        await database.sessions.keep(session)
    service = await loaded(make)
    assert service.current.text == "", "none was open before"
    service.open("a")
    service.edit(HARBOUR.text, Layers(), MILO, "another", voice_is_chosen=False)
    service.open("b")
    await service.aclose()
    again = await loaded(make)
    assert again.current == WEATHER and again.sessions() == (WEATHER, HARBOUR)
    assert again._settings.get(LAST_SESSION) == "b"
    with pytest.raises(WorkbenchError) as raised:
        again.open("gone")
    assert raised.value.code is Code.NOT_KEPT and again.current == WEATHER


async def test_a_chosen_voice_is_an_edit(make: Make, database: Database) -> None:
    await database.sessions.keep(HARBOUR)
    service = await loaded(make)
    service.open("a")
    enter(service, HARBOUR.text, MILO, chosen=True)
    await service.flush()
    assert (await database.sessions.listed())[0].voice == MILO


async def test_a_title_follows_the_text_until_it_is_chosen(make: Make, database: Database) -> None:
    service = await loaded(make)
    enter(service, "[laugh] The ferry leaves at nine.")
    service.begin()
    (session,) = service.sessions()
    assert session.title == "The ferry leaves at nine."
    service.rename(session.id, "  Ferry   announcements ")
    service.open(session.id)
    enter(service, "The ferry leaves at ten.")
    await service.flush()
    assert (await database.sessions.listed())[0].title == "Ferry announcements"
    service.rename(session.id, "")
    assert service.current.title == "The ferry leaves at ten." and not service.current.title_is_custom


async def test_renaming_and_autosave_do_not_undo_each_other(make: Make, database: Database) -> None:
    service = await loaded(make)
    enter(service, "Good evening.")
    service.rename(service.current.id, "Evening")
    enter(service, "Good evening, all.")
    await wait_until(lambda: texts(service) == ["Good evening, all."])
    service.rename(service.current.id, "Evenings")
    await service.aclose()
    (stored,) = await database.sessions.listed()
    assert (stored.title, stored.text) == ("Evenings", "Good evening, all.")


async def test_deleting_opens_the_next_and_undo_restores_text_and_takes(make: Make, database: Database) -> None:
    await database.sessions.keep(HARBOUR)
    await keep_take(database, "t", "a", 1)
    await database.sessions.keep(WEATHER)
    service = await loaded(make)
    service.open("a")
    enter(service, "Typed just before.")
    deleted = await service.delete("a")
    assert deleted is not None and service.current == WEATHER and texts(service) == [WEATHER.text]
    await service.load()
    assert texts(service) == [WEATHER.text]
    with pytest.raises(WorkbenchError):
        service.reserve_take_numbers("a")
    enter(service, "Rain all week.")
    await service.restore(deleted)
    await service.restore(deleted)
    assert service.current.text == "Typed just before."
    await service.aclose()
    assert [session.text for session in await database.sessions.listed()] == ["Typed just before.", "Rain all week."]
    assert [take.id for take in await database.takes.of_session("a")] == ["t"]


async def test_a_session_that_was_never_saved_is_not_deleted(make: Make) -> None:
    service = await loaded(make)
    before = service.current
    assert await service.delete(before.id) is None and service.current is before


async def test_a_session_that_cannot_be_deleted_stays(
    make: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for session in (HARBOUR, WEATHER):
        await database.sessions.keep(session)
    service = await loaded(make)
    service.open("a")

    async def full(_record: object) -> None:
        raise StorageError(Code.DISK_FULL)

    monkeypatch.setattr(database.sessions, "delete", full)
    with pytest.raises(StorageError):
        await service.delete("a")
    assert service.current == HARBOUR and service.sessions() == (WEATHER, HARBOUR)


async def test_a_failed_save_is_reported_once_and_retried(
    make: Make, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    service = await loaded(make)
    failed: list[WorkbenchError] = []
    service.on_failed.subscribe(failed.append)
    keep, attempts, is_saved = database.sessions.keep, 0, False

    async def full(session: SpeechSession) -> None:
        nonlocal attempts, is_saved
        attempts += 1
        if attempts < 3:
            raise StorageError(Code.DISK_FULL)
        await keep(session)
        is_saved = True

    monkeypatch.setattr(database.sessions, "keep", full)
    enter(service, "Good evening.")
    await wait_until(lambda: is_saved)
    assert attempts == 3
    assert [error.code for error in failed] == [Code.DISK_FULL]
    assert (await database.sessions.listed())[0].text == "Good evening."
    await service.aclose()
    assert attempts == 3


async def test_search_finds_titles_texts_layers_and_takes(make: Make, database: Database) -> None:
    for session in (HARBOUR, WEATHER):
        await database.sessions.keep(session)
    take = Take("t", MIA, "An old lighthouse.", session="a", state="failed")
    await database.takes.keep(msgspec.structs.replace(take, note="too fast"))
    service = await loaded(make)
    for query, found in {"": "ab", "NINE the": "a", "sailor": "b", "lighthouse": "a", "too fast": "a", "mia x": "",
                         "shown": "ab"}.items():  # fmt: skip
        shown = await service.search(query)
        assert "".join(sorted(s.id for s in service.sessions() if shown.matches(s, "as shown"))) == found, query


async def test_numbers_are_given_once_to_all_sessions_at_the_same_time(make: Make, database: Database) -> None:
    for session in (HARBOUR, WEATHER):
        await database.sessions.keep(session)
    service = await loaded(make)
    service.open("a")
    enter(service, "Typed at the press.")
    assert list(service.reserve_take_numbers("a", 8)) == list(range(1, 9))
    assert list(service.reserve_take_numbers("b", 2)) == [1, 2]
    assert list(service.reserve_take_numbers("a")) == [9]
    # Written before the takes, which tasks of their own write: a kill in between can't give a number twice.
    await asyncio.create_task(keep_take(database, "t", "a", 9))
    stored = {session.id: session for session in await database.sessions.listed()}
    assert (stored["a"].takes_made, stored["a"].text, stored["b"].takes_made) == (9, "Typed at the press.", 2)
    again = await loaded(make)
    assert list(again.reserve_take_numbers("a", 2)) == [10, 11]
    with pytest.raises(ValueError, match="0 numbers"):
        again.reserve_take_numbers("a", 0)


async def test_numbers_of_deleted_and_imported_takes_are_not_given_again(make: Make, database: Database) -> None:
    for session in (HARBOUR, WEATHER, SpeechSession("c")):
        await database.sessions.keep(session)
    await keep_take(database, "t", "a", 7)
    await database.takes.delete(["t"])
    for take in ("u", "v"):
        await keep_take(database, take, "b", 0)
    service = await loaded(make)
    assert [service.reserve_take_numbers(session)[0] for session in "abc"] == [8, 3, 1]
    # An archive may add takes to a session that is in use.
    await keep_take(database, "w", "c", 20)
    await service.load()
    assert service.reserve_take_numbers("c")[0] == 21


async def test_numbers_are_given_back_only_while_they_are_the_last(make: Make, database: Database) -> None:
    await database.sessions.keep(HARBOUR)
    service = await loaded(make)
    numbers = service.reserve_take_numbers("a", 4)
    service.release_take_numbers("a", numbers[1:])
    assert service.reserve_take_numbers("a") == range(2, 3)
    service.release_take_numbers("a", numbers)
    service.release_take_numbers("a", range(0))
    service.release_take_numbers("gone", range(2, 3))
    assert service.reserve_take_numbers("a") == range(3, 4)


async def test_a_refused_take_leaves_no_empty_session(make: Make, database: Database) -> None:
    service = await loaded(make)
    service.release_take_numbers(service.current.id, service.reserve_take_numbers(service.current.id))
    await service.aclose()
    assert service.sessions() == () and await database.sessions.listed() == ()
    assert service.reserve_take_numbers(service.current.id) == range(1, 2)
