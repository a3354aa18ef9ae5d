"""The saved prompts, and the move from the settings of earlier versions."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from app.core.errors import Code, InputError, StorageError
from app.core.settings import SAVED_PROMPTS, Settings
from app.services.prompts import PromptLibrary
from app.storage.database import Database
from app.storage.home import open_home
from app.storage.settings import SettingsFile


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    database = await Database.open(open_home(tmp_path))
    yield database
    await database.close()


async def loaded(database: Database, settings: Settings | None = None) -> PromptLibrary:
    library = PromptLibrary(database.prompts, settings or Settings())
    await library.load()
    return library


async def test_saving_under_a_name_that_exists_adds_a_version(database: Database) -> None:
    library = await loaded(database)
    changes: list[None] = []
    library.on_change.subscribe(lambda: changes.append(None))
    first = await library.save("  Order\nintake ", "Take orders.", "prompt")
    second = await library.save("Order intake", "Take orders as JSON.", "prompt", "first with a schema")
    assert (first.before, first.number, second.number) == (None, 1, 2)
    assert second.before == first.prompt
    assert (await library.save("Order intake", "Take orders as JSON.", "prompt")).is_unchanged
    assert len(changes) == 2
    other = await library.save("Order intake", "You take orders.", "system")
    assert other.before is None, "a system prompt may have the name of a template"
    later = await loaded(database)
    assert later.listed() == library.listed()
    prompt = later.named("Order intake", "prompt")
    assert prompt is not None
    assert [(version.text, version.note) for version in prompt.versions] == [
        ("Take orders.", ""), ("Take orders as JSON.", "first with a schema"),
    ]  # fmt: skip


async def test_a_new_version_can_be_undone_but_not_after_the_prompt_was_deleted(database: Database) -> None:
    library = await loaded(database)
    await library.save("Guide", "One", "prompt")
    saved = await library.save("Guide", "Two", "prompt")
    assert saved.before is not None
    await library.undo_save(saved)
    assert library.listed() == (saved.before,)
    await library.delete(saved.prompt.id)
    await library.undo_save(saved)
    assert library.listed() == () == await database.prompts.listed()


async def test_undo_of_a_save_leaves_what_was_saved_since(database: Database) -> None:
    library = await loaded(database)
    first, second, third = [await library.save("Guide", text, "prompt") for text in ("One", "Two", "Three")]

    async def texts() -> list[str]:
        return [version.text for prompt in (await loaded(database)).listed() for version in prompt.versions]

    await library.undo_save(second)
    assert await texts() == ["One", "Three"]
    await library.undo_save(first)
    assert await texts() == ["Three"]
    await library.undo_save(third)
    assert await texts() == [] and library.listed() == ()


async def test_undo_of_a_rename_changes_only_the_name(database: Database) -> None:
    library = await loaded(database)
    guide = (await library.save("Guide", "One", "prompt")).prompt
    before = await library.rename(guide.id, "Tour")
    await library.save("Tour", "Two", "prompt")
    await library.undo_rename(before)
    (prompt,) = (await loaded(database)).listed()
    assert (prompt.name, [version.text for version in prompt.versions]) == ("Guide", ["One", "Two"])
    await library.delete(guide.id)
    await library.undo_rename(before)
    assert library.listed() == () == await database.prompts.listed()


async def test_a_deleted_prompt_comes_back_with_its_versions(database: Database) -> None:
    library = await loaded(database)
    await library.save("Guide", "One", "prompt")
    prompt = (await library.save("Guide", "Two", "prompt")).prompt
    await library.delete(prompt.id)
    assert library.listed() == () == (await loaded(database)).listed()
    await library.restore(prompt.id)
    assert library.listed() == (prompt,) == (await loaded(database)).listed()


async def test_a_name_is_given_once_per_kind(database: Database) -> None:
    library = await loaded(database)
    guide = (await library.save("Guide", "One", "prompt")).prompt
    mail = (await library.save("Mail", "Two", "prompt")).prompt
    with pytest.raises(InputError) as refused:
        await library.rename(mail.id, "Guide")
    assert refused.value.code is Code.NAME_TAKEN
    assert (await library.rename(mail.id, " Facilities  mail ")) == mail
    await library.rename(guide.id, "Guide")
    assert {prompt.name for prompt in (await loaded(database)).listed()} == {"Guide", "Facilities mail"}
    with pytest.raises(InputError):
        await library.rename("gone", "Any")
    with pytest.raises(ValueError, match="name"):
        await library.save(" ", "text", "prompt")


async def test_prompts_are_found_by_name_the_last_saved_first(database: Database) -> None:
    moments = iter(range(1, 9))
    library = PromptLibrary(database.prompts, Settings(), now=lambda: float(next(moments)))
    for name in ("Night tour", "Night mail", "Scene writer"):
        await library.save(name, name, "prompt")
    assert [prompt.name for prompt in library.search("nig")] == ["Night mail", "Night tour"]
    await library.save("Night tour", "other", "prompt")
    assert [prompt.name for prompt in library.search("nig")] == ["Night tour", "Night mail"]


async def test_prompts_of_an_older_settings_file_move_into_the_store_once(database: Database, tmp_path: Path) -> None:
    older = {"Pirate": "Arr.", "Same as Pirate": "Arr.", "导游": "你是导游。"}
    file = tmp_path / "settings.json"
    file.write_text(json.dumps({"version": 1, "values": {"saved_prompts": older}}), encoding="utf-8")
    settings = SettingsFile(file).load()
    library = await loaded(database, settings)
    assert {prompt.name: prompt.text for prompt in library.listed("system")} == older
    assert library.listed("prompt") == ()
    assert SettingsFile(file).load().get(SAVED_PROMPTS) == {}
    assert (await loaded(database, SettingsFile(file).load())).listed() == library.listed()


async def test_an_interrupted_move_is_repeated_without_duplicates(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = {"One": "1", "Two": "2", "Three": "3"}
    settings = Settings()
    settings.set(SAVED_PROMPTS, older)
    keep, left = database.prompts.keep, [None, None]

    async def failing(prompt: object) -> None:
        if not left:
            raise StorageError(Code.DISK_FULL)
        left.pop()
        await keep(prompt)  # type: ignore[arg-type]

    monkeypatch.setattr(database.prompts, "keep", failing)
    with pytest.raises(StorageError):
        await loaded(database, settings)
    assert settings.get(SAVED_PROMPTS) == older, "what is not moved yet stays where it is"
    monkeypatch.undo()
    library = await loaded(database, settings)
    assert sorted((prompt.name, len(prompt.versions)) for prompt in library.listed()) == [
        ("One", 1), ("Three", 1), ("Two", 1),
    ]  # fmt: skip
    assert settings.get(SAVED_PROMPTS) == {}


async def test_prompts_of_an_older_archive_change_none_that_is_here(database: Database) -> None:
    settings = Settings()
    library = await loaded(database, settings)
    await library.save("Guide", "Mine", "system")
    settings.set(SAVED_PROMPTS, {"Guide": "Theirs", "New": "Text"})
    await library.adopt_settings()
    settings.set(SAVED_PROMPTS, {"Guide": "Theirs"})
    await library.adopt_settings()
    assert {prompt.name: prompt.text for prompt in library.listed()} == {
        "Guide": "Mine", "Guide 2": "Theirs", "New": "Text",
    }  # fmt: skip
